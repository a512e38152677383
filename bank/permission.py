"""Permission to be written to, at one address: given and withdrawn, each with its entry in the ledger."""

from __future__ import annotations

from bank import helping, ledger, stopped_with_a_place
from bank.visit import Visit
from storage import addresses, halting, sign_ups
from storage.addresses import AddressState
from storage.consents import Purpose


def withdraw(visit: Visit) -> None:
    """Nothing more goes to this address, and what was queued for it is cancelled."""
    halting.stop(visit.tx, visit.address.id, visit.now)
    addresses.change(visit.tx, visit.address.id, {"state": AddressState.STOPPED})
    sign_ups.drop_at(visit.tx, visit.address.id, visit.now)
    helping.stopped(visit)
    stopped_with_a_place.ring(visit.tx, visit.address.id, visit.now, visit.organisation)
    _enter(visit, given=False)


def lift(visit: Visit) -> None:
    """The address may be written to again, because they asked."""
    addresses.change(visit.tx, visit.address.id, {"state": AddressState.OPEN})
    visit.mute = False
    _enter(visit, given=True)


def _enter(visit: Visit, *, given: bool) -> None:
    ledger.enter(visit, Purpose.MESSAGES, person_id=visit.person.id if visit.person else None, given=given)
