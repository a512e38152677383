"""Took part: which meetings there were, and who said that they come, came, and had what they needed there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from storage.invitations import invitations
from storage.meetings import MeetingState, meetings
from storage.rsvps import rsvps
from storage.schema import Record
from storage.store import Tx


def held(tx: Tx, begins: datetime, ends: datetime) -> list[Record]:
    """Meetings that took place in that time: `id`, `kind`, `starts_at`."""
    found = select(meetings.c.id, meetings.c.kind, meetings.c.starts_at).where(
        meetings.c.state == MeetingState.OVER, meetings.c.starts_at >= begins, meetings.c.starts_at < ends
    )
    return list(tx.execute(found.order_by(meetings.c.starts_at, meetings.c.id)))


def answers(tx: Tx, begins: datetime, ends: datetime) -> list[Record]:
    """What people answered to these meetings: `meeting_id`, `person_id`, `state`, `came` and `had_needs`."""
    columns = rsvps.c.meeting_id, rsvps.c.person_id, rsvps.c.state, rsvps.c.came, rsvps.c.had_needs
    found = select(*columns).join(meetings, meetings.c.id == rsvps.c.meeting_id)
    took_place = meetings.c.state == MeetingState.OVER, meetings.c.starts_at >= begins, meetings.c.starts_at < ends
    return list(tx.execute(found.where(*took_place)))


def invited(tx: Tx, begins: datetime, ends: datetime) -> dict[int, int]:
    """By meeting that took place in that time: how many people were invited."""
    counts = select(invitations.c.meeting_id, func.count(invitations.c.person_id.distinct())).join(
        meetings, meetings.c.id == invitations.c.meeting_id
    )
    took_place = meetings.c.state == MeetingState.OVER, meetings.c.starts_at >= begins, meetings.c.starts_at < ends
    return {row[0]: row[1] for row in tx.execute(counts.where(*took_place).group_by(invitations.c.meeting_id))}
