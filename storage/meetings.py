"""Meetings: anything with a time and people. Each keeps its wall time and zone, and the moment that they make."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Select, Table, exists, false, func, insert, select

from storage import changing
from storage.look import NOW, Look
from storage.schema import Record, among, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, SealedJson, Token


class MeetingKind(StrEnum):
    MEETING = "meeting"
    SPACE = "space"  # a carers' space: a monthly meeting with a guest
    LISTENING = "listening"
    WORKSHOP = "workshop"
    TRAINING = "training"
    PANEL = "panel"  # an interview panel
    DROP_IN = "drop_in"


class MeetingState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"  # people may be invited, and say that they come
    READY = "ready"  # all that is to be arranged is arranged, or was talked about
    CANCELED = "canceled"
    OVER = "over"  # it took place


class Way(StrEnum):
    """How people may come to it, and how somebody does."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    HYBRID = "hybrid"  # of a meeting only: whoever comes chooses


class Repeats(StrEnum):
    """How often it comes again: each time a new meeting, on the same weekday or the same day of the month."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY_WEEKDAY = "monthly_weekday"  # the first Tuesday, or the last
    MONTHLY_DATE = "monthly_date"  # the 3rd; in a month without it, its last day


# In which people may be invited, and answer.
GOES_ON = frozenset({MeetingState.OPEN, MeetingState.READY})

meetings = Table(
    "meetings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("kind", Code, nullable=False),
    Column("state", Code, nullable=False),
    Column("project_id", Id, ForeignKey("projects.id"), index=True),
    # What is written about it, each a wording (language to text): title, agenda, who, place (an address), find ("by
    # Aldi"), link (where people join online), dial_in, parking, access, paid, expenses, sender, why (it is cancelled).
    Column("words", SealedJson("meetings.words"), nullable=False),
    # On the clock on the wall: "2026-12-03", "14:00", "Europe/London"; and so many minutes long.
    Column("on_day", Code, nullable=False),
    Column("at_time", Code, nullable=False),
    Column("zone", Code, nullable=False),
    Column("minutes", Integer, nullable=False),
    # The moments that these make.
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("way", Code, nullable=False),
    # How many people there is room for, guests included; nothing: as many as like.
    Column("capacity", Integer),
    # Whether people are asked how many they bring.
    Column("guests", Boolean, nullable=False, default=False, server_default=false()),
    Column("staff_chair", Id, ForeignKey("staff.id")),
    Column("member_chair", Id, ForeignKey("people.id")),
    Column("repeats", Code),
    # The day from which its rule counts: where only one of them was moved, the next are as they would have been.
    Column("rule_from", Code),
    # The one that it is like: all of a repeated meeting have the first, and the first has nothing.
    Column("first_id", Id, ForeignKey("meetings.id"), index=True),
    # When people are reminded: a list of {"step": "day", "days": 1, "at": "10:00"} or {"step": "hours",
    # "minutes": 120}; days below 0 are after it. Nothing: as the settings have it for its kind.
    Column("plan", SealedJson("meetings.plan")),
    # How it was is asked with these questions (any version of a set); nothing: with those for its kind.
    Column("feedback_set_id", Id, ForeignKey("question_sets.id")),
    # Whoever comes is asked without their name being kept.
    Column("anonymous", Boolean, nullable=False, default=False, server_default=false()),
    # Counts its changes, as a calendar wants to know them (RFC 5545, SEQUENCE).
    Column("sequence", Integer, nullable=False, default=0),
    Column("ready_by", Id, ForeignKey("staff.id")),
    Column("ready_at", Instant),
    Column("created_by", Id, ForeignKey("staff.id")),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
Index("ix_meetings_state", meetings.c.state, meetings.c.starts_at)


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(meetings).values(**values).returning(meetings)).one()


def get(tx: Tx, meeting_id: int) -> Record:
    return tx.execute(select(meetings).where(meetings.c.id == meeting_id)).one()


def locked(tx: Tx, meeting_id: int) -> Record:
    """The same; nobody else changes who has a place in it before this transaction ends."""
    return tx.execute(select(meetings).where(meetings.c.id == meeting_id).with_for_update()).one()


def by_token(tx: Tx, token: str) -> Record | None:
    return tx.execute(select(meetings).where(meetings.c.token == token)).one_or_none()


def these(tx: Tx, ids: Collection[int]) -> dict[int, Record]:
    """By id."""
    found = tx.execute(select(meetings).where(meetings.c.id.in_(ids))) if ids else ()
    return {row.id: row for row in found}


def between(
    tx: Tx, begins: datetime, ends: datetime, states: Collection[MeetingState] = (), limit: int = 500
) -> list[Record]:
    """Those that start in that time, the earliest first; only those that stand so, where states are named."""
    found = select(meetings).where(meetings.c.starts_at >= begins, meetings.c.starts_at < ends)
    found = found.where(meetings.c.state.in_(list(states))) if states else found
    return list(tx.execute(found.order_by(meetings.c.starts_at, meetings.c.id).limit(limit)))


def in_states(
    tx: Tx, states: Collection[MeetingState], *, latest_first: bool = False, limit: int = 500
) -> list[Record]:
    """Those that stand so, the earliest first, or the latest."""
    by_time = (
        (meetings.c.starts_at.desc(), meetings.c.id.desc()) if latest_first else (meetings.c.starts_at, meetings.c.id)
    )
    found = select(meetings).where(meetings.c.state.in_(list(states))).order_by(*by_time)
    return list(tx.execute(found.limit(limit)))


def listed(
    tx: Tx,
    states: Collection[MeetingState],
    project_ids: Collection[int] | None = None,
    *,
    latest_first: bool = False,
    limit: int | None = None,
    after: int = 0,
) -> list[Record]:
    """All that stand so, the earliest first, or the latest; of these projects only, where any are given.

    At most `limit`, beginning after so many others.
    """
    turns = (meetings.c.starts_at, meetings.c.id)
    by_time = [column.desc() for column in turns] if latest_first else turns
    found = select(meetings).where(meetings.c.state.in_(list(states))).order_by(*by_time)
    found = found.where(meetings.c.project_id.in_(list(project_ids))) if project_ids is not None else found
    return list(tx.execute(found.limit(limit).offset(after) if limit is not None else found))


_ENDED = Look(
    select(meetings.c.id)
    .where(among(meetings.c.state, GOES_ON), meetings.c.ends_at <= NOW)
    .order_by(meetings.c.ends_at, meetings.c.id)
)


def ended(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of those that people could come to, and that have come to their end, the earliest first."""
    return _ENDED.ids(tx, limit, now=now)


