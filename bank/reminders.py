"""Reminders: what each person who comes is to be told of a meeting, and when. `bank.reminding` says it.

Planned when they say yes, and anew whenever the meeting, its plan or their own hours change. What was said once is
not planned again, unless the meeting is moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bank import quiet, reminder_defaults
from bank.organisation import Organisation
from bank.quiet import Own
from bank.reminder_plan import MARGIN, TOGETHER, due_times, says_it_again
from storage import meetings, people, reminders, rsvps
from storage.meetings import GOES_ON, MeetingState
from storage.people import PersonState
from storage.reminders import AFTER, ReminderState, Step
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx


def own_hours(person: Record) -> Own:
    """Between which times somebody gets texts."""
    return Own.of(person.text_from, person.text_until)


def not_now(person: Record, now: datetime) -> str | None:
    """Why nothing of it goes to them, whatever their phone."""
    if person.state != PersonState.MEMBER:
        return "left"
    if person.held is not None:
        return "held"
    return "paused" if person.paused_until is not None and person.paused_until > now else None


def plan(tx: Tx, meeting: Record, rsvp: Record, now: datetime, organisation: Organisation) -> None:
    """They have just answered: plan what they are to be told from now on; nothing for who does not come.

    Who has just been told all of it needs no reminder within the next hours.
    """
    _plan(tx, meeting, rsvp, now, organisation, told_at=now)


def replan(tx: Tx, meeting: Record, now: datetime, organisation: Organisation, *, tells: bool = False) -> None:
    """The meeting or its plan has changed: plan it anew for everybody. `tells`: they are being told of it."""
    for rsvp in rsvps.in_meeting(tx, meeting.id):
        person = people.get(tx, rsvp.person_id)
        told_at = quiet.next_time(now, organisation, own_hours(person)) if tells else None
        _plan(tx, meeting, rsvp, now, organisation, told_at)


def replan_person(tx: Tx, person_id: int, now: datetime, organisation: Organisation) -> None:
    """Their own hours have changed: plan it anew for all that they come to."""
    for meeting in meetings.these(tx, reminders.meetings_of(tx, person_id)).values():
        rsvp = rsvps.of(tx, meeting.id, person_id)
        if rsvp is not None:
            _plan(tx, meeting, rsvp, now, organisation, told_at=None)


def _plan(
    tx: Tx, meeting: Record, rsvp: Record, now: datetime, organisation: Organisation, told_at: datetime | None
) -> None:
    before = reminders.drop_planned(tx, meeting.id, rsvp.person_id)
    person = people.get(tx, rsvp.person_id)
    if not _is_wanted(meeting, rsvp) or person.state != PersonState.MEMBER:
        return
    theirs = due_times(meeting, reminder_defaults.plan_of(tx, meeting), own_hours(person), organisation)
    said = {row.step for row in reminders.of(tx, meeting.id, person.id) if row.starts_at == meeting.starts_at}
    found = _still_to_come(meeting, theirs, before, now, told_at)
    if Step.DAY in {*found, *said} and says_it_again(meeting, theirs):
        said.add(Step.HOURS)
    for step, due in found.items():
        if step not in said:
            what = {"meeting_id": meeting.id, "person_id": person.id, "step": step, "starts_at": meeting.starts_at}
            reminders.add(tx, **what, due_at=due, state=ReminderState.PLANNED, at=now)


def _is_wanted(meeting: Record, rsvp: Record) -> bool:
    """They come, or came."""
    on = meeting.state in GOES_ON or meeting.state == MeetingState.OVER
    return on and bool(rsvp.state == RsvpState.COMING or rsvp.came)


def _still_to_come(
    meeting: Record,
    theirs: Mapping[Step, datetime],
    before: Mapping[str, datetime],
    now: datetime,
    told_at: datetime | None,
) -> dict[Step, datetime]:
    """What of it is planned. One whose time is past is made up for only where it was planned and has not been said:
    it goes at once, if it helps still.
    """
    found: dict[Step, datetime] = {}
    for step, due in theirs.items():
        if step in AFTER:
            found[step] = due
        elif now >= meeting.starts_at - MARGIN or (told_at is not None and due < told_at + TOGETHER):
            continue
        elif due > now or before.get(step, now) > now:
            found[step] = max(due, now)
    return found
