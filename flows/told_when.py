"""What a branch of telling asks: how many things, which one, and whether whoever reads it said it themselves."""

from __future__ import annotations

from flows.grammar import Answers, Facts


def tells_of_several(_facts: Facts, answers: Answers) -> bool:
    """It is a list, each with how it stands."""
    return bool(answers.get("several"))


def they_said_it(_facts: Facts, answers: Answers) -> bool:
    """They said it themselves: only they are asked whether it is right."""
    return answers.get("part") == "said"


def is_promised(_facts: Facts, answers: Answers) -> bool:
    return answers.get("event") == "promised"


def cannot_be(_facts: Facts, answers: Answers) -> bool:
    """It can't be done, and why."""
    return answers.get("event") == "cannot"


def is_moved(_facts: Facts, answers: Answers) -> bool:
    """It is to be done by another day."""
    return answers.get("event") == "moved"


def is_done(_facts: Facts, answers: Answers) -> bool:
    """We say that it is done."""
    return answers.get("event") == "done"


def is_kept(_facts: Facts, answers: Answers) -> bool:
    """Those who said it say that it is done."""
    return answers.get("event") == "kept"


def is_not_confirmed(_facts: Facts, answers: Answers) -> bool:
    """We say that it is done, and nobody who said it has told us."""
    return answers.get("event") == "not_confirmed"


def asks_which(_facts: Facts, answers: Answers) -> bool:
    """They wrote of one of several, and have not said which."""
    return bool(answers.get("which"))


def asks_nothing(_facts: Facts, answers: Answers) -> bool:
    """They are only told."""
    return not answers.get("asks")


def asks_only_what_was_meant(_facts: Facts, answers: Answers) -> bool:
    return answers.get("asks") == "meant"


def asks_only_whether_done(_facts: Facts, answers: Answers) -> bool:
    return answers.get("asks") == "done"


def picked_one(_facts: Facts, answers: Answers) -> bool:
    """They named one at least that is not right."""
    return bool(answers.get("told_wrong"))


def said_more(_facts: Facts, answers: Answers) -> bool:
    """They have told us in the same breath what they meant, or what is not right."""
    return bool(answers.get("said_more"))


def something_happened(facts: Facts, _answers: Answers) -> bool:
    """Something came of what they said."""
    return bool(facts.get("happened"))
