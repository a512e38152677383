"""Often: who had as many texts that they did not ask for as they agreed to."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, literal, literal_column, or_, select

from storage.addresses import addresses
from storage.outbox import NOT_SENT, OutState, is_unasked, messages_out
from storage.people import ONLY_THE_NEWS, people
from storage.reach import reach
from storage.schema import constant
from storage.store import Tx
from storage.types import Instant

_WEEK = timedelta(days=7)
# Their own days apart as a length of time: an instant is microseconds on SQLite.
_APART: dict[str, ColumnElement[object]] = {
    "sqlite": people.c.days_apart * literal_column("86400000000"),
    "postgresql": func.make_interval(0, 0, 0, people.c.days_apart),
}
# What was tried and waits again has not gone.
_NOT_GONE = (*NOT_SENT, OutState.QUEUED, OutState.HELD)
_unasked = and_(is_unasked, messages_out.c.state.not_in([constant(state) for state in _NOT_GONE]))
_theirs = and_(
    messages_out.c.person_id == people.c.id,
    exists().where(reach.c.address_id == messages_out.c.address_id, reach.c.person_id == people.c.id),
)
_WHOSE = (_theirs, messages_out.c.address_id == addresses.c.id)


def had_enough(tx: Tx, now: datetime, most_a_week: int) -> ColumnElement[bool]:
    """Whether this person, or their address, had so many in a week, or they one since their own days apart.

    For a query of people and of an address at which they are reached. It counts as bank.caps does: the news alone is
    never too much for whoever wants only that. 0: as many as like.
    """
    lately = literal(now, Instant).op("-")(_APART[tx.dialect.name])
    wish = and_(people.c.days_apart.is_not(None), people.c.days_apart < ONLY_THE_NEWS)
    enough = [and_(wish, _number(_theirs, lately) > 0)]
    if most_a_week:
        enough += [_number(whose, literal(now - _WEEK, Instant)) >= most_a_week for whose in _WHOSE]
    return or_(*enough)


def _number(whose: ColumnElement[bool], since: ColumnElement[datetime]) -> ColumnElement[int]:
    counted = select(func.count()).select_from(messages_out).where(whose, _unasked, messages_out.c.claimed_at > since)
    return counted.correlate(people, addresses).scalar_subquery()
