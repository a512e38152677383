"""The named questions that a branch asks of what somebody is told of a meeting by the clock."""

from __future__ import annotations

from flows.grammar import Answers, Facts


def has_link(facts: Facts, _answers: Answers) -> bool:
    """It is known where people join online."""
    return bool(facts.get("link"))


def is_to_a_helper(_facts: Facts, answers: Answers) -> bool:
    """It goes to whoever helps a member, and not to the member."""
    return bool(answers.get("to_helper"))


def is_one_more(_facts: Facts, answers: Answers) -> bool:
    """Another meeting was told of just before, in the same message."""
    return bool(answers.get("one_more"))


def is_thanked(_facts: Facts, answers: Answers) -> bool:
    """The meeting is over, and they came."""
    return bool(answers.get("step") == "thanks")


def is_a_week_ahead(_facts: Facts, answers: Answers) -> bool:
    """It is the reminder that comes long before the meeting."""
    return bool(answers.get("step") == "week")


def is_today(_facts: Facts, answers: Answers) -> bool:
    """The meeting is on the day on which this is said."""
    return bool(answers.get("today"))


def goes_online(_facts: Facts, answers: Answers) -> bool:
    """Whoever reads it joins from where they are."""
    return bool(answers.get("online"))


def has_dial_in(facts: Facts, _answers: Answers) -> bool:
    """It is known which number people ring to join."""
    return bool(facts.get("dial_in"))


def has_calendar(facts: Facts, _answers: Answers) -> bool:
    """They have it in their calendar, by a link of ours."""
    return bool(facts.get("calendar"))


def is_called_off(_facts: Facts, answers: Answers) -> bool:
    """The meeting does not take place."""
    return bool(answers.get("step") == "canceled")


def has_a_reason(facts: Facts, _answers: Answers) -> bool:
    """It is written why the meeting does not take place."""
    return bool(facts.get("why"))


def is_asked_again(_facts: Facts, answers: Answers) -> bool:
    """The meeting has changed so much that they may not be able to come any more."""
    return bool(answers.get("step") == "moved")
