"""Square codes (QR): what a phone's camera reads, for paper and for pages."""

from __future__ import annotations

from collections.abc import Sequence

import segno

# Up to 15% of it may be covered or worn away: enough for a poster in the rain, and its squares stay large.
_MENDS = "m"
_DARK, _LIGHT = "#0b0c0c", "#ffffff"
# What a reader needs around it, in squares (ISO/IEC 18004).
QUIET = 4


def rows(words: str) -> Sequence[Sequence[bool]]:
    """Its rows from the top: which squares are dark. Without the quiet zone."""
    made = segno.make(words, error=_MENDS, micro=False)
    return [[bool(square) for square in row] for row in made.matrix]


def drawing(words: str, title: str) -> str:
    """The code with its quiet zone, as a drawing (SVG) to stand in a page. `title` is what it is."""
    made = segno.make(words, error=_MENDS, micro=False)
    return str(made.svg_inline(scale=5, border=QUIET, dark=_DARK, light=_LIGHT, title=title))


def picture(words: str) -> str:
    """The code with its quiet zone, as the address of a picture (SVG) that holds itself."""
    made = segno.make(words, error=_MENDS, micro=False)
    return str(made.svg_data_uri(border=QUIET, dark=_DARK, light=_LIGHT, omitsize=True))
