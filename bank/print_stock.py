"""What is printed on, and with: sizes of paper, and our font. It is apart from the sheet, whose library takes 50 MB."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

Paper = tuple[int, int]
A4, A5 = (210, 297), (148, 210)  # mm


class Unprintable(Exception):
    """Our fonts lack a letter. Carries it."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """Where the two files of our font are (TrueType)."""

    regular: Path
    bold: Path
