"""Leaving: LEAVE stops and hides at once. Within the days of grace START or JOIN brings all of it back."""

from __future__ import annotations

from datetime import datetime, timedelta

from bank import by_form, helping, ledger
from bank.visit import Visit
from storage import addresses, conversations, halting, invitations, people
from storage.addresses import AddressState
from storage.consents import Purpose
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx


def leave(visit: Visit) -> None:
    """Hide this person at once, cancel what is queued for them here, and set the day of erasure."""
    erase_at = visit.now + timedelta(days=visit.organisation.days_of_grace)
    _withdraw(visit)
    if visit.person is not None:
        conversations.end_with(visit.tx, visit.address.id, visit.person.id, "left")
        close_tasks(visit.tx, visit.person.id, visit.now)
        gone = people.change(visit.tx, visit.person.id, {"state": PersonState.LEFT, "erase_at": erase_at})
        visit.everyone = [gone if one.id == gone.id else one for one in visit.everyone]
        visit.person = None
    halting.stop(visit.tx, visit.address.id, visit.now)
    by_form.dropped(visit)
    visit.gets_through = True
    if not visit.people:
        helping.stopped(visit)
        addresses.change(visit.tx, visit.address.id, {"state": AddressState.STOPPED, "erase_at": erase_at})


def close_tasks(tx: Tx, person_id: int, now: datetime) -> None:
    """Nobody rings or writes to them any more to tell them of something, or to ask."""
    invitations.close_tasks(tx, person_id, now, "They left.")


def bring_back(visit: Visit) -> bool:
    """START within the days of grace: who left last is a member again. True if anybody is.

    Where somebody is a member now, START is theirs, and brings nobody else back.
    """
    left = _left(visit)
    if visit.people or not left:
        return False
    last = max(left, key=lambda one: (one.erase_at, one.id))
    visit.is_with(people.change(visit.tx, last.id, {"state": PersonState.MEMBER, "erase_at": None}))
    ledger.enter(visit, Purpose.BANK, person_id=last.id, given=True)
    addresses.change(visit.tx, visit.address.id, {"erase_at": None})
    return True


def revive(visit: Visit) -> Record | None:
    """Whoever agrees again within the days of grace is who they were, where only one can be meant; else None."""
    left = _left(visit)
    if visit.people or len(left) != 1:
        return None
    anew = {"state": PersonState.MEMBER, "erase_at": None, "joined_at": visit.now, "paused_until": None}
    return people.change(visit.tx, left[0].id, anew)


def _left(visit: Visit) -> list[Record]:
    return [one for one in visit.everyone if one.state == PersonState.LEFT]


def _withdraw(visit: Visit) -> None:
    ledger.enter(visit, Purpose.BANK, person_id=visit.person.id if visit.person else None, given=False)
