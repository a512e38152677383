"""Consent counts when it is sent: whoever took it back after a message for all was queued gets nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bank import broadcast_going, broadcasts, delivery, handling, thread
from bank.limits import Limits
from channels.message import Concern
from storage import addresses, people, reach
from storage import broadcasts as kept
from storage.outbox import OutState
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING, Somebody
from tests.bank.members import begun, claimed, sent, written_to_all
from tests.bank.posting import joined, refused, tell
from tests.bank.several_ways import hired

DAY = timedelta(days=1)
Change = Callable[[Tx, Somebody], object]


def on_the_person(**values: object) -> Change:
    return lambda tx, asha: people.change(tx, reach.people_at(tx, asha.here(tx).id)[0].id, values)


def on_the_address(**values: object) -> Change:
    return lambda tx, asha: addresses.change(tx, asha.here(tx).id, values)


def refuses_at_the_provider(tx: Tx, asha: Somebody) -> None:
    row_id = tell(tx, asha, "an answer")
    assert [one.id for one in claimed(tx, limit=1)] == [row_id]
    delivery.settle(tx, {row_id: refused(Concern.CONSENT)}, MORNING, ASHDALE)


CHANGES = [
    pytest.param(lambda tx, asha: asha.says(tx, "STOP"), id="they say STOP"),
    pytest.param(lambda tx, asha: asha.says(tx, "please stop texting me"), id="they say it in a sentence"),
    pytest.param(lambda tx, asha: asha.says(tx, "LEAVE"), id="they say LEAVE"),
    pytest.param(lambda tx, asha: asha.says(tx, "PAUSE", "1"), id="they pause"),
    pytest.param(lambda tx, asha: asha.says(tx, "I am not safe at home"), id="they may be in danger"),
    pytest.param(lambda tx, asha: asha.says(tx, "wrong number"), id="it is a wrong number"),
    pytest.param(
        lambda tx, asha: delivery.take_reachability(tx, "sms", asha.address, MORNING, is_open=False),
        id="they block us",
    ),
    pytest.param(refuses_at_the_provider, id="they told the provider"),
    pytest.param(on_the_person(state="left"), id="they have left"),
    pytest.param(on_the_person(held="bereavement"), id="somebody has died"),
    pytest.param(on_the_address(unsafe_until=MORNING + DAY), id="a text could do harm"),
    pytest.param(on_the_address(state="dead"), id="nobody is reached there"),
]


@pytest.mark.parametrize("change", CHANGES)
async def test_promise_21_nothing_of_a_broadcast_reaches_who_took_it_back(store: Store, change: Change) -> None:
    def story(tx: Tx) -> tuple[list[str], list[str]]:
        asha, ben = joined(tx), joined(tx)
        news = written_to_all(tx)
        change(tx, asha)
        went = {one.message.address for one in sent(tx) if one.message.text.startswith("News")}
        assert went == {ben.address}
        later = [one.message.text for one in sent(tx, MORNING + DAY) if one.message.text.startswith("News")]
        return later, [row.state for row in asha.heard(tx) if row.broadcast_id == news]

    later, (state,) = await store.write(story)
    assert later == []
    assert state in {OutState.CANCELED, OutState.FAILED}


async def test_promise_21_what_was_held_is_taken_back_as_well(store: Store) -> None:
    """They said STOP while the broadcast stood still; then somebody let it go on."""

    def story(tx: Tx) -> list[bool]:
        asha, ben = joined(tx), joined(tx)
        news = written_to_all(tx, ceiling=1)
        assert sent(tx, own=Limits(price=40)) == []
        asha.says(tx, "STOP")
        while broadcasts.release(tx, news, None):
            pass
        while broadcasts.queue_more(tx, news, MORNING, ASHDALE):
            pass
        return [one.message.address == ben.address for one in sent(tx) if one.message.text.startswith("News")]

    assert await store.write(story) == [True]


async def test_promise_21_a_thread_marked_as_spam_gets_nothing_more(store: Store) -> None:
    def story(tx: Tx) -> int:
        asha = joined(tx)
        written_to_all(tx)
        priya = hired(tx)
        found = thread.find(tx, priya, asha.here(tx).token)
        assert found is not None
        handling.mark_spam(tx, priya, found, "It sells loans.", MORNING)
        return len(sent(tx))

    assert await store.write(story) == 0


async def test_a_pause_that_is_over_keeps_nothing_back(store: Store) -> None:
    def story(tx: Tx) -> int:
        asha = joined(tx)
        written_to_all(tx)
        on_the_person(paused_until=MORNING)(tx, asha)
        return len(sent(tx))

    assert await store.write(story) == 1


@pytest.mark.parametrize(("about", "wish"), [({"promotion": True}, "promotions"), ({"kind": "digest"}, "digest")])
async def test_promise_21_what_they_wanted_of_that_kind_when_it_was_queued_is_asked_again(
    store: Store, about: dict[str, object], wish: str
) -> None:
    def story(tx: Tx) -> tuple[set[str], list[str]]:
        asha, ben = joined(tx), joined(tx)
        for one in (asha, ben):
            on_the_person(**{wish: True})(tx, one)
        news = begun(tx, {"en": "News for {name}."}, MORNING)
        kept.change(tx, news, about)
        while broadcasts.queue_more(tx, news, MORNING, ASHDALE):
            pass
        on_the_person(**{wish: False})(tx, asha)
        went = {one.message.address for one in sent(tx) if one.message.text.startswith("News")}
        return went ^ {ben.address}, [row.state for row in asha.heard(tx) if row.broadcast_id == news]

    assert await store.write(story) == (set(), [OutState.CANCELED])


async def test_promise_21_a_broadcast_that_is_canceled_goes_to_nobody_more(store: Store) -> None:
    def story(tx: Tx) -> int:
        joined(tx)
        news = written_to_all(tx)
        broadcast_going.cancel(tx, None, kept.get(tx, news), MORNING)
        return sum(one.message.text.startswith("News") for one in [*sent(tx), *sent(tx, MORNING + DAY)])

    assert await store.write(story) == 0
