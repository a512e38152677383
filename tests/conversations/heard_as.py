"""Heard as: some messages are read as one thing, however they would be read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bank import intake
from bank.visit import Visit


def heard_as(monkeypatch: pytest.MonkeyPatch, words: set[str], take: Callable[[Visit], object]) -> None:
    """These words are for `take`, in the place of a machine's or a sorrow's: danger still goes first."""

    def taken(visit: Visit) -> bool:
        if visit.text not in words:
            return False
        take(visit)
        return True

    place = intake._TAKERS.index(intake._machine_or_sorrow)
    monkeypatch.setattr(intake, "_TAKERS", (*intake._TAKERS[:place], taken, *intake._TAKERS[place:]))
