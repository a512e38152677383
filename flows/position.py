"""Where somebody stands in a flow, between two messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.grammar import Flow


@dataclass(frozen=True, slots=True)
class Position:
    """Flow, version and step; the answers so far; and what the engine must remember.

    `misses` counts replies in a row that did not answer. `checking` is an answer we asked them to
    confirm. `trail` is the questions already answered, for BACK. `page` is which page of a long
    list they see. All of it is plain JSON (`as_json`, `from_json`).
    """

    flow: str
    version: int
    step: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    misses: int = 0
    checking: str | tuple[str, ...] | None = None
    trail: tuple[str, ...] = ()
    page: int = 0

    def as_json(self) -> dict[str, Any]:
        """The parts that are not columns of their own: everything but flow, version and step."""
        return {name: getattr(self, name) for name in _REMEMBERED}

    @classmethod
    def from_json(cls, flow: str, version: int, step: str, rest: Mapping[str, Any]) -> Position:
        checking = rest.get("checking")
        return cls(
            flow=flow,
            version=version,
            step=step,
            answers=rest.get("answers", {}),
            misses=rest.get("misses", 0),
            checking=tuple(checking) if isinstance(checking, list) else checking,
            trail=tuple(rest.get("trail", ())),
            page=rest.get("page", 0),
        )


_REMEMBERED = ("answers", "misses", "checking", "trail", "page")


def first(flow: Flow, answers: Mapping[str, Any] | None = None) -> Position:
    return Position(flow.name, flow.version, flow.start, answers or {})
