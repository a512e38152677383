"""The backlog: how much waits in the outbox, and for how long, however much there is.

Nothing here looks at more than `MOST` rows of a kind, and all of it goes by the indexes of what is queued or unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from storage.outbox import OutState, Priority, messages_out, queued
from storage.schema import constant
from storage.store import Tx

MOST = 10_000  # that many, or more
_sender, _due_at = messages_out.c.sender, messages_out.c.due_at
_next_sender = select(_sender).where(queued, _sender > bindparam("after")).order_by(_sender).limit(1)
_of_a_kind = queued, _sender == bindparam("by"), messages_out.c.priority == bindparam("priority")
_oldest = select(_due_at).where(*_of_a_kind).order_by(_due_at).limit(1)


def _counted(row: Select[datetime]) -> Select[int]:
    """How many rows, up to `MOST`. They are taken in the index's order: without one PostgreSQL may read the table."""
    return select(func.count()).select_from(row.limit(MOST).subquery())


def _waiting(when: ColumnElement[bool]) -> Select[int]:
    return _counted(select(_due_at).where(*_of_a_kind, when).order_by(_due_at))


_due = _waiting(_due_at <= bindparam("now"))
_later = _waiting(_due_at > bindparam("now"))
_unknown = _counted(
    select(messages_out.c.settled_at)
    .where(messages_out.c.state == constant(OutState.UNKNOWN))
    .order_by(messages_out.c.settled_at)
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a sender with this priority: `due` now and `later`, up to `MOST` each; `oldest` is exact.

    `oldest` is when the first that may go now was due, or None.
    """

    sender: str
    priority: Priority
    due: int
    later: int
    oldest: datetime | None


def waiting(tx: Tx, now: datetime) -> list[Waiting]:
    """All that waits, by sender and priority; nothing for those for which nothing does."""
    return [
        found
        for sender in senders(tx)
        for priority in Priority
        if (found := _waits(tx, sender, priority, now)) is not None
    ]


def unknown(tx: Tx) -> int:
    """Of how many messages nobody knows whether they went, up to `MOST`."""
    return tx.execute(_unknown).scalar_one()


def senders(tx: Tx) -> list[str]:
    """Whoever has something queued, one step of the index each."""
    found: list[str] = []
    while (name := tx.execute(_next_sender, {"after": found[-1] if found else ""}).scalar_one_or_none()) is not None:
        found.append(name)
    return found


def _waits(tx: Tx, sender: str, priority: Priority, now: datetime) -> Waiting | None:
    kind = {"by": sender, "priority": int(priority)}
    oldest = tx.execute(_oldest, kind).scalar_one_or_none()
    if oldest is None:
        return None
    due, later = (tx.execute(count, kind | {"now": now}).scalar_one() for count in (_due, _later))
    return Waiting(sender, priority, due, later, oldest if oldest <= now else None)
