"""Telling news of a meeting: by text in their hours, or by a call of ours where no text reaches them in time."""

from __future__ import annotations

from datetime import datetime

from bank import (
    asked_by_call,
    calendar,
    interrupting,
    outward,
    quiet,
    reminder_saying,
    reminder_words,
    rota,
    talk,
)
from bank.facts import YOU_KNOW
from bank.meeting_facts import said
from bank.meeting_news import CONCERNED, TOO_LATE
from bank.organisation import Organisation
from bank.reminder_words import Reader, Told
from bank.reminders import own_hours
from bank.visit import Visit
from flows import engine
from flows.meeting_news import MEETING_NEWS
from flows.position import Position
from flows.rsvp import RSVP
from language.wording import SOURCE_LANGUAGE
from storage import meetings, outbox, people, reminders, rsvps, tasks
from storage.outbox import Priority
from storage.people import PersonState
from storage.reminders import ReminderState, Step
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx

_CHANGED = "This has changed: "
_NOT_SO_ANY_MORE = "It has changed again."
_CALL = {
    Step.CHANGED: _CHANGED + "{meeting}. It is on {where}. Ring them to say so.",
    Step.MOVED: _CHANGED + "{meeting}. It is on {where}. Ring them to say so, and ask whether they can come.",
    Step.CANCELED: "This is cancelled: {meeting}. {why}Ring them, so that they do not set out for nothing.",
}


def tell(tx: Tx, now: datetime, organisation: Organisation, row: Record) -> int:
    """Tell it to whom this row is owed to."""
    person, meeting = people.get(tx, row.person_id), meetings.get(tx, row.meeting_id)
    rsvp = rsvps.of(tx, meeting.id, person.id)
    if (why := _why_not(meeting, person, rsvp, now)) is not None or rsvp is None:
        reminders.change(tx, row.id, {"state": ReminderState.LEFT_OUT, "why": why})
        return 1
    address = outward.address_of(tx, person, now)
    is_paused = person.paused_until is not None and person.paused_until > now
    if address is None or is_paused or row.why == TOO_LATE:
        ring(tx, row, meeting, person, rsvp, now, organisation)
        why = row.why or ("paused" if is_paused else "no_address")
        reminders.change(tx, row.id, {"state": ReminderState.LEFT_OUT, "why": why})
        return 1
    if not quiet.may(now, organisation, own_hours(person)):
        later = quiet.next_time(now, organisation, own_hours(person))
        in_time = later < meeting.starts_at
        reminders.change(tx, row.id, {"due_at": later if in_time else now, "why": None if in_time else TOO_LATE})
        return 1
    row_id = _by_text(tx, row, meeting, person, rsvp, address, now, organisation)
    reminders.change(tx, row.id, {"state": ReminderState.SENT, "row_id": row_id})
    return 1


def _why_not(meeting: Record, person: Record, rsvp: Record | None, now: datetime) -> str | None:
    """Why nobody is to tell them any more."""
    if person.state != PersonState.MEMBER:
        return "left"
    if person.held is not None:
        return "held"  # a person of ours is with them, and decides what is said
    if rsvp is None or rsvp.state not in CONCERNED:
        return "not_coming"
    return "late" if now >= meeting.starts_at else None


def ring(
    tx: Tx, row: Record, meeting: Record, person: Record, rsvp: Record, now: datetime, organisation: Organisation
) -> None:
    """A colleague rings them; where they are asked again, their answer is entered where the call is."""
    known = reminder_words.facts(meeting, Reader(SOURCE_LANGUAGE), organisation)
    why = f"{known['why']} " if known["why"] else ""
    when = f"{known['day']}, {known['time']}"
    place = when if reminder_words.way_of(meeting, rsvp) == "online" else f"{when}, {known['where']}"
    named = said(meeting, "title", SOURCE_LANGUAGE)
    _close_older(tx, meeting, person, now)
    about = f"{named}, {when}" if row.step == Step.CANCELED else named
    words = _CALL[Step(row.step)].format(meeting=about, where=place, why=why)
    due = max(now, min(rota.read_by(now, organisation), meeting.starts_at))
    if row.step == Step.MOVED:
        asked_by_call.about_meeting(tx, meeting, person, words, due, now)
    else:
        outward.ring(tx, person, words, due, now, meeting_id=meeting.id)


def _close_older(tx: Tx, meeting: Record, person: Record, now: datetime) -> None:
    """A call that would tell them of an earlier change: it is not so any more."""
    for task in tasks.open_of(tx, person.id):
        if task.meeting_id == meeting.id and (task.words or "").startswith(_CHANGED):
            tasks.change(tx, task.id, {"closed_at": now, "result": _NOT_SO_ANY_MORE})


def _by_text(
    tx: Tx,
    row: Record,
    meeting: Record,
    person: Record,
    rsvp: Record,
    address: Record,
    now: datetime,
    organisation: Organisation,
) -> int | None:
    way, step = reminder_words.way_of(meeting, rsvp), Step(row.step)
    _tell_helpers(tx, person, Told(step, meeting, way), now, organisation)
    if step is Step.MOVED and rsvp.state != RsvpState.WAITING:
        asking = interrupting.visit(tx, now, organisation, address, person)
        if asking is not None:
            return _ask(asking, meeting, way)
    # Who waits for a place, or is in the middle of something that may not wait, is told and not asked.
    link = calendar.link(rsvp, organisation) if rsvp.calendar_until is not None else ""
    told = Told(Step.CHANGED if step is Step.MOVED else step, meeting, way, calendar=link)
    visit = outward.visit(tx, now, organisation, address, person.id)
    named = (person.name or "") if len(visit.everyone) > 1 else None
    worded = reminder_words.news(MEETING_NEWS, told, Reader(visit.language, named), now, organisation)
    return reminder_saying.queue(tx, address, person, visit.language, worded, meeting.starts_at, now)


def _ask(visit: Visit, meeting: Record, way: str) -> int | None:
    """They stand at the question of flow "rsvp", asked in these words."""
    visit.subject = {"meeting": meeting.token}
    about = {"step": Step.MOVED.value, "online": way == "online"}
    (saying,) = engine.begin(MEETING_NEWS, visit.facts, about).say
    talk.stand_at(visit, RSVP, Position(RSVP.name, RSVP.version, "ask", {"meeting": meeting.token}))
    visit.say(saying, Priority.REMINDER)
    for row_id in visit.queued:
        outbox.advance(visit.tx, row_id, {"expires_at": meeting.starts_at})
    return next(iter(visit.queued), None)


def _tell_helpers(tx: Tx, person: Record, told: Told, now: datetime, organisation: Organisation) -> None:
    for address in reminder_saying.helpers(tx, person, now):
        language = address.language or SOURCE_LANGUAGE
        helps = person.name or organisation.catalogs.render(YOU_KNOW, language, {})
        worded = reminder_words.news(MEETING_NEWS, told, Reader(language, helps=helps), now, organisation)
        reminder_saying.queue(tx, address, person, language, worded, told.meeting.starts_at, now)
