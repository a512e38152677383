"""Broadcasts: one message, written once, for many people.

Everybody gets a row of the outbox, a few thousand in one work, so that nothing else has to wait; where a process dies
in the middle, the next one goes on from there. The words are fixed at the claim.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bank.tokens import token
from language.wording import SOURCE_LANGUAGE
from storage import broadcasts
from storage.broadcasts import BroadcastState
from storage.outbox import Priority
from storage.store import Tx

AT_ONCE = 2000  # members who get their row in one work: some 20 ms
_RELEASED_AT_ONCE = 5000


def begin(
    tx: Tx,
    words: Mapping[str, str],
    now: datetime,
    *,
    due_at: datetime | None = None,
    expires: timedelta | None = None,
    ceiling: int | None = None,
    priority: Priority = Priority.BULK,
    staff_id: int | None = None,
) -> int:
    """Write one message to every member, in their language; returns its id. `words` is language to text.

    `ceiling` is what it may cost in all, in tenths of a penny. Raises ValueError where there is no English.
    """
    if not words.get(SOURCE_LANGUAGE):
        raise ValueError("a broadcast needs English words, for whoever has no other language")
    due = due_at or now
    return broadcasts.add(
        tx,
        token=token(),
        words=dict(words),
        priority=priority,
        due_at=due,
        expires_at=due + expires if expires else None,
        ceiling=ceiling,
        staff_id=staff_id,
        created_at=now,
    )


def queue_more(tx: Tx, broadcast_id: int, now: datetime, most: int = AT_ONCE) -> bool:
    """Give so many more members their row. False when everybody has one."""
    broadcast = broadcasts.these(tx, [broadcast_id])[broadcast_id]
    if broadcast.state != BroadcastState.QUEUEING:
        return False
    last = broadcasts.queue_next(tx, broadcast, most, now)
    done = {"queued_to": last} if last else {"state": BroadcastState.GOING}
    broadcasts.change(tx, broadcast_id, done)
    return bool(last)


def hold(tx: Tx, broadcast_id: int) -> None:
    """Nothing more of it is claimed, and nobody more gets a row."""
    broadcasts.change(tx, broadcast_id, {"state": BroadcastState.HELD})


def release(tx: Tx, broadcast_id: int, ceiling: int | None) -> bool:
    """Let it go on, up to this ceiling. True while there is more to release: call it again."""
    broadcasts.change(tx, broadcast_id, {"state": BroadcastState.QUEUEING, "ceiling": ceiling})
    return broadcasts.release(tx, broadcast_id, _RELEASED_AT_ONCE) == _RELEASED_AT_ONCE
