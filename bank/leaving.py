"""Leaving: LEAVE stops and hides at once; what we hold is erased after the days of grace, or brought back by START."""

from __future__ import annotations

from datetime import datetime, timedelta

from bank.visit import Visit
from storage import (
    addresses,
    consents,
    conversations,
    interests,
    messages_in,
    needs,
    outbox,
    people,
    reach,
    receipts,
    tasks,
)
from storage.addresses import AddressState
from storage.consents import Purpose
from storage.people import PersonState
from storage.store import Tx
from storage.tasks import TaskKind

# Words that a person of ours still has to read are not erased; we look again after this.
_WAIT = timedelta(days=7)


def leave(visit: Visit) -> None:
    """Hide this person at once, cancel what is queued for them here, and set the day of erasure."""
    erase_at = visit.now + timedelta(days=visit.organisation.days_of_grace)
    _withdraw(visit)
    if visit.person is not None:
        people.change(visit.tx, visit.person.id, {"state": PersonState.LEFT, "erase_at": erase_at})
        visit.everyone = [one for one in visit.everyone if one.id != visit.person.id]
        visit.person = None
    outbox.stop(visit.tx, visit.address.id, visit.now)
    visit.gets_through = True
    if not visit.people:
        addresses.change(visit.tx, visit.address.id, {"state": AddressState.STOPPED, "erase_at": erase_at})


def bring_back(visit: Visit) -> bool:
    """START within the days of grace: everyone who left from this address is a member again. True if any was."""
    left = [one for one in visit.everyone if one.state == PersonState.LEFT]
    for one in left:
        visit.is_with(people.change(visit.tx, one.id, {"state": PersonState.MEMBER, "erase_at": None}))
        _record(visit, one.id, given=True)
    if left:
        addresses.change(visit.tx, visit.address.id, {"erase_at": None})
    return bool(left)


def _withdraw(visit: Visit) -> None:
    _record(visit, visit.person.id if visit.person else None, given=False)


def _record(visit: Visit, person_id: int | None, *, given: bool) -> None:
    consents.record(
        visit.tx,
        Purpose.BANK,
        person_id=person_id,
        address_id=visit.address.id,
        given=given,
        words=visit.text,
        language=visit.language,
        message_id=visit.message_id,
        at=visit.now,
    )


def erase_people(tx: Tx, now: datetime, limit: int = 100) -> int:
    """Erase everyone whose days of grace are over, unless somebody may be in danger. Returns how many."""
    done = 0
    for person_id in people.due_for_erasure(tx, now, limit):
        if any(tasks.open_at(tx, row.id, TaskKind.SAFEGUARDING) for row in reach.addresses_of(tx, person_id)):
            people.change(tx, person_id, {"erase_at": now + _WAIT})
            continue
        _erase_person(tx, person_id)
        done += 1
    return done


def _erase_person(tx: Tx, person_id: int) -> None:
    """What they told us goes, and the words of every message of an address that reaches nobody else."""
    interests.forget(tx, person_id)
    needs.forget(tx, person_id)
    theirs = [row.id for row in reach.addresses_of(tx, person_id)]
    reach.cut(tx, person_id)
    for address_id in theirs:
        if not reach.people_at(tx, address_id):
            erase_address(tx, address_id)
    gone = {"name": None, "place": None, "district": None, "skills": None, "support": None, "looks_after": None}
    people.change(tx, person_id, {**gone, "state": PersonState.ERASED, "erase_at": None, "held": None})


def erase_unfinished(tx: Tx, now: datetime, limit: int = 100) -> int:
    """Erase what strangers wrote who never joined, unless a person of ours still has to read it."""
    done = 0
    for address_id in addresses.due_for_erasure(tx, now, limit):
        if tasks.open_at(tx, address_id) is not None:
            addresses.change(tx, address_id, {"erase_at": now + _WAIT})
            continue
        erase_address(tx, address_id)
        done += 1
    return done


def erase_address(tx: Tx, address_id: int) -> None:
    """Erase the words and the number; the keyed hash stays, so that a STOP is honoured for ever."""
    conversations.end_all(tx, address_id, "erased")
    messages_in.blank(tx, address_id)
    receipts.blank(tx, address_id)
    outbox.blank(tx, address_id)
    tasks.blank(tx, address_id)
    addresses.change(tx, address_id, {"address": None, "erase_at": None, "language": None})
