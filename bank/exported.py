"""What goes out in a file: its headings, and its rows as text, of what this colleague may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bank import set_answers, told_facts
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.told_facts import BY_NAME
from bank.trouble import name as sender_name
from storage import broadcasts, extracts, invitations, projects, question_sets
from storage.extracts import Belongings, Whom
from storage.interests import InterestKind
from storage.people import PersonState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx


class What(StrEnum):
    """What somebody asks for."""

    PEOPLE = "people"
    ANSWERS = "answers"
    PLACES = "places"
    PROGRESS = "progress"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to go out. `which` are tokens of what it is about: an audience, a set and a project, a broadcast.

    `state` is one of storage.people.PersonState, or "all"; `rule` as bank.audience.Rule writes itself down.
    """

    what: What
    which: Sequence[str] = ()
    state: str = PersonState.MEMBER.value
    rule: Mapping[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        rule = dict(self.rule) if self.rule is not None else None
        return {"what": self.what.value, "which": list(self.which), "state": self.state, "rule": rule}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Wish:
        return cls(What(kept["what"]), tuple(kept["which"]), kept["state"], kept["rule"])


@dataclass(frozen=True, slots=True)
class Eyes:
    """What whoever asks may see: numbers and where letters go, who is held, and not themselves.

    The command line, which has the keys of all of it, sees numbers, and nobody who is held.
    """

    numbers: bool
    held: bool
    not_ids: frozenset[int]
    colleague: Colleague | None = None

    @classmethod
    def of(cls, colleague: Colleague | None) -> Eyes:
        if colleague is None:
            return cls(numbers=True, held=False, not_ids=frozenset())
        numbers = colleague.may(Role.ADMINISTRATOR)
        return cls(numbers, colleague.is_lead, colleague.oneself.person_ids, colleague)

    def whom(self, wish: Wish) -> Whom:
        state = None if wish.state == "all" else PersonState(wish.state)
        return Whom(state, wish.rule, self.held, self.not_ids)


_PEOPLE = (
    "Name", "Area", "Language", "Topics", "How they take part", "To arrange", "Looks after somebody", "Good at",
    "Support", "Would rather be rung", "Part", "Where they stand", "Joined on", "Paused until",
)  # fmt: skip
_NUMBERS = ("Text messages", "WhatsApp", "Phone", "Letters")
_STANDS = {
    "interested": "Interested",
    "place": "Has a place",
    "waiting": "On the waiting list",
    "not_chosen": "Not chosen",
    "given_up": "Gave it up",
    "took_part": "Took part",
}
_BECAME = {
    "queued": "Waits",
    "held": "Held",
    "sending": "On its way",
    "accepted": "Handed over",
    "sent": "Handed over",
    "delivered": "Arrived",
    "read": "Arrived, and was read",
    "failed": "Did not arrive",
    "canceled": "Cancelled",
    "expired": "Was too late",
    "unknown": "Nobody knows whether it went",
}
_ANSWERED = {None: "No answer yet", "yes": "Yes", "no": "No", "later": "Not now"}


def headings(wish: Wish, eyes: Eyes) -> list[str]:
    """Of a list of people. The others tell theirs with their rows."""
    return [*_PEOPLE, *(_NUMBERS if eyes.numbers else ())] if wish.what == What.PEOPLE else []


def people_after(
    tx: Tx, wish: Wish, eyes: Eyes, after: int, limit: int, now: datetime, organisation: Organisation
) -> tuple[list[list[str]], int]:
    """The next people of the list, and the id of the last one of them."""
    found = extracts.some(tx, eyes.whom(wish), now, after, limit)
    theirs = extracts.belongings(tx, [row.id for row in found])
    rows = [_person(row, theirs, eyes, organisation) for row in found]
    return rows, found[-1].id if found else after


def _person(row: Record, theirs: Belongings, eyes: Eyes, organisation: Organisation) -> list[str]:
    chosen = theirs.chosen.get(row.id, [])
    told = [
        row.name or "",
        row.district or row.place or "",
        told_facts.language_name(row.language),
        _named("topics", [one.code for one in chosen if one.kind == InterestKind.TOPIC], organisation),
        _named("ways", [one.code for one in chosen if one.kind == InterestKind.WAY], organisation),
        "; ".join(one.words for one in theirs.needs.get(row.id, [])),
        _named("looks_after", [row.looks_after] if row.looks_after else [], organisation),
        row.skills or "",
        _named("support", [row.support] if row.support else [], organisation),
        "yes" if row.ring else "",
        row.part,
        row.state,
        _day(row.joined_at, organisation),
        _day(row.paused_until, organisation),
    ]
    return told + (_contact(row, theirs) if eyes.numbers else [])


def _contact(row: Record, theirs: Belongings) -> list[str]:
    contact = row.contact or {}
    here = theirs.addresses.get(row.id, [])
    by_channel = (", ".join(one.address for one in here if one.channel == name and one.address) for name in _TEXTED)
    return [*by_channel, contact.get("phone", ""), contact.get("post", "")]


_TEXTED = ("sms", "whatsapp")


def _named(field: str, codes: list[str], organisation: Organisation) -> str:
    labels = dict(told_facts.choices(BY_NAME[field], organisation))
    return ", ".join(labels.get(code, code) for code in codes)


def _day(at: datetime | None, organisation: Organisation) -> str:
    return at.astimezone(organisation.zone).date().isoformat() if at is not None else ""


def places_of(tx: Tx, wish: Wish, eyes: Eyes, now: datetime, organisation: Organisation) -> list[list[str]]:
    """Who wants to take part in a project, with the headings first; empty where there is no such project."""
    project = projects.by_token(tx, wish.which[0])
    if project is None:
        return []
    found = extracts.in_project(tx, project.id, eyes.whom(wish), now)
    theirs = extracts.belongings(tx, [row.id for row in found])
    head = ["Turn", "Name", "Where they stand", "Told so", "Since", "To arrange", *(_NUMBERS if eyes.numbers else ())]
    return [head, *(_place(row, theirs, eyes, organisation) for row in found)]


def _place(row: Record, theirs: Belongings, eyes: Eyes, organisation: Organisation) -> list[str]:
    told = [
        str(row.turn),
        row.name or "",
        _STANDS.get(row.place_state, row.place_state),
        "yes" if row.told else "no",
        _day(row.since, organisation),
        "; ".join(one.words for one in theirs.needs.get(row.id, [])),
    ]
    return told + (_contact(row, theirs) if eyes.numbers else [])


def answers_of(tx: Tx, wish: Wish, eyes: Eyes, _now: datetime, _organisation: Organisation) -> list[list[str]]:
    """What was answered to a set of questions, a row a person, with the headings first."""
    row = question_sets.newest(tx, wish.which[0])
    project = projects.by_token(tx, wish.which[1]) if len(wish.which) > 1 else None
    if row is None or eyes.colleague is None:
        return []
    asked: dict[str, None] = {}
    people: dict[str, dict[str, str]] = {}
    for question, said in set_answers.answers_of(tx, eyes.colleague, row, project):
        asked[question] = None
        people.setdefault(said.token, {"": said.name})[question] = said.words
    return [["Name", *asked], *([told[""], *(told.get(one, "") for one in asked)] for told in people.values())]


def progress_of(tx: Tx, wish: Wish, _eyes: Eyes, _now: datetime, _organisation: Organisation) -> list[list[str]]:
    """How far a message to many has come: figures, with the headings first."""
    broadcast = broadcasts.by_token(tx, wish.which[0])
    if broadcast is None:
        return []
    sent = [
        [sender_name(row.sender), _BECAME.get(row.state, row.state), row.problem or "", str(row.many)]
        for row in extracts.progress(tx, broadcast.id)
    ]
    answers = invitations.answers(tx, broadcast.id)
    told = [["Answers", _answer(broadcast, given), "", str(many)] for given, many in answers.items()]
    return [["What", "What became of it", "Why", "How many"], *sent, *told]


def _answer(broadcast: Record, given: str | None) -> str:
    """An answer in words: a choice is what the coordinator called it."""
    if given in _ANSWERED or given is None:
        return _ANSWERED[given]
    number = int(given.removeprefix("c")) if given.removeprefix("c").isdecimal() else 0
    choices = broadcast.choices or []
    return str(choices[number - 1].get("en", given)) if 0 < number <= len(choices) else given


WHOLE: Mapping[What, Callable[[Tx, Wish, Eyes, datetime, Organisation], list[list[str]]]] = {
    What.ANSWERS: answers_of,
    What.PLACES: places_of,
    What.PROGRESS: progress_of,
}
