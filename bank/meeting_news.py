"""News of a meeting: it has changed or is cancelled. Everybody whom that concerns is owed a word; `bank.news_telling`
gives it.

Each is owed one at a time: two changes in one night are one message in the morning. No news goes in quiet hours or
outside somebody's own, on the day itself neither: nothing that we could text at six in the morning helps more than a
voice does. Where a text would come too late to keep somebody from setting out, a colleague rings them instead.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bank import quiet, reminders
from bank.organisation import Organisation
from storage import people, rsvps, tasks
from storage import reminders as kept
from storage.reminders import ReminderState, Step
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx

# Who said that they come, wait for a place, or may come.
CONCERNED = (RsvpState.COMING, RsvpState.WAITING, RsvpState.MAYBE)
# A text that waits for its hours comes too late if it comes later than this before the start.
_IN_TIME = timedelta(hours=2)
# Why somebody is rung, though they can be texted.
TOO_LATE = "too_late"
_CALLED_OFF = "The meeting is cancelled."


def changed(tx: Tx, before: Record, row: Record, *, large: bool, now: datetime, organisation: Organisation) -> None:
    """It is another time or place, or something else of it is different. Who comes, waits or may come is told, and
    where the change is `large` asked again. Their reminders move with it.
    """
    starts = min(before.starts_at, row.starts_at)
    for rsvp in rsvps.in_meeting(tx, row.id, *CONCERNED):
        untold = kept.drop_news(tx, row.id, rsvp.person_id)
        step = Step.MOVED if large or Step.MOVED in untold else Step.CHANGED
        _owe(tx, row, rsvp, step, starts, now, organisation)
    reminders.replan(tx, row, now, organisation, tells=True)


def canceled(tx: Tx, row: Record, now: datetime, organisation: Organisation) -> None:
    """It does not take place: nobody is reminded or rung about it any more, and whom it concerns is told why."""
    kept.drop_planned(tx, row.id)
    tasks.close_of_meeting(tx, row.id, now, _CALLED_OFF)
    for rsvp in rsvps.in_meeting(tx, row.id, *CONCERNED):
        kept.drop_news(tx, row.id, rsvp.person_id)
        _owe(tx, row, rsvp, Step.CANCELED, row.starts_at, now, organisation)


def _owe(
    tx: Tx, row: Record, rsvp: Record, step: Step, starts: datetime, now: datetime, organisation: Organisation
) -> None:
    """They are to be told as soon as a text may go to them; `starts`: when they would have come."""
    due = quiet.next_time(now, organisation, reminders.own_hours(people.get(tx, rsvp.person_id)))
    is_late = due > now and due > starts - _IN_TIME
    kept.put(
        tx,
        meeting_id=row.id,
        person_id=rsvp.person_id,
        step=step,
        starts_at=row.starts_at,
        due_at=now if is_late else due,
        state=ReminderState.PLANNED,
        why=TOO_LATE if is_late else None,
        at=now,
    )
