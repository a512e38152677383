"""Consent to be written to, at one address: STOP and START."""

from __future__ import annotations

from bank import leaving, talk
from bank.visit import Visit
from flows import everywhere
from storage import addresses, consents, outbox, people
from storage.addresses import AddressState
from storage.consents import Purpose


def stop(visit: Visit, *, answer: bool = True) -> None:
    """STOP: withdrawn, and confirmed once. Without `answer` the provider has confirmed it already."""
    withdraw(visit)
    if answer:
        visit.tell("stop", everywhere.STOPPED, last_word=True)


def withdraw(visit: Visit) -> None:
    """Nothing more goes to this address, and what was queued for it is canceled, all in this transaction."""
    outbox.stop(visit.tx, visit.address.id, visit.now)
    talk.end_all(visit, "stopped")
    addresses.change(visit.tx, visit.address.id, {"state": AddressState.STOPPED})
    _record(visit, given=False)


def start(visit: Visit, *, answer: bool = True) -> None:
    """START: lift a STOP, a pause, or a LEAVE within its days of grace; a stranger is asked to join.

    Without `answer` the provider has welcomed them back already.
    """
    was_stopped = visit.address.state != AddressState.OPEN
    back = leaving.bring_back(visit)
    if was_stopped:
        lift(visit)
    resumed = _end_pauses(visit)
    if not answer:
        return
    if visit.people and (was_stopped or back or resumed):
        visit.tell("start", everywhere.STARTED)
    else:
        talk.open_join(visit)


def lift(visit: Visit) -> None:
    """The address may be written to again, because they asked."""
    addresses.change(visit.tx, visit.address.id, {"state": AddressState.OPEN})
    visit.mute = False
    _record(visit, given=True)


def _end_pauses(visit: Visit) -> bool:
    paused = [one for one in visit.people if one.paused_until is not None]
    for one in paused:
        visit.is_with(people.change(visit.tx, one.id, {"paused_until": None}))
    return bool(paused)


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
