"""Type and colours: how words look on paper. Type is in points, all lengths are millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Colour = tuple[int, int, int]
INK, PAPER, BRAND, PALE, SUN = (11, 12, 12), (255, 255, 255), (15, 76, 92), (238, 244, 245), (255, 205, 84)
_POINT = 25.4 / 72


class Part(StrEnum):
    """What a piece of a page is, by the standard's names (ISO 32000-1, 14.8.4)."""

    TITLE = "H1"
    HEADING = "H2"
    WORDS = "P"
    PICTURE = "Figure"


@dataclass(frozen=True, slots=True)
class Type:
    """How words look. `leading` is the height of a line, in heights of the type."""

    size: float
    bold: bool = False
    colour: Colour = INK
    leading: float = 1.25
    part: Part = Part.WORDS

    @property
    def line(self) -> float:
        """The height of a line."""
        return self.size * _POINT * self.leading
