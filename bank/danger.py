"""Somebody may be in danger: the flow stops, one calm reply goes, and an item is raised that is never dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bank import desk, talk
from bank.visit import Visit
from flows import engine
from language.reading import Meaning, Reading
from language.stance import stance
from storage import addresses, conversations, people
from storage.addresses import AddressState
from storage.messages_in import Disposition
from storage.outbox import Priority
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
    if _asked(visit):
        _hear_a_no(visit)
    elif not _answered(visit):
        visit.mute = visit.address.state == AddressState.DEAD
        visit.gets_through = True
        talk.open_flow(visit, "safety", priority=Priority.REPLY)


def _asked(visit: Visit) -> bool:
    """They were asked whether a text back is safe, and have not answered."""
    return visit.standing is not None and visit.standing.position.flow == "safety"


def _hear_a_no(visit: Visit) -> None:
    """A cry that says no ("no, he reads my phone") is an answer as well: the next text must not be one of ours."""
    if visit.standing is not None and stance(visit.text, visit.language).label == "no":
        no = Reading(Meaning.NO, "no", True, because=visit.text)
        position = replace(visit.standing.position, checking=None)
        talk.follow(visit, engine.advance(talk.flow_of(visit.standing), position, no, visit.facts))


def _answered(visit: Visit) -> bool:
    """They were answered today, or told us that an answer is not safe. The item is raised all the same."""
    last = conversations.last_of(visit.tx, visit.address.id, "safety")
    return last is not None and (last.outcome == "unsafe" or visit.now - last.opened_at < _A_DAY)
