"""What people told us, fact by fact: the list of them, their choices, and how each is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

from babel import Locale

from bank import hours, pace
from bank.organisation import Organisation
from bank.sources import Source, sources
from flows import about_you
from flows.format import FORMAT
from flows.grammar import Choose, Flow, FromFacts
from flows.less import LESS
from language.wording import SOURCE_LANGUAGE, base
from storage import interests, told
from storage.interests import InterestKind
from storage.schema import Record
from storage.store import Tx

Value = str | list[str] | None
YES_NO = (("yes", "Yes"), ("no", "No"))


@dataclass(frozen=True, slots=True)
class Field:
    """One fact. `flow` is the question by which we ask it, where we do. `kind`: words, one, several, yes or hours."""

    name: str
    label: str
    kind: str
    flow: Flow | None = None


FIELDS = (
    Field("name", "What we call them", "words"),
    Field("language", "The language we write in", "one"),
    Field("looks_after", "They look after somebody", "one", about_you.LOOKS_AFTER),
    Field("topics", "What they want to hear about", "several", about_you.TOPICS),
    Field("place", "Their area", "words", about_you.PLACE),
    Field("ways", "How they like to take part", "several", about_you.WAYS),
    Field("skills", "What they are good at, or enjoy", "words", about_you.SKILLS),
    Field("support", "Training, or somebody to go with", "one", about_you.SUPPORT),
    Field("ring", "They would rather be rung than texted", "yes"),
    Field("hours", "Texts that they did not ask for", "hours"),
    Field("days_apart", "How often those may come", "one", LESS),
    Field("format", "In another format", "one", FORMAT),
    Field("digest", "They want our news once a month", "yes"),
    Field("promotions", "They want to hear what other organisations do", "yes"),
)
# The step of a flow that offers the answers, where it is not the first; and the one that means "not told".
_OFFERS = {"days_apart": ("how_often", "before"), "format": ("which", "usual")}
# Told before we kept when and how, or not told.
_UNNOTED = cast("Record", SimpleNamespace(at=None, message_id=None, entered_by=None, how=None))
BY_NAME: Mapping[str, Field] = {field.name: field for field in FIELDS}


@dataclass(frozen=True, slots=True)
class Fact:
    """What they told us, in words; empty where they have not. `source` says when and how."""

    field: Field
    shown: str
    source: Source


def choices(field: Field, organisation: Organisation, language: str = SOURCE_LANGUAGE) -> list[tuple[str, str]]:
    """The answers that there are, as id and label; none for a fact in their own words."""
    if field.name == "language":
        return [(tag, language_name(tag)) for tag in organisation.catalogs.spoken]
    if field.kind == "yes":
        return list(YES_NO)
    offers, nothing = _OFFERS.get(field.name, (field.flow.start if field.flow else "", ""))
    step = field.flow.steps[offers] if field.flow else None
    if not isinstance(step, Choose):
        return []
    if isinstance(step.choices, FromFacts):
        return [(topic.id, topic.label(language)) for topic in organisation.topics]
    render = organisation.catalogs.render
    shown = [(choice.id, choice.label) for choice in step.choices if choice.label is not None and choice.id != nothing]
    return [(id_, render(label, language, {})) for id_, label in shown]


def language_name(tag: str) -> str:
    """The language's name in English: "Polish"; of its twin in easier words "English, easier words"."""
    if base(tag) != tag:
        return f"{language_name(base(tag))}, easier words"
    return Locale.parse(tag).get_display_name("en") or tag


def value(tx: Tx, person: Record, name: str) -> Value:
    """The fact as it is kept: words, an id, or ids; None where they have not told us."""
    return _VALUES[name](tx, person)


def facts(tx: Tx, person: Record, organisation: Organisation) -> list[Fact]:
    """All of them, told or not, in the order of FIELDS."""
    noted = told.of(tx, person.id)
    rows = [noted.get(field.name) or _UNNOTED for field in FIELDS]
    found = zip(FIELDS, sources(tx, rows), strict=True)
    return [Fact(field, spoken(field, value(tx, person, field.name), organisation), source) for field, source in found]


def spoken(field: Field, kept: Value, organisation: Organisation) -> str:
    """The fact in words."""
    if field.kind == "hours":
        return "{} to {}".format(*hours.spoken(str(kept), SOURCE_LANGUAGE)) if kept else ""
    labels = dict(choices(field, organisation))
    several = kept if isinstance(kept, list) else [kept] if kept else []
    return ", ".join(labels.get(one, one) for one in several)


def _several(kind: InterestKind) -> Callable[[Tx, Record], Value]:
    return lambda tx, person: interests.of(tx, person.id, kind) or None


_VALUES: Mapping[str, Callable[[Tx, Any], Value]] = {
    "name": lambda _tx, person: person.name,
    "language": lambda _tx, person: person.language,
    "looks_after": lambda _tx, person: person.looks_after,
    "topics": _several(InterestKind.TOPIC),
    "place": lambda _tx, person: person.district or person.place,
    "ways": _several(InterestKind.WAY),
    "skills": lambda _tx, person: person.skills,
    "support": lambda _tx, person: person.support,
    "ring": lambda _tx, person: "yes" if person.ring else None,
    "hours": lambda _tx, person: hours.kept(person),
    "days_apart": lambda _tx, person: pace.kept(person),
    "format": lambda _tx, person: person.format,
    "digest": lambda _tx, person: "yes" if person.digest else None,
    "promotions": lambda _tx, person: "yes" if person.promotions else None,
}
