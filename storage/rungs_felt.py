"""Rungs felt: which projects were evaluated, and the rung that each had promised."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from storage.feedback import About, feedback_rounds
from storage.projects import projects
from storage.schema import Record
from storage.store import Tx


def evaluated(tx: Tx, begins: datetime, ends: datetime) -> list[Record]:
    """Projects whose evaluation was over in that time: `id`, `rung`, `words`, and when it was begun (`opened_at`)."""
    columns = projects.c.id, projects.c.rung, projects.c.words, feedback_rounds.c.opened_at
    over = feedback_rounds.c.closes_at >= begins, feedback_rounds.c.closes_at < ends
    found = select(*columns).join(feedback_rounds, feedback_rounds.c.project_id == projects.c.id)
    return list(tx.execute(found.where(feedback_rounds.c.about == About.PROJECT, *over).order_by(feedback_rounds.c.id)))
