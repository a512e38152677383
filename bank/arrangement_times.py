"""Arrangement times: how many working days before a meeting each kind of thing has to be booked, as the team set it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from bank import audit, rota
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from storage import marks
from storage.arrangements import ArrangementKind
from storage.schema import Record
from storage.store import Tx

_KEPT = "arranging_days"
MOST_DAYS = 60
# Until the team changes them. Interpreters who sign and people who write down what is said are few.
USUAL: Mapping[ArrangementKind, int] = {
    ArrangementKind.BSL: 15,
    ArrangementKind.INTERPRETER: 10,
    ArrangementKind.STEP_FREE: 10,
    ArrangementKind.TRANSPORT: 5,
    ArrangementKind.SUPPORT_WORKER: 10,
    ArrangementKind.ASSISTANT: 2,
    ArrangementKind.SITTING: 10,
    ArrangementKind.LARGE_PRINT: 5,
    ArrangementKind.EASY_READ: 15,
    ArrangementKind.LOOP: 5,
    ArrangementKind.CAPTIONS: 15,
    ArrangementKind.PARKING: 3,
    ArrangementKind.QUIET: 5,
    ArrangementKind.FOOD: 3,
    ArrangementKind.OTHER: 5,
}
# As colleagues read them.
LABELS: Mapping[ArrangementKind, str] = {
    ArrangementKind.BSL: "BSL interpreter",
    ArrangementKind.INTERPRETER: "Interpreter of a spoken language",
    ArrangementKind.STEP_FREE: "Room without steps",
    ArrangementKind.TRANSPORT: "Transport",
    ArrangementKind.SUPPORT_WORKER: "Support worker",
    ArrangementKind.ASSISTANT: "Their own personal assistant comes",
    ArrangementKind.SITTING: "Someone to sit with the person they care for",
    ArrangementKind.LARGE_PRINT: "Large print",
    ArrangementKind.EASY_READ: "Easy read papers",
    ArrangementKind.LOOP: "Hearing loop",
    ArrangementKind.CAPTIONS: "Captions",
    ArrangementKind.PARKING: "Parking space",
    ArrangementKind.QUIET: "Quiet room",
    ArrangementKind.FOOD: "Food",
    ArrangementKind.OTHER: "Something else",
}


def days(tx: Tx) -> Mapping[ArrangementKind, int]:
    """How many working days before a meeting each kind has to be booked."""
    kept = json.loads(marks.get(tx, _KEPT) or "{}")
    return {kind: int(kept.get(kind, usual)) for kind, usual in USUAL.items()}


def change(tx: Tx, colleague: Colleague, wanted: Mapping[ArrangementKind, int], now: datetime) -> bool:
    """Have these so from now on. False where they were so already."""
    before = days(tx)
    after = {**before, **wanted}
    if after == before:
        return False
    marks.put(tx, _KEPT, json.dumps(after))
    changed: dict[str, Any] = {
        f"days_{kind}": [before[kind], after[kind]] for kind in after if after[kind] != before[kind]
    }
    audit.record(tx, now, Act.SETTING_CHANGED, colleague.id, **changed)
    return True


def due_on(meeting: Record, number: int, organisation: Organisation) -> date:
    """The working day by which it has to be booked: so many working days before the meeting's day."""
    day = date.fromisoformat(meeting.on_day)
    while number > 0:
        day -= timedelta(days=1)
        number -= rota.is_working_day(day, organisation.hours)
    return day


def too_late(
    tx: Tx, meeting: Record, kinds: Iterable[ArrangementKind], now: datetime, organisation: Organisation
) -> tuple[ArrangementKind, ...]:
    """Those of these kinds whose day to be booked by is over."""
    number, today = days(tx), now.astimezone(organisation.zone).date()
    return tuple(kind for kind in dict.fromkeys(kinds) if due_on(meeting, number[kind], organisation) < today)
