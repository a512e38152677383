"""Reminding: what is due is said, in one message for all that falls together for one person.

A reminder goes on its minute or earlier, never later, unless Heard was down: then it goes as long as it still helps.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bank import feedback_asking, news_telling, quiet, reminder_saying
from bank.organisation import Organisation
from bank.reminder_plan import MARGIN, TOGETHER
from bank.reminder_saying import Going
from bank.reminders import not_now, own_hours
from storage import meetings, people, reminders, rsvps
from storage.meetings import GOES_ON, MeetingState
from storage.reminders import NEWS, ReminderState, Step
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx

# After the end: so long thanks wait for whoever ticks who came, and so long they are worth saying.
_TICKED_WITHIN, _THANKS_HELP = timedelta(days=3), timedelta(days=5)
_A_DAY = timedelta(days=1)
# Each of these is a message of its own.
_BY_ITSELF = frozenset({*NEWS, Step.FEEDBACK})


def to_send(tx: Tx, now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of what is due."""
    return reminders.due(tx, now, limit)


def send(tx: Tx, now: datetime, organisation: Organisation, reminder_id: int) -> int:
    """Say it, with all that falls together with it. 0 where that was done already."""
    row = reminders.get(tx, reminder_id)
    if row.state != ReminderState.PLANNED:
        return 0
    if row.step in NEWS:
        return news_telling.tell(tx, now, organisation, row)
    if row.step == Step.FEEDBACK:
        return feedback_asking.ask(tx, now, organisation, row)
    person = people.get(tx, row.person_id)
    going = [one for one in _together(tx, row, now, organisation) if _is_on(tx, one, now)]
    if (why := not_now(person, now)) is not None:
        _leave_out(tx, going, why, now)
    elif going and quiet.may(now, organisation, own_hours(person)):
        reminder_saying.say(tx, person, going, now, organisation)
    else:
        _put_off(tx, going, quiet.next_time(now, organisation, own_hours(person)), now)
    return 1


def _together(tx: Tx, row: Record, now: datetime, organisation: Organisation) -> list[Going]:
    """All that this person is to be told within the next hours; and of the same step, within the day."""
    here = now.astimezone(organisation.zone).date()
    found = []
    for one in reminders.planned_of(tx, row.person_id, now + _A_DAY):
        same = one.step == row.step and one.due_at.astimezone(organisation.zone).date() == here
        if one.step not in _BY_ITSELF and (one.due_at <= now + TOGETHER or same):
            rsvp = rsvps.of(tx, one.meeting_id, one.person_id)
            found.append(Going(one, meetings.get(tx, one.meeting_id), rsvp))
    return found


def _is_on(tx: Tx, one: Going, now: datetime) -> bool:
    """Whether it is still to be said. What is due and is not is left out; thanks wait for the list of who came."""
    why = _why_no_thanks(one, now) if one.row.step == Step.THANKS else _why_not(one, now)
    if why is None and (one.row.step != Step.THANKS or one.rsvp is None or one.rsvp.came):
        return True
    if one.row.due_at <= now:
        later = {"due_at": one.row.due_at + _A_DAY}
        reminders.change(tx, one.row.id, {"state": ReminderState.LEFT_OUT, "why": why} if why else later)
    return False


def _why_not(one: Going, now: datetime) -> str | None:
    if one.meeting.state not in GOES_ON:
        return "canceled"
    if one.row.starts_at != one.meeting.starts_at:
        return "moved"
    if one.rsvp is None or one.rsvp.state != RsvpState.COMING:
        return "not_coming"
    return "late" if now >= helps_until(one) else None


def _why_no_thanks(one: Going, now: datetime) -> str | None:
    if one.meeting.state == MeetingState.CANCELED:
        return "canceled"
    if one.rsvp is None or one.rsvp.came is False:
        return "not_there"
    if one.rsvp.came is None and now >= one.meeting.ends_at + _TICKED_WITHIN:
        return "unticked"
    return "late" if now >= helps_until(one) else None


def helps_until(one: Going) -> datetime:
    """From when on it helps nobody any more."""
    if one.row.step == Step.THANKS:
        ended: datetime = one.meeting.ends_at
        return ended + _THANKS_HELP
    starts: datetime = one.meeting.starts_at
    return starts - MARGIN


def _leave_out(tx: Tx, going: Sequence[Going], why: str, now: datetime) -> None:
    for one in going:
        if one.row.due_at <= now:
            reminders.change(tx, one.row.id, {"state": ReminderState.LEFT_OUT, "why": why})


def _put_off(tx: Tx, going: Sequence[Going], until: datetime, now: datetime) -> None:
    """We were down, or their hours have just changed: it goes in their next hours, if it helps then."""
    for one in going:
        if one.row.due_at <= now:
            late = {"state": ReminderState.LEFT_OUT, "why": "late"}
            reminders.change(tx, one.row.id, {"due_at": until} if until < helps_until(one) else late)
