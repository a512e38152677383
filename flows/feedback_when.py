"""The named questions that a branch may ask while somebody tells us how it was."""

from __future__ import annotations

from flows.grammar import Answers, Facts


def is_without_name(_facts: Facts, answers: Answers) -> bool:
    """Nobody's name is kept with what they say: it hangs on a token that only this conversation has."""
    return bool(answers.get("feedback"))


def few_came(_facts: Facts, answers: Answers) -> bool:
    """So few came that others may guess who said what."""
    return bool(answers.get("few_came"))


def begin_themselves(_facts: Facts, answers: Answers) -> bool:
    """They asked to tell us; else it is we who ask."""
    return bool(answers.get("by_them"))


def is_about_a_meeting(_facts: Facts, answers: Answers) -> bool:
    """It is about a meeting."""
    return bool(answers.get("meeting"))


def is_about_a_project(_facts: Facts, answers: Answers) -> bool:
    """It is about a project, looked back on as a whole."""
    return bool(answers.get("project"))


def came_to_several(facts: Facts, _answers: Answers) -> bool:
    """They came to more than one meeting lately; the list of them ends with "something else"."""
    return len(facts.get("came_to") or ()) > _ONE_AND_ELSE


_ONE_AND_ELSE = 2
