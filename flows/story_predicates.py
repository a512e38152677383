"""The named questions that a branch of the story's flow may ask of facts and answers."""

from __future__ import annotations

from flows.grammar import Answers, Facts

# What is said of a use, the one that shows most of the person last.
SHOWS = ("not", "no_name", "first_name", "name")
USES = ("web", "training", "report")
# What the answer is where they say that this was all.
ALL = ""


def is_told(facts: Facts, _answers: Answers) -> bool:
    """Their story is told, read back and right."""
    return bool(facts.get("story_state") == "told")


def is_begun(facts: Facts, _answers: Answers) -> bool:
    """They have told a part of it."""
    return bool(facts.get("story_parts"))


def is_there(facts: Facts, _answers: Answers) -> bool:
    """We have a story of theirs, or the beginning of one."""
    return bool(facts.get("story_state"))


def is_all(_facts: Facts, answers: Answers) -> bool:
    """They said that this was all."""
    return bool(answers.get("story_part") == ALL)


def is_full(facts: Facts, answers: Answers) -> bool:
    """With what they have just told there are as many words as we can keep."""
    told = int(facts.get("story_words", 0)) + len(str(answers.get("story_part", "")).split())
    return told >= int(facts.get("story_most", told + 1))


def is_sad(_facts: Facts, answers: Answers) -> bool:
    """It may tell us of a death: a person reads it soon."""
    return bool(answers.get("sorrow"))


def is_for_a_person(facts: Facts, _answers: Answers) -> bool:
    """It is too long to be read back by text, or was told somewhere else."""
    return bool(facts.get("story_not_here"))


def has_that_part(facts: Facts, answers: Answers) -> bool:
    """There is a part of that number."""
    number = str(answers.get("story_which", ""))
    return number.isdecimal() and 1 <= int(number) <= int(facts.get("story_parts", 0))


def has_one_part(facts: Facts, _answers: Answers) -> bool:
    return bool(facts.get("story_parts") == 1)


def is_agreed(facts: Facts, answers: Answers) -> bool:
    """They agreed to a use."""
    held = facts.get("story_uses") or {}
    return any((answers.get(f"story_{use}") or held.get(use, "not")) != "not" for use in USES)


def comes_down(facts: Facts, answers: Answers) -> bool:
    """It is used somewhere in a way that they no longer want."""
    used = facts.get("story_used") or {}
    given = {use: answers.get(f"story_{use}") for use in used}
    return any(answer is not None and _shows(answer) < _shows(used[use]) for use, answer in given.items())


def is_used(facts: Facts, _answers: Answers) -> bool:
    """It stands somewhere, and has to be taken down."""
    return bool(facts.get("story_used"))


def _shows(named: object) -> int:
    return SHOWS.index(str(named)) if named in SHOWS else 0
