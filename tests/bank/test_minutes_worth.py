"""A minute's worth at the provider: what it has not told us about is in its queue, and cannot be overtaken there."""

from __future__ import annotations

from datetime import timedelta

from bank import delivery
from bank.limits import Limits
from channels.message import Receipt, Status
from storage import outbox
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.members import crowd, sent, written_to_all
from tests.bank.posting import tell
from tests.bank.test_promise_8_replies_overtake import a_stranger

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
ONE_A_SECOND = Limits(per_second=1, receipts=True)
PENNIES = Limits(per_second=1, receipts=True, price=10)


def handed_over(tx: Tx, seconds: range, own: Limits = ONE_A_SECOND) -> list[int]:
    """Ids of what the provider took, one claim of one a second."""
    return [one.id for second in seconds for one in sent(tx, MORNING + second * SECOND, 1, own)]


def told(tx: Tx, ids: list[int], status: Status, at: timedelta) -> None:
    for row in outbox.states(tx, ids).values():
        delivery.take_receipt(tx, Receipt("sms", row.provider_id, status, row.token), MORNING + at, ASHDALE)


async def test_without_receipts_sixty_go_in_ten_minutes_and_replies_all_the_same(lite_store: Store) -> None:
    """The reply lies in its queue too: of the next minute's worth it takes one place."""

    def story(tx: Tx) -> tuple[int, list[int], int]:
        asha = a_stranger(tx)
        crowd(tx, 200)
        written_to_all(tx)
        went = handed_over(tx, range(590))
        answer = tell(tx, asha, "an answer")
        replied = [one - answer for one in handed_over(tx, range(590, 591))]
        return len(went), replied, len(handed_over(tx, range(600, 700)))

    assert await lite_store.write(story) == (60, [0], 59)


async def test_without_receipts_no_more_than_a_minute_s_worth_on_both_databases(store: Store) -> None:
    three_a_minute = Limits(per_second=0.05, receipts=True)

    def story(tx: Tx) -> int:
        crowd(tx, 6)
        written_to_all(tx)
        return len(handed_over(tx, range(0, 600, 60), three_a_minute))

    assert await store.write(story) == 3


async def test_each_receipt_makes_room_for_one_more(lite_store: Store) -> None:
    def story(tx: Tx) -> tuple[int, int, int]:
        crowd(tx, 80)
        written_to_all(tx)
        went = handed_over(tx, range(65))
        told(tx, went[:5], Status.SENT, 65 * SECOND)
        told(tx, went[5:8], Status.ACCEPTED, 65 * SECOND)  # in its queue still
        told(tx, went[8:10], Status.FAILED, 65 * SECOND)
        return len(went), len(handed_over(tx, range(66, 76))), len(handed_over(tx, range(76, 80)))

    assert await lite_store.write(story) == (60, 7, 0)


async def test_long_texts_fill_its_queue_sooner(lite_store: Store) -> None:
    """A minute of its time is sixty segments: thirty messages of two."""

    def story(tx: Tx) -> int:
        crowd(tx, 40)
        written_to_all(tx, ("Some long news. " * 30)[:300])
        return len(handed_over(tx, range(38), PENNIES))

    assert await lite_store.write(story) == 30


async def test_a_provider_that_never_tells_is_not_waited_for(lite_store: Store) -> None:
    def story(tx: Tx) -> int:
        crowd(tx, 70)
        written_to_all(tx)
        return len(handed_over(tx, range(70), Limits(per_second=1)))

    assert await lite_store.write(story) == 70
