"""Saying a reminder: one message to the person, and to whoever helps them with their meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bank import helping, interrupting, outward, reachable, reminder_words, talk, voice
from bank.facts import YOU_KNOW
from bank.helping import Matter
from bank.organisation import Organisation
from bank.reminder_plan import MARGIN
from bank.reminder_words import Reader, Told, Worded
from bank.visit import Visit
from bank.voice import Envelope, Spoken
from flows.arranged import AFTER
from language.wording import SOURCE_LANGUAGE
from storage import addresses, arrangements, reminders
from storage.arrangements import ArrangementState
from storage.outbox import Priority
from storage.reminders import ReminderState, Step
from storage.schema import Record
from storage.store import Tx

# More than this of what is booked would make a message long.
_MOST_BOOKED = 2
_THANKS_LAST = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Going:
    """A reminder that is going, with its meeting, and how the person stands in that."""

    row: Record
    meeting: Record
    rsvp: Record | None


def say(tx: Tx, person: Record, going: Sequence[Going], now: datetime, organisation: Organisation) -> None:
    """Say all of it in one message. The newest step of each meeting tells it all; what is not said is joined to it."""
    told = [_told(tx, one) for one in _one_a_meeting(going)]
    _tell_helpers(tx, person, told, now, organisation)
    address = outward.address_of(tx, person, now)
    if address is None:
        for one in going:
            reminders.change(tx, one.row.id, {"state": ReminderState.LEFT_OUT, "why": "no_address"})
        return
    visit = outward.visit(tx, now, organisation, address, person.id)
    row_id = _asked_how_it_was(visit, person, going) or _queued(visit, person, told, going)
    for one in going:
        said = any(one.row.step == each.step and one.meeting.id == each.meeting.id for each in told[:1])
        state = ReminderState.SENT if said else ReminderState.JOINED
        reminders.change(tx, one.row.id, {"state": state, "row_id": row_id})


def _one_a_meeting(going: Sequence[Going]) -> list[Going]:
    """Of each meeting what is due last; what is still to come before the thanks, and the soonest first."""
    last = {one.meeting.id: one for one in sorted(going, key=lambda one: (one.row.due_at, one.row.id))}
    return sorted(last.values(), key=lambda one: (one.row.step == Step.THANKS, one.meeting.starts_at, one.row.id))


def _told(tx: Tx, one: Going) -> Told:
    booked = ()
    if one.row.step != Step.THANKS:
        theirs = arrangements.of(tx, one.meeting.id, one.row.person_id)
        known = (row.kind for row in theirs if row.state == ArrangementState.BOOKED and row.told)
        booked = tuple(dict.fromkeys(known))[:_MOST_BOOKED]
    way = reminder_words.way_of(one.meeting, one.rsvp)
    return Told(Step(one.row.step), one.meeting, way, booked)


def _asked_how_it_was(visit: Visit, person: Record, going: Sequence[Going]) -> int | None:
    """Who had something arranged is thanked by asking whether they had it. The row's id; None: they are not asked."""
    (first, *more) = going
    if more or first.row.step != Step.THANKS or not _had_something_arranged(visit.tx, first):
        return None
    asking = interrupting.visit(visit.tx, visit.now, visit.organisation, visit.address, person)
    if asking is None:
        return None
    talk.open_flow(asking, AFTER.name, {"meeting": first.meeting.token}, Priority.REMINDER)
    return next(iter(asking.queued), None)


def _had_something_arranged(tx: Tx, one: Going) -> bool:
    theirs = arrangements.of(tx, one.meeting.id, one.row.person_id)
    return any(row.state != ArrangementState.NOT_NEEDED for row in theirs)


def _queued(visit: Visit, person: Record, told: Sequence[Told], going: Sequence[Going]) -> int:
    named = (person.name or "") if len(visit.everyone) > 1 else None
    worded = reminder_words.reminder(told, Reader(visit.language, named), visit.now, visit.organisation)
    return queue(visit.tx, visit.address, person, visit.language, worded, expires(going), visit.now)


def expires(going: Sequence[Going]) -> datetime:
    """When the first of it begins, less a little: nobody is told to come to what has begun."""
    to_come: list[datetime] = [one.meeting.starts_at - MARGIN for one in going if one.row.step != Step.THANKS]
    due: list[datetime] = [one.row.due_at for one in going]
    return min(to_come) if to_come else max(due) + _THANKS_LAST


def queue(
    tx: Tx, address: Record, person: Record, language: str, worded: Worded, until: datetime, now: datetime
) -> int:
    """Put it in the outbox; it expires then. Returns the row's id."""
    envelope = Envelope(
        address.id,
        address.sender,
        language,
        person_id=person.id,
        priority=Priority.REMINDER,
        expires=until - now,
    )
    return voice.queue(tx, envelope, worded.key, Spoken(worded.text), now)


def helpers(tx: Tx, person: Record, now: datetime) -> list[Record]:
    """Where those are texted who help this member with their meetings."""
    found = (addresses.get(tx, link.address_id) for link in helping.may_tell(tx, person.id, Matter.MEETING))
    return [one for one in found if reachable.may_be_texted(one, now)]


def _tell_helpers(tx: Tx, person: Record, told: Sequence[Told], now: datetime, organisation: Organisation) -> None:
    """What is still to come, a message for each meeting: its last words are how to end it."""
    for address in helpers(tx, person, now):
        for one in told:
            if one.step != Step.THANKS:
                language = address.language or SOURCE_LANGUAGE
                reader = Reader(language, helps=person.name or organisation.catalogs.render(YOU_KNOW, language, {}))
                worded = reminder_words.reminder([one], reader, now, organisation)
                queue(tx, address, person, language, worded, one.meeting.starts_at - MARGIN, now)
