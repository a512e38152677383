"""The named questions that a branch may ask about the meetings in a list."""

from __future__ import annotations

from flows.grammar import Answers, Facts


def has_meetings(facts: Facts, _answers: Answers) -> bool:
    """There is a meeting that is theirs, or that they could join."""
    return bool(facts.get("my_meetings"))


def comes_to_it(facts: Facts, _answers: Answers) -> bool:
    """They have a place in the meeting that is spoken of."""
    return bool(facts.get("comes_to_it"))


def is_held_somewhere(facts: Facts, _answers: Answers) -> bool:
    """The meeting has a place that people come to."""
    return bool(facts.get("where"))
