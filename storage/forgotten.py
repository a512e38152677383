"""Forgotten: what the row of somebody holds when they are erased, or when all that was theirs is somebody else's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_TOLD_US = (
    "name", "place", "district", "skills", "support", "looks_after", "contact", "contact_key",
    "text_from", "text_until", "days_apart", "format",
)  # fmt: skip
_HOW_THEY_STAND = ("held", "paused_until", "asked_at", "needs_checked_at", "needs_asked_at")
_NO = ("ring", "digest", "promotions")

FORGOTTEN: Mapping[str, Any] = {
    **dict.fromkeys(_TOLD_US + _HOW_THEY_STAND),
    **dict.fromkeys(_NO, False),
    "next_question": 0,
}
# What stays tells nobody who they were. Figures of months that are over count by it.
STAYS = frozenset(
    {
        "id", "token", "state", "language", "part", "demo", "joined_how", "code_id", "joined_at", "erase_at",
        "merged_into",
    }
)  # fmt: skip
