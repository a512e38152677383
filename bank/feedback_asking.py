"""Asking how a meeting was, by the clock: by text when it is over and they are ticked, else by a call or a letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bank import feedback, feedback_calls, interrupting, outward, quiet, talk
from bank.organisation import Organisation
from bank.reminders import not_now, own_hours
from bank.visit import Visit
from flows import feedback as script
from storage import conversations, meetings, people, reminders, rsvps
from storage import feedback as kept
from storage.meetings import MeetingState
from storage.outbox import Priority
from storage.reminders import ReminderState
from storage.schema import Record
from storage.store import Tx

# So long it waits for whoever ticks who came, and so long after the end it is worth asking.
TICKED_WITHIN, HELPS = timedelta(days=7), timedelta(days=14)
_A_DAY, _A_WHILE = timedelta(days=1), timedelta(hours=1)


def ask(tx: Tx, now: datetime, organisation: Organisation, row: Record) -> int:
    """Ask whom this row of the reminders is for, or put it off; where it would not help any more, leave it out."""
    person, meeting = people.get(tx, row.person_id), meetings.get(tx, row.meeting_id)
    rsvp = rsvps.of(tx, meeting.id, person.id)
    why = not_now(person, now) or _why_not(tx, meeting, person, rsvp, now)
    if why is not None:
        reminders.change(tx, row.id, {"state": ReminderState.LEFT_OUT, "why": why})
    elif rsvp is None or rsvp.came is None:
        reminders.change(tx, row.id, {"due_at": row.due_at + _A_DAY})
    elif not quiet.may(now, organisation, own_hours(person)):
        reminders.change(tx, row.id, {"due_at": quiet.next_time(now, organisation, own_hours(person))})
    else:
        reminders.change(tx, row.id, _asked(tx, meeting, person, now, organisation))
    return 1


def _why_not(tx: Tx, meeting: Record, person: Record, rsvp: Record | None, now: datetime) -> str | None:
    if meeting.state == MeetingState.CANCELED:
        return "canceled"
    if rsvp is None or rsvp.came is False:
        return "not_there"
    if now >= meeting.ends_at + (TICKED_WITHIN if rsvp.came is None else HELPS):
        return "unticked" if rsvp.came is None else "late"
    found = kept.of_meeting(tx, meeting.id)
    if found is not None and kept.of_person(tx, found.id, person.id) is not None:
        return "answered"
    return None


def _asked(tx: Tx, meeting: Record, person: Record, now: datetime, organisation: Organisation) -> Mapping[str, object]:
    """What becomes of the row: it is said, or another way is taken, or it waits a little."""
    asked = feedback.round_for_meeting(tx, meeting, now, organisation)
    address = outward.address_of(tx, person, now)
    if address is None:
        feedback_calls.ask_for(tx, asked, person, now, organisation)
        return {"state": ReminderState.LEFT_OUT, "why": "no_address"}
    visit = interrupting.visit(tx, now, organisation, address, person)
    if visit is None or is_telling(visit):
        return {"due_at": now + _A_WHILE}
    begin(visit, asked, Priority.REMINDER)
    return {"state": ReminderState.SENT, "row_id": next(iter(visit.queued), None)}


def is_telling(visit: Visit) -> bool:
    """They are in the middle of telling us of something else, and were asked that today."""
    open_now = conversations.open_since(visit.tx, visit.address.id)
    if open_now is None or script.id_of(open_now.flow) is None:
        return False
    return bool(visit.now < open_now.opened_at + _A_DAY)


def begin(visit: Visit, asked: Record, priority: Priority = Priority.REPLY, **answers: object) -> None:
    """Put the first question of this round. `answers`: what the conversation knows beside what it is about."""
    about = feedback.opening(visit.tx, asked, visit.organisation.smallest_shown)
    talk.open_flow(visit, script.name_of(asked.set_id), {**about, **answers}, priority)
