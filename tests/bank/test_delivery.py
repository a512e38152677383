"""What may be sent, and what a provider's answer does to the row and to what waits behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bank import claims, delivery
from channels.message import Accepted, Concern, TryLater
from storage import addresses, halting, people, reach
from storage.outbox import Priority
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING, Somebody, send_all
from tests.bank.posting import LATER, MINUTE, UNKNOWN, claim, joined, problem, tell


async def test_promise_10_stop_cancels_what_is_queued_and_marks_what_is_claimed(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str], bool, list[str]]:
        asha, ben = joined(tx), joined(tx)
        first, second, third = (tell(tx, asha, text) for text in ("one", "two", "three"))
        other = tell(tx, ben, "one for Ben")
        assert claim(tx, limit=1) == [first]
        asha.says(tx, "STOP")
        rows = {row.id: row for row in asha.heard(tx)}
        assert [rows[id_].state for id_ in (first, second, third)] == ["sending", "canceled", "canceled"]
        assert halting.halted(tx, [first, second, third, other]) == {first}
        delivery.settle(tx, {first: LATER}, MORNING, ASHDALE)
        went = send_all(tx, now=MORNING + timedelta(hours=20))
        assert other in went
        return asha.states(tx)[-4:], first in went, [row.wording for row in asha.heard(tx) if row.id in went]

    assert await store.write(story) == (["canceled", "canceled", "canceled", "accepted"], False, ["everywhere.stop"])


async def test_promise_10_nothing_that_was_claimed_together_is_overlooked(store: Store) -> None:
    def story(tx: Tx) -> set[int]:
        asha = joined(tx)
        queued = [tell(tx, asha, str(number)) for number in range(5)]
        assert claim(tx) == queued
        asha.says(tx, "please stop texting me")
        return halting.halted(tx, queued) ^ set(queued)

    assert await store.write(story) == set()


Change = Callable[[Tx, Somebody], object]


def stopped_by_the_provider(tx: Tx, asha: Somebody) -> None:
    delivery.take_reachability(tx, asha.channel, asha.address, MORNING, is_open=False)


def on_the_person(**values: Any) -> Change:
    return lambda tx, asha: people.change(tx, reach.people_at(tx, asha.here(tx).id)[0].id, values)


def on_the_address(**values: Any) -> Change:
    return lambda tx, asha: addresses.change(tx, asha.here(tx).id, values)


@pytest.mark.parametrize(
    ("change", "stops"),
    [
        pytest.param(lambda _tx, _asha: None, "nothing", id="nothing happens"),
        pytest.param(on_the_address(state="stopped"), "all", id="the address is stopped"),
        pytest.param(on_the_address(state="dead"), "all", id="the address is dead"),
        pytest.param(stopped_by_the_provider, "all", id="they block us"),
        pytest.param(on_the_address(address=None), "all", id="their number is erased"),
        pytest.param(lambda tx, asha: asha.says(tx, "STOP"), "all", id="they say STOP"),
        pytest.param(lambda tx, asha: asha.says(tx, "LEAVE"), "all", id="they say LEAVE"),
        pytest.param(on_the_person(state="left"), "unasked", id="they have left"),
        pytest.param(on_the_person(held="danger"), "unasked", id="they are held for danger"),
        pytest.param(on_the_person(paused_until=MORNING + MINUTE), "unasked", id="they are paused"),
        pytest.param(on_the_person(paused_until=MORNING - MINUTE), "nothing", id="their pause is over"),
    ],
)
async def test_promise_21_consent_counts_when_it_is_sent(store: Store, change: Change, stops: str) -> None:
    """What was queued while all was well is looked at again when its turn comes."""

    def story(tx: Tx) -> tuple[bool, bool]:
        asha = joined(tx)
        reply, invitation = tell(tx, asha, "a reply"), tell(tx, asha, "an invitation", Priority.INVITATION)
        change(tx, asha)
        went = send_all(tx)
        return reply in went, invitation in went

    assert (
        await store.write(story)
        == {
            "nothing": (True, True),
            "unasked": (True, False),
            "all": (False, False),
        }[stops]
    )


async def test_what_is_too_late_expires(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], list[str]]:
        asha = joined(tx)
        tell(tx, asha, "for an hour", expires=timedelta(hours=1))
        lasting = tell(tx, asha, "for ever")
        went = send_all(tx, now=MORNING + timedelta(hours=1))
        return [id_ - lasting for id_ in went], asha.states(tx)[-2:]

    assert await store.write(story) == ([0], ["expired", "accepted"])


async def test_try_later_waits_longer_each_time_and_gives_up_in_the_end(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[float], str]:
        asha = joined(tx)
        row_id = tell(tx, asha, "one")
        now, waits = MORNING, []
        while claim(tx, now):
            delivery.settle(tx, {row_id: LATER}, now, ASHDALE)
            row = asha.heard(tx)[-1]
            if row.state != "queued":
                break
            waits.append((row.due_at - now).total_seconds())
            assert claim(tx, row.due_at - timedelta(seconds=1)) == []
            now = row.due_at
        return waits, str(asha.heard(tx)[-1].state)

    waits, state = await store.write(story)
    expected = [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert all(least <= wait <= least * 1.25 for least, wait in zip(expected, waits, strict=True))
    assert state == "failed"


async def test_a_wait_that_the_provider_names_is_kept(store: Store) -> None:
    def story(tx: Tx) -> timedelta:
        asha = joined(tx)
        row_id = tell(tx, asha, "one")
        claim(tx)
        delivery.settle(tx, {row_id: TryLater(problem(Concern.TEMPORARY), timedelta(days=1))}, MORNING, ASHDALE)
        return asha.heard(tx)[-1].due_at - MORNING

    assert timedelta(days=1) <= await store.write(story) <= timedelta(days=1.25)


async def test_what_was_claimed_together_and_put_off_together_keeps_its_order(store: Store) -> None:
    def story(tx: Tx) -> bool:
        asha = joined(tx)
        queued = [tell(tx, asha, str(number)) for number in range(4)]
        claim(tx)
        delivery.settle(tx, {queued[0]: Accepted("SM0")} | dict.fromkeys(queued[1:], LATER), MORNING, ASHDALE)
        return send_all(tx, now=MORNING + MINUTE) == queued[1:]

    assert await store.write(story)


async def test_what_is_said_after_a_message_that_was_put_off_does_not_overtake_it(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], list[int]]:
        asha, ben = joined(tx), joined(tx)
        first = tell(tx, asha, "one")
        claim(tx)
        delivery.settle(tx, {first: LATER}, MORNING, ASHDALE)
        second, for_ben = tell(tx, asha, "two"), tell(tx, ben, "one")
        at_once = send_all(tx, now=MORNING + timedelta(seconds=1))
        return [for_ben, first, second], [*at_once, *send_all(tx, now=MORNING + MINUTE)]

    expected, went = await store.write(story)
    assert went == expected


async def test_nothing_is_claimed_for_an_address_that_has_a_call_under_way(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], list[int]]:
        asha = joined(tx)
        first = tell(tx, asha, "one")
        claim(tx)
        second = tell(tx, asha, "two")
        waiting = claim(tx)
        delivery.settle(tx, {first: Accepted("SM0")}, MORNING, ASHDALE)
        return waiting, [id_ - second for id_ in claim(tx)]

    assert await store.write(story) == ([], [0])


async def test_replies_go_before_invitations_and_those_before_bulk(store: Store) -> None:
    def story(tx: Tx) -> list[str]:
        everybody = [joined(tx) for _ in Priority]
        for somebody, priority in zip(everybody, reversed(Priority), strict=True):
            tell(tx, somebody, priority.name, priority)
        return [one.message.text for one in claims.claim(tx, "sms", MORNING, 100, ASHDALE)]

    assert await store.write(story) == [priority.name for priority in Priority]


@pytest.mark.parametrize("after", [MINUTE, timedelta(days=1), timedelta(days=365)])
async def test_promise_4_what_is_unknown_is_never_sent_again(store: Store, after: timedelta) -> None:
    def story(tx: Tx) -> tuple[list[int], str]:
        asha = joined(tx)
        row_id = tell(tx, asha, "one")
        claim(tx)
        delivery.settle(tx, {row_id: UNKNOWN}, MORNING, ASHDALE)
        delivery.release(tx, MORNING + after, ASHDALE)
        return send_all(tx, now=MORNING + after), asha.states(tx)[-1]

    assert await store.write(story) == ([], "unknown")


async def test_an_unknown_one_does_not_hold_up_the_next(store: Store) -> None:
    def story(tx: Tx) -> bool:
        asha = joined(tx)
        first = tell(tx, asha, "one")
        claim(tx)
        delivery.settle(tx, {first: UNKNOWN}, MORNING, ASHDALE)
        second = tell(tx, asha, "two")
        return send_all(tx) == [second]

    assert await store.write(story)
