"""Upkeep: what becomes due with time. Run twice, it does no harm; missed, it is made up for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bank import delivery, getting_to_know, leaving, rota, talk
from bank.organisation import Organisation
from bank.visit import Visit
from flows import engine
from flows.about_you import QUESTIONS
from language.wording import SOURCE_LANGUAGE
from storage import addresses, conversations, people, reach
from storage.addresses import AddressState
from storage.outbox import Priority
from storage.schema import Record
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Done:
    """How much was due."""

    nudged: int = 0
    lapsed: int = 0
    asked: int = 0
    erased: int = 0
    released: int = 0

    def __bool__(self) -> bool:
        return any((self.nudged, self.lapsed, self.asked, self.erased, self.released))


def run(tx: Tx, now: datetime, organisation: Organisation, limit: int = 100) -> Done:
    """Do what is due at `now`, at most `limit` of each kind."""
    awake = rota.may_text(now, organisation)
    return Done(
        nudged=nudge(tx, now, organisation, limit) if awake else 0,
        lapsed=lapse(tx, now, limit),
        asked=ask_members(tx, now, organisation, limit) if awake else 0,
        erased=leaving.erase_people(tx, now, limit) + leaving.erase_unfinished(tx, now, limit),
        released=delivery.release_stranded(tx, now),
    )


def nudge(tx: Tx, now: datetime, organisation: Organisation, limit: int) -> int:
    """Remind, once, those who left a question open."""
    due = conversations.to_nudge(tx, now, limit)
    for row in due:
        conversations.change(tx, row.conversation_id, {"nudge_at": None, "nudged": True})
        visit = _visit(tx, now, organisation, row.conversation_address_id, row.conversation_person_id)
        visit.standing = talk.standing_of(row)
        saying = engine.nudge(talk.flow_of(visit.standing), visit.standing.position, visit.facts)
        if saying is not None and visit.address.state == AddressState.OPEN:
            visit.say(saying, Priority.INVITATION)
    return len(due)


def lapse(tx: Tx, now: datetime, limit: int) -> int:
    """Close conversations left open too long, without a word."""
    due = conversations.to_lapse(tx, now, limit)
    for row in due:
        conversations.end(tx, row.conversation_id, "lapsed")
    return len(due)


def ask_members(tx: Tx, now: datetime, organisation: Organisation, limit: int) -> int:
    """Ask each member who may be asked the next short question about them. Returns how many were asked."""
    before = now - timedelta(days=organisation.days_between_questions)
    asked = 0
    for person in people.ready_for_a_question(tx, before, len(QUESTIONS), now, limit):
        asked += _ask(tx, now, organisation, person)
    return asked


def _ask(tx: Tx, now: datetime, organisation: Organisation, person: Record) -> bool:
    number = getting_to_know.first_untold(tx, person, person.next_question)
    if number is None:
        people.change(tx, person.id, {"next_question": len(QUESTIONS)})
        return False
    address = _free_address(tx, person.id)
    if address is None:  # something else is being asked: look again tomorrow
        wait = timedelta(days=organisation.days_between_questions - 1)
        people.change(tx, person.id, {"asked_at": now - wait})
        return False
    people.change(tx, person.id, {"next_question": number + 1, "asked_at": now})
    visit = _visit(tx, now, organisation, address.id, person.id)
    talk.open_flow(visit, QUESTIONS[number].name, priority=Priority.INVITATION)
    return True


def _free_address(tx: Tx, person_id: int) -> Record | None:
    """Where they last wrote from, if it is open and nothing is being asked there."""
    for address in reach.addresses_of(tx, person_id):
        if address.state == AddressState.OPEN and conversations.open_at(tx, address.id) is None:
            return address
    return None


def _visit(tx: Tx, now: datetime, organisation: Organisation, address_id: int, person_id: int | None) -> Visit:
    """A visit that we begin ourselves."""
    address = addresses.get(tx, address_id)
    visit = Visit(tx, now, organisation, address, reach.people_at(tx, address_id))
    visit.language = address.language or SOURCE_LANGUAGE
    visit.is_with(visit.person_called(person_id))
    return visit
