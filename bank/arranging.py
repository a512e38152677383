"""Arranging: what somebody needs so that they can take part, noted and taken off by colleagues."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from bank import arrangements, audit
from bank.audit import Act
from bank.colleague import Colleague
from bank.invitations import By
from bank.organisation import Organisation
from bank.sources import Source, sources
from storage import needs
from storage.schema import Record
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Need:
    """Something to arrange; `name` tells it from the others outside the house."""

    name: str
    words: str
    source: Source


def arrange(tx: Tx, person: Record) -> list[Need]:
    """What is to be arranged for them, as it was told, oldest first."""
    rows = needs.of(tx, person.id)
    found = zip(rows, sources(tx, rows), strict=True)
    return [Need(_name(person, row), row.words, source) for row, source in found]


def add(
    tx: Tx,
    colleague: Colleague,
    person: Record,
    words: str,
    how: str,
    now: datetime,
    organisation: Organisation | None = None,
) -> None:
    """Note one more thing to arrange, as they told a colleague; with `organisation`, where they come already too."""
    needs.add(tx, person_id=person.id, words=words, entered_by=colleague.id, how=how, at=now)
    if organisation is not None:
        arrangements.carry(tx, person, now, organisation, By(entered_by=colleague.id, how=how))
    audit.record(tx, now, Act.PERSON_CHANGED, colleague.id, person_id=person.id, how=how, needs=[None, words])


def remove(tx: Tx, colleague: Colleague, person: Record, name: str, how: str, now: datetime) -> bool:
    """Take one off, as they told a colleague. False where there is none of that name any more."""
    for row in needs.of(tx, person.id):
        if _name(person, row) == name:
            arrangements.need_gone(tx, colleague, row.id, now)
            needs.remove(tx, row.id)
            told = [row.words, None]
            audit.record(tx, now, Act.PERSON_CHANGED, colleague.id, person_id=person.id, how=how, needs=told)
            return True
    return False


def _name(person: Record, row: Record) -> str:
    return hashlib.sha256(f"{person.token}:{row.id}".encode()).hexdigest()[:16]
