"""The hold: where somebody may be in danger nothing is said by itself, until a safeguarding lead lets it go."""

from __future__ import annotations

from datetime import datetime, timedelta

from bank import reachable
from bank.organisation import Organisation
from bank.visit import ABOUT_DANGER
from storage import addresses, concerns, conversations, held_back, people, reach, tasks
from storage.addresses import HELD_FOR_DANGER
from storage.schema import Record
from storage.store import Tx
from storage.tasks import TaskKind

# Wordings of alerts to phones of our own.
ALERT = "alert."
# What goes out all the same, by the beginning of its wording.
_THROUGH = (ABOUT_DANGER, ALERT)
# A bereavement that nobody has seen to yet is a hold of its own.
_BEREAVED = "bereavement"


def stops(row: Record, now: datetime) -> bool:
    """Whether a row of the outbox (with its address's `held` and `unsafe_until`) may not go now."""
    if reachable.is_unsafe(row, now):
        return True
    if row.held != HELD_FOR_DANGER:
        return False
    return row.staff_id is None and not row.wording.startswith(_THROUGH)


def begin(tx: Tx, concern_id: int, address_id: int, now: datetime) -> None:
    """Hold this address, whoever is reached there, and their other addresses. What was begun or queued there ends."""
    person_ids, address_ids = reach.ids_near(tx, address_id)
    people.hold(tx, person_ids, HELD_FOR_DANGER)
    concerns.hold(tx, concern_id, address_ids)
    for one in address_ids:
        _hold(tx, one, now)


def _hold(tx: Tx, address_id: int, now: datetime) -> None:
    addresses.change(tx, address_id, {"held": HELD_FOR_DANGER, "erase_at": None})
    conversations.end_all(tx, address_id, "danger")
    held_back.hold(tx, address_id, now, _THROUGH)


def spread(tx: Tx, person_id: int, now: datetime) -> None:
    """Our list has changed: whatever holds one address of theirs holds them, and all their addresses, from now on."""
    theirs = reach.addresses_of(tx, person_id)
    for concern_id in concerns.ids_open_at(tx, [one.id for one in theirs]):
        concerns.hold(tx, concern_id, [one.id for one in theirs])
        people.hold(
            tx, [person_id, *(near.id for one in theirs for near in reach.people_at(tx, one.id))], HELD_FOR_DANGER
        )
    for one in reach.addresses_of(tx, person_id):
        if one.held is None and concerns.ids_open_at(tx, [one.id]):
            _hold(tx, one.id, now)


def end(tx: Tx, concern_id: int, now: datetime, organisation: Organisation) -> None:
    """Let everything go that no other concern holds. Nothing is taken up again: flows begin when they write."""
    free = [one for one in concerns.addresses_of(tx, concern_id) if concerns.open_at(tx, one.id, concern_id) is None]
    for address in free:
        here = reach.people_at(tx, address.id)
        forgotten = None if here else now + timedelta(days=organisation.days_unfinished)
        addresses.change(tx, address.id, {"held": None, "erase_at": forgotten})
        conversations.end_all(tx, address.id, "released")
        tasks.close_at(tx, address.id, TaskKind.SAFEGUARDING, now)
        for person in here:
            _let_go(tx, person, concern_id)


def _let_go(tx: Tx, person: Record, concern_id: int) -> None:
    """The person, unless another concern holds them, or somebody's death is still to be seen to."""
    theirs = reach.addresses_of(tx, person.id)
    if person.held != HELD_FOR_DANGER or any(concerns.open_at(tx, one.id, concern_id) for one in theirs):
        return
    bereaved = any(tasks.open_at(tx, one.id, TaskKind.BEREAVEMENT) for one in theirs)
    people.change(tx, person.id, {"held": _BEREAVED if bereaved else None})
