"""Learning: what each saved answer changes. Nothing is kept about anybody who has not agreed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from bank import (
    agreeing,
    approval_texts,
    arrangement_talk,
    arrangements,
    feedback_heard,
    formats,
    hours,
    invitations,
    members,
    pace,
    question_sets,
    reminders,
    rsvp_talk,
    speech,
    story_learning,
    telling_answers,
)
from bank.invitations import By
from bank.visit import Visit
from flows.format import NAMES
from flows.question_set import SAVES
from storage import conversations, interests, needs, told
from storage.consents import Purpose
from storage.interests import InterestKind

_PAUSES = {"two_weeks": timedelta(weeks=2), "two_months": timedelta(days=61), "until_told": timedelta(days=36500)}
_ABOUT_THEM = frozenset(told.FACTS) - {"language"}  # which is theirs only where we write in it
_DISTRICT = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?\Z")


def learn(visit: Visit, name: str, value: Any) -> None:
    """Apply one answer of the open conversation, and note when and by which message it was told."""
    if (learner := LEARNERS.get(name)) is not None:
        learner(visit, value)
    if name in _ABOUT_THEM and visit.person is not None:
        note = partial(told.note, visit.tx, visit.person.id, name, visit.now)
        note(message_id=visit.message_id, entered_by=visit.entered_by, how=visit.how)


def _agreed(visit: Visit, value: str) -> None:
    if value == "yes":
        members.enrol(visit)


def _name(visit: Visit, value: str) -> None:
    members.note(visit, name=value)


def _ring(visit: Visit, value: str) -> None:
    members.note(visit, ring=value == "yes")


def _looks_after(visit: Visit, value: str) -> None:
    members.note(visit, looks_after=value)


def _place(visit: Visit, value: str) -> None:
    if _DISTRICT.match(value):
        members.note(visit, district=value, place=None)
    else:
        members.note(visit, place=value, district=None)


def _skills(visit: Visit, value: str) -> None:
    members.note(visit, skills=value or None)


def _support(visit: Visit, value: str) -> None:
    members.note(visit, support=value)


def _chosen(kind: InterestKind) -> Callable[[Visit, list[str]], None]:
    def learn_chosen(visit: Visit, value: list[str]) -> None:
        if visit.person is not None:
            interests.choose(visit.tx, visit.person.id, kind, value)

    return learn_chosen


def _needs(visit: Visit, value: str) -> None:
    if visit.person is not None and value:
        needs.add(visit.tx, person_id=visit.person.id, words=value, message_id=visit.message_id, at=visit.now)
        arrangements.carry(visit.tx, visit.person, visit.now, visit.organisation, By(visit.message_id))


def _pause(visit: Visit, value: str) -> None:
    if value not in _PAUSES:
        return  # they would rather choose times of the day
    _pause_until(visit, visit.now + _PAUSES[value])


def _pause_until(visit: Visit, until: datetime) -> None:
    visit.paused_until = until
    members.note(visit, paused_until=visit.paused_until)
    if visit.person is None and (row := conversations.next_waiting(visit.tx, visit.address.id)) is not None:
        # We keep no pause of a stranger's: what they left unfinished is not brought up again.
        conversations.change(visit.tx, row.conversation_id, {"nudged": True})


def _pause_right(visit: Visit, value: str) -> None:
    """They want no texts before the day that they named."""
    if value == "yes" and visit.standing is not None:
        named = date.fromisoformat(visit.standing.position.answers["wished_day"])
        _pause_until(visit, datetime.combine(named, time(), visit.organisation.zone).astimezone(UTC))


def _hours(visit: Visit, value: str) -> None:
    members.note(visit, **hours.columns(value))
    if visit.person is not None:
        reminders.replan_person(visit.tx, visit.person.id, visit.now, visit.organisation)


def _hours_chosen(visit: Visit, value: str) -> None:
    learn(visit, "hours", hours.CHOICES[value])


def _hours_right(visit: Visit, value: str) -> None:
    """We had heard right at what times our texts suit them."""
    if value == "yes" and visit.standing is not None:
        learn(visit, "hours", visit.standing.position.answers["wished_hours"])


def _days_apart(visit: Visit, value: str) -> None:
    members.note(visit, days_apart=pace.DAYS[value])


def _less(visit: Visit, value: str) -> None:
    learn(visit, "days_apart", value)
    if value == "news":
        learn(visit, "digest", "yes")


def _agrees_to(purpose: Purpose) -> Callable[[Visit, str], None]:
    return lambda visit, value: agreeing.answer(visit, purpose, given=value == "yes")


def _format(visit: Visit, value: str) -> None:
    members.note(visit, format=value if value in NAMES else None)
    formats.chosen(visit, value)


def _format_chosen(visit: Visit, value: str) -> None:
    learn(visit, "format", value)


def _format_right(visit: Visit, value: str) -> None:
    """They want the format that they named."""
    if value == "yes" and visit.standing is not None:
        learn(visit, "format", visit.standing.position.answers["wished_format"])


def _language(visit: Visit, value: str) -> None:
    speech.speak(visit, value)


def _who(visit: Visit, value: str) -> None:
    known = next((person for person in visit.people if person.token == value), None)
    visit.is_with(known)
    if visit.standing is not None:
        visit.standing.person_id = known.id if known else None


def _question(question: str, visit: Visit, value: Any) -> None:
    """What a coordinator asked in a question set, for a project or of how it was."""
    if feedback_heard.is_given(visit):
        feedback_heard.learn(visit, question, value)
    else:
        question_sets.learn(visit, question, value)


LEARNERS: Mapping[str, Callable[[Visit, Any], None]] = {
    "agreed": _agreed,
    "name": _name,
    "ring": _ring,
    "looks_after": _looks_after,
    "topics": _chosen(InterestKind.TOPIC),
    "ways": _chosen(InterestKind.WAY),
    "place": _place,
    "needs": _needs,
    "instead": arrangement_talk.learn_instead,
    "had_needs": arrangement_talk.learn_had_needs,
    "was_missing": arrangement_talk.learn_missing,
    "needs_right": arrangement_talk.learn_right,
    "needs_differ": arrangement_talk.learn_different,
    "skills": _skills,
    "support": _support,
    "pause": _pause,
    "pause_right": _pause_right,
    "hours": _hours,
    "hours_chosen": _hours_chosen,
    "hours_right": _hours_right,
    "less": _less,
    "days_apart": _days_apart,
    "digest": _agrees_to(Purpose.DIGEST),
    "promotions": _agrees_to(Purpose.PROMOTIONS),
    "format": _format,
    "format_chosen": _format_chosen,
    "format_right": _format_right,
    "language": _language,
    "who": _who,
    "approves": approval_texts.answered,
    "to_change": approval_texts.passed_on,
    "interest": invitations.learn_interest,
    "offered": invitations.learn_offered,
    "picked": invitations.learn_picked,
    "about": invitations.learn_about,
    **rsvp_talk.LEARNERS,
    **story_learning.LEARNERS,
    **telling_answers.LEARNERS,
    **{question: partial(_question, question) for question in sorted(SAVES)},
}
