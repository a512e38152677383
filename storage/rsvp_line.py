"""The line for a place in a meeting: how many seats are taken, who waits, who is next, whose offer is over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, literal_column, or_, select

from storage.look import NOW, Look
from storage.meetings import GOES_ON, MeetingState, meetings
from storage.people import PersonState, people
from storage.rsvps import RsvpState, rsvp_answers, rsvps
from storage.schema import Record, among, constant, unindexed
from storage.store import Tx

_waits = rsvps.c.state == constant(RsvpState.WAITING)
_offered = and_(_waits, rsvps.c.offered_until.is_not(None))
_untold = rsvps.c.told == literal_column("false")  # as both databases write it, in the index too
# Seats that nobody else may have: a place, or one that is kept for who was offered it.
_HAVE = or_(rsvps.c.state == RsvpState.COMING, _offered)
_SEATS = func.coalesce(func.sum(1 + rsvps.c.guests), 0)
_goes_on = among(meetings.c.state, GOES_ON)
_SAID_YES = exists().where(
    rsvp_answers.c.meeting_id == rsvps.c.meeting_id,
    rsvp_answers.c.person_id == rsvps.c.person_id,
    rsvp_answers.c.answer == "yes",
)


def taken(tx: Tx, meeting_id: int) -> int:
    """How many seats are taken, or kept for who was offered one; guests have one each."""
    return int(tx.execute(select(_SEATS).where(rsvps.c.meeting_id == meeting_id, _HAVE)).scalar_one())


def in_line(tx: Tx, meeting_id: int, before: int | None = None) -> int:
    """How many wait to whom nothing is offered: all, or those whose turn is before that one."""
    waits = [rsvps.c.meeting_id == meeting_id, _waits, rsvps.c.offered_until.is_(None)]
    earlier = [rsvps.c.turn < before] if before is not None else []
    return int(tx.execute(select(func.count()).where(*waits, *earlier)).scalar_one())


def last_turn(tx: Tx, meeting_id: int) -> int:
    """The highest turn that anybody has; 0 where nobody has said yes."""
    last = select(func.max(rsvps.c.turn)).where(rsvps.c.meeting_id == meeting_id)
    return int(tx.execute(last).scalar_one() or 0)


def _next_in_line(*which: ColumnElement[bool]) -> Select[Any]:
    used = select(_SEATS).where(rsvps.c.meeting_id == meetings.c.id, _HAVE).correlate(meetings).scalar_subquery()
    number = func.row_number().over(partition_by=rsvps.c.meeting_id, order_by=(rsvps.c.turn, rsvps.c.id))
    line = (
        select(rsvps.c.id, number.label("number"), (meetings.c.capacity - used).label("free"))
        .join(people, people.c.id == rsvps.c.person_id)
        .join(meetings, meetings.c.id == rsvps.c.meeting_id)
        .where(
            _waits,
            rsvps.c.offered_until.is_(None),
            people.c.state == PersonState.MEMBER,
            people.c.held.is_(None),
            _goes_on,
            meetings.c.starts_at > bindparam("now"),
            *which,
        )
        .subquery()
    )
    return select(line.c.id).where(or_(line.c.free.is_(None), line.c.number <= line.c.free)).order_by(line.c.id)


_NEXT_IN_LINE = Look(_next_in_line())
_NEXT_THAT_BEGINS_SOON = Look(_next_in_line(meetings.c.starts_at <= bindparam("begins_by")))
_OFFERS_OVER = Look(
    select(rsvps.c.id).where(_offered, rsvps.c.offered_until <= NOW).order_by(rsvps.c.offered_until, rsvps.c.id)
)
_OF_PEOPLE = select(rsvps.c.id).join(people, people.c.id == rsvps.c.person_id)
_IN_TIME = _OF_PEOPLE.join(meetings, meetings.c.id == rsvps.c.meeting_id).where(meetings.c.starts_at > NOW, _goes_on)
_LEFT = Look(
    _IN_TIME.where(
        among(people.c.state, (PersonState.LEFT, PersonState.ERASED)),
        among(rsvps.c.state, (RsvpState.COMING, RsvpState.WAITING)),
    ).order_by(rsvps.c.id)
)
_TO_ASK_AGAIN = Look(
    _IN_TIME.where(
        rsvps.c.ask_at <= NOW,
        rsvps.c.state == RsvpState.MAYBE,
        rsvps.c.asked_again.is_(False),
        people.c.state == PersonState.MEMBER,
        people.c.held.is_(None),
        or_(people.c.paused_until.is_(None), people.c.paused_until <= NOW),
    ).order_by(rsvps.c.ask_at, rsvps.c.id)
)
_UNTOLD = Look(
    _OF_PEOPLE.where(_untold, people.c.held.is_(None), unindexed(people.c.state, PersonState.MEMBER)).order_by(
        rsvps.c.changed_at, rsvps.c.id
    )
)


def next_in_line(tx: Tx, now: datetime, limit: int, begins_by: datetime | None = None) -> list[int]:
    """Ids of those who come next in each meeting that is still to start: as many as it has seats free.

    `begins_by`: only of those that begin by then.

    Where somebody may be in danger nothing is offered now, and they keep their turn.
    """
    if begins_by is None:
        return _NEXT_IN_LINE.ids(tx, limit, now=now)
    return _NEXT_THAT_BEGINS_SOON.ids(tx, limit, now=now, begins_by=begins_by)


def offers_over(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of those who did not take the place that was offered to them in time."""
    return _OFFERS_OVER.ids(tx, limit, now=now)


