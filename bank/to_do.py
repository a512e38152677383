"""Something to do: one row of Today, whichever noun it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class Urgency(IntEnum):
    """What comes first."""

    UNTOLD = 0  # somebody may be in danger, and nobody who may read it can be told
    DANGER = 1
    OVERDUE = 2
    UNREAD = 3
    TASK = 4
    ADDRESS = 5
    PROVIDER = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do. `todo` is what to do, in a few words; `who` a name where there is one; `href` does it."""

    urgency: Urgency
    todo: str
    who: str
    due_at: datetime | None
    href: str
    overdue: bool = False
