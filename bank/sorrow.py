"""A wrong number, or a death: everything stops kindly, and a person of ours looks."""

from __future__ import annotations

from bank import desk, talk
from bank.visit import Visit
from flows import everywhere
from storage import addresses, outbox, people
from storage.addresses import AddressState
from storage.messages_in import Disposition
from storage.tasks import TaskKind

HELD_FOR_BEREAVEMENT = "bereavement"


def wrong_person(visit: Visit) -> None:
    """Stop everything to this address. We never say whose number it was."""
    _stop_all(visit, TaskKind.WRONG_PERSON)
    addresses.change(visit.tx, visit.address.id, {"state": AddressState.STOPPED})
    visit.tell("wrong_person", everywhere.WRONG_PERSON, last_word=True)


def bereaved(visit: Visit) -> None:
    """Pause, and bring a person."""
    _stop_all(visit, TaskKind.BEREAVEMENT)
    for person in visit.people:
        people.change(visit.tx, person.id, {"held": HELD_FOR_BEREAVEMENT})
    visit.tell("bereaved", everywhere.BEREAVED, last_word=True)


def _stop_all(visit: Visit, kind: TaskKind) -> None:
    visit.disposition = Disposition.HELD
    visit.reading = {"meaning": kind.value}
    outbox.stop(visit.tx, visit.address.id, visit.now)
    talk.end_all(visit, kind.value)
    desk.ask_a_person(visit, kind, words=visit.text)
