"""Details: what a member told a colleague, entered by the same rules as if they had texted it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

from bank import audit, learning, outward, reminders
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.told_facts import BY_NAME, FIELDS, Value, choices, value
from bank.visit import Visit
from language.normal import safe
from language.place import place
from language.wording import SOURCE_LANGUAGE
from storage import addresses, interests, people, reach, told
from storage.interests import InterestKind
from storage.schema import Record
from storage.store import Tx

KINDS = {"topics": InterestKind.TOPIC, "ways": InterestKind.WAY}
_FORGOTTEN: Mapping[str, Mapping[str, Any]] = {
    "place": {"place": None, "district": None},
    "ring": {"ring": False},
    "hours": {"text_from": None, "text_until": None},
    **{name: {name: None} for name in ("name", "looks_after", "skills", "support", "days_apart", "format")},
    **{name: {name: False} for name in ("digest", "promotions")},
}
# What somebody agrees to: a no is entered in the ledger as a yes is.
_AGREED = frozenset({"digest", "promotions"})
# Who does not text is at no address: a visit of theirs says nothing.
_NOWHERE = cast("Record", SimpleNamespace(id=0, plain=False, landline=False, address=None, held=None))


def read(name: str, given: str | list[str], organisation: Organisation, kept: Value = None) -> Value:
    """What was filled in, as the fact is kept; None for "not told". Raises ValueError for what is no answer.

    What is `kept` already is left as it is.
    """
    field = BY_NAME[name]
    allowed = [one for one, _label in choices(field, organisation)]
    if field.kind == "several":
        return sorted(one for one in set(given) if one in allowed) or None
    text = safe(str(given)).strip()
    if not text or text == kept:
        return kept if text else None
    if allowed and text not in allowed:
        raise ValueError(name)
    if name == "place" and not (text := str(place(text, SOURCE_LANGUAGE).value or "")):
        raise ValueError(name)
    return None if field.kind == "yes" and text == "no" else text


def mistakes(given: Mapping[str, Value]) -> dict[str, str]:
    """What cannot be so at once, by the field that it is shown at."""
    if given.get("days_apart") == "news" and given.get("digest") != "yes":
        return {"digest": "Say yes to the news too, if they want only the news"}
    return {}


def change(
    tx: Tx,
    colleague: Colleague,
    person: Record,
    given: Mapping[str, Value],
    how: str,
    now: datetime,
    organisation: Organisation,
) -> list[str]:
    """Write what is not as it was, each with who entered it. Returns the names of the facts that changed."""
    before = {field.name: value(tx, person, field.name) for field in FIELDS if field.name in given}
    changed: dict[str, Any] = {name: [before[name], given[name]] for name in before if before[name] != given[name]}
    for name in changed:
        _write(_in_their_name(tx, colleague, person, how, now, organisation), person, name, given[name])
        told.note(tx, person.id, name, now, entered_by=colleague.id, how=how)
    if "hours" in changed:
        reminders.replan_person(tx, person.id, now, organisation)
    if changed:
        audit.record(tx, now, Act.PERSON_CHANGED, colleague.id, person_id=person.id, how=how, **changed)
    return list(changed)


def _write(visit: Visit, person: Record, name: str, kept: Value) -> None:
    if name == "language":
        _speak(visit.tx, person, str(kept))
    elif kept is not None or name in _AGREED:
        learning.learn(visit, name, kept or "no")
    else:
        forget(visit.tx, person.id, name)


def forget(tx: Tx, person_id: int, name: str) -> None:
    """Take the fact back: as if they had not told us."""
    if name in KINDS:
        choose(tx, person_id, name, None)
    else:
        people.change(tx, person_id, _FORGOTTEN[name])


def choose(tx: Tx, person_id: int, name: str, kept: Value) -> None:
    """Put these topics or ways in place of what they chose before."""
    interests.choose(tx, person_id, KINDS[name], kept or ())


def _speak(tx: Tx, person: Record, language: str) -> None:
    """Write to them in this language; where several share an address it stays as it is for the others."""
    people.change(tx, person.id, {"language": language})
    for address in reach.addresses_of(tx, person.id):
        if len(reach.people_at(tx, address.id)) == 1:
            addresses.change(tx, address.id, {"language": language})


def _in_their_name(
    tx: Tx, colleague: Colleague, person: Record, how: str, now: datetime, organisation: Organisation
) -> Visit:
    """A visit by them, whether they text or not, whose words that colleague enters."""
    reached = reach.addresses_of(tx, person.id)
    if reached:
        visit = outward.visit(tx, now, organisation, reached[0], person.id)
    else:
        visit = Visit(tx, now, organisation, _NOWHERE, [person], person=person, speaks=person.language)
    visit.entered_by, visit.how = colleague.id, how
    return visit
