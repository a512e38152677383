"""Themes: the subjects that colleagues find in what people said, and which answers say something of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, insert, select

from storage import changing
from storage.feedback import feedback_themes, themes
from storage.schema import Record
from storage.store import Tx


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(themes).values(**values).returning(themes)).one()


def by_token(tx: Tx, token: str) -> Record | None:
    return tx.execute(select(themes).where(themes.c.token == token)).one_or_none()


def every(tx: Tx) -> list[Record]:
    """All there ever were, the oldest first."""
    return list(tx.execute(select(themes).order_by(themes.c.id)))


def change(tx: Tx, theme_id: int, values: Mapping[str, Any]) -> Record:
    """Write these values; returns it as it is now."""
    return changing.changed(tx, themes, theme_id, values)


def tags(tx: Tx) -> list[Record]:
    """Every tag: `feedback_id`, `question`, `theme_id`."""
    turns = feedback_themes.c.feedback_id, feedback_themes.c.question, feedback_themes.c.theme_id
    return list(tx.execute(select(feedback_themes).order_by(*turns)))


def tag(tx: Tx, theme_id: int, answers: Collection[tuple[int, str]]) -> None:
    """These answers say something of it; those that were tagged already stay so."""
    untag(tx, theme_id, answers)
    rows = [{"feedback_id": id_, "question": question, "theme_id": theme_id} for id_, question in answers]
    if rows:
        tx.execute(insert(feedback_themes), rows)


def untag(tx: Tx, theme_id: int, answers: Collection[tuple[int, str]]) -> None:
    for id_, question in answers:
        same = feedback_themes.c.feedback_id == id_, feedback_themes.c.question == question
        tx.execute(delete(feedback_themes).where(*same, feedback_themes.c.theme_id == theme_id))
