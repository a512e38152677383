"""A carers' space with people in every state, as tests of its papers and of its figures begin."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bank import wall_time
from bank.colleague import Colleague
from bank.tokens import token
from storage import arrangements, meetings, people, rsvps
from storage.arrangements import ArrangementKind, ArrangementState
from storage.meetings import MeetingKind, MeetingState, Way
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx
from tests.bank import leaflet
from tests.bank.ashdale import MORNING
from tests.conversations.gathering import WORDS

# During it, and on the morning after.
AT_THREE, DAY_AFTER = datetime(2026, 12, 3, 15, tzinfo=UTC), datetime(2026, 12, 4, 10, tzinfo=UTC)


def meeting(tx: Tx, title: str = "Carers' space", **more: Any) -> Record:
    """Thursday 3 December 2026, 2pm to 4pm at Oak Hall, with room for all."""
    when: dict[str, Any] = {"on_day": "2026-12-03", "at_time": "14:00", "zone": "Europe/London", "minutes": 120}
    when |= {name: more.pop(name) for name in tuple(more) if name in when}
    values = {
        "token": token(),
        "kind": MeetingKind.SPACE,
        "state": MeetingState.OPEN,
        "words": {**WORDS, "title": {"en": title}, **more.pop("words", {})},
        "way": Way.IN_PERSON,
        "created_at": MORNING,
        "changed_at": MORNING,
        **when,
        **wall_time.moments(when["on_day"], when["at_time"], when["zone"], when["minutes"]),
    }
    return meetings.add(tx, **(values | more))


def answers(tx: Tx, row: Record, person: Record, state: RsvpState = RsvpState.COMING, **more: Any) -> Record:
    """How this person answered, as the bank keeps it."""
    turn = len(rsvps.in_meeting(tx, row.id)) + 1
    values = {"meeting_id": row.id, "person_id": person.id, "at": MORNING}
    rsvps.note_answer(tx, answer=state.value, **values)
    return rsvps.add(tx, token=token(), state=state, turn=turn, changed_at=MORNING, **(values | more))


def comes(tx: Tx, row: Record, name: str, state: RsvpState = RsvpState.COMING, **more: Any) -> Record:
    """A new member of that name answers; the member."""
    about = {field: more.pop(field) for field in ("language", "format", "held") if field in more}
    person = leaflet.member(tx, name, **about)
    answers(tx, row, person, state, **more)
    return person


def needs(
    tx: Tx,
    row: Record,
    person: Record,
    kind: ArrangementKind,
    words: str,
    state: ArrangementState = ArrangementState.TO_DO,
    **more: Any,
) -> Record:
    values = {"meeting_id": row.id, "person_id": person.id, "at": MORNING, "changed_at": MORNING}
    due = {"due_on": "2026-11-30", "token": token()}
    return arrangements.add(tx, kind=kind, words=words, state=state, **due, **values, **more)


def carers_space(tx: Tx, sam: Colleague, **more: Any) -> Record:
    """Asha, Ben and Carys come, Dawid waits, Erin does not know yet, Femi cannot. Who leads it: Sam and Grace."""
    grace = leaflet.member(tx, "Grace")
    row = meeting(tx, staff_chair=sam.id, member_chair=grace.id, guests=True, way=Way.HYBRID, **more)
    before = meeting(tx, "The one before", on_day="2026-11-05", state=MeetingState.OVER)
    asha = comes(tx, row, "Asha Begum", way=Way.IN_PERSON, guests=2, late=True, note="about half past two", named=True)
    ben = comes(tx, row, "Ben", way=Way.ONLINE, guests=1)
    carys = comes(tx, row, "Carys", language="pl", format="large_print")
    comes(tx, row, "Dawid", RsvpState.WAITING)
    comes(tx, row, "Erin", RsvpState.MAYBE, ask_at=datetime(2026, 11, 30, 10, tzinfo=UTC))
    comes(tx, row, "Femi", RsvpState.NOT_COMING)
    answers(tx, before, ben, came=True)
    needs(tx, row, asha, ArrangementKind.BSL, "BSL interpreter", ArrangementState.BOOKED, note="Jo comes with you.")
    needs(tx, row, asha, ArrangementKind.FOOD, "no nuts")
    needs(tx, row, carys, ArrangementKind.ASSISTANT, "my assistant comes with me", ArrangementState.TALKED)
    needs(tx, row, carys, ArrangementKind.PARKING, "a space near the door", ArrangementState.NOT_NEEDED)
    return row


def named(tx: Tx, name: str) -> Record:
    """The person of that name."""
    return next(row for row in tx.execute(people.people.select()) if row.name == name)
