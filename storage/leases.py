"""Leases: what only one process at a time may do, in all processes on one database.

Each change of hands has a new fence, a number that only grows. Whoever was paused while the lease went to another has
an old one, and `prove` refuses it (Kleppmann, "How to do distributed locking", 2016). No clocks are compared: who holds
it counts a beat now and then, and who waits takes it when the beat has stood still for long enough by its own watch.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, Integer, Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.prepared import Prepared
from storage.schema import metadata
from storage.store import Tx
from storage.types import Code, Token

leases = Table(
    "leases",
    metadata,
    Column("name", Code, primary_key=True),
    Column("holder", Token),  # nobody: it was let go
    Column("fence", Integer, nullable=False),
    Column("beat", Integer, nullable=False),
)
_BEGIN = {
    name: dialect.insert(leases).on_conflict_do_nothing(index_elements=["name"])
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_stands = select(leases.c.holder, leases.c.fence, leases.c.beat).where(leases.c.name == bindparam("which"))
_proof = Prepared(_stands.with_for_update())


class Fenced(Exception):
    """Another process holds the lease by now."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a lease stands: `ours` after a take that went well. By `fence` and `beat` we see whether it moved since."""

    ours: bool
    fence: int
    beat: int


def take(tx: Tx, name: str, holder: str, silent: Standing | None = None) -> Standing:
    """Take it where nobody else has it, or where it stands as it did (`silent`) so long that whoever has it is gone."""
    tx.execute(_BEGIN[tx.dialect.name], {"name": name, "fence": 0, "beat": 0})
    row = tx.execute(_stands.with_for_update(), {"which": name}).one()
    stands = Standing(False, row.fence, row.beat)
    if row.holder not in {None, holder} and stands != silent:
        return stands
    mine = {"holder": holder, "fence": row.fence + 1, "beat": 0}
    tx.execute(update(leases).where(leases.c.name == name).values(mine))
    return Standing(True, row.fence + 1, 0)


def renew(tx: Tx, name: str, holder: str, fence: int) -> bool:
    """Count a beat. False where another has it by now."""
    held = leases.c.name == name, leases.c.holder == holder, leases.c.fence == fence
    return bool(tx.execute(update(leases).where(*held).values(beat=leases.c.beat + 1)).rowcount)


def prove(tx: Tx, name: str, holder: str, fence: int) -> None:
    """Raises Fenced where it is no longer held so. Until this transaction ends, nobody else can take it."""
    row = _proof.first(tx, {"which": name})
    if row is None or (row.holder, row.fence) != (holder, fence):
        raise Fenced(name)


def let_go(tx: Tx, name: str, holder: str, fence: int) -> None:
    """Another may take it at once."""
    held = leases.c.name == name, leases.c.holder == holder, leases.c.fence == fence
    tx.execute(update(leases).where(*held).values(holder=None))


def held(tx: Tx) -> dict[str, str]:
    """Who has each, by its name; nothing for one that was let go."""
    having = select(leases.c.name, leases.c.holder).where(leases.c.holder.is_not(None))
    return {row.name: row.holder for row in tx.execute(having.order_by(leases.c.name))}


def free_all(tx: Tx) -> None:
    """Whoever held them is gone: for the one process that may use this database."""
    tx.execute(update(leases).values(holder=None))
