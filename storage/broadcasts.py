"""Broadcasts: one message, written once, for many people. Each of them has a row of the outbox."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, and_, bindparam, false, insert, select, update

from storage import changing
from storage.outbox import OutState, messages_out, waits
from storage.schema import Record, metadata
from storage.store import Tx
from storage.tasks import IS_OPEN, tasks
from storage.types import Code, Id, Instant, Sealed, SealedJson, Token

WORDING = "broadcast.text"


class BroadcastState(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"  # somebody has to approve it
    QUEUEING = "queueing"  # not everybody has a row yet
    GOING = "going"
    HELD = "held"  # its ceiling is reached, or somebody stopped it: nothing more of it is claimed
    CANCELED = "canceled"  # what had not gone by then does not go


class BroadcastKind(StrEnum):
    MESSAGE = "message"
    INVITATION = "invitation"  # to a project or a meeting: whether they are interested, or come
    DIGEST = "digest"  # the news, for those who want it, with MORE for the rest
    OUTCOME = "outcome"  # what came of a project
    CORRECTION = "correction"  # of an earlier one, to exactly those who got it


class WhenCapped(StrEnum):
    """What becomes of somebody who had as many texts in the week as they agreed to."""

    WAIT = "wait"
    LEAVE_OUT = "leave_out"


broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("state", Code, nullable=False),
    # Language to text. It is fixed from the start: what was sent can always be told.
    Column("words", SealedJson("broadcasts.words"), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("expires_at", Instant),
    # Tenths of a penny: what it may cost in all, and what was claimed of that.
    Column("ceiling", Integer),
    Column("spent", Integer, nullable=False, default=0),
    # Everybody up to this id has their row.
    Column("queued_to", Id, nullable=False, default=0),
    Column("staff_id", Id, ForeignKey("staff.id")),
    Column("created_at", Instant, nullable=False),
    Column("kind", Code, nullable=False, server_default=BroadcastKind.MESSAGE.value),
    # What colleagues call it.
    Column("name", Sealed("broadcasts.name")),
    Column("project_id", Id, ForeignKey("projects.id"), index=True),
    # An invitation to this meeting: it asks whether they come.
    Column("meeting_id", Id, ForeignKey("meetings.id"), index=True),
    # Whom it is for, as bank.audience.Rule writes itself down; nothing: every member.
    Column("rule", SealedJson("broadcasts.rule")),
    # What may be answered: a list of wordings, of which the first is "c1"; nothing: it asks nothing.
    Column("choices", SealedJson("broadcasts.choices")),
    # The rest of the news, told part by part to whoever texts MORE: a list of wordings.
    Column("parts", SealedJson("broadcasts.parts")),
    # Other formats, for those who asked for them: "bsl", "audio", "easy_read" to the address of a page.
    Column("formats", SealedJson("broadcasts.formats")),
    # WhatsApp's templates, for when its 24 hours are over: language to the token of one.
    Column("templates", SealedJson("broadcasts.templates")),
    Column("when_capped", Code, nullable=False, server_default=WhenCapped.WAIT.value),
    # It promotes another organisation: only for those who agreed to that.
    Column("promotion", Boolean, nullable=False, server_default=false()),
    # Spread evenly over so many minutes; 0: as fast as it goes.
    Column("spread", Integer, nullable=False, server_default="0"),
    Column("corrects_id", Id, ForeignKey("broadcasts.id"), index=True),
    # How many it was for when it was let go, and how many were left out for which reason.
    Column("counted", SealedJson("broadcasts.counted")),
    Column("sent_by", Id, ForeignKey("staff.id")),
    Column("let_go_at", Instant),
    Column("settled_at", Instant),
)

_those = (
    select(broadcasts)
    .where(broadcasts.c.id.in_(bindparam("these", expanding=True)))
    .order_by(broadcasts.c.id)
    .with_for_update()
)
_spend = (
    update(broadcasts).where(broadcasts.c.id == bindparam("which")).values(spent=broadcasts.c.spent + bindparam("more"))
)

_to_meeting = and_(broadcasts.c.kind == BroadcastKind.INVITATION, broadcasts.c.meeting_id.is_not(None))


def add(tx: Tx, **values: Any) -> int:
    """One that is being queued, unless `state` says otherwise."""
    added = insert(broadcasts).values({"state": BroadcastState.QUEUEING} | values).returning(broadcasts.c.id)
    return int(tx.execute(added).scalar_one())


def get(tx: Tx, broadcast_id: int) -> Record:
    return tx.execute(select(broadcasts).where(broadcasts.c.id == broadcast_id)).one()


def by_token(tx: Tx, token: str) -> Record | None:
    return tx.execute(select(broadcasts).where(broadcasts.c.token == token)).one_or_none()


def newest(tx: Tx, states: Collection[BroadcastState] = (), limit: int = 500) -> list[Record]:
    """The newest first; only those that stand so, where states are named."""
    found = select(broadcasts).order_by(broadcasts.c.id.desc()).limit(limit)
    return list(tx.execute(found.where(broadcasts.c.state.in_(list(states))) if states else found))


def of_project(tx: Tx, project_id: int, limit: int = 500) -> list[Record]:
    """Those about this project, newest first."""
    found = select(broadcasts).where(broadcasts.c.project_id == project_id).order_by(broadcasts.c.id.desc())
    return list(tx.execute(found.limit(limit)))


def of_meeting(tx: Tx, meeting_id: int, limit: int = 100) -> list[Record]:
    """Those about this meeting, newest first."""
    found = select(broadcasts).where(broadcasts.c.meeting_id == meeting_id).order_by(broadcasts.c.id.desc())
    return list(tx.execute(found.limit(limit)))


def correction_of(tx: Tx, broadcast_id: int) -> Record | None:
    """The newest one that corrects it and was not cancelled."""
    stands = broadcasts.c.corrects_id == broadcast_id, broadcasts.c.state != BroadcastState.CANCELED
    return tx.execute(select(broadcasts).where(*stands).order_by(broadcasts.c.id.desc()).limit(1)).one_or_none()


def original(tx: Tx, row: Record) -> Record:
    """What it corrects, in the end; itself, where it corrects nothing."""
    while row.corrects_id is not None:
        row = get(tx, row.corrects_id)
    return row


def has_more(tx: Tx, broadcast_id: int) -> bool:
    """Whether a row of it waits, or a call or letter is still to be made."""
    rows = select(messages_out.c.id).where(messages_out.c.broadcast_id == broadcast_id, waits)
    by_hand = select(tasks.c.id).where(tasks.c.broadcast_id == broadcast_id, IS_OPEN)
    return any(tx.execute(found.limit(1)).first() is not None for found in (rows, by_hand))


def these(tx: Tx, ids: Collection[int]) -> dict[int, Record]:
    """By id, as they stand now; no other transaction changes them before this one ends."""
    if not ids:
        return {}
    return {row.id: row for row in tx.execute(_those, {"these": list(ids)})}


def of_kinds(tx: Tx, ids: Collection[int], *kinds: BroadcastKind) -> set[int]:
    """Which of these are of one of those kinds."""
    found = select(broadcasts.c.id).where(broadcasts.c.id.in_(ids), broadcasts.c.kind.in_(kinds))
    return set(tx.execute(found).scalars()) if ids else set()


def change(tx: Tx, broadcast_id: int, values: Mapping[str, Any]) -> None:
    changing.change(tx, broadcasts, broadcast_id, values)


def spend(tx: Tx, costs: Mapping[int, int]) -> None:
    """So much more was claimed of each, in tenths of a penny."""
    values = [{"which": id_, "more": cost} for id_, cost in costs.items() if cost]
    if values:
        tx.execute(_spend, values)


def being_queued(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of those that are due, and in which not everybody has a row yet."""
    unfinished = select(broadcasts.c.id).where(
        broadcasts.c.state == BroadcastState.QUEUEING, broadcasts.c.due_at <= now
    )
    return list(tx.execute(unfinished.order_by(broadcasts.c.id).limit(limit)).scalars())


