"""When people are reminded of each kind of meeting, as the team has it, where a meeting has no plan of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bank import audit
from bank.audit import Act
from bank.reminder_plan import DEFAULTS, Plan, as_json, from_json
from storage import marks
from storage.meetings import MeetingKind
from storage.schema import Record
from storage.store import Tx

_KEPT = "reminder_plans"


def plan_of(tx: Tx, meeting: Record) -> Plan:
    """The plan of this meeting: its own, else that of its kind."""
    if meeting.plan is not None:
        return from_json(meeting.plan)
    return plans(tx)[MeetingKind(meeting.kind)]


def plans(tx: Tx) -> dict[MeetingKind, Plan]:
    """That of each kind."""
    changed = _changed(tx)
    return {kind: from_json(changed[kind]) if kind in changed else DEFAULTS[kind] for kind in MeetingKind}


def _changed(tx: Tx) -> Mapping[str, Any]:
    kept = marks.get(tx, _KEPT)
    found: Mapping[str, Any] = json.loads(kept) if kept is not None else {}
    return found


def keep(tx: Tx, staff_id: int, kept: Mapping[MeetingKind, Plan], now: datetime) -> None:
    """Have these kinds of meeting be reminded of so from now on. What is planned for somebody already stays."""
    before = plans(tx)
    changed = {
        kind.value: [as_json(before[kind]), as_json(plan)] for kind, plan in kept.items() if plan != before[kind]
    }
    if not changed:
        return
    marks.put(tx, _KEPT, json.dumps({**_changed(tx), **{kind: new for kind, (_old, new) in changed.items()}}))
    audit.record(tx, now, Act.SETTING_CHANGED, staff_id, reminders=changed)
