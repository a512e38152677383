"""The named questions that the flows of `flows.arranged` ask of facts and answers."""

from __future__ import annotations

from flows.grammar import Answers, Facts


def could_not_be_arranged(_facts: Facts, answers: Answers) -> bool:
    """What somebody needs at a meeting could not be had."""
    return bool(answers.get("stands") == "could_not")


def may_join_online(_facts: Facts, answers: Answers) -> bool:
    """People may come to the meeting, or join it from where they are."""
    return bool(answers.get("hybrid"))


def is_settled_online(facts: Facts, _answers: Answers) -> bool:
    """All that could not be had is needed only where the meeting takes place."""
    return bool(facts.get("settled_online"))
