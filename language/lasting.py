"""How long something lasted, as one says it: in the largest unit that fits."""

from __future__ import annotations

_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def lasting(seconds: float) -> str:
    """Say so many seconds, as "3 minutes"; less than one as "a moment"."""
    for unit, size in _UNITS:
        count = int(seconds // size)
        if count > 0:
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "a moment"
