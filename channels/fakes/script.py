"""What goes wrong, and when: by number, by destination, by a marker in the text, or by seeded chance."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from typing import Any, Generic, NamedTuple, Self, TypeVar

from channels.fakes.callbacks import Callbacks
from channels.fakes.fault import Fault

Play = Fault | Callbacks
T = TypeVar("T")

_FORCED = re.compile(r"error(\d{3,5})")


class Part(NamedTuple):
    """What one call gets: a fault, or callbacks of its own, or neither."""

    fault: Fault | None
    callbacks: Callbacks | None


NOTHING = Part(None, None)


class _Cast(Generic[T]):
    """Who gets what. The number goes before the destination, that before the marker, that before chance."""

    def __init__(self, seed: int | None) -> None:
        self.numbers: dict[int, T] = {}
        self.addresses: dict[str, tuple[T, int | None]] = {}
        self.markers: dict[str, T] = {}
        self.shares: list[tuple[T, float]] = []
        self.rest: T | None = None
        self._chance = random.Random(seed)

    def pick(self, number: int, to: str, text: str) -> T | None:
        drawn = self._drawn()
        return self.numbers.get(number) or self._addressed(to) or self._marked(text) or drawn or self.rest

    def _addressed(self, to: str) -> T | None:
        play, left = self.addresses.get(to, (None, None))
        if play is None or left == 0:
            return None
        if left is not None:
            self.addresses[to] = (play, left - 1)
        return play

    def _marked(self, text: str) -> T | None:
        return next((play for marker, play in self.markers.items() if marker in text), None)

    def _drawn(self) -> T | None:
        if not self.shares:
            return None
        point = self._chance.random()
        for play, share in self.shares:
            point -= share
            if point < 0:
                return play
        return None


class Script:
    """Says what happens to each call. Its methods return it, so that a script reads as one sentence.

    Calls are counted from 1.
    """

    def __init__(self, seed: int | None = None) -> None:
        self.calls = 0
        self._faults: _Cast[Fault] = _Cast(seed)
        self._callbacks: _Cast[Callbacks] = _Cast(seed)
        self._empty = True

    @classmethod
    def mix(cls, shares: Mapping[Play, float], seed: int) -> Self:
        """A share of the calls for each, drawn from the seed; the shares are of 1. Raises ValueError above that."""
        script = cls(seed)
        for play, share in shares.items():
            cast = script._cast(play)
            cast.shares.append((play, share))
            if sum(part for _, part in cast.shares) > 1 + 1e-9:
                raise ValueError("the shares add up to more than everything")
        return script

    def on(self, number: int, play: Play) -> Self:
        """For the n-th call."""
        self._cast(play).numbers[number] = play
        return self

    def to(self, address: str, play: Play, times: int | None = None) -> Self:
        """For a destination, the first so many times or always."""
        self._cast(play).addresses[address] = (play, times)
        return self

    def marked(self, marker: str, play: Play) -> Self:
        """For every text with the marker in it."""
        self._cast(play).markers[marker] = play
        return self

    def always(self, play: Play) -> Self:
        """For every call that nothing else is set for."""
        self._cast(play).rest = play
        return self

    def next(self, to: str = "", text: str = "") -> Part:
        """Count one more call and say what happens to it."""
        self.calls += 1
        if self._empty:
            return NOTHING
        return Part(self._faults.pick(self.calls, to, text), self._callbacks.pick(self.calls, to, text))

    def _cast(self, play: Play) -> _Cast[Any]:
        self._empty = False
        return self._callbacks if isinstance(play, Callbacks) else self._faults


def forced(text: str) -> int | None:
    """The code that a text asks for ("error30003"), None if it asks for none."""
    found = _FORCED.search(text) if "error" in text else None
    return int(found[1]) if found else None
