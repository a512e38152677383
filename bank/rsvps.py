"""RSVPs: what somebody answers to a meeting, however it comes, and what follows from it.

The latest clear answer counts. A yes takes a place, or a turn in line; anything else gives it back. What is to be
arranged, the reminders and the invitations follow the answer.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bank import arrangements, audit, invitations, reminders, rsvp_open, seating
from bank.audit import Act
from bank.colleague import Colleague
from bank.invitations import By, CannotEnter
from bank.organisation import Organisation
from bank.seating import Seat
from bank.tokens import token
from storage import invitations as asked
from storage import meetings, people, rsvp_line
from storage import rsvps as kept
from storage.invitations import Answer
from storage.meetings import GOES_ON, MeetingState
from storage.people import PersonState
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx
from storage.told import How

_STATES = {Answer.MAYBE: RsvpState.MAYBE, Answer.NO: RsvpState.NOT_COMING, Answer.LATER: RsvpState.NOT_COMING}
# What is kept beside a yes, and what it is where they did not say.
_BESIDE: dict[str, Any] = {"guests": 0, "late": False, "early": False, "way": None, "note": None}
_WHY_NOT = {
    MeetingState.DRAFT: "This meeting is not open yet",
    MeetingState.CANCELED: "This meeting is cancelled",
    MeetingState.OVER: "This meeting is over",
}


@dataclass(frozen=True, slots=True)
class Stood:
    """How somebody stands after their answer, and how they stood before it; None: they had not answered.

    `number` is theirs in line: 1 is next, and 0 where they do not wait. `left_out`: so many of their guests there is
    no room for.
    """

    state: RsvpState
    before: RsvpState | None
    number: int
    rsvp: Record
    left_out: int = 0


def goes_on(meeting: Record, now: datetime) -> bool:
    """People may say that they come: it is open, and has not begun."""
    return meeting.state in GOES_ON and bool(now < meeting.starts_at)


def answer(
    tx: Tx,
    meeting: Record,
    person: Record,
    answer: Answer,
    now: datetime,
    organisation: Organisation,
    by: By = By(),  # noqa: B008  it is frozen
    **details: Any,
) -> Stood:
    """Keep what they answered, and all that follows from it.

    `details`: guests, late, early, way, note; what is not named stays as it was. Of many at the same moment exactly
    so many get a place, and the others wait in the order in which they came.
    """
    meeting = meetings.locked(tx, meeting.id)
    row = kept.of(tx, meeting.id, person.id)
    came = {"message_id": by.message_id, "entered_by": by.entered_by, "how": by.how}
    kept.note_answer(tx, meeting_id=meeting.id, person_id=person.id, answer=answer, at=now, **came)
    for invitation in asked.all_to_meeting(tx, meeting.id, person.id)[:1]:
        invitations.answered(tx, invitation, answer, now, by)
    beside = _beside(row, answer, details)
    seat = _seat(tx, meeting, row, answer, beside["guests"])
    changed = {**beside, "state": seat.state, "turn": seat.turn, "guests": seat.guests, **came}
    settled = {"told": True, "offered_until": None, "ask_at": None, "changed_at": now}
    found = _write(tx, meeting, person, row, now, {**changed, **settled})
    _follow(tx, meeting, row, found, now, organisation, by)
    return _stood(tx, row, found, seat)


def _stood(tx: Tx, row: Record | None, found: Record, seat: Seat) -> Stood:
    before = RsvpState(row.state) if row is not None else None
    return Stood(seat.state, before, seating.number(tx, found), found, seat.left_out)


def _beside(row: Record | None, answer: Answer, details: dict[str, Any]) -> dict[str, Any]:
    """What is kept beside the answer: beside a yes what they said before too, beside anything else only a note."""
    unknown = details.keys() - _BESIDE.keys()
    if unknown:
        raise TypeError(f"an answer has no {', '.join(sorted(unknown))}")
    if answer != Answer.YES:
        return {**_BESIDE, "note": details.get("note")}
    before = {name: getattr(row, name) for name in _BESIDE} if row is not None and _said_yes(row) else _BESIDE
    return {**before, **details}


def _said_yes(row: Record) -> bool:
    return row.state in {RsvpState.COMING, RsvpState.WAITING}


def _seat(tx: Tx, meeting: Record, row: Record | None, answer: Answer, guests: int) -> Seat:
    if answer == Answer.YES:
        return seating.give(tx, meeting, row, guests)
    return Seat(_STATES[answer], 0, 0)


def _write(
    tx: Tx, meeting: Record, person: Record, row: Record | None, now: datetime, values: dict[str, Any]
) -> Record:
    if row is None:
        return kept.add(tx, token=token(), meeting_id=meeting.id, person_id=person.id, at=now, **values)
    return kept.change(tx, row.id, values)


def _follow(
    tx: Tx, meeting: Record, row: Record | None, found: Record, now: datetime, organisation: Organisation, by: By
) -> None:
    """What is to be arranged for them, and what they are to be reminded of, as they stand now."""
    came = row is not None and row.state == RsvpState.COMING
    comes = found.state == RsvpState.COMING
    if comes and not came:
        arrangements.begin(tx, meeting, people.get(tx, found.person_id), now, organisation, by=by)
    if came and not comes:
        arrangements.drop(tx, meeting, found.person_id, now)
    if comes or came:
        reminders.plan(tx, meeting, found, now, organisation)


def beside(
    tx: Tx, meeting: Record, person_id: int, now: datetime, organisation: Organisation, **details: Any
) -> Stood | None:
    """Something about how they come: guests, late, early, way, note. Their answer stays. None where they gave none."""
    meeting = meetings.locked(tx, meeting.id)
    row = kept.of(tx, meeting.id, person_id)
    if row is None:
        return None
    seat = Seat(RsvpState(row.state), row.turn, row.guests)
    if "guests" in details and _said_yes(row):
        seat = seating.give(tx, meeting, row, details["guests"])
    changed = {**details, "state": seat.state, "turn": seat.turn, "guests": seat.guests}
    found = kept.change(tx, row.id, {**changed, "changed_at": now})
    _follow(tx, meeting, row, found, now, organisation, By())
    return _stood(tx, row, found, seat)


def give_up(
    tx: Tx, meeting: Record, person_id: int, now: datetime, organisation: Organisation, *, told: bool = True
) -> bool:
    """They do not come, without having said so: they took no place in time. True where a place is free by it.

    `told`: they know it, or need not.
    """
    return _let_go(tx, meeting, person_id, now, organisation, told=told, turn=0)


def left(tx: Tx, meeting: Record, person_id: int, now: datetime, organisation: Organisation) -> bool:
    """They left the bank: somebody else may have their place. Should they come back, they have their turn."""
    row = kept.of(tx, meeting.id, person_id)
    turn = row.turn if row is not None else 0
    return _let_go(tx, meeting, person_id, now, organisation, told=False, turn=turn)


def _let_go(
    tx: Tx, meeting: Record, person_id: int, now: datetime, organisation: Organisation, *, told: bool, turn: int
) -> bool:
    meeting = meetings.locked(tx, meeting.id)
    row = kept.of(tx, meeting.id, person_id)
    if row is None or row.state == RsvpState.NOT_COMING:
        return False
    gone = {"state": RsvpState.NOT_COMING, "turn": turn, "guests": 0, "offered_until": None, "ask_at": None}
    found = kept.change(tx, row.id, {**gone, "told": told, "changed_at": now})
    _follow(tx, meeting, row, found, now, organisation, By())
    return row.state == RsvpState.COMING or row.offered_until is not None


def came_back(tx: Tx, rsvp: Record, now: datetime, organisation: Organisation) -> Record:
    """Who had left is a member again: they come as before where there is room, and else are in line by their turn."""
    meeting = meetings.locked(tx, rsvp.meeting_id)
    seat = seating.give(tx, meeting, rsvp, 0)
    turn = rsvp.turn or seat.turn
    found = kept.change(tx, rsvp.id, {"state": seat.state, "turn": turn, "changed_at": now})
    _follow(tx, meeting, rsvp, found, now, organisation, By())
    return found


def stands(tx: Tx, meeting: Record, person_id: int) -> Record | None:
    """Their RSVP; None where they have not answered."""
    return kept.of(tx, meeting.id, person_id)


def number(tx: Tx, rsvp: Record) -> int:
    """Their number in line: 1 is next; 0 where they do not wait."""
    return seating.number(tx, rsvp)


def upcoming(tx: Tx, person_ids: Collection[int], now: datetime) -> list[tuple[Record, Record]]:
    """The meetings that are not over to which these people answered, whatever they answered, the soonest first.

    Each with the RSVP.
    """
    rows = rsvp_line.upcoming(tx, person_ids, now)
    found = meetings.these(tx, {row.meeting_id for row in rows})
    return [(found[row.meeting_id], row) for row in rows]


def ask_again_at(tx: Tx, rsvp: Record, when: datetime | None) -> None:
    """They are not sure, and know that we ask once more then. None: we do not."""
    kept.change(tx, rsvp.id, {"ask_at": when, "asked_again": False} if when is not None else {"ask_at": None})


def enter(
    tx: Tx,
    colleague: Colleague,
    meeting: Record,
    person: Record,
    said: Answer | str,
    how: How,
    now: datetime,
    organisation: Organisation,
    **details: Any,
) -> Stood:
    """Keep what somebody told a colleague by phone, on paper or face to face. Raises CannotEnter.

    They are told nothing by text: whoever enters it tells them what came of it.
    """
    if person.state != PersonState.MEMBER:
        raise CannotEnter("They are not a member any more")
    if said not in {Answer.YES, Answer.NO, Answer.MAYBE}:
        raise CannotEnter("Choose their answer")
    if meeting.state not in GOES_ON or now >= meeting.ends_at:
        raise CannotEnter(_WHY_NOT.get(MeetingState(meeting.state), _WHY_NOT[MeetingState.OVER]))
    by = By(entered_by=colleague.id, how=how)
    stood = answer(tx, meeting, person, Answer(said), now, organisation, by, **details)
    rsvp_open.end(tx, meeting, person.id)
    told = {"state": [stood.before, stood.state], "how": how}
    audit.record(tx, now, Act.RSVP_CHANGED, colleague.id, person_id=person.id, about=meeting.token, **told)
    return stood
