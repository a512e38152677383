"""Consent to be written to, at one address: STOP and START."""

from __future__ import annotations

from datetime import timedelta

from bank import desk, leaving, permission, talk, who_writes
from bank.visit import Visit
from flows import everywhere
from storage import conversations, people
from storage.addresses import AddressState
from storage.messages_in import Disposition
from storage.schema import Record

_A_DAY = timedelta(days=1)


def stop(visit: Visit, *, answer: bool = True) -> None:
    """STOP: withdrawn, and confirmed once. Without `answer` the provider has confirmed it already."""
    withdraw(visit)
    if answer:
        visit.tell("stop", everywhere.STOPPED, last_word=True)


def ask_if_stop(visit: Visit) -> None:
    """We are not sure that they want our texts to end: ask, once a day at most. The second time a person reads it."""
    visit.disposition = Disposition.FLOW
    visit.reading = {"meaning": "perhaps_stop"}
    asked = conversations.last_of(visit.tx, visit.address.id, "perhaps_stop")
    if visit.mute or visit.unsafe or (asked is not None and visit.now - asked.opened_at < _A_DAY):
        desk.keep(visit)
        visit.moved = False
        visit.tell("unsure_of_stop", everywhere.UNSURE_OF_STOP)
        return
    who_writes.doubt(visit)
    talk.open_flow(visit, "perhaps_stop")


def withdraw(visit: Visit) -> None:
    """Nothing more goes to this address, and what was begun there is closed, all in this transaction."""
    permission.withdraw(visit)
    talk.end_all(visit, "stopped")


def start(visit: Visit, *, answer: bool = True) -> None:
    """START: lift a STOP, a pause, or a LEAVE within its days of grace; a stranger is asked to join.

    Without `answer` the provider has welcomed them back already.
    """
    was_stopped = visit.address.state != AddressState.OPEN
    back = leaving.bring_back(visit)
    if was_stopped:
        permission.lift(visit)
    if answer and visit.person is None and len(_paused(visit)) > 1:
        talk.open_personal(visit, "start")
        return
    resumed = _end_pause(visit)
    if not answer:
        return
    if visit.people and (was_stopped or back or resumed):
        visit.tell("start", everywhere.STARTED)
    else:
        talk.open_join(visit)


def _end_pause(visit: Visit) -> bool:
    """End the pause of the one who writes, where we know who that is. True if there was one."""
    paused = [one for one in _paused(visit) if visit.person is None or visit.person.id == one.id]
    if len(paused) != 1:
        return False
    visit.is_with(people.change(visit.tx, paused[0].id, {"paused_until": None}))
    return True


def _paused(visit: Visit) -> list[Record]:
    return [one for one in visit.people if one.paused_until is not None]
