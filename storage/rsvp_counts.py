"""How many answered what to each meeting, and how many came to it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import case, func, select

from storage.rsvps import RsvpState, rsvps
from storage.store import Tx


def counted(tx: Tx, meeting_ids: Collection[int]) -> dict[int, dict[RsvpState, tuple[int, int]]]:
    """By meeting, then by how people stand in it: how many people, and how many guests of theirs. None: left out."""
    which = rsvps.c.meeting_id.in_(meeting_ids)
    counts = select(rsvps.c.meeting_id, rsvps.c.state, func.count(), func.sum(rsvps.c.guests)).where(which)
    found: dict[int, dict[RsvpState, tuple[int, int]]] = {}
    if meeting_ids:
        for meeting_id, state, people, guests in tx.execute(counts.group_by(rsvps.c.meeting_id, rsvps.c.state)):
            found.setdefault(meeting_id, {})[RsvpState(state)] = (int(people), int(guests or 0))
    return found


def came(tx: Tx, meeting_ids: Collection[int]) -> dict[int, int]:
    """By meeting: how many were there, as it was ticked. Where nobody ticked anything: left out."""
    ticked = rsvps.c.meeting_id.in_(meeting_ids), rsvps.c.came.is_not(None)
    were_there = func.count(case((rsvps.c.came, 1)))
    counts = select(rsvps.c.meeting_id, were_there).where(*ticked).group_by(rsvps.c.meeting_id)
    return {meeting_id: int(number) for meeting_id, number in tx.execute(counts)} if meeting_ids else {}
