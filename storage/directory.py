"""The directory: which people somebody of the team is looking for, newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from storage import name_parts
from storage.addresses import addresses, key_of
from storage.interests import InterestKind, interests
from storage.needs import needs
from storage.people import PersonState, contact_key, people
from storage.reach import reach
from storage.schema import Record
from storage.store import Tx

_NUMBERED = ("sms", "whatsapp")
# Of so few the ids are known before the list is asked for. More are met soon, as the list is walked.
_FEW = 1000
DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What they have in common; empty means "any". `number` is in E.164, `state` None all but the erased.

    `safe_only` leaves out everybody about whom something is held for danger, `not_ids` these people. `ids` are those
    whom name and number give, where they are few.
    """

    name: str = ""
    number: str = ""
    state: PersonState | None = PersonState.MEMBER
    paused: bool = False
    held: bool = False
    has_needs: bool = False
    helped: bool = False
    language: str = ""
    topic: str = ""
    way: str = ""
    district: str = ""
    channel: str = ""
    safe_only: bool = True
    not_ids: frozenset[int] = frozenset()
    ids: tuple[int, ...] | None = None


def find(tx: Tx, wanted: Wanted, now: datetime, limit: int, after: Record | None = None) -> list[Record]:
    """Who fits, who joined last first; `has_needs` tells whether there is something to arrange.

    `after` is the last person of the page before.
    """
    wanted = _narrowed(tx, wanted)
    if wanted.ids == ():
        return []
    found = select(people, exists().where(needs.c.person_id == people.c.id).label("has_needs"))
    found = found.where(*_conditions(wanted, now))
    if after is not None:
        earlier = and_(people.c.joined_at == after.joined_at, people.c.id < after.id)
        found = found.where(or_(people.c.joined_at < after.joined_at, earlier))
    return list(tx.execute(found.order_by(people.c.joined_at.desc(), people.c.id.desc()).limit(limit)))


def count(tx: Tx, wanted: Wanted, now: datetime) -> int:
    """How many fit."""
    wanted = _narrowed(tx, wanted)
    if wanted.ids == ():
        return 0
    return int(tx.execute(select(func.count()).select_from(people).where(*_conditions(wanted, now))).scalar_one())


def is_held(tx: Tx, person_id: int) -> bool:
    """Whether something about this person, or written from an address of theirs, is held for danger."""
    found = select(people.c.id).where(people.c.id == person_id, ~and_(*_safe()))
    return tx.execute(found).first() is not None


def all_held(tx: Tx) -> frozenset[int]:
    """Ids of everybody about whom something is held for danger, as `is_held` has it. They are few."""
    themselves = select(people.c.id).where(people.c.held == DANGER)
    there = select(reach.c.person_id).join(addresses, addresses.c.id == reach.c.address_id)
    return frozenset(tx.execute(themselves.union(there.where(addresses.c.held == DANGER))).scalars())


def _narrowed(tx: Tx, wanted: Wanted) -> Wanted:
    """With the ids of the few whom name or number give: else no plan of the database's is good for rare and common."""
    given = [*name_parts.having(wanted.name), *(_with_number(wanted.number) if wanted.number else ())]
    if wanted.ids is not None or not given:
        return wanted
    first, *rest = given
    for ids in rest:
        first = first.where(first.selected_columns[0].in_(ids))
    found = tuple(tx.execute(first.limit(_FEW + 1)).scalars())
    return replace(wanted, ids=found) if len(found) <= _FEW else wanted


def _conditions(wanted: Wanted, now: datetime) -> Iterator[ColumnElement[bool]]:
    state = wanted.state
    yield people.c.state == state if state else people.c.state.in_([PersonState.MEMBER, PersonState.LEFT])
    if wanted.safe_only:
        yield from _safe()
    if wanted.not_ids:
        yield people.c.id.not_in(wanted.not_ids)
    if wanted.ids is not None:
        yield people.c.id.in_(wanted.ids)
    else:
        yield from (people.c.id.in_(ids) for ids in name_parts.having(wanted.name))
    yield from _marked(wanted, now)
    for column, value in ((people.c.language, wanted.language), (people.c.district, wanted.district)):
        if value:
            yield column == value
    if wanted.channel:
        yield exists().where(
            reach.c.person_id == people.c.id,
            addresses.c.id == reach.c.address_id,
            addresses.c.channel == wanted.channel,
        )
    for kind, code in ((InterestKind.TOPIC, wanted.topic), (InterestKind.WAY, wanted.way)):
        if code:
            chosen = interests.c.person_id == people.c.id, interests.c.kind == kind, interests.c.code == code
            yield exists().where(*chosen)


def _marked(wanted: Wanted, now: datetime) -> Iterator[ColumnElement[bool]]:
    if wanted.paused:
        yield people.c.paused_until > now
    if wanted.held:
        yield people.c.held.is_not(None)
    if wanted.has_needs:
        yield exists().where(needs.c.person_id == people.c.id)
    if wanted.helped:
        yield people.c.joined_how.is_not(None)


def _safe() -> Iterator[ColumnElement[bool]]:
    yield or_(people.c.held.is_(None), people.c.held != DANGER)
    yield people.c.id.not_in(
        select(reach.c.person_id)
        .join(addresses, addresses.c.id == reach.c.address_id)
        .where(addresses.c.held == DANGER)
    )


def _with_number(number: str) -> list[Select[tuple[int]]]:
    """Who is reached at that number by text, or is rung there."""
    keys = [key_of(channel, number) for channel in _NUMBERED]
    there = select(reach.c.person_id).join(addresses, addresses.c.id == reach.c.address_id)
    written = there.where(addresses.c.address_key.in_(keys))
    return [select(people.c.id).where(or_(people.c.id.in_(written), people.c.contact_key == contact_key(number)))]
