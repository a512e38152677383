"""The audit: who saw what of whom, and who changed what from what to what. Rows are only ever added.

Each row carries a keyed hash over itself and the row before it, so that a row that was changed, taken out or put in
between later is found (`bank.audit.verify`). What was said of somebody in `details` is the one thing that may go, with
the person.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    LargeBinary,
    Select,
    Table,
    false,
    func,
    insert,
    or_,
    select,
    type_coerce,
    update,
)

from storage.addresses import addresses
from storage.concerns import concerns, tokens_about
from storage.oneself import NOBODY, Oneself
from storage.people import people
from storage.questions import questions
from storage.reach import reach
from storage.schema import Record, metadata
from storage.staff import staff
from storage.store import Tx
from storage.tasks import tasks
from storage.types import Code, Id, Instant, Lookup, SealedJson, keys_of

_AT_ONCE = 1000
_DETAILS = "audit.details"
_DANGER = "danger"

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    # Nobody: the command line, or the time that passed.
    Column("staff_id", Id, ForeignKey("staff.id"), index=True),
    Column("act", Code, nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), index=True),
    # What it was done to, where that is no person: the token of a question, a task, somebody on the team.
    Column("about", Code, index=True),
    # The details may have to be erased one day; their keyed hash, which the chain goes through, tells nothing.
    Column("details", SealedJson(_DETAILS)),
    Column("details_key", Lookup),
    Column("chain", Lookup, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: all, or those of one of the team, of one act, about one person."""

    staff_id: int | None = None
    act: str | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Hidden:
    """Which rows the reader may not see: those about `oneself`, and the `acts`.

    `unless` are the acts that are shown even where somebody may be in danger, though none that names the concern
    itself; None: nothing is hidden because of it.
    """

    oneself: Oneself
    acts: Collection[str]
    unless: Collection[str] | None


def newest_id(tx: Tx) -> int:
    """The newest row's id; 0 where there is none."""
    return int(tx.execute(select(func.coalesce(func.max(audit.c.id), 0))).scalar_one())


def add(tx: Tx, **values: Any) -> None:
    tx.execute(insert(audit).values(**values))


def hashed(tx: Tx, text: str) -> bytes:
    """The keyed hash that a Lookup column keeps of this text."""
    return keys_of(tx.dialect).lookup(text)


def everything(tx: Tx) -> Iterator[Record]:
    """All rows, oldest first, a thousand at a time; `details` still sealed (see `opened`)."""
    bare = [column for column in audit.c if column.name != "details"]
    rows_of = select(*bare, type_coerce(audit.c.details, LargeBinary).label("details")).order_by(audit.c.id)
    after = 0
    while rows := list(tx.execute(rows_of.where(audit.c.id > after).limit(_AT_ONCE))):
        yield from rows
        after = rows[-1].id


def opened(tx: Tx, sealed: bytes) -> Any:
    """What a row's sealed details say. Raises SealBroken where they were altered."""
    return json.loads(keys_of(tx.dialect).open(_DETAILS, sealed))


def page(tx: Tx, wanted: Wanted, hidden: Hidden, limit: int, offset: int) -> list[Record]:
    """Rows, newest first, with `who` (the name of the team's), `whom` (the person's) and `person_token`.

    `covered`: what the row says is hidden as well, since somebody whom it is about may be in danger.
    """
    found = (
        select(
            audit,
            staff.c.name.label("who"),
            people.c.name.label("whom"),
            people.c.token.label("person_token"),
            _is_covered(hidden).label("covered"),
        )
        .outerjoin(staff, staff.c.id == audit.c.staff_id)
        .outerjoin(people, people.c.id == audit.c.person_id)
        .where(*_which(wanted), *_without(hidden))
        .order_by(audit.c.id.desc())
    )
    return list(tx.execute(found.limit(limit).offset(offset)))


def _which(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    for column, value in (
        (audit.c.staff_id, wanted.staff_id),
        (audit.c.act, wanted.act),
        (audit.c.person_id, wanted.person_id),
    ):
        if value is not None:
            yield column == value


def _without(hidden: Hidden) -> Iterator[ColumnElement[bool]]:
    if hidden.acts:
        yield audit.c.act.not_in(sorted(hidden.acts))
    if hidden.oneself != NOBODY:
        yield from _not_oneself(hidden.oneself)
    if hidden.unless is not None:
        yield or_(audit.c.act.in_(sorted(hidden.unless)), _not_about(_is_held(), addresses.c.held == _DANGER))
        yield _not_called(select(concerns.c.token))


def _is_covered(hidden: Hidden) -> ColumnElement[bool]:
    if hidden.unless is None:
        return false()
    named = audit.c.about.in_(select(people.c.token).where(_is_held()))
    return func.coalesce(or_(~_not_about(_is_held(), addresses.c.held == _DANGER), named), false())


def _is_held() -> ColumnElement[bool]:
    """People of whom something is held for danger, or an address of theirs is."""
    there = select(reach.c.person_id).join(addresses, addresses.c.id == reach.c.address_id)
    return or_(people.c.held == _DANGER, people.c.id.in_(there.where(addresses.c.held == _DANGER)))


def _not_oneself(oneself: Oneself) -> Iterator[ColumnElement[bool]]:
    """None about them or their own phone, nor what was to be done or asked there, nor any concern about them."""
    yield _not_about(people.c.id.in_(oneself.person_ids), addresses.c.id.in_(oneself.address_ids))
    for table in (tasks, questions):
        theirs = or_(table.c.person_id.in_(oneself.person_ids), table.c.address_id.in_(oneself.address_ids))
        yield _not_called(select(table.c.token).where(theirs))
    yield _not_called(tokens_about(oneself))


def _not_called(tokens: Select[tuple[str]]) -> ColumnElement[bool]:
    return or_(audit.c.about.is_(None), audit.c.about.not_in(tokens))


def _not_about(whom: ColumnElement[bool], where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Rows that are about none of these people, and about none of these addresses."""
    persons, tokens = select(people.c.id).where(whom), select(addresses.c.token).where(where)
    nobody = or_(audit.c.person_id.is_(None), audit.c.person_id.not_in(persons))
    return nobody & _not_called(tokens)


def blank(tx: Tx, person_id: int | None, about: Collection[str], keep: str) -> list[int]:
    """Erase the details of rows about this person or these tokens, but of the act `keep`. Returns the rows' ids."""
    concerned: ColumnElement[bool] = audit.c.about.in_(list(about))
    if person_id is not None:
        concerned = or_(audit.c.person_id == person_id, concerned)
    which = (concerned, audit.c.details.is_not(None), audit.c.act != keep)
    return sorted(tx.execute(update(audit).where(*which).values(details=None).returning(audit.c.id)).scalars())


def tokens_at(tx: Tx, address_id: int) -> list[str]:
    """By which tokens rows may speak of this address: its own, and those of what was to be done there."""
    own = select(addresses.c.token).where(addresses.c.id == address_id)
    return list(tx.execute(own.union(select(tasks.c.token).where(tasks.c.address_id == address_id))).scalars())
