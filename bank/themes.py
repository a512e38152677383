"""Themes: what people speak of, as colleagues find it in their answers. They tag answers with them, and count."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from bank import audit
from bank.audit import Act
from bank.colleague import Colleague
from bank.feedback_words import Place
from bank.tokens import token
from language.normal import safe
from language.wording import SOURCE_LANGUAGE, base
from storage import themes
from storage.schema import Record
from storage.store import Tx

LONGEST = 60


class NoName(ValueError):
    """It has no name in English, one that is too long, or one that another has. Carries what to say of it."""


def add(tx: Tx, colleague: Colleague, names: Mapping[str, str], now: datetime) -> Record:
    """A new one. `names` is language to name. Raises NoName."""
    kept = _kept(tx, names)
    row = themes.add(tx, token=token(), name=kept, made_by=colleague.id, made_at=now)
    audit.record(tx, now, Act.THEME_CHANGED, colleague.id, about=row.token, name=[{}, kept])
    return row


def rename(tx: Tx, colleague: Colleague, row: Record, names: Mapping[str, str], now: datetime) -> Record:
    """Answers that were tagged with it stay so. Raises NoName."""
    kept = _kept(tx, names, row)
    audit.record(tx, now, Act.THEME_CHANGED, colleague.id, about=row.token, name=[row.name, kept])
    return themes.change(tx, row.id, {"name": kept})


def close(tx: Tx, colleague: Colleague, row: Record, now: datetime, *, closed: bool = True) -> Record:
    """Nothing new is tagged with it, and it still counts; or it is in use again."""
    audit.record(tx, now, Act.THEME_CHANGED, colleague.id, about=row.token, closed=closed)
    return themes.change(tx, row.id, {"closed_at": now if closed else None})


def tag(
    tx: Tx, colleague: Colleague, row: Record, answers: Collection[Place], now: datetime, *, off: bool = False
) -> None:
    """These answers say something of it; `off`: they do not. Only how many is put on record, never which."""
    (themes.untag if off else themes.tag)(tx, row.id, answers)
    audit.record(tx, now, Act.ANSWERS_TAGGED, colleague.id, about=row.token, answers=len(answers), off=off)


def called(row: Record, language: str = SOURCE_LANGUAGE) -> str:
    """Its name, in this language or else in English."""
    names: Mapping[str, str] = row.name
    return names.get(language) or names.get(base(language)) or names[SOURCE_LANGUAGE]


def _kept(tx: Tx, names: Mapping[str, str], row: Record | None = None) -> dict[str, str]:
    kept = {tag: " ".join(safe(name).split()) for tag, name in names.items() if name.strip()}
    if SOURCE_LANGUAGE not in kept:
        raise NoName("Enter a name in English")
    if any(len(name) > LONGEST for name in kept.values()):
        raise NoName(f"Use {LONGEST} letters at most")
    others = (called(one).casefold() for one in themes.every(tx) if row is None or one.id != row.id)
    if kept[SOURCE_LANGUAGE].casefold() in others:
        raise NoName("There is a theme of that name already")
    return kept
