"""Looking: rows as tests want to see them, where no part of Heard asks for them so."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from storage.dead_letters import dead_letters
from storage.feedback import feedback
from storage.invitations import invitations
from storage.receipts import receipts
from storage.reminders import reminders
from storage.schema import Record
from storage.store import Tx
from storage.tasks import IS_OPEN, TaskKind, tasks


def open_tasks(tx: Tx) -> list[Record]:
    """What waits for a person of ours, safeguarding first, then by when it is due."""
    first = (tasks.c.kind != TaskKind.SAFEGUARDING).asc()
    return list(tx.execute(select(tasks).where(IS_OPEN).order_by(first, tasks.c.due_at, tasks.c.id)))


def letters(tx: Tx) -> list[Record]:
    """Every dead letter, the oldest first."""
    return list(tx.execute(select(dead_letters).order_by(dead_letters.c.id)))


def reminders_of(tx: Tx, meeting_id: int) -> list[Record]:
    """Every reminder of this meeting, whatever became of it, by when it is or was due."""
    found = select(reminders).where(reminders.c.meeting_id == meeting_id)
    return list(tx.execute(found.order_by(reminders.c.due_at, reminders.c.id)))


def responses(tx: Tx, round_ids: Collection[int]) -> list[Record]:
    """Everything that was said to these rounds of feedback, by its number."""
    found = select(feedback).where(feedback.c.round_id.in_(list(round_ids)))
    return list(tx.execute(found.order_by(feedback.c.id)))


def receipts_of(tx: Tx, message_out_id: int) -> list[Record]:
    """Every receipt of this message, in the order in which they came."""
    found = select(receipts).where(receipts.c.message_out_id == message_out_id)
    return list(tx.execute(found.order_by(receipts.c.id)))


def invitation(tx: Tx, invitation_id: int) -> Record:
    return tx.execute(select(invitations).where(invitations.c.id == invitation_id)).one()
