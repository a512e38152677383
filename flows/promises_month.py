"""What each member of the group that scrutinises us is texted once a month: how our promises stand."""

from __future__ import annotations

from flows.grammar import Flow, Say
from language.wording import _

PROMISES_MONTH = Flow(
    "promises_month",
    start="told",
    values=frozenset({"council", "month", "kept", "late", "moved", "unanswered", "promises_link"}),
    steps={
        "told": Say(
            _(
                "{council}: what we promised, {month}. {kept} kept, {late} late, {moved} moved, "
                "{unanswered} with no answer yet. See all: {promises_link} STOP ends texts."
            ),
            outcome="told",
        ),
    },
)
