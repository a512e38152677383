"""On behalf: pausing, leaving and coming back, as somebody asked a colleague instead of texting it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bank import audit, leaving, outward, reachable, rota
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from flows import everywhere
from storage import addresses, consents, conversations, halting, people, reach, sign_ups
from storage.addresses import AddressState
from storage.consents import Purpose
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx

# "Until they say", as PAUSE means it.
UNTIL_TOLD = timedelta(days=36500)


def pause(tx: Tx, colleague: Colleague, person: Record, until: datetime | None, how: str, now: datetime) -> None:
    """Ask and send nothing unasked before then; None ends the pause."""
    people.change(tx, person.id, {"paused_until": until})
    spoken = [_iso(person.paused_until), _iso(until)]
    audit.record(tx, now, Act.PERSON_CHANGED, colleague.id, person_id=person.id, how=how, paused_until=spoken)


def leave(
    tx: Tx, colleague: Colleague, person: Record, said: str, how: str, now: datetime, organisation: Organisation
) -> None:
    """LEAVE, as they told a colleague: hidden at once, what is queued is cancelled, erased after the days of grace."""
    erase_at = now + timedelta(days=organisation.days_of_grace)
    _enter(tx, colleague, person, said, how, now, given=False)
    people.change(tx, person.id, {"state": PersonState.LEFT, "erase_at": erase_at})
    leaving.close_tasks(tx, person.id, now)
    for address in reach.addresses_of(tx, person.id):
        close(tx, address, person, erase_at, now, organisation)
    left = [PersonState.MEMBER, PersonState.LEFT]
    audit.record(tx, now, Act.PERSON_CHANGED, colleague.id, person_id=person.id, how=how, state=left)


def close(
    tx: Tx,
    address: Record,
    person: Record,
    erase_at: datetime,
    now: datetime,
    organisation: Organisation,
    *,
    tell: bool = True,
) -> None:
    """End what was begun there with somebody who has left; they are told so where that can do no harm."""
    conversations.end_with(tx, address.id, person.id, "left")
    halting.stop(tx, address.id, now)
    sign_ups.drop_at(tx, address.id, now)
    if tell and _may_be_told(address, now, organisation):
        visit = outward.visit(tx, now, organisation, address, person.id)
        visit.tell("leave", everywhere.LEFT, last_word=True)
    if not any(one.state == PersonState.MEMBER for one in reach.people_at(tx, address.id)):
        addresses.change(tx, address.id, {"state": AddressState.STOPPED, "erase_at": erase_at})


def _may_be_told(address: Record, now: datetime, organisation: Organisation) -> bool:
    safe = address.held is None and not reachable.is_unsafe(address, now)
    return safe and address.state == AddressState.OPEN and rota.may_text(now, organisation)


def bring_back(tx: Tx, colleague: Colleague, person: Record, said: str, how: str, now: datetime) -> None:
    """START within the days of grace, as they told a colleague. A STOP that they sent stays in force."""
    _enter(tx, colleague, person, said, how, now, given=True)
    people.change(tx, person.id, {"state": PersonState.MEMBER, "erase_at": None})
    for address in reach.addresses_of(tx, person.id):
        opened: dict[str, Any] = {"erase_at": None}
        if address.state == AddressState.STOPPED and consents.may_write(tx, address.id):
            opened["state"] = AddressState.OPEN
        addresses.change(tx, address.id, opened)
    back = [PersonState.LEFT, PersonState.MEMBER]
    audit.record(tx, now, Act.PERSON_CHANGED, colleague.id, person_id=person.id, how=how, state=back)


def _enter(tx: Tx, colleague: Colleague, person: Record, said: str, how: str, now: datetime, *, given: bool) -> None:
    consents.record(
        tx,
        Purpose.BANK,
        person_id=person.id,
        given=given,
        words=said,
        language=person.language,
        how=how,
        entered_by=colleague.id,
        at=now,
    )


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
