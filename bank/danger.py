"""Somebody may be in danger: the flow stops, one calm reply goes, and an item is raised that is never dropped."""

from __future__ import annotations

from bank import desk, talk
from bank.visit import Visit
from storage import addresses, people
from storage.addresses import AddressState
from storage.messages_in import Disposition
from storage.outbox import Priority
from storage.tasks import TaskKind

HELD_FOR_DANGER = "danger"


def take(visit: Visit, because: str) -> None:
    """Hold everything else for this person until one of ours has looked."""
    visit.disposition = Disposition.HELD
    visit.reading = {"meaning": "crisis", "because": because}
    desk.ask_a_person(visit, TaskKind.SAFEGUARDING, words=visit.text)
    for person in visit.people:
        people.change(visit.tx, person.id, {"held": HELD_FOR_DANGER})
    addresses.change(visit.tx, visit.address.id, {"erase_at": None})
    if visit.standing is None or visit.standing.position.flow != "safety":
        visit.mute = visit.address.state == AddressState.DEAD
        talk.open_flow(visit, "safety", priority=Priority.REPLY)
