"""Who writes: flows that are about one person, before which we ask who it is where several share the phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bank import outcomes
from bank.visit import Visit
from flows.about_you import QUESTIONS

# "next" is the next question about them.
PERSONAL = frozenset(
    {
        "details",
        "pause",
        "hours",
        "less",
        "news",
        "format",
        "leave",
        "start",
        "helpers",
        "next",
        "feedback",
        *("interest", "picked", "rsvp", "happened", "story", "story_down"),
        *(question.name for question in QUESTIONS),
    }
)
# While these are open they have just told us who they are.
_TELLS_WHO = frozenset({"who", "details", "pause", "hours", "less", "news", "format"})


def doubt(visit: Visit) -> None:
    """Where several share the phone: a question that we put to one of them does not tell who writes now."""
    open_now = visit.standing.position.flow if visit.standing is not None else None
    if len(visit.people) > 1 and open_now not in _TELLS_WHO:
        visit.person = None


def asked_first(visit: Visit, name: str, answers: Mapping[str, Any] | None) -> tuple[str, Mapping[str, Any] | None]:
    """The flow to begin, with its answers: the one of that name, or the one that asks who writes and leads to it."""
    if name not in PERSONAL or visit.person is not None or not visit.people:
        return name, answers
    joining = visit.standing is not None and visit.standing.position.flow == "join"
    if len(visit.people) == 1 and not joining:
        visit.is_with(visit.people[0])
        return name, answers
    return "who", {"then": name, **{key: value for key, value in (answers or {}).items() if key in outcomes.SUBJECT}}
