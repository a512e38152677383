"""Groups: people who belong together, put in by hand, by a rule that is asked anew each time, or by an import."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Table, delete, func, insert, select

from storage.changing import changed
from storage.people import PersonState, people
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed, SealedJson, Token


class GroupKind(StrEnum):
    HAND = "hand"
    RULE = "rule"
    IMPORT = "import"


groups = Table(
    "groups",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("kind", Code, nullable=False),
    Column("name", Sealed("groups.name"), nullable=False),
    # As bank.audience.Rule writes itself down; only of those by a rule.
    Column("rule", SealedJson("groups.rule")),
    Column("made_by", Id, ForeignKey("staff.id")),
    Column("made_at", Instant, nullable=False),
    Column("closed_at", Instant),
)
group_members = Table(
    "group_members",
    metadata,
    Column("group_id", Id, ForeignKey("groups.id"), primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True, index=True),
    Column("added_by", Id, ForeignKey("staff.id")),
    Column("added_at", Instant, nullable=False),
)


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(groups).values(**values).returning(groups)).one()


def by_token(tx: Tx, token: str) -> Record | None:
    return tx.execute(select(groups).where(groups.c.token == token)).one_or_none()


def in_use(tx: Tx, limit: int = 500) -> list[Record]:
    """Newest first."""
    found = select(groups).where(groups.c.closed_at.is_(None)).order_by(groups.c.id.desc())
    return list(tx.execute(found.limit(limit)))


def change(tx: Tx, group_id: int, values: Mapping[str, Any]) -> Record:
    return changed(tx, groups, group_id, values)


def put_in(tx: Tx, group_id: int, person_ids: Collection[int], now: datetime, staff_id: int | None) -> int:
    """Those who are not in it yet are now. Returns how many."""
    here = set(ids(tx, group_id))
    rows = [
        {"group_id": group_id, "person_id": one, "added_by": staff_id, "added_at": now}
        for one in dict.fromkeys(person_ids)
        if one not in here
    ]
    if rows:
        tx.execute(insert(group_members), rows)
    return len(rows)


def take_out(tx: Tx, group_id: int, person_id: int) -> None:
    which = group_members.c.group_id == group_id, group_members.c.person_id == person_id
    tx.execute(delete(group_members).where(*which))


def ids(tx: Tx, group_id: int) -> list[int]:
    """Ids of everybody who was put in."""
    return list(tx.execute(select(group_members.c.person_id).where(group_members.c.group_id == group_id)).scalars())


def members(tx: Tx, group_id: int, limit: int = 500, without: Collection[int] = ()) -> list[Record]:
    """The members of the bank who were put in, by when they were. `without`: ids of people who are left out."""
    found = select(people).join(group_members, group_members.c.person_id == people.c.id)
    here = group_members.c.group_id == group_id, people.c.state == PersonState.MEMBER, people.c.id.not_in(without)
    return list(tx.execute(found.where(*here).order_by(group_members.c.added_at, people.c.id).limit(limit)))


def count(tx: Tx, group_id: int, without: Collection[int] = ()) -> int:
    """How many members of the bank were put in. `without`: ids of people who are not counted."""
    found = select(func.count()).select_from(people.join(group_members, group_members.c.person_id == people.c.id))
    here = group_members.c.group_id == group_id, people.c.state == PersonState.MEMBER, people.c.id.not_in(without)
    return int(tx.execute(found.where(*here)).scalar_one())


def by_rule(tx: Tx) -> list[Record]:
    """Token and rule of each that is by a rule, closed ones too."""
    return list(tx.execute(select(groups.c.token, groups.c.rule).where(groups.c.kind == GroupKind.RULE)))


def names(tx: Tx, tokens: Collection[str]) -> dict[str, str]:
    """What these are called, closed ones too, by token."""
    found = select(groups.c.token, groups.c.name).where(groups.c.token.in_(list(tokens)))
    return {row.token: row.name for row in tx.execute(found)} if tokens else {}


def of(tx: Tx, person_id: int) -> list[Record]:
    """The groups that this person was put in."""
    found = select(groups).join(group_members, group_members.c.group_id == groups.c.id)
    return list(tx.execute(found.where(group_members.c.person_id == person_id, groups.c.closed_at.is_(None))))


def forget(tx: Tx, person_id: int) -> None:
    tx.execute(delete(group_members).where(group_members.c.person_id == person_id))
