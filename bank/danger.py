"""Somebody may be in danger: the flow stops, one calm reply goes, and a concern is raised that is never dropped."""

from __future__ import annotations

from bank import concerns, desk, outcomes, permission, talk
from bank.visit import Visit
from language import kinds
from language.everywhere import Word
from language.everywhere import everywhere as word_in
from language.stance import stance
from storage.messages_in import Disposition
from storage.tasks import TaskKind


def take(visit: Visit, because: str) -> None:
    """Hold everything else for this person until one of ours has looked."""
    visit.disposition = Disposition.HELD
    visit.reading = {"meaning": "crisis", "because": because}
    desk.ask_a_person(visit, TaskKind.SAFEGUARDING, words=visit.text)
    unsafe = kinds.unsafe(visit.text, visit.language) or _says_no(visit)
    is_new = concerns.hear(visit, heard=True)
    if word_in(visit.text, visit.language, asked=visit.standing is not None) is Word.STOP:
        permission.withdraw(visit)
    if unsafe:
        outcomes.keep_silent(visit)
        talk.end_all(visit, "unsafe")
    elif is_new:
        concerns.answer(visit)


def _says_no(visit: Visit) -> bool:
    """A cry that answers whether a text is safe ("no, he reads my phone"): the next text must not be one of ours."""
    asked = visit.standing is not None and visit.standing.position.flow == "safety"
    return asked and stance(visit.text, visit.language).label == "no"
