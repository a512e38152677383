"""Merging: two people on our list who are one. Nothing of what they agreed to is lost, and newer facts win."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bank import audit, details, hold, on_behalf, reminders, told_facts
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.told_facts import FIELDS, Value
from storage import arrangements, moving, needs, people, question_sets, reach, tellings, told, twins
from storage.forgotten import FORGOTTEN
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx

HELD = "Something is held about one of them, so only a safeguarding lead may do this. Ask a lead"
# Facts that are kept in several columns, or in one of another name.
_COLUMNS = {"place": ("place", "district"), "hours": ("text_from", "text_until")}


class Refused(Exception):
    """These two may not be merged. The message says why."""


def may_merge(colleague: Colleague, keep: Record, gone: Record) -> None:
    """Raises Refused: they are the same already, or a lead must do it."""
    if keep.id == gone.id:
        raise Refused("Choose somebody else: this is the same page")
    if (keep.held or gone.held) and not colleague.is_lead:
        raise Refused(HELD)


def merge(
    tx: Tx, colleague: Colleague, keep: Record, gone: Record, why: str, now: datetime, organisation: Organisation
) -> None:
    """All that is `gone` is `keep` from now on. Who has left has left under both names. Raises Refused."""
    may_merge(colleague, keep, gone)
    changed = _facts(tx, keep, gone)
    moving.everything(tx, gone.id, keep.id, now)
    _without_twins(tx, keep.id)
    person = people.change(tx, keep.id, _standing(keep, gone))
    reminders.replan_person(tx, keep.id, now, organisation)
    erased = {"state": PersonState.ERASED, "erase_at": None, "merged_into": keep.id}
    people.change(tx, gone.id, {**FORGOTTEN, **erased})
    if person.state == PersonState.LEFT:
        for address in reach.addresses_of(tx, person.id):
            on_behalf.close(tx, address, person, person.erase_at, now, organisation, tell=False)
    hold.spread(tx, keep.id, now)
    told_of = {"why": why, **changed}
    audit.record(tx, now, Act.PERSON_MERGED, colleague.id, person_id=keep.id, about=gone.token, **told_of)
    audit.record(tx, now, Act.PERSON_MERGED, colleague.id, person_id=gone.id, about=keep.token, why=why)


def _facts(tx: Tx, keep: Record, gone: Record) -> dict[str, Any]:
    """Put the newer of each fact in its place; returns those that changed, before and after."""
    noted, theirs = told.of(tx, keep.id), told.of(tx, gone.id)
    changed: dict[str, Any] = {}
    for field in FIELDS:
        ours, other = told_facts.value(tx, keep, field.name), told_facts.value(tx, gone, field.name)
        name = field.name
        if _weight(noted.get(name), ours, keep) < _weight(theirs.get(name), other, gone):
            if ours != other:
                changed[name] = [ours, other]
                put(tx, keep.id, name, gone, other)
            told.move(tx, name, gone.id, keep.id)
        told.forget(tx, gone.id, name)
        if name in details.KINDS:
            details.forget(tx, gone.id, name)
    return changed


def _weight(noted: Record | None, kept: Value, person: Record) -> tuple[bool, datetime]:
    """A fact that was told outweighs one that was not; of two, the newer one."""
    return noted is not None or kept is not None, noted.at if noted is not None else person.joined_at


def put(tx: Tx, person_id: int, name: str, source: Record, kept: Value) -> None:
    """Write a fact of somebody else's as it is kept, in all its columns."""
    if name in details.KINDS:
        details.choose(tx, person_id, name, kept)
    else:
        columns = _COLUMNS.get(name, (name,))
        people.change(tx, person_id, {column: getattr(source, column) for column in columns})


def _without_twins(tx: Tx, person_id: int) -> None:
    """The same thing to arrange, told under both names, is arranged once; of two answers the newer one counts."""
    seen: set[str] = set()
    for row in needs.of(tx, person_id):
        if row.words.casefold() in seen:
            arrangements.unlink(tx, row.id)
            needs.remove(tx, row.id)
        seen.add(row.words.casefold())
    question_sets.keep_newest(tx, person_id)
    twins.arranged_once(tx, person_id)
    tellings.once(tx, person_id)


def _standing(keep: Record, gone: Record) -> dict[str, Any]:
    left = PersonState.LEFT in {keep.state, gone.state}
    contact = {**(gone.contact or {}), **(keep.contact or {})}
    return {
        "state": PersonState.LEFT if left else PersonState.MEMBER,
        "erase_at": _of_both(min, keep.erase_at, gone.erase_at),
        "held": "danger" if "danger" in {keep.held, gone.held} else keep.held or gone.held,
        "paused_until": _of_both(max, keep.paused_until, gone.paused_until),
        "joined_at": min(keep.joined_at, gone.joined_at),
        "asked_at": _of_both(max, keep.asked_at, gone.asked_at),
        "next_question": max(keep.next_question, gone.next_question),
        "contact": contact or None,
        "contact_key": people.contact_key(contact["phone"]) if contact.get("phone") else None,
    }


def _of_both(choose: Callable[..., Any], *moments: datetime | None) -> datetime | None:
    given = [one for one in moments if one is not None]
    return choose(given) if given else None
