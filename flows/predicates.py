"""The named questions that a branch may ask of facts and answers."""

from __future__ import annotations

from flows.grammar import Answers, Facts


def already_member(facts: Facts, _answers: Answers) -> bool:
    """Somebody has joined with this phone."""
    return bool(facts.get("member"))


def phone_has_members(facts: Facts, _answers: Answers) -> bool:
    """Somebody has joined with this phone, and we do not know yet whether it is who writes now."""
    return bool(facts.get("people_here"))


def says_someone_known(_facts: Facts, answers: Answers) -> bool:
    """They picked one of the names that we offered."""
    return bool(answers.get("who", "else") != "else")


def has_number(facts: Facts, _answers: Answers) -> bool:
    """The address is a phone number that can be rung."""
    return bool(facts.get("has_number", True))


def has_care_line(facts: Facts, _answers: Answers) -> bool:
    """There is a number to ring when care goes wrong."""
    return bool(facts.get("care_line"))


def landline(facts: Facts, _answers: Answers) -> bool:
    """The address is a home phone, which a text may never reach."""
    return bool(facts.get("landline"))


def speaks_it(facts: Facts, answers: Answers) -> bool:
    """We can write in the language they chose."""
    return answers.get("language") in facts.get("written", ())
