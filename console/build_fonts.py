"""Fonts for print, made from the packages' fonts for the web: whole files, where browsers get a file an alphabet.

What makes PDF needs TrueType. The package has its letters in pieces, squeezed; here each weight becomes one file again.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

WEIGHTS = (400, 700)
_LETTERS = ("latin", "latin-ext")


def name_of(weight: int) -> str:
    """What the file of this weight is called."""
    return f"print-{weight}.ttf"


def make(pieces: Path, folder: Path) -> None:
    """Write a file a weight into `folder`, from the pieces as the package has them (WOFF, which needs no Brotli)."""
    for weight in WEIGHTS:
        found = [pieces / f"atkinson-hyperlegible-{letters}-{weight}-normal.woff" for letters in _LETTERS]
        _join(found, folder / name_of(weight))


def _join(pieces: Sequence[Path], made: Path) -> None:
    from fontTools.merge import Merger  # noqa: PLC0415  at the set-up alone: the pages ask this file for names only
    from fontTools.ttLib import TTFont  # noqa: PLC0415  as above

    logging.getLogger("fontTools").setLevel(logging.ERROR)  # it tells of every table that it leaves out
    with TemporaryDirectory() as folder:
        plain = [Path(folder) / f"{number}.ttf" for number in range(len(pieces))]
        for piece, path in zip(pieces, plain, strict=True):
            font = TTFont(piece, recalcTimestamp=False)
            font.flavor = None
            font.save(path)
        Merger().merge([str(path) for path in plain]).save(made)
