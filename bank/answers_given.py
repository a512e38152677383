"""Answers given: what somebody answered to one of our questions by phone, on paper or face to face.

An answer to the question that is open on their phone moves its conversation on, as their own text would. Any other
question about them is answered by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bank import arranging, audit, details, outward, talk
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.tokens import token
from bank.told_facts import BY_NAME, Value, choices
from bank.visit import Visit
from channels.message import Kind
from flows import engine
from flows.about_you import QUESTIONS
from flows.engine import Asked
from language import understand
from language.normal import safe
from language.reading import Question, Reading
from storage import conversations, messages_in, reach, told
from storage.addresses import AddressState
from storage.messages_in import Disposition
from storage.schema import Record
from storage.store import Tx

OPEN = "open"
# Consent, and whether somebody is safe: they answer these themselves, or a form of its own is filled in.
_NEVER = frozenset(
    {
        "join",
        "form",
        "supporter",
        "helper_asked",
        "safety",
        "perhaps_stop",
        "care_trouble",
        "who",
        "leave",
        "start",
        "language",
    }
)


class NoAnswer(Exception):
    """What was filled in answers nothing that we asked. The message says what would help."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One question as it is read out: its words, and its choices as id and label. `kind`: words, one or several."""

    name: str
    text: str
    kind: str
    choices: list[tuple[str, str]]


def questions(tx: Tx, person: Record, now: datetime, organisation: Organisation) -> list[Asking]:
    """The question that is open on their phone, then all that we ask about people, in their language."""
    found = [_about(flow.name, person, organisation) for flow in QUESTIONS]
    visit = _visit(tx, person, now, organisation)
    if visit is None:
        return found
    asked = _asked(visit)
    if asked is None:
        return found
    text = organisation.catalogs.render(asked.text, visit.language, visit.facts)
    offers = [
        (one.id, organisation.catalogs.render(one.label, visit.language, visit.facts))
        for one in asked.offers
        if one.label is not None
    ]
    return [Asking(OPEN, text, "several" if asked.many else "one" if offers else "words", offers), *found]


def _about(name: str, person: Record, organisation: Organisation) -> Asking:
    flow = next(one for one in QUESTIONS if one.name == name)
    asked = flow.steps[flow.start]
    values = {"council": organisation.council, "name": person.name or ""}
    text = organisation.catalogs.render(asked.text, person.language, values)  # type: ignore[union-attr]
    if name not in BY_NAME:
        return Asking(name, text, "words", [])
    field = BY_NAME[name]
    return Asking(name, text, field.kind, choices(field, organisation, person.language))


def give(
    tx: Tx,
    colleague: Colleague,
    person: Record,
    name: str,
    given: str | list[str],
    how: str,
    now: datetime,
    organisation: Organisation,
) -> None:
    """Enter their answer to this question. Raises NoAnswer."""
    visit = _visit(tx, person, now, organisation)
    asked = _asked(visit) if visit else None
    if visit is not None and asked is not None and name in {OPEN, asked.key.partition(".")[0]}:
        _answer_open(colleague, visit, asked, given, how)
    elif name == "needs":
        arranging.add(tx, colleague, person, _words(given), how, now, organisation)
    elif name in BY_NAME:
        details.change(tx, colleague, person, {name: _read(name, given, organisation)}, how, now, organisation)
    else:
        raise NoAnswer("That question has been answered or has passed. Choose another one")


def _read(name: str, given: str | list[str], organisation: Organisation) -> Value:
    try:
        found = details.read(name, given, organisation)
    except ValueError:
        found = None
    if found is None:
        wanted = {"place": "Enter the first half of a postcode, or a town", "skills": "Enter what they said"}
        raise NoAnswer(wanted.get(name, "Choose their answer"))
    return found


def _words(given: str | list[str]) -> str:
    words = safe(given if isinstance(given, str) else " ".join(given)).strip()
    if not words:
        raise NoAnswer("Enter what they said")
    return words


def _visit(tx: Tx, person: Record, now: datetime, organisation: Organisation) -> Visit | None:
    """A visit at the address where we asked them something, with what is open there; None where nothing is."""
    for address in reach.addresses_of(tx, person.id):
        row = conversations.open_at(tx, address.id)
        if row is not None and row.conversation_person_id == person.id and row.flow not in _NEVER:
            visit = outward.visit(tx, now, organisation, address, person.id)
            visit.standing = talk.standing_of(row)
            visit.others_wait = True
            visit.mute = address.state != AddressState.OPEN
            return visit
    return None


def _asked(visit: Visit) -> Asked | None:
    if visit.standing is None or visit.standing.position.step not in talk.flow_of(visit).steps:
        return None
    asked = engine.question(talk.flow_of(visit), visit.standing.position, visit.facts)
    return None if asked.key.endswith(".check") else asked


def _answer_open(colleague: Colleague, visit: Visit, asked: Asked, given: str | list[str], how: str) -> None:
    standing, person = visit.standing, visit.person
    if standing is None or person is None:
        raise NoAnswer("That question has been answered or has passed. Choose another one")
    reading, words = _reading(visit, asked, given)
    visit.entered_by, visit.how = colleague.id, how
    visit.message_id = messages_in.claim(
        visit.tx,
        provider_key=token(),
        address_id=visit.address.id,
        person_id=person.id,
        kind=Kind.TEXT,
        text=words,
        entered_by=colleague.id,
        received_at=visit.now,
    )
    turn = engine.advance(talk.flow_of(visit), standing.position, reading, visit.facts)
    talk.follow(visit, turn)
    became = {"disposition": Disposition.FLOW, "asked": asked.key, "reading": {"because": "colleague", "how": how}}
    messages_in.settle(visit.tx, visit.message_id or 0, became)
    for fact in set(turn.learned) & set(told.FACTS):
        told.note(visit.tx, person.id, fact, visit.now, message_id=visit.message_id, entered_by=colleague.id, how=how)
    answer = {"asked": asked.key, "answer": [None, words]}
    audit.record(visit.tx, visit.now, Act.PERSON_CHANGED, colleague.id, person_id=person.id, how=how, details=answer)


def _reading(visit: Visit, asked: Asked, given: str | list[str]) -> tuple[Reading, str]:
    """What they answered, and in which words it is kept."""
    labels = {
        one.id: visit.organisation.catalogs.render(one.label, visit.language, visit.facts)
        for one in asked.offers
        if one.label is not None
    }
    if labels:
        chosen = [one for one in ([given] if isinstance(given, str) else given) if one in labels]
        if not chosen or (len(chosen) > 1 and not asked.many):
            raise NoAnswer("Choose their answer")
        value: str | tuple[str, ...] = tuple(chosen) if asked.many else chosen[0]
        return Reading(value=value, sure=True, because="colleague"), ", ".join(labels[one] for one in chosen)
    words = _words(given)
    reading = understand.answer(Question(asked.read), words, visit.language)
    if reading.value is None:
        raise NoAnswer("That does not answer the question. Enter their answer, in few words")
    return Reading(value=reading.value, sure=True, because="colleague"), words
