"""Promised answers: questions of which somebody was told by when we answer, and what was asked and answered at all."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, select

from storage.addresses import addresses
from storage.questions import QuestionState, questions
from storage.schema import Record
from storage.store import Tx
from storage.tasks import tasks

# Where it became a call or a letter, they had the answer when that was done.
_answered = case((questions.c.task_id.is_not(None), tasks.c.closed_at), else_=questions.c.answered_at)
_by_a_person = case((questions.c.state == QuestionState.ANSWERED, _answered))


def due(tx: Tx, begins: datetime, ends: datetime) -> list[Record]:
    """Questions that somebody was told we answer by a time between these.

    Each has who asked (`person_id`, `address_id`, with `channel` and `language` of the address), `promised_until`,
    whether a day before that one had passed (`missed`), and when they had the answer (`had_at`; nothing: not yet, or
    it was closed without one, or the answer was lost).
    """
    told = questions.c.promised_until
    found = (
        select(
            questions.c.person_id,
            questions.c.address_id,
            addresses.c.channel,
            addresses.c.language,
            told,
            questions.c.missed,
            _by_a_person.label("had_at"),
        )
        .join(addresses, addresses.c.id == questions.c.address_id)
        .outerjoin(tasks, tasks.c.id == questions.c.task_id)
    )
    return list(tx.execute(found.where(told >= begins, told < ends)))


def asked(tx: Tx, begins: datetime, ends: datetime) -> list[Record]:
    """Questions asked in that time: when (`opened_at`), how each stands, and when they had the answer (`had_at`)."""
    found = select(questions.c.opened_at, questions.c.state, questions.c.answered_at, _answered.label("had_at"))
    found = found.outerjoin(tasks, tasks.c.id == questions.c.task_id)
    return list(tx.execute(found.where(questions.c.opened_at >= begins, questions.c.opened_at < ends)))
