"""START on a phone where several have paused, once we know who writes."""

from __future__ import annotations

from flows import everywhere
from flows.grammar import Flow, Say

START = Flow(
    "start",
    start="started",
    values=frozenset({"council"}),
    steps={"started": Say(everywhere.STARTED, outcome="started")},
)
