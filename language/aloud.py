"""A text as a voice should be given it, so that numbers and times are heard right."""

from __future__ import annotations

import re

# 999, 0800 1111: three figures or more, and the groups that follow.
_NUMBER = re.compile(r"(?<![\d.,£])\d{3,}(?: \d{2,})*(?![\d.,]\d)")
_CLOCK = re.compile(r"(?<![\d.,£])(\d{1,2})\.(\d\d)(?!\d)")
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")


def aloud(text: str) -> str:
    """Figure by figure what is no amount: "9 9 9", "0 8 0 0, 1 1 1 1"; times with a colon; brackets as a pause."""
    timed = _CLOCK.sub(r"\1:\2", _BRACKETS.sub(r", \1", text))
    return _NUMBER.sub(lambda found: _figures(found[0]), timed)


def _figures(number: str) -> str:
    return ", ".join(" ".join(group) for group in number.split())
