"""Arrangements changed by a colleague: booked, could not be had, talked about, not needed; one more, or to do again.

Each change is in the audit. Whoever comes is told of what is booked, and asked what to do where it could not be had.
"""

from __future__ import annotations

from datetime import datetime

from bank import arrangements as arranging
from bank import audit
from bank.audit import Act
from bank.colleague import Colleague
from bank.invitations import By
from bank.organisation import Organisation
from storage import arrangements, meetings, rsvps
from storage.arrangements import ArrangementKind, ArrangementState
from storage.meetings import GOES_ON, MeetingState
from storage.schema import Record
from storage.store import Tx
from storage.told import How

LONGEST_NOTE = 160
_IS_TOLD = frozenset({ArrangementState.BOOKED, ArrangementState.COULD_NOT})


class CannotArrange(Exception):
    """It cannot be changed so; the message says why, in plain words."""


def book(tx: Tx, colleague: Colleague, row: Record, note: str | None, now: datetime) -> Record:
    """It is booked. They are told, with the note. Raises CannotArrange."""
    return _stands(tx, colleague, row, ArrangementState.BOOKED, note, now)


def could_not(tx: Tx, colleague: Colleague, row: Record, note: str | None, now: datetime) -> Record:
    """It could not be had. They are told, with the note, and asked what to do instead. Raises CannotArrange."""
    return _stands(tx, colleague, row, ArrangementState.COULD_NOT, note, now)


def talked(tx: Tx, colleague: Colleague, row: Record, note: str | None, now: datetime) -> Record:
    """A colleague has talked it over with them, and the note says what they agreed. Raises CannotArrange."""
    return _stands(tx, colleague, row, ArrangementState.TALKED, note, now)


def not_needed(tx: Tx, colleague: Colleague, row: Record, note: str | None, now: datetime) -> Record:
    """They do not need it there, or what was booked for them is cancelled. Raises CannotArrange."""
    return _stands(tx, colleague, row, ArrangementState.NOT_NEEDED, note, now)


def again(tx: Tx, colleague: Colleague, row: Record, note: str | None, now: datetime) -> Record:
    """It is to be done again: what was booked fell through, or a slip is put right. Raises CannotArrange."""
    changed = _stands(tx, colleague, row, ArrangementState.TO_DO, note, now)
    arranging.not_ready_any_more(tx, meetings.get(tx, row.meeting_id), now)
    return changed


CHANGES = {
    ArrangementState.BOOKED: book,
    ArrangementState.COULD_NOT: could_not,
    ArrangementState.TALKED: talked,
    ArrangementState.NOT_NEEDED: not_needed,
    ArrangementState.TO_DO: again,
}


def add(
    tx: Tx,
    colleague: Colleague,
    meeting: Record,
    person: Record,
    kind: ArrangementKind,
    words: str,
    now: datetime,
    organisation: Organisation,
    *,
    how: How,
    each_time: bool,
) -> Record:
    """One more thing to arrange for them there, as they told a colleague; `each_time`: at every meeting from now on.

    Raises CannotArrange where they do not come, or it stands there already.
    """
    rsvp = rsvps.of(tx, meeting.id, person.id)
    if rsvp is None or rsvp.state not in arranging.COMES:
        raise CannotArrange("They do not come to this meeting")
    _goes_on(meeting)
    by = By(entered_by=colleague.id, how=how)
    begun = arranging.begin(tx, meeting, person, now, organisation, words=words, kind=kind, by=by, each_time=each_time)
    if not begun:
        raise CannotArrange("That is on their list already")
    told = {"kind": kind.value, "state": [None, begun[0].state], "how": how.value}
    audit.record(tx, now, Act.ARRANGEMENT_CHANGED, colleague.id, person_id=person.id, about=meeting.token, **told)
    return begun[0]


def _stands(
    tx: Tx, colleague: Colleague, row: Record, state: ArrangementState, note: str | None, now: datetime
) -> Record:
    meeting = meetings.get(tx, row.meeting_id)
    if not (may_be_taken_off(meeting, row) and state == ArrangementState.NOT_NEEDED):
        _goes_on(meeting)
    if row.state == state:
        raise CannotArrange("It stands so already")
    rsvp = rsvps.of(tx, meeting.id, row.person_id)
    comes = rsvp is not None and rsvp.state in arranging.COMES
    made = {
        "state": state,
        "note": (note or "").strip()[:LONGEST_NOTE] or None,
        "told": not (comes and state in _IS_TOLD),
        "changed_by": colleague.id,
        "changed_at": now,
    }
    changed = arrangements.change(tx, row.id, made)
    told = {"kind": row.kind, "state": [row.state, changed.state]}
    audit.record(tx, now, Act.ARRANGEMENT_CHANGED, colleague.id, person_id=row.person_id, about=meeting.token, **told)
    return changed


def may_be_taken_off(meeting: Record, row: Record) -> bool:
    """It is booked for a meeting that is cancelled: somebody has still to cancel it."""
    return bool(meeting.state == MeetingState.CANCELED and row.state == ArrangementState.BOOKED)


def _goes_on(meeting: Record) -> None:
    if meeting.state not in GOES_ON:
        raise CannotArrange("This meeting is over, or cancelled")
