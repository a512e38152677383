"""What flows may name that lies outside them, for the checker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from flows.worst import Worst, worst


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`saves` are the answers that somebody knows what to do with. `handovers` are names that stand for a flow.

    `unasked` are the flows that we begin ourselves. `worst` gives the longest values for a language.
    """

    saves: frozenset[str]
    handovers: frozenset[str] = frozenset()
    unasked: frozenset[str] = frozenset()
    worst: Callable[[str], Worst] = field(default=worst)
