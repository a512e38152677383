"""A wrong number, or a death: everything stops kindly, and a person of ours looks."""

from __future__ import annotations

from bank import consent, desk, talk
from bank.visit import Visit
from flows import everywhere
from storage import outbox, people
from storage.messages_in import Disposition
from storage.tasks import TaskKind

HELD_FOR_BEREAVEMENT = "bereavement"


def wrong_person(visit: Visit) -> None:
    """Stop everything to this address. We never say whose number it was."""
    _bring_a_person(visit, TaskKind.WRONG_PERSON)
    consent.withdraw(visit)
    visit.tell("wrong_person", everywhere.WRONG_PERSON, last_word=True)


def bereaved(visit: Visit) -> None:
    """Pause, and bring a person."""
    _bring_a_person(visit, TaskKind.BEREAVEMENT)
    outbox.stop(visit.tx, visit.address.id, visit.now)
    talk.end_all(visit, TaskKind.BEREAVEMENT)
    for person in visit.people:
        people.change(visit.tx, person.id, {"held": HELD_FOR_BEREAVEMENT})
    visit.tell("bereaved", everywhere.BEREAVED, last_word=True)


def _bring_a_person(visit: Visit, kind: TaskKind) -> None:
    visit.disposition = Disposition.HELD
    visit.reading = {"meaning": kind.value}
    desk.ask_a_person(visit, kind, words=visit.text)