def _last_of_each() -> Select[Any]:
    other = meetings.alias()
    of_series = func.coalesce(other.c.first_id, other.c.id) == func.coalesce(meetings.c.first_id, meetings.c.id)
    is_after = (other.c.on_day > meetings.c.on_day) | (
        (other.c.on_day == meetings.c.on_day) & (other.c.id > meetings.c.id)
    )
    found = select(meetings).where(meetings.c.repeats.is_not(None), ~exists().where(of_series, is_after))
    return found.order_by(meetings.c.starts_at, meetings.c.id)


_LAST_OF_EACH = _last_of_each()


def last_repeated(tx: Tx) -> list[Record]:
    """The last of each series, where it comes again, the earliest first."""
    return list(tx.execute(_LAST_OF_EACH))


def series(tx: Tx, row: Record) -> list[Record]:
    """All that are like this one, itself included, in the order of their time."""
    first = row.first_id or row.id
    found = select(meetings).where((meetings.c.id == first) | (meetings.c.first_id == first))
    return list(tx.execute(found.order_by(meetings.c.starts_at, meetings.c.id)))


def change(tx: Tx, meeting_id: int, values: Mapping[str, Any]) -> Record:
    """Write these values; returns the meeting as it is now."""
    return changing.changed(tx, meetings, meeting_id, values)
