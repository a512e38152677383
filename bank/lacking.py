"""Lacking: something may not stand, or go, as it is, and what is to be put right first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class NotReady(Exception):
    """It may not stand so. `lacks` is what to put right, by field."""

    def __init__(self, lacks: Mapping[str, str]) -> None:
        super().__init__(", ".join(lacks))
        self.lacks = dict(lacks)


class NotYet(Exception):
    """It may not be done yet. `reasons` are plain sentences, or a line for each thing that lacks."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = tuple(reasons)
