"""Seats of a meeting: who has a place, who waits, and how many guests there is room for.

A place is one seat, whoever comes along. Guests have the seats that are left once nobody waits: where there are too
few, somebody keeps their own place, and is told that there is no room for a guest. Who waits is never passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage import rsvp_line, rsvps
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Seat:
    """What somebody has who says yes: their state and turn, their guests, and how many there is no room for."""

    state: RsvpState
    turn: int
    guests: int
    left_out: int = 0


def give(tx: Tx, meeting: Record, row: Record | None, guests: int) -> Seat:
    """The seat of somebody who says yes now and would bring so many. `row` is how they stood before.

    The meeting is locked by whoever asks, so that of many at the same moment each gets their own.
    """
    room = _room(tx, meeting, row)
    turn = row.turn if row is not None and _has_turn(row) else rsvp_line.last_turn(tx, meeting.id) + 1
    if room is None:
        return Seat(RsvpState.COMING, turn, guests)
    if room < 1:
        return Seat(RsvpState.WAITING, turn, guests)
    fit = min(guests, room - 1)
    return Seat(RsvpState.COMING, turn, fit, guests - fit)


def _has_turn(row: Record) -> bool:
    return row.state in {RsvpState.COMING, RsvpState.WAITING}


def _room(tx: Tx, meeting: Record, row: Record | None) -> int | None:
    """How many seats they may have, their own included; None without a limit. Who comes keeps what they have."""
    if meeting.capacity is None:
        return None
    own: int = 1 + row.guests if row is not None and _has_seats(row) else 0
    free: int = meeting.capacity - rsvp_line.taken(tx, meeting.id)
    if row is not None and row.state == RsvpState.WAITING and own:  # there may be fewer since it was offered
        return own + min(free, 0)
    waits = row is not None and row.state == RsvpState.WAITING
    before = rsvp_line.in_line(tx, meeting.id, before=row.turn if waits and row is not None else None)
    return own + (max(free, 0) if before == 0 else 0)


def _has_seats(row: Record) -> bool:
    return row.state == RsvpState.COMING or (row.state == RsvpState.WAITING and row.offered_until is not None)


def keep(tx: Tx, meeting: Record, row: Record, until: datetime, now: datetime) -> int | None:
    """A free seat is kept for who is next in line until then, and so many of their guests as there is room for.

    Returns how many guests there is no room for; None where no seat is free any more.
    """
    free = None if meeting.capacity is None else meeting.capacity - rsvp_line.taken(tx, meeting.id)
    if row.state != RsvpState.WAITING or row.offered_until is not None or (free is not None and free < 1):
        return None
    guests: int = row.guests if free is None else min(row.guests, free - 1)
    rsvps.change(tx, row.id, {"offered_until": until, "guests": guests, "changed_at": now})
    return int(row.guests) - guests


def number(tx: Tx, row: Record) -> int:
    """Their number in line: 1 is next; 0 where they do not wait."""
    waits = row.state == RsvpState.WAITING
    return rsvp_line.in_line(tx, row.meeting_id, before=row.turn) + 1 if waits else 0
