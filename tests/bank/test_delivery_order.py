"""When a message goes: in its order, at a time of day that is right for it, and not after its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bank import delivery, upkeep
from storage.outbox import Priority
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING, Somebody, send_all
from tests.bank.posting import LATER, MINUTE, claim, joined, tell

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
PACED = replace(LATER, paced=True)
LATE = MORNING.replace(hour=18, minute=55)


async def test_help_does_not_overtake_a_question_that_was_put_off(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], list[str]]:
        asha = Somebody()
        asha.says(tx, "JOIN")
        (question,) = claim(tx)
        delivery.settle(tx, {question: LATER}, MORNING, ASHDALE)
        asha.says(tx, "HELP", now=MORNING + SECOND)
        early = claim(tx, MORNING + 2 * SECOND)
        wordings = {row.id: row.wording for row in asha.heard(tx)}
        return early, [wordings[id_] for id_ in send_all(tx, now=MORNING + MINUTE)]

    early, went = await store.write(story)
    assert early == []
    assert went[0] == "join.welcome.text"
    assert len(went) > 1


async def test_a_small_claim_takes_the_older_one_first(store: Store) -> None:
    """Both are due by now, and the older one, which was put off, is the later of the two by the clock."""

    def story(tx: Tx) -> bool:
        asha = joined(tx)
        first = tell(tx, asha, "one")
        claim(tx)
        delivery.settle(tx, {first: LATER}, MORNING, ASHDALE)
        tell(tx, asha, "two")
        return claim(tx, MORNING + HOUR, limit=1) == [first]

    assert await store.write(story)


@pytest.mark.parametrize(
    ("first", "second", "waits"),
    [
        (Priority.REPLY, Priority.REPLY, True),
        (Priority.REPLY, Priority.INVITATION, True),
        (Priority.INVITATION, Priority.INVITATION, True),
        (Priority.INVITATION, Priority.REPLY, False),
    ],
)
async def test_only_a_reply_may_overtake_and_only_what_nobody_asked_for(
    store: Store, first: Priority, second: Priority, waits: bool
) -> None:
    def story(tx: Tx) -> list[int]:
        asha = joined(tx)
        older = tell(tx, asha, "one", first)
        claim(tx)
        delivery.settle(tx, {older: LATER}, MORNING, ASHDALE)
        newer = tell(tx, asha, "two", second)
        return [id_ - newer for id_ in claim(tx, MORNING + SECOND)]

    assert await store.write(story) == ([] if waits else [0])


async def test_what_nobody_asked_for_and_was_put_off_into_the_evening_waits_for_the_morning(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], list[int], list[int]]:
        asha, ben = joined(tx), joined(tx)
        nudge = tell(tx, asha, "a nudge", Priority.INVITATION)
        assert claim(tx, LATE) == [nudge]
        delivery.settle(tx, {nudge: replace(LATER, delay=3 * HOUR)}, LATE, ASHDALE)
        reply = tell(tx, ben, "a reply")
        evening = claim(tx, LATE + 4 * HOUR)
        before_nine = claim(tx, LATE + 14 * HOUR)
        return [id_ - reply for id_ in evening], before_nine, [id_ - nudge for id_ in claim(tx, LATE + 15 * HOUR)]

    assert await store.write(story) == ([0], [], [0])


async def test_to_be_held_back_is_no_attempt_and_is_not_doubled(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, str, set[timedelta]]:
        asha = joined(tx)
        row_id = tell(tx, asha, "one")
        waits = set()
        for minute in range(50):
            now = MORNING + minute * MINUTE
            assert claim(tx, now) == [row_id]
            delivery.settle(tx, {row_id: PACED}, now, ASHDALE)
            waits.add(asha.heard(tx)[-1].due_at - now)
        row = asha.heard(tx)[-1]
        return row.attempts, row.state, waits

    assert await store.write(story) == (0, "queued", {30 * SECOND})


@pytest.mark.parametrize(
    ("priority", "lasts"), [(Priority.REPLY, DAY), (Priority.INVITATION, 2 * DAY)], ids=["a reply", "a nudge"]
)
async def test_everything_has_a_day_after_which_nobody_would_know_what_it_is_about(
    store: Store, priority: Priority, lasts: timedelta
) -> None:
    def story(tx: Tx) -> timedelta:
        asha = Somebody()
        asha.says(tx, "JOIN", "1")
        if priority is Priority.INVITATION:
            send_all(tx)
            upkeep.run(tx, MORNING + DAY, ASHDALE)
        row = asha.heard(tx)[-1]
        assert row.priority == priority
        return row.expires_at - row.created_at

    assert await store.write(story) == lasts


async def test_what_no_sender_sends_expires(store: Store) -> None:
    """Somebody wrote to a channel that is not set up: the words are kept, and the reply does not wait for ever."""

    def story(tx: Tx) -> tuple[int, int, list[str]]:
        asha = Somebody()
        asha.says(tx, "JOIN", sender="whatsapp")
        early = delivery.release(tx, MORNING + DAY - SECOND, ASHDALE)
        return early, delivery.release(tx, MORNING + DAY, ASHDALE), asha.states(tx)

    assert await store.write(story) == (0, 1, ["expired"])
