"""A wrong number, or a death: everything stops kindly, and a person of ours looks."""

from __future__ import annotations

from bank import consent, desk, talk
from bank.visit import Visit
from flows import everywhere
from language.everywhere import Word
from language.everywhere import everywhere as word_in
from storage import halting, people, tasks
from storage.messages_in import Disposition
from storage.tasks import TaskKind

HELD_FOR_BEREAVEMENT = "bereavement"


def wrong_person(visit: Visit) -> None:
    """Stop everything to this address. We never say whose number it was."""
    if _bring_a_person(visit, TaskKind.WRONG_PERSON):
        consent.withdraw(visit)
        visit.tell("wrong_person", everywhere.WRONG_PERSON, last_word=True)


def bereaved(visit: Visit) -> None:
    """Pause, and bring a person; a word to stop said beside it is heard too."""
    asked_to_stop = word_in(visit.text, visit.language, asked=visit.standing is not None) is Word.STOP
    for person in visit.people:
        people.change(visit.tx, person.id, {"held": HELD_FOR_BEREAVEMENT})
    halting.stop(visit.tx, visit.address.id, visit.now)
    if asked_to_stop:
        consent.withdraw(visit)
    if _bring_a_person(visit, TaskKind.BEREAVEMENT):
        talk.end_all(visit, TaskKind.BEREAVEMENT)
        visit.tell("bereaved", everywhere.BEREAVED, last_word=True)


def _bring_a_person(visit: Visit, kind: TaskKind) -> bool:
    """Raise the item. False when one is open already: they have had our answer."""
    visit.disposition = Disposition.HELD
    visit.reading = {"meaning": kind.value}
    if tasks.open_at(visit.tx, visit.address.id, kind) is not None:
        return False
    desk.ask_a_person(visit, kind, words=visit.text)
    return True
