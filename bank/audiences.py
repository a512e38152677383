"""Audiences that are kept under a name, to be used again. Whoever changes one is on record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bank import audit
from bank.audience import Preview, Rule, preview
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.tokens import token
from language.normal import safe
from storage import audiences
from storage.schema import Record
from storage.store import Tx


def add(tx: Tx, colleague: Colleague, name: str, rule: Rule, now: datetime) -> Record:
    """Keep a new one."""
    row = audiences.add(
        tx, token=token(), name=safe(name), rule=rule.as_json(), made_by=colleague.id, made_at=now, closed_at=None
    )
    _record(tx, colleague, row, now, name=["", row.name], rule=[{}, row.rule])
    return row


def change(tx: Tx, colleague: Colleague, row: Record, name: str, rule: Rule, now: datetime) -> Record:
    """Call it so, and have it be these people, from now on. What was sent by it is not changed."""
    after = {"name": safe(name), "rule": rule.as_json()}
    told = {field: [getattr(row, field), value] for field, value in after.items() if getattr(row, field) != value}
    if not told:
        return row
    _record(tx, colleague, row, now, **told)
    return audiences.change(tx, row.id, after)


def close(tx: Tx, colleague: Colleague, row: Record, now: datetime) -> None:
    """Nobody picks it any more."""
    audiences.change(tx, row.id, {"closed_at": now})
    _record(tx, colleague, row, now, in_use=[True, False])


def look(tx: Tx, colleague: Colleague, rule: Rule, now: datetime, organisation: Organisation) -> Preview:
    """How many people it is just now. By what they were counted is on record."""
    counted = preview(tx, rule, now, organisation)
    audit.record(tx, now, Act.SEARCHED, colleague.id, by=sorted(rule.as_json()), found=counted.people)
    return counted


def _record(tx: Tx, colleague: Colleague, row: Record, now: datetime, **details: Any) -> None:
    audit.record(tx, now, Act.AUDIENCE_CHANGED, colleague.id, about=row.token, **details)
