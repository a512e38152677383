"""Staff: who may use the console, how they prove that it is them, and what they may do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, Table, delete, func, insert, select

from storage.changing import changed
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Lookup, Sealed, Token

EVERYWHERE = ""


class Role(StrEnum):
    """What somebody may do. A person may have several, each everywhere or for one project."""

    COORDINATOR = "coordinator"
    APPROVER = "approver"
    CO_CHAIR = "co_chair"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    PARTNER = "partner"  # enters sign-ups, and sees only its own unconfirmed rows
    VIEWER = "viewer"
    ADMINISTRATOR = "administrator"


class StaffState(StrEnum):
    INVITED = "invited"  # has not chosen a pass phrase yet
    ACTIVE = "active"
    CLOSED = "closed"


staff = Table(
    "staff",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("name", Sealed("staff.name"), nullable=False),
    Column("login", Sealed("staff.login"), nullable=False),
    Column("login_key", Lookup, nullable=False, unique=True),
    Column("state", Code, nullable=False),
    # The argon2 hash of the pass phrase, and the secret that the authenticator app shares with us.
    Column("pass_phrase", Sealed("staff.pass_phrase")),
    Column("secret", Sealed("staff.secret")),
    # The last half minute whose code was used: a code is good once.
    Column("last_step", Integer, nullable=False, default=0),
    # Their own record, where they are in the bank themselves: nobody reads a thread about themselves.
    Column("person_id", Id, ForeignKey("people.id")),
    # Where they are alerted when somebody may be in danger: their own phone.
    Column("alert_channel", Code),
    Column("alert_address", Sealed("staff.alert_address")),
    Column("created_at", Instant, nullable=False),
    Column("closed_at", Instant),
)

grants = Table(
    "grants",
    metadata,
    Column("staff_id", Id, ForeignKey("staff.id"), primary_key=True),
    Column("role", Code, primary_key=True),
    # The token of a project; empty: everywhere.
    Column("project", Code, primary_key=True, default=EVERYWHERE),
)


def add(tx: Tx, **values: Any) -> Record:
    """Keep somebody new; `login` is what they sign in with."""
    return tx.execute(insert(staff).values(**values, login_key=values["login"]).returning(staff)).one()


def get(tx: Tx, staff_id: int) -> Record:
    return tx.execute(select(staff).where(staff.c.id == staff_id)).one()


def called(tx: Tx, login: str) -> Record | None:
    """Who signs in with that name."""
    return tx.execute(select(staff).where(staff.c.login_key == login)).one_or_none()


def by_token(tx: Tx, token: str) -> Record | None:
    return tx.execute(select(staff).where(staff.c.token == token)).one_or_none()


def change(tx: Tx, staff_id: int, values: Mapping[str, Any]) -> Record:
    """Write these values; returns the row as it is now."""
    return changed(tx, staff, staff_id, values)


def everyone(tx: Tx) -> list[Record]:
    """All who are or were on the team, by when they came."""
    return list(tx.execute(select(staff).order_by(staff.c.id)))


def names(tx: Tx, ids: Collection[int]) -> dict[int, str]:
    """What these colleagues are called, by id."""
    return {row.id: row.name for row in tx.execute(select(staff.c.id, staff.c.name).where(staff.c.id.in_(ids)))}


def active(tx: Tx) -> list[Record]:
    return list(tx.execute(select(staff).where(staff.c.state == StaffState.ACTIVE).order_by(staff.c.id)))


def count(tx: Tx) -> int:
    return int(tx.execute(select(func.count()).select_from(staff)).scalar_one())


def first_came_at(tx: Tx) -> datetime | None:
    """When the first of them was added."""
    return tx.execute(select(staff.c.created_at).order_by(staff.c.created_at).limit(1)).scalar_one_or_none()


def has_signed_in(tx: Tx) -> bool:
    """Whether anybody who may come in now has a pass phrase."""
    own = staff.c.state == StaffState.ACTIVE, staff.c.pass_phrase.is_not(None)
    return tx.execute(select(staff.c.id).where(*own).limit(1)).first() is not None


def roles_of(tx: Tx, staff_id: int) -> frozenset[tuple[Role, str]]:
    """Each role with the project's token that it is for; empty: everywhere."""
    found = tx.execute(select(grants.c.role, grants.c.project).where(grants.c.staff_id == staff_id))
    return frozenset((Role(role), project) for role, project in found)


def roles(tx: Tx) -> dict[int, frozenset[tuple[Role, str]]]:
    """The same of everybody who has any, by their id."""
    found: dict[int, set[tuple[Role, str]]] = {}
    for whose, role, project in tx.execute(select(grants.c.staff_id, grants.c.role, grants.c.project)):
        found.setdefault(whose, set()).add((Role(role), project))
    return {whose: frozenset(theirs) for whose, theirs in found.items()}


def give(tx: Tx, staff_id: int, roles: Iterable[Role], project: str = EVERYWHERE) -> None:
    """From now on exactly these roles there."""
    tx.execute(delete(grants).where(grants.c.staff_id == staff_id, grants.c.project == project))
    rows = [{"staff_id": staff_id, "role": role, "project": project} for role in sorted(set(roles))]
    if rows:
        tx.execute(insert(grants), rows)


def having(tx: Tx, role: Role) -> list[Record]:
    """Active staff who have this role everywhere."""
    held = select(grants.c.staff_id).where(grants.c.role == role, grants.c.project == EVERYWHERE)
    return list(
        tx.execute(select(staff).where(staff.c.state == StaffState.ACTIVE, staff.c.id.in_(held)).order_by(staff.c.id))
    )
