"""Getting to know a member: one short question a week at most, and none while paused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bank.visit import Visit
from flows.about_you import ALL_TOLD, FOR_ONE, FOR_UNNAMED, QUESTIONS
from flows.arranged import AFTER, ARRANGED, NEEDS_REVIEW
from flows.engine import Saying
from flows.rsvp_places import RSVP_AGAIN, RSVP_NEWS, RSVP_OFFER
from flows.supporter import SUPPORTER
from flows.told import OF_ITSELF as TOLD_OF_ITSELF
from flows.told import TOLD
from storage import interests, needs, told
from storage.interests import InterestKind
from storage.schema import Record
from storage.store import Tx

_TOLD: Mapping[str, Callable[[Tx, Record], bool]] = {
    "looks_after": lambda _tx, person: person.looks_after is not None,
    "topics": lambda tx, person: bool(interests.of(tx, person.id, InterestKind.TOPIC)),
    "place": lambda _tx, person: bool(person.district or person.place),
    "ways": lambda tx, person: bool(interests.of(tx, person.id, InterestKind.WAY)),
    "needs": lambda tx, person: needs.count(tx, person.id) > 0,
    "skills": lambda _tx, person: bool(person.skills),
    "support": lambda _tx, person: person.support is not None,
    "promotions": lambda tx, person: "promotions" in told.of(tx, person.id),  # a no is an answer too
}


_ASKED = frozenset(f"{question.name}.{question.start}.text" for question in QUESTIONS) | {
    *(f"{SUPPORTER.name}.{step}.text" for step in ("reminders", "answers", "both")),
    *(f"{ARRANGED.name}.{step}.text" for step in ("booked", "ask_online", "ask")),
    *(f"{RSVP_OFFER.name}.{step}.text" for step in ("ask", "alone")),
    *(f"{RSVP_NEWS.name}.{step}.text" for step in ("back", "waits", "gone")),
    f"{RSVP_AGAIN.name}.{RSVP_AGAIN.start}.text",
    f"{AFTER.name}.{AFTER.start}.text",
    f"{NEEDS_REVIEW.name}.{NEEDS_REVIEW.start}.text",
    *(f"{TOLD.name}.{step}.text" for step in TOLD_OF_ITSELF),
}


def for_whom(visit: Visit, saying: Saying) -> Saying:
    """The saying; where several share the phone, or somebody answers for another, it begins with whom it is for.

    Who has left may still hold the phone.
    """
    if saying.key not in _ASKED or visit.person is None or (len(visit.everyone) < 2 and not visit.for_another):
        return saying
    return replace(saying, words=(FOR_ONE if visit.person.name else FOR_UNNAMED, *saying.words))


def resolve(visit: Visit, name: str) -> str:
    """The flow that "next" stands for: the first thing this member has not told us; any other name is itself."""
    if name != "next":
        return name
    if visit.person is None:
        return "join"
    question = first_untold(visit.tx, visit.person)
    return QUESTIONS[question].name if question is not None else ALL_TOLD.name


def first_untold(tx: Tx, person: Record, start: int = 0) -> int | None:
    """The number of the first question from `start` on that this member has not answered."""
    for number in range(start, len(QUESTIONS)):
        if not _TOLD[QUESTIONS[number].name](tx, person):
            return number
    return None
