"""Somebody may be in danger: the flow stops, one calm reply goes, and an item is raised that is never dropped."""

from __future__ import annotations

from datetime import timedelta

from bank import desk, outcomes, permission, talk
from bank.visit import Visit
from language import kinds
from language.everywhere import Word
from language.everywhere import everywhere as word_in
from language.stance import stance
from storage import addresses, conversations, people
from storage.messages_in import Disposition
from storage.tasks import TaskKind

HELD_FOR_DANGER = "danger"
_A_DAY = timedelta(days=1)


def take(visit: Visit, because: str) -> None:
    """Hold everything else for this person until one of ours has looked."""
    visit.disposition = Disposition.HELD
    visit.reading = {"meaning": "crisis", "because": because}
    desk.ask_a_person(visit, TaskKind.SAFEGUARDING, words=visit.text)
    for person in visit.people:
        people.change(visit.tx, person.id, {"held": HELD_FOR_DANGER})
    addresses.change(visit.tx, visit.address.id, {"erase_at": None})
    if word_in(visit.text, visit.language, asked=visit.standing is not None) is Word.STOP:
        permission.withdraw(visit)
    if kinds.unsafe(visit.text, visit.language) or _says_no(visit):
        outcomes.keep_silent(visit)
        talk.end_all(visit, "unsafe")
    elif not visit.unsafe and not _answered(visit):
        _answer(visit)


def _answer(visit: Visit) -> None:
    """The one calm reply. What was begun is closed: nothing of it is asked again after this."""
    talk.end_all(visit, "danger")
    visit.mute = False
    visit.gets_through = True
    talk.open_flow(visit, "safety")


def _says_no(visit: Visit) -> bool:
    """A cry that answers whether a text is safe ("no, he reads my phone"): the next text must not be one of ours."""
    asked = visit.standing is not None and visit.standing.position.flow == "safety"
    return asked and stance(visit.text, visit.language).label == "no"


def _answered(visit: Visit) -> bool:
    """They had our answer within the day. The item is raised all the same."""
    last = conversations.last_of(visit.tx, visit.address.id, "safety")
    return last is not None and visit.now - last.opened_at < _A_DAY
