"""LEAVE on a phone that several people share, once we know who writes."""

from __future__ import annotations

from flows import everywhere
from flows.grammar import Flow, Say

LEAVE = Flow(
    "leave", start="left", values=frozenset({"erased_on"}), steps={"left": Say(everywhere.LEFT, outcome="left")}
)
