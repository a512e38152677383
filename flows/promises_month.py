"""What each member of the group that scrutinises us is texted once a month: how our promises stand."""

from __future__ import annotations

from flows.grammar import Answers, Branch, Facts, Flow, Say
from language.wording import _

# What came about in the month.
COUNTED = ("kept", "late", "moved", "unanswered")


def is_a_still_month(facts: Facts, _answers: Answers) -> bool:
    """Nothing that we count came about in it: noughts would tell nobody anything."""
    return not any(facts.get(name) for name in COUNTED)


PROMISES_MONTH = Flow(
    "promises_month",
    start="begin",
    values=frozenset({"council", "month", *COUNTED, "late_now", "promises_link"}),
    steps={
        "begin": Branch(is_a_still_month, yes="still", no="told"),
        "still": Say(
            _("{council}: what we promised. Late now: {late_now}. See all: {promises_link} STOP ends texts."),
            outcome="told",
        ),
        "told": Say(
            _(
                "{council}: what we promised, {month}. {kept} kept, {late} late, {moved} moved, "
                "{unanswered} with no answer yet. See all: {promises_link} STOP ends texts."
            ),
            outcome="told",
        ),
    },
)
