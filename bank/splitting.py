"""Splitting: on a shared phone, messages that we took for one person's were somebody else's."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bank import audit, details, hold, merging, told_facts
from bank.audit import Act
from bank.colleague import Colleague
from bank.merging import HELD, Refused
from bank.tokens import token
from storage import consents, conversations, messages_in, moving, people, reach, told
from storage.consents import Purpose
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx

MOST = 100
NEW, NOBODY = "new", "nobody"


@dataclass(frozen=True, slots=True)
class Wrote:
    """One message of theirs; `name` tells it from the others."""

    name: str
    text: str
    at: datetime


def written(tx: Tx, person: Record) -> list[Wrote]:
    """Their newest messages, newest first."""
    return [Wrote(_name(person, row), row.text or "", row.received_at) for row in _rows(tx, person)]


def others(tx: Tx, person: Record) -> list[Record]:
    """Who else is reached where they write from."""
    here = {one.id: one for row in reach.addresses_of(tx, person.id) for one in reach.people_at(tx, row.id)}
    return [one for one in here.values() if one.id != person.id and one.state == PersonState.MEMBER]


def split(
    tx: Tx,
    colleague: Colleague,
    person: Record,
    chosen: Collection[str] | datetime,
    whose: str,
    why: str,
    now: datetime,
) -> Record | None:
    """These messages (by name, or all since then) are not this person's, and neither is what they told in them.

    `whose`: the token of somebody reached there, NEW, or NOBODY whom we know. Returns whose they are. Raises Refused.
    """
    if person.held and not colleague.is_lead:
        raise Refused(HELD)
    rows = [row for row in _rows(tx, person) if _is_chosen(person, row, chosen)]
    if not rows:
        raise Refused("Choose at least one message")
    ids = [row.id for row in rows]
    other = _other(tx, person, rows, whose)
    _facts(tx, person, other, ids)
    moving.messages(tx, ids, person.id, other.id if other else None)
    for address_id in {row.address_id for row in rows}:
        conversations.end_with(tx, address_id, person.id, "split")
    to = other.token if other else NOBODY
    audit.record(tx, now, Act.PERSON_SPLIT, colleague.id, person_id=person.id, about=to, why=why, messages=len(ids))
    if other is not None:
        hold.spread(tx, other.id, now)
        audit.record(tx, now, Act.PERSON_SPLIT, colleague.id, person_id=other.id, about=person.token, why=why)
    return other


def _rows(tx: Tx, person: Record) -> list[Record]:
    theirs = [row.id for row in reach.addresses_of(tx, person.id)]
    return messages_in.of_person(tx, person.id, theirs, MOST)


def _is_chosen(person: Record, row: Record, chosen: Collection[str] | datetime) -> bool:
    return row.received_at >= chosen if isinstance(chosen, datetime) else _name(person, row) in chosen


def _other(tx: Tx, person: Record, rows: list[Record], whose: str) -> Record | None:
    if whose == NOBODY:
        return None
    if whose == NEW:
        return _new(tx, person, rows)
    found = next((one for one in others(tx, person) if one.token == whose), None)
    if found is None:
        raise Refused("Choose whose messages they are")
    return found


def _new(tx: Tx, person: Record, rows: list[Record]) -> Record:
    """Somebody new, who agreed in one of these messages; nobody is on our list who did not."""
    ids = {row.id for row in rows}
    agreed = [
        entry
        for entry in consents.history(tx, person_id=person.id)
        if entry.purpose == Purpose.BANK and entry.given and entry.message_id in ids
    ]
    if not agreed:
        raise Refused("They did not agree to join in these messages. Choose nobody we know, and ask them to join")
    made = people.add(
        tx,
        token=token(),
        state=PersonState.MEMBER,
        language=person.language,
        joined_at=agreed[-1].at,
    )
    for address_id in {row.address_id for row in rows}:
        reach.join(tx, address_id=address_id, person_id=made.id, since=agreed[-1].at)
    return made


def _facts(tx: Tx, person: Record, other: Record | None, ids: Collection[int]) -> None:
    """What was told in these messages is the other's, where they have told nothing newer; it is not this person's."""
    theirs = told.of(tx, other.id) if other else {}
    for name, noted in told.of(tx, person.id).items():
        if noted.message_id not in ids:
            continue
        kept = told_facts.value(tx, person, name)
        if other is not None and (name not in theirs or theirs[name].at < noted.at):
            merging.put(tx, other.id, name, person, kept)
            told.move(tx, name, person.id, other.id)
        told.forget(tx, person.id, name)
        if name != "language":
            details.forget(tx, person.id, name)


def _name(person: Record, row: Record) -> str:
    return hashlib.sha256(f"{person.token}:{row.id}".encode()).hexdigest()[:16]
