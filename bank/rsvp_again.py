"""Asked again: who was not sure whether they come is asked once more, when they said that they would know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bank import asked_by_call, interrupting, meeting_facts, outward, rota, talk
from bank.organisation import Organisation
from flows.rsvp_places import RSVP_AGAIN
from storage import meetings, people, rsvp_line, rsvps
from storage.outbox import Priority
from storage.store import Tx

_ASK = "They were not sure about: {meeting}. Ask whether they can come."


def to_ask(tx: Tx, now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of those whose time to be asked again has come."""
    return rsvp_line.to_ask_again(tx, now, limit)


def ask(tx: Tx, now: datetime, organisation: Organisation, rsvp_id: int) -> int:
    """Ask them, by text, or by a call where no text reaches them. 0 where they cannot be asked just now."""
    row = rsvps.get(tx, rsvp_id)
    meeting, person = meetings.get(tx, row.meeting_id), people.get(tx, row.person_id)
    address = outward.address_of(tx, person, now)
    if address is None or interrupting.is_stuck(tx, now, address):
        due = min(rota.read_by(now, organisation), meeting.starts_at)
        words = _ASK.format(meeting=meeting_facts.spoken(meeting, organisation))
        asked_by_call.about_meeting(tx, meeting, person, words, due, now)
    else:
        visit = interrupting.visit(tx, now, organisation, address, person)
        if visit is None:
            return 0
        talk.open_flow(visit, RSVP_AGAIN.name, {"meeting": meeting.token}, Priority.REPLY)
    rsvps.change(tx, row.id, {"asked_again": True, "ask_at": None})
    return 1
