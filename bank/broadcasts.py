"""Broadcasts: one message, written once, for many people.

Everybody gets a row of the outbox, a few thousand in one work, so that nothing else has to wait; where a process dies
in the middle, the next one goes on from there. Who does not text is rung, or gets a letter: a task each. The words are
fixed at the claim.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bank import broadcast_tasks
from bank.broadcast_about import invites_to_meeting, is_closed
from bank.broadcast_claims import CLOSED, ended
from bank.broadcast_words import asks
from bank.organisation import Organisation
from storage import broadcasts, queueing
from storage.broadcasts import BroadcastKind, BroadcastState, WhenCapped
from storage.picking import Left, Terms
from storage.queueing import Part, Spread
from storage.schema import Record
from storage.store import Tx

AT_ONCE = 2000  # members who get their row in one work: some 20 ms
_MOVED_AT_ONCE = 5000


def terms_of(tx: Tx, row: Record, now: datetime, organisation: Organisation) -> Terms:
    """On which terms it goes to people: the same for the count as for the sending."""
    leave_out = row.when_capped == WhenCapped.LEAVE_OUT
    return replace(wanted_by(tx, row, now), most_a_week=organisation.most_a_week, leave_out_capped=leave_out)


def wanted_by(tx: Tx, row: Record, now: datetime) -> Terms:
    """The same for everybody who wants it, however much they had this week. A correction is wanted by whoever still
    wants what it corrects.
    """
    first = broadcasts.original(tx, row)
    return Terms(
        now,
        0,
        leave_out_capped=False,
        promotion=row.promotion or first.promotion,
        digest=first.kind == BroadcastKind.DIGEST,
        got=row.corrects_id,
        meeting=row.meeting_id if invites_to_meeting(row) else None,
    )


def queue_more(tx: Tx, broadcast_id: int, now: datetime, organisation: Organisation, most: int = AT_ONCE) -> bool:
    """Give so many more members their row, or their task. False when everybody has one."""
    row = broadcasts.these(tx, [broadcast_id])[broadcast_id]
    if row.state != BroadcastState.QUEUEING:
        return False
    if is_closed(tx, row, now):
        broadcasts.change(tx, broadcast_id, {"counted": (row.counted or {}) | {"ended": CLOSED}})
        cancel(tx, broadcast_id, now)
        return False
    # Who joined before it was due gets it; who joins while it is on its way does not.
    counted = {"up_to": queueing.newest_person(tx)} | (row.counted or {})
    spread, terms = _spread(row), terms_of(tx, row, now, organisation)
    part = queueing.next_part(tx, row, terms, most, asks=asks(row), spread=spread, up_to=counted["up_to"])
    if part is None:
        broadcasts.change(tx, broadcast_id, {"state": BroadcastState.GOING, "counted": counted | {"done": True}})
        return False
    broadcast_tasks.ask_for(tx, row, part.others, now, organisation)
    changed: dict[str, Any] = {"queued_to": part.last}
    if not row.queued_to or part.others or spread is not None:
        changed["counted"] = _counted(counted, part)
    broadcasts.change(tx, broadcast_id, changed)
    return True


def _spread(row: Record) -> Spread | None:
    counted = row.counted or {}
    texted = counted.get("texted", 0)
    if not row.spread or not texted:
        return None
    return Spread(timedelta(minutes=row.spread), texted, counted.get("queued", {}).get("texted", 0))


def _counted(before: Mapping[str, Any], part: Part) -> dict[str, Any]:
    """What its count says, with what became of these: how many were queued, and left out for which reason."""
    counted = dict(before)
    queued: Counter[str] = Counter(counted.get("queued", {}))
    queued["texted"] += part.texted
    queued.update(other.way for other in part.others)
    return counted | {"queued": dict(queued)}


def left_out(row: Record) -> dict[str, int]:
    """How many were left out as it was queued, by why."""
    queued = (row.counted or {}).get("queued", {})
    return {why.value: queued[why.value] for why in Left if queued.get(why.value)}


def release(tx: Tx, broadcast_id: int, ceiling: int | None) -> bool:
    """Let it go on, up to this ceiling. True while there is more to release: call it again."""
    row = broadcasts.get(tx, broadcast_id)
    state = BroadcastState.GOING if _is_queued(row) else BroadcastState.QUEUEING
    broadcasts.change(tx, broadcast_id, {"state": state, "ceiling": ceiling})
    return broadcasts.release(tx, broadcast_id, _MOVED_AT_ONCE) == _MOVED_AT_ONCE


def cancel(tx: Tx, broadcast_id: int, now: datetime) -> bool:
    """What has not gone of it does not go. True while there is more to take back: call it again."""
    broadcasts.change(tx, broadcast_id, {"state": BroadcastState.CANCELED, "settled_at": None})
    why = ended(broadcasts.get(tx, broadcast_id))
    if broadcasts.cancel(tx, broadcast_id, why, _MOVED_AT_ONCE, now) == _MOVED_AT_ONCE:
        return True
    broadcasts.close_tasks(tx, broadcast_id, now)
    broadcasts.change(tx, broadcast_id, {"settled_at": now})
    return False


def is_being_queued(row: Record) -> bool:
    """Whether somebody may still get a row."""
    return row.state in {BroadcastState.QUEUEING, BroadcastState.HELD} and not _is_queued(row)


def is_unfinished(tx: Tx, row: Record) -> bool:
    """Whether something of it may still go, or is still to be rung or written."""
    return is_being_queued(row) or broadcasts.has_more(tx, row.id)


def never_queued(row: Record) -> bool:
    """Whether it was cancelled before everybody had a row."""
    return row.state == BroadcastState.CANCELED and row.let_go_at is not None and not _is_queued(row)


def _is_queued(row: Record) -> bool:
    return bool((row.counted or {}).get("done"))
