"""A button under something that they were told: it answers for fourteen days, though the conversation is over."""

from __future__ import annotations

from bank import replies, talk
from bank.telling_facts import asks
from bank.telling_heard import lately
from bank.telling_words import of_one
from bank.visit import Visit
from flows.position import Position
from flows.told import TOLD
from storage import outbox
from storage.schema import Record


def press(visit: Visit, payload: str) -> bool:
    """Take what a button says that is not of the open conversation. False where it is under none of these messages."""
    row = _under_which(visit, payload)
    if row is None:
        return False
    visit.is_with(visit.person_called(row.person_id))
    step = row.event if asks(row) == "meant" else "done"
    standing = talk.stand_at(visit, TOLD, Position(TOLD.name, TOLD.version, step, of_one(row)))
    visit.asked = f"{TOLD.name}.{step}"
    return replies.choose(visit, standing, payload.rpartition(".")[2])


def _under_which(visit: Visit, payload: str) -> Record | None:
    """What was told and asked by the message that offered this. Lists have no buttons: it tells one thing."""
    for row in lately(visit):
        offered = outbox.get(visit.tx, row.row_id).options or ()
        if asks(row) and payload in {choice for choice, _label in offered}:
            return row
    return None