def of_those_who_left(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of those who come to a meeting that is still to start, or wait, and are members of the bank no more."""
    return _LEFT.ids(tx, limit, now=now)


def untold(tx: Tx, limit: int) -> list[int]:
    """Ids of those who do not know yet how they stand, the oldest first."""
    return _UNTOLD.ids(tx, limit)


def to_ask_again(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of those who were not sure, and are to be asked once more now; none of a meeting that has begun.

    Who paused our texts is asked when that is over, if it is before then.
    """
    return _TO_ASK_AGAIN.ids(tx, limit, now=now)


def upcoming(
    tx: Tx, person_ids: Collection[int], now: datetime, states: Collection[MeetingState] = tuple(GOES_ON)
) -> list[Record]:
    """What these people answered to meetings that are not over: rows of rsvps, the soonest meeting first."""
    found = (
        select(rsvps)
        .join(meetings, meetings.c.id == rsvps.c.meeting_id)
        .where(rsvps.c.person_id.in_(person_ids), meetings.c.state.in_(list(states)), meetings.c.ends_at > now)
    )
    return list(tx.execute(found.order_by(meetings.c.starts_at, rsvps.c.id)))


def free_again(tx: Tx, now: datetime, since: datetime) -> list[Record]:
    """The meetings to come with a seat free that nobody waits for, as somebody gave one up since then."""
    gave = rsvps.alias("gave")
    said_yes = exists().where(
        rsvp_answers.c.meeting_id == gave.c.meeting_id,
        rsvp_answers.c.person_id == gave.c.person_id,
        rsvp_answers.c.answer == "yes",
    )
    used = select(_SEATS).where(rsvps.c.meeting_id == meetings.c.id, or_(rsvps.c.state == RsvpState.COMING, _waits))
    left = (RsvpState.NOT_COMING, RsvpState.MAYBE)
    found = select(meetings).where(
        _goes_on,
        meetings.c.starts_at > now,
        meetings.c.capacity > used.scalar_subquery(),
        exists().where(
            gave.c.meeting_id == meetings.c.id, gave.c.state.in_(left), gave.c.changed_at >= since, said_yes
        ),
    )
    return list(tx.execute(found.order_by(meetings.c.starts_at, meetings.c.id)))


def changed_late(tx: Tx, meeting_id: int, since: datetime) -> list[Record]:
    """Those who had said yes, and since then do not, with `name` and `held`."""
    found = select(rsvps, people.c.name, people.c.held, people.c.state.label("person_state")).join(
        people, people.c.id == rsvps.c.person_id
    )
    now_not = rsvps.c.state.in_([RsvpState.NOT_COMING, RsvpState.MAYBE])
    theirs = rsvps.c.meeting_id == meeting_id, now_not, rsvps.c.changed_at >= since
    return list(tx.execute(found.where(*theirs, _SAID_YES).order_by(rsvps.c.changed_at, rsvps.c.id)))


def left_by_leavers(tx: Tx, now: datetime, since: datetime) -> list[Record]:
    """The meetings to come in which somebody had a place, or a turn, who has left the bank since then."""
    had = exists().where(
        rsvps.c.meeting_id == meetings.c.id,
        rsvps.c.person_id == people.c.id,
        people.c.state == PersonState.LEFT,
        rsvps.c.state == RsvpState.NOT_COMING,
        rsvps.c.turn > 0,
        rsvps.c.changed_at >= since,
    )
    found = select(meetings).where(_goes_on, meetings.c.starts_at > now, had)
    return list(tx.execute(found.order_by(meetings.c.starts_at, meetings.c.id)))