def invitation_waits(tx: Tx, person_id: int) -> bool:
    """Whether an invitation to a meeting has a row for this person that has not gone."""
    theirs = messages_out.c.person_id == person_id, waits, _to_meeting
    found = select(messages_out.c.id).join(broadcasts, broadcasts.c.id == messages_out.c.broadcast_id).where(*theirs)
    return tx.execute(found.limit(1)).first() is not None


def invitations_until(tx: Tx, until: datetime) -> list[Record]:
    """Those to a meeting that were let go, are due by then, and in which not everybody has a row yet."""
    let_go = broadcasts.c.state == BroadcastState.QUEUEING, broadcasts.c.due_at <= until, _to_meeting
    return list(tx.execute(select(broadcasts).where(*let_go)))


def being_canceled(tx: Tx, limit: int) -> list[int]:
    """Ids of those that were cancelled, and of which something may still wait."""
    unfinished = broadcasts.c.state == BroadcastState.CANCELED, broadcasts.c.settled_at.is_(None)
    return list(tx.execute(select(broadcasts.c.id).where(*unfinished).order_by(broadcasts.c.id).limit(limit)).scalars())


def cancel(tx: Tx, broadcast_id: int, problem: str, most: int, now: datetime) -> int:
    """What waits of it will not go, so many rows at a time. Returns how many."""
    which = select(messages_out.c.id).where(messages_out.c.broadcast_id == broadcast_id, waits).limit(most)
    ended = {"state": OutState.CANCELED, "settled_at": now, "problem": problem}
    return int(tx.execute(update(messages_out).where(messages_out.c.id.in_(which)).values(ended)).rowcount)


def close_tasks(tx: Tx, broadcast_id: int, now: datetime) -> None:
    """Nobody needs to ring or write about it any more."""
    tx.execute(update(tasks).where(tasks.c.broadcast_id == broadcast_id, IS_OPEN).values(closed_at=now))


def hold(tx: Tx, broadcast_id: int, most: int) -> int:
    """What waits of it is held, so many rows at a time. Returns how many."""
    return _move(tx, broadcast_id, OutState.QUEUED, OutState.HELD, most)


def release(tx: Tx, broadcast_id: int, most: int) -> int:
    """What was held of it may go again, so many rows at a time. Returns how many."""
    return _move(tx, broadcast_id, OutState.HELD, OutState.QUEUED, most)


def _move(tx: Tx, broadcast_id: int, before: OutState, after: OutState, most: int) -> int:
    of_it = messages_out.c.broadcast_id == broadcast_id, messages_out.c.state == before
    which = select(messages_out.c.id).where(*of_it).limit(most)
    return int(tx.execute(update(messages_out).where(messages_out.c.id.in_(which)).values(state=after)).rowcount)
