"""Names on paper: what somebody is called on a badge, and whether our font can print it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bank.print_sheet import Sheet

# A badge has no room for more letters.
LONGEST = 40
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir", "lady", "pan", "pani"})


def first_names(names: Sequence[str]) -> list[str]:
    """What each goes by: the first name; with the next one's first letter where two go by the same.

    Who told us a title and one name goes by both: "Mrs Begum".
    """
    parted = [_parted(name) for name in names]
    often = Counter(first.casefold() for first, _rest in parted)
    called = [f"{first} {rest[0]}." if rest and often[first.casefold()] > 1 else first for first, rest in parted]
    return [one[:LONGEST] for one in called]


def _parted(name: str) -> tuple[str, str]:
    """The first name, and what comes after it."""
    words = name.split()
    if words and words[0].rstrip(".").casefold() in _TITLES:
        return (words[1], " ".join(words[2:])) if len(words) > 2 else (" ".join(words), "")
    return (words[0], " ".join(words[1:])) if words else ("", "")


def can_print(sheet: Sheet, name: str) -> bool:
    return not any(map(sheet.lacks, name))
