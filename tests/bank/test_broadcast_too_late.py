"""Who had enough texts until the meeting begins cannot be invited in time: it is said before it goes, and after."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bank import meeting_calls, meeting_invite
from bank.broadcast_check import check
from bank.broadcast_progress import progress
from storage import broadcasts as kept
from storage.schema import Record
from storage.store import Store, Tx
from tests.bank.ashdale import MORNING
from tests.bank.members import crowd, sent
from tests.bank.test_meeting_invite import a_meeting
from tests.bank.writing import FREELY, let_go, manner, written

DAY = timedelta(days=1)
WEEKLY = replace(FREELY, most_a_week=1)
# The meeting is on Thursday 3 December.
TUESDAY, FRIDAY, MONDAY, WEDNESDAY = MORNING + DAY, MORNING + 4 * DAY, MORNING + 7 * DAY, MORNING + 9 * DAY
BEGINS = "the meeting begins before they may be texted again. Ring them"


def have_had_their_text(tx: Tx, early: int, late: int) -> None:
    """So many had it on Tuesday, and so many on Friday."""
    for number, district, on in ((early, "AS1", TUESDAY), (late, "AS2", FRIDAY)):
        crowd(tx, number, district=district)
        if number:
            let_go(tx, written(tx, now=on, rule={"districts": [district]}), on)
            assert len(sent(tx, on, whose=WEEKLY)) == number


def invitation(tx: Tx, meeting: Record) -> Record:
    return meeting_invite.begin(tx, None, meeting, None, MONDAY, WEEKLY)


async def test_how_many_cannot_get_it_in_time_and_why_is_told_before_it_goes(store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 1)
        have_had_their_text(tx, 2, 3)
        found = check(tx, invitation(tx, a_meeting(tx)), MONDAY, WEEKLY, manners=manner)
        assert (found.preview.reached, found.preview.capped, found.preview.too_late) == (6, 5, 3)
        (note,) = found.notes
        assert note.startswith(
            "5 of them have had as many texts this week as they agreed to. 2 will get it later. "
            f"3 cannot get it in time: {BEGINS}"
        )

    await store.write(story)


async def test_where_nobody_of_them_can_it_does_not_say_that_they_get_it_later(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        have_had_their_text(tx, 0, 1)
        (note,) = check(tx, invitation(tx, a_meeting(tx)), MONDAY, WEEKLY, manners=manner).notes
        assert note.startswith(
            f"1 of them has had as many texts this week as they agreed to, and cannot get it in time: {BEGINS}"
        )
        news = written(tx, now=MONDAY, expires=DAY)
        (note,) = check(tx, news, MONDAY, WEEKLY, manners=manner).notes
        helps = "Let it be of use for longer, or ring them."
        assert note.endswith(f"it is of no use any more when they may be texted again. {helps}")

    await lite_store.write(story)


async def test_once_it_has_gone_they_are_told_apart_and_can_be_rung(store: Store) -> None:
    def story(tx: Tx) -> None:
        have_had_their_text(tx, 2, 3)
        meeting = a_meeting(tx)
        row = let_go(tx, invitation(tx, meeting), MONDAY, WEEKLY)
        assert sent(tx, MONDAY, whose=WEEKLY) == []
        found = progress(tx, kept.get(tx, row.id))
        assert (found.queued, found.too_late) == (5, 3)
        assert len(sent(tx, WEDNESDAY, whose=WEEKLY)) == 2
        assert meeting_calls.to_ring(tx, meeting, 0, WEDNESDAY).people == 5

    await store.write(story)
