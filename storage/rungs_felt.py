"""Rungs felt: what people said at the end of projects of how much say they had in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from storage.feedback import About, feedback, feedback_answers, feedback_rounds
from storage.projects import projects
from storage.question_sets import question_sets
from storage.schema import Record
from storage.store import Tx


def rounds(tx: Tx, begins: datetime, ends: datetime) -> list[Record]:
    """Evaluations of projects that were over in that time, with the project's rung and words, and the questions."""
    found = (
        select(
            feedback_rounds.c.id,
            feedback_rounds.c.project_id,
            projects.c.rung,
            projects.c.words,
            question_sets.c.questions,
        )
        .join(projects, projects.c.id == feedback_rounds.c.project_id)
        .join(question_sets, question_sets.c.id == feedback_rounds.c.set_id)
        .where(feedback_rounds.c.about == About.PROJECT)
    )
    closed = feedback_rounds.c.closes_at >= begins, feedback_rounds.c.closes_at < ends
    return list(tx.execute(found.where(*closed).order_by(feedback_rounds.c.id)))


def answered(tx: Tx, round_id: int, question: str) -> list[Record]:
    """What was answered to this question of this round: `person_id` (nobody, where no name is kept) and `value`."""
    found = (
        select(feedback.c.id, feedback.c.person_id, feedback_answers.c.value)
        .join(feedback_answers, feedback_answers.c.feedback_id == feedback.c.id)
        .where(feedback.c.round_id == round_id, feedback_answers.c.question == question)
    )
    return list(tx.execute(found.order_by(feedback.c.id)))
