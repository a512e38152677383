"""Transfers: files of people that come in or go out, in parts, so that nothing else waits.

What was in a file is sealed, and erased when its day comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, delete, insert, or_, select, update

from storage import changing
from storage.look import NOW, Look
from storage.schema import Record, constant, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed, SealedJson, Token


class TransferKind(StrEnum):
    IMPORT = "import"
    EXPORT = "export"


class TransferState(StrEnum):
    UPLOADED = "uploaded"  # the file is here; what its columns mean is not said yet
    CHECKING = "checking"
    CHECKED = "checked"  # every row was looked at; nothing is changed yet
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELED = "canceled"


transfers = Table(
    "transfers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("kind", Code, nullable=False),
    Column("state", Code, nullable=False),
    Column("name", Sealed("transfers.name"), nullable=False),
    # What was asked for: of an import its mapping, language, group and source of agreement; of an export its filters.
    Column("asked", SealedJson("transfers.asked"), nullable=False),
    # A clear line for each row that was refused, and figures.
    Column("report", SealedJson("transfers.report")),
    Column("total", Integer, nullable=False, default=0),
    Column("done", Integer, nullable=False, default=0),
    # Nothing: from the command line.
    Column("staff_id", Id, ForeignKey("staff.id"), index=True),
    Column("created_at", Instant, nullable=False),
    # When somebody, or a process of ours, last did something about it.
    Column("moved_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("erase_at", Instant, nullable=False, index=True),
)
# The file, a part of up to a few hundred rows each: an import's as read, an export's as written.
transfer_parts = Table(
    "transfer_parts",
    metadata,
    Column("transfer_id", Id, ForeignKey("transfers.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("rows", SealedJson("transfer_parts.rows"), nullable=False),
)
_runs = or_(*(transfers.c.state == constant(state) for state in (TransferState.CHECKING, TransferState.RUNNING)))
Index("ix_transfers_running", transfers.c.id, sqlite_where=_runs, postgresql_where=_runs)


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(transfers).values(**values).returning(transfers)).one()


def by_token(tx: Tx, token: str) -> Record | None:
    return tx.execute(select(transfers).where(transfers.c.token == token)).one_or_none()


def find(tx: Tx, transfer_id: int) -> Record | None:
    """None where it was erased."""
    return tx.execute(select(transfers).where(transfers.c.id == transfer_id)).one_or_none()


def going_on(tx: Tx, moved_before: datetime, limit: int) -> list[int]:
    """Ids of those that are checked or run, and about which nothing was done since then."""
    found = select(transfers.c.id).where(_runs, transfers.c.moved_at <= moved_before)
    return list(tx.execute(found.order_by(transfers.c.id).limit(limit)).scalars())


def latest_of(tx: Tx, kind: TransferKind, staff_id: int, limit: int = 20) -> list[Record]:
    """Those of this colleague, newest first."""
    theirs = transfers.c.kind == kind, transfers.c.staff_id == staff_id
    return list(tx.execute(select(transfers).where(*theirs).order_by(transfers.c.id.desc()).limit(limit)))


def change(tx: Tx, transfer_id: int, values: Mapping[str, Any]) -> Record:
    return changing.changed(tx, transfers, transfer_id, values)


_TO_ERASE = Look(select(transfers.c.id).where(transfers.c.erase_at <= NOW).order_by(transfers.c.erase_at))


def due_for_erasure(tx: Tx, now: datetime, limit: int) -> list[int]:
    return _TO_ERASE.ids(tx, limit, now=now)


def forget(tx: Tx, transfer_id: int) -> None:
    """All of it goes; what was done is in the audit."""
    tx.execute(delete(transfer_parts).where(transfer_parts.c.transfer_id == transfer_id))
    tx.execute(delete(transfers).where(transfers.c.id == transfer_id))


def put_part(tx: Tx, transfer_id: int, number: int, rows: Any) -> None:
    tx.execute(insert(transfer_parts).values(transfer_id=transfer_id, number=number, rows=rows))


def change_part(tx: Tx, transfer_id: int, number: int, rows: Any) -> None:
    which = transfer_parts.c.transfer_id == transfer_id, transfer_parts.c.number == number
    tx.execute(update(transfer_parts).where(*which).values(rows=rows))


def part(tx: Tx, transfer_id: int, number: int) -> Any:
    """What is in that part; None where there is none."""
    which = transfer_parts.c.transfer_id == transfer_id, transfer_parts.c.number == number
    return tx.execute(select(transfer_parts.c.rows).where(*which)).scalar_one_or_none()


def forget_parts(tx: Tx, transfer_id: int) -> None:
    tx.execute(delete(transfer_parts).where(transfer_parts.c.transfer_id == transfer_id))
