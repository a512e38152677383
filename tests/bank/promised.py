"""A commitment of Ashdale's: the bills that are hard to read, who said so, and how it comes to be promised."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from bank import approvals, commitment_approval, commitments
from bank.colleague import Colleague
from bank.commitment_words import exact
from bank.commitments import Draft
from bank.tokens import token
from storage import commitments as kept
from storage import projects
from storage.approvals import How, Post, Subject
from storage.commitments import tellings
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.bank import leaflet, well_attended
from tests.bank.ashdale import ASHDALE, MORNING

WORDS = {
    "title": {"en": "Bills that are easy to read", "pl": "Proste rachunki"},
    "heard": {"en": "our bills are hard to read", "pl": "nasze rachunki są niejasne"},
    "will": {"en": "rewrite them with carers", "pl": "napiszemy je od nowa z opiekunami"},
}
# A Friday.
DUE = date(2027, 1, 29)
AFTER_DUE = datetime(2027, 2, 1, 11, tzinfo=UTC)


def space(tx: Tx, *came: str, **more: Any) -> tuple[Record, list[Record]]:
    """A listening space, and those who came to it."""
    row = well_attended.meeting(tx, "Listening space", **more)
    return row, [well_attended.comes(tx, row, name, came=True) for name in came]


def drafted(tx: Tx, by: Colleague, meeting: Record | None = None, *said: Record, **more: Any) -> Record:
    """What Sam wrote after it; these people said it."""
    at = meeting.token if meeting is not None else ""
    given: dict[str, Any] = {"words": WORDS, "due_on": DUE, "owner": by.token, "meeting": at}
    return commitments.make(tx, by, Draft(**(given | {"people": tuple(one.token for one in said)} | more)), MORNING)


def agreed(tx: Tx, row: Record, now: datetime = MORNING) -> Record:
    """Whoever has to say yes does."""
    project = projects.get(tx, row.project_id) if row.project_id is not None else None
    who: dict[str, Any]
    for post in commitment_approval.needed(tx, row):
        if project is not None and post is Post.MEMBER_CHAIR:
            who = {"person_id": project.member_chair}
        elif project is not None and post is Post.STAFF_CHAIR:
            who = {"staff_id": project.staff_chair}
        else:
            who = {"staff_id": leaflet.hired(tx, token(), Role.APPROVER).id}
        approvals.record(tx, Subject.LEDGER, row.id, exact(row), post, True, How.CONSOLE, now, **who)
    return kept.get(tx, row.id)


def promised(tx: Tx, by: Colleague, meeting: Record | None = None, *said: Record, **more: Any) -> Record:
    row = drafted(tx, by, meeting, *said, **more)
    asked = commitment_approval.ask(tx, by, row, MORNING, ASHDALE)
    return commitment_approval.promise(tx, agreed(tx, asked), MORNING, ASHDALE, by)


def to_tell(tx: Tx, row: Record) -> list[tuple[str, int, str]]:
    """What is queued about it: the event, whom by id, and as whom."""
    found = tx.execute(tellings.select().where(tellings.c.commitment_id == row.id).order_by(tellings.c.id))
    return [(one.event, one.person_id, one.part) for one in found]


def history(tx: Tx, row: Record) -> list[str]:
    return [one.what for one in kept.changes(tx, row.id)]
