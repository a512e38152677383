"""A reply is in the very next claim, however many messages to others wait."""

from __future__ import annotations

import pytest

from bank.limits import Limits
from storage import outbox
from storage.outbox import Priority
from storage.store import Store, Tx
from tests.bank.ashdale import Somebody
from tests.bank.members import claimed, crowd, written_to_all
from tests.bank.posting import joined, tell

MEMBERS, BROADCASTS = 500, 10
TEN_A_SECOND = Limits(per_second=10)


def a_stranger(tx: Tx) -> Somebody:
    """Somebody who wrote, and was answered with silence."""
    somebody = Somebody()
    somebody.says(tx, "thanks")
    return somebody


async def test_promise_8_a_reply_is_in_the_next_claim_with_five_thousand_queued(store: Store) -> None:
    def wait(tx: Tx) -> Somebody:
        crowd(tx, MEMBERS)
        for _ in range(BROADCASTS):
            written_to_all(tx)
        return a_stranger(tx)

    asha = await store.write(wait)
    assert await store.read(outbox.tally) == {"queued": 5000}
    assert len(await store.write(lambda tx: claimed(tx, limit=5, own=TEN_A_SECOND))) == 5
    await store.write(lambda tx: tell(tx, asha, "an answer"))
    first, *others = await store.write(lambda tx: claimed(tx, limit=5, own=TEN_A_SECOND))
    assert first.message.address == asha.address
    assert len(others) == 4


async def test_promise_8_safety_goes_after_replies_and_before_all_else(store: Store) -> None:
    def story(tx: Tx) -> list[str]:
        asha, ben, carys = (joined(tx) for _ in range(3))
        crowd(tx, 50)
        written_to_all(tx)
        tell(tx, asha, "an invitation", Priority.INVITATION)
        tell(tx, ben, "about safety", Priority.SAFETY)
        tell(tx, carys, "an answer")
        return [one.message.text for one in claimed(tx, limit=4)]

    assert await store.write(story) == ["an answer", "about safety", "an invitation", "News for everybody."]


@pytest.mark.parametrize(("segments", "most"), [(1, 5), (2, 3), (3, 2)])
async def test_promise_8_no_more_segments_are_claimed_ahead_than_there_is_room_for(
    store: Store, segments: int, most: int
) -> None:
    """What fills three texts takes three times as long: a reply must not wait behind five of them."""

    def story(tx: Tx) -> list[int]:
        crowd(tx, 20)
        written_to_all(tx, ("Some long news. " * 30)[: 150 * segments])
        return [one.units for one in claimed(tx, limit=5, own=TEN_A_SECOND)]

    assert await store.write(story) == [segments] * most


async def test_what_may_not_go_takes_nobody_s_place(store: Store) -> None:
    """A hundred members who want texts in the afternoon only come first in the queue: nobody waits behind them."""

    def story(tx: Tx) -> tuple[set[int], int]:
        crowd(tx, 100, text_from=15 * 60)
        others = crowd(tx, 20)
        written_to_all(tx)
        went = claimed(tx, limit=5, own=TEN_A_SECOND)
        reached = {row.address_id for row in outbox.states(tx, [one.id for one in went]).values()}
        return reached - set(others), len(went)

    assert await store.write(story) == (set(), 5)
