"""Feedback without a name: how a name is taken off it, how what was written is erased, and how a round is mixed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, delete, insert, or_, select, update

from storage.feedback import feedback, feedback_answers, feedback_rounds, feedback_themes
from storage.media import media
from storage.messages_in import messages_in
from storage.outbox import OutState, messages_out
from storage.store import Tx

_GONE = [OutState.ACCEPTED, OutState.SENT, OutState.DELIVERED, OutState.READ, OutState.UNKNOWN]
_BLANK = {"text": None, "raw": None, "reading": None}


def blank_message(tx: Tx, message_id: int) -> None:
    """Erase the words of this message, what came with it and how it was read; that there was one stays."""
    tx.execute(delete(media).where(media.c.message_id == message_id))
    tx.execute(update(messages_in).where(messages_in.c.id == message_id).values(_BLANK))


def blank_conversation(tx: Tx, address_id: int, conversation_id: int, flow: str) -> None:
    """Erase what was written there in answer to this flow, and what this conversation said that has gone."""
    answers = messages_in.c.address_id == address_id, messages_in.c.asked.startswith(f"{flow}.", autoescape=True)
    for message_id in tx.execute(select(messages_in.c.id).where(*answers)).scalars():
        blank_message(tx, message_id)
    gone = messages_out.c.conversation_id == conversation_id, messages_out.c.state.in_(_GONE)
    tx.execute(update(messages_out).where(*gone).values(text=None, options=None))


def unname(tx: Tx, feedback_id: int, other_id: int) -> None:
    """What one response holds is another's from now on, and the one is gone."""
    for table in (feedback_answers, feedback_themes):
        tx.execute(update(table).where(table.c.feedback_id == feedback_id).values(feedback_id=other_id))
    tx.execute(delete(feedback).where(feedback.c.id == feedback_id))


def to_mix(tx: Tx, before: datetime, limit: int) -> Sequence[int]:
    """Ids of rounds with responses without a name that were not mixed since then, until they were after their end."""
    nameless = feedback.c.person_id.is_(None), feedback.c.open_token.is_(None)
    mixed_at, closes_at = feedback_rounds.c.mixed_at, feedback_rounds.c.closes_at
    stale = or_(mixed_at.is_(None), and_(mixed_at < before, or_(closes_at.is_(None), closes_at > mixed_at)))
    found = select(feedback_rounds.c.id).distinct().join(feedback, feedback.c.round_id == feedback_rounds.c.id)
    return list(tx.execute(found.where(*nameless, stale).limit(limit)).scalars())


def mix(tx: Tx, round_id: int, now: datetime) -> None:
    """Write every finished response without a name anew, in the order of their random numbers, all at once."""
    theirs = feedback.c.round_id == round_id, feedback.c.person_id.is_(None), feedback.c.open_token.is_(None)
    rows = list(tx.execute(select(feedback).where(*theirs).order_by(feedback.c.id)).mappings())
    of_these = feedback_answers.c.feedback_id.in_([row["id"] for row in rows])
    turns = feedback_answers.c.feedback_id, feedback_answers.c.question
    answers = list(tx.execute(select(feedback_answers).where(of_these).order_by(*turns)).mappings())
    tx.execute(delete(feedback_answers).where(of_these))
    tx.execute(delete(feedback).where(*theirs))
    for table, found in ((feedback, rows), (feedback_answers, answers)):
        if found:
            tx.execute(insert(table), [dict(row) for row in found])
    tx.execute(update(feedback_rounds).where(feedback_rounds.c.id == round_id).values(mixed_at=now))
