"""What was said at the addresses of a thread, both sides of it, and noted beside it, in order of time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, literal, select, union_all

from storage.messages_in import messages_in
from storage.notes import notes
from storage.outbox import messages_out
from storage.schema import Record
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Place:
    """Where something of a thread stands: in which table ("in", "out" or "note"), and its id there."""

    kind: str
    id: int


def places(tx: Tx, ids: Collection[int], limit: int, offset: int = 0) -> list[Place]:
    """What was said and noted at these addresses, newest first."""
    went = func.coalesce(messages_out.c.claimed_at, messages_out.c.created_at)
    parts = (("in", messages_in, messages_in.c.received_at), ("out", messages_out, went), ("note", notes, notes.c.at))
    said = union_all(
        *(
            select(literal(kind).label("kind"), literal(rank).label("rank"), table.c.id, at.label("at")).where(
                table.c.address_id.in_(ids)
            )
            for rank, (kind, table, at) in enumerate(parts)
        )
    ).subquery()
    newest = select(said.c.kind, said.c.id).order_by(said.c.at.desc(), said.c.rank.desc(), said.c.id.desc())
    return [Place(row.kind, row.id) for row in tx.execute(newest.limit(limit).offset(offset))]


def messages(tx: Tx, kind: str, ids: Collection[int]) -> dict[int, Record]:
    """Messages that came ("in") or went ("out"), by their ids."""
    table = messages_in if kind == "in" else messages_out
    return {row.id: row for row in tx.execute(select(table).where(table.c.id.in_(ids)))} if ids else {}


def without_words(tx: Tx, ids: Collection[int], limit: int = 50) -> list[Record]:
    """Voice notes, pictures and files from there that nobody has put into words, oldest first."""
    found = select(messages_in).where(
        messages_in.c.address_id.in_(ids), messages_in.c.media > 0, messages_in.c.entered_by.is_(None)
    )
    rows = tx.execute(found.order_by(messages_in.c.id.desc()).limit(limit))
    return [row for row in reversed(list(rows)) if not (row.text or "").strip()]


def came_since(tx: Tx, ids: Collection[int], message_id: int) -> bool:
    """Whether that message, or one that came from there since, is as they sent it: nobody of ours typed it in."""
    since = messages_in.c.address_id.in_(ids), messages_in.c.id >= message_id, messages_in.c.entered_by.is_(None)
    return tx.execute(select(messages_in.c.id).where(*since).limit(1)).first() is not None


def by_staff(tx: Tx, ids: Collection[int], after: str = "") -> list[Record]:
    """What people of ours wrote to these addresses, newest first: all of it after the message of that token."""
    ours = messages_out.c.address_id.in_(ids) & messages_out.c.staff_id.is_not(None)
    found = select(messages_out).where(ours).order_by(messages_out.c.id.desc())
    if after:
        since = select(messages_out.c.id).where(messages_out.c.token == after).scalar_subquery()
        found = found.where(messages_out.c.id > since)
    return list(tx.execute(found.limit(20)))
