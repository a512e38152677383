"""Permission to be written to, at one address: given and withdrawn, each with its entry in the ledger."""

from __future__ import annotations

from bank.visit import Visit
from storage import addresses, consents, outbox
from storage.addresses import AddressState
from storage.consents import Purpose


def withdraw(visit: Visit) -> None:
    """Nothing more goes to this address, and what was queued for it is canceled."""
    outbox.stop(visit.tx, visit.address.id, visit.now)
    addresses.change(visit.tx, visit.address.id, {"state": AddressState.STOPPED})
    _record(visit, given=False)


def lift(visit: Visit) -> None:
    """The address may be written to again, because they asked."""
    addresses.change(visit.tx, visit.address.id, {"state": AddressState.OPEN})
    visit.mute = False
    _record(visit, given=True)


def _record(visit: Visit, *, given: bool) -> None:
    consents.record(
        visit.tx,
        Purpose.MESSAGES,
        person_id=visit.person.id if visit.person else None,
        address_id=visit.address.id,
        given=given,
        words=visit.text,
        language=visit.language,
        message_id=visit.message_id,
        at=visit.now,
    )
