"""Enlisting: many people put on the list at once, and which of them we know already. Set by set: lists are long."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Table, insert, select

from language.name_parts import beginnings, parts
from storage import addresses as numbers_kept
from storage import conversations
from storage.addresses import addresses, key_of
from storage.consents import consents
from storage.interests import interests
from storage.name_parts import key, name_parts
from storage.needs import needs
from storage.people import PersonState, contact_key, people
from storage.reach import reach
from storage.schema import Record
from storage.store import Tx
from storage.told import told
from storage.types import keys_of

_NUMBERED = ("sms", "whatsapp")
_ADDRESS = (addresses.c.id, addresses.c.address_key, addresses.c.channel, addresses.c.state, addresses.c.held)
_MARKS = (addresses.c.taken_by, addresses.c.unsafe_until, addresses.c.ours)


@dataclass(slots=True)
class Known:
    """What we know at one number: the rows of its addresses, and of whoever is reached or rung there."""

    addresses: list[Record] = field(default_factory=list)
    people: list[Record] = field(default_factory=list)


@dataclass(slots=True)
class Joiner:
    """The rows of one person who is to be put on the list; those of other tables without the ids.

    `address_id` is that of an address which is there already and reaches nobody. `number` is in E.164, or empty.
    """

    person: Mapping[str, Any]
    number: str = ""
    address: Mapping[str, Any] | None = None
    address_id: int | None = None
    consents: Sequence[Mapping[str, Any]] = ()
    told: Sequence[Mapping[str, Any]] = ()
    chosen: Sequence[tuple[str, str]] = ()
    needs: Mapping[str, Any] | None = None


def known_at(tx: Tx, numbers: Collection[str]) -> dict[str, Known]:
    """What we know at each of these numbers (E.164); nothing of one that we do not know."""
    lookup = keys_of(tx.dialect).lookup
    written = {lookup(key_of(channel, number)): number for number in numbers for channel in _NUMBERED}
    rung = {lookup(contact_key(number)): number for number in numbers}
    found: dict[str, Known] = {}
    here: dict[int, str] = {}
    asked = select(*_ADDRESS, *_MARKS, addresses.c.spam.is_not(None).label("is_spam"))
    for row in tx.execute(asked.where(addresses.c.address_key.in_(list(written)))) if written else ():
        here[row.id] = written[row.address_key]
        found.setdefault(here[row.id], Known()).addresses.append(row)
    for row in tx.execute(_reached(here)) if here else ():
        found[here[row.address_id]].people.append(row)
    whom = select(people.c.id, people.c.token, people.c.state, people.c.contact_key)
    there = people.c.contact_key.in_(list(rung)), people.c.state != PersonState.ERASED
    for row in tx.execute(whom.where(*there)) if rung else ():
        found.setdefault(rung[row.contact_key], Known()).people.append(row)
    return found


def _reached(here: Iterable[int]) -> Select[Any]:
    found = select(reach.c.address_id, people.c.id, people.c.token, people.c.state).join(
        people, people.c.id == reach.c.person_id
    )
    return found.where(reach.c.address_id.in_(list(here)), people.c.state != PersonState.ERASED)


def namesakes(tx: Tx, wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """For each of these, a name and a district, the token of a member with both; nothing where there is none."""
    lookup = keys_of(tx.dialect).lookup
    by_parts = {(parts(name), district): (name, district) for name, district in wanted if parts(name)}
    longest = {lookup(key(max(name, key=len))) for name, _district in by_parts}
    if not longest:
        return {}
    same = select(people.c.token, people.c.name, people.c.district).join(
        name_parts, name_parts.c.person_id == people.c.id
    )
    there = people.c.district.in_({district for _name, district in by_parts}), people.c.state == PersonState.MEMBER
    rows = tx.execute(same.where(name_parts.c.part.in_(list(longest)), *there).distinct())
    met = ((by_parts.get((parts(row.name or ""), row.district)), row.token) for row in rows)
    return {one: token for one, token in met if one is not None}


def enlist(tx: Tx, joiners: Sequence[Joiner], now: datetime) -> list[int]:
    """Put them on the list with all that is theirs; ids of the people, in the same order."""
    ids = _ids(tx, people, [one.person for one in joiners])
    with_new = [one for one in joiners if one.address is not None]
    new = iter(_ids(tx, addresses, [one.address for one in with_new if one.address is not None]))
    at = [next(new) if one.address is not None else one.address_id for one in joiners]
    everybody = list(zip(ids, at, joiners, strict=True))
    for _id, address_id, one in everybody:
        if one.address_id is not None and address_id is not None:
            _begin_anew(tx, address_id, one)
    reached = [{"address_id": where, "person_id": who, "since": now} for who, where, _one in everybody if where]
    _put(tx, reach, reached)
    _put(tx, name_parts, [{"part": key(part), "person_id": who} for who, _at, one in everybody for part in _found(one)])
    _put(
        tx,
        consents,
        [{**row, "person_id": who, "address_id": where} for who, where, one in everybody for row in one.consents],
    )
    _put(tx, told, [{**row, "person_id": who} for who, _at, one in everybody for row in one.told])
    chosen = [(who, kind, code) for who, _at, one in everybody for kind, code in one.chosen]
    _put(tx, interests, [{"person_id": who, "kind": kind, "code": code} for who, kind, code in chosen])
    _put(tx, needs, [{**one.needs, "person_id": who} for who, _at, one in everybody if one.needs])
    return ids


def _begin_anew(tx: Tx, address_id: int, joiner: Joiner) -> None:
    """What a stranger had begun there is closed: they have joined. Where it was erased it is theirs again."""
    conversations.end_all(tx, address_id, "joined_with_help")
    language = numbers_kept.get(tx, address_id).language or joiner.person["language"]
    numbers_kept.change(tx, address_id, {"address": joiner.number, "erase_at": None, "language": language})


def _found(one: Joiner) -> tuple[str, ...]:
    """By what this person is found, as storage.name_parts has it."""
    name = one.person["name"]
    return (beginnings(name) or ("",)) if name else ()


def _ids(tx: Tx, table: Table, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    returning = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(tx.execute(returning, [dict(row) for row in rows]).scalars()) if rows else []


def _put(tx: Tx, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        tx.execute(insert(table), [dict(row) for row in rows])
