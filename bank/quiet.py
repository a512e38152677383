"""Quiet: when a text that nobody asked for may go, as everybody's hours here say, and the person's own.

Hours are wall time here. On the day the clocks change an hour is missing or there twice, and 9am is 9am all the same.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bank import rota
from bank.organisation import Organisation
from storage import people
from storage.schema import Record
from storage.store import Tx

_LOOK_AHEAD = 14  # days: no run of Sundays and bank holidays is longer
# What is moved to the end of the hours goes so much before it: on its way it must not find them over.
_ROOM = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Own:
    """Between which times somebody wants texts: from `begins`, until before `ends`, on their own clock here."""

    begins: time = rota.QUIET_UNTIL
    ends: time = rota.QUIET_FROM

    @classmethod
    def of(cls, text_from: int | None, text_until: int | None) -> Own:
        """From minutes after midnight; None: as everybody. Hours that leave nothing of everybody's are not kept."""
        begins = max(rota.QUIET_UNTIL, _at(text_from, rota.QUIET_UNTIL))
        ends = min(rota.QUIET_FROM, _at(text_until, rota.QUIET_FROM))
        return cls(begins, ends) if begins < ends else cls()


EVERYBODY = Own()


def _at(minutes: int | None, otherwise: time) -> time:
    return otherwise if minutes is None or minutes >= 24 * 60 else time(*divmod(minutes, 60))


def may(now: datetime, organisation: Organisation, own: Own = EVERYBODY) -> bool:
    here = now.astimezone(organisation.zone)
    return rota.is_texting_day(here.date(), organisation) and own.begins <= here.time() < own.ends


def next_time(now: datetime, organisation: Organisation, own: Own = EVERYBODY) -> datetime:
    """The first moment from `now` on at which it may go."""
    if may(now, organisation, own):
        return now
    today = now.astimezone(organisation.zone).date()
    mornings = (_opening(today + timedelta(days=ahead), organisation, own) for ahead in range(_LOOK_AHEAD))
    return next((at for at in mornings if at >= now and may(at, organisation, own)), now + timedelta(days=_LOOK_AHEAD))


def last_time(until: datetime, organisation: Organisation, own: Own = EVERYBODY) -> datetime | None:
    """The last moment up to `until` at which it may go, and has time to; None where there was none for two weeks."""
    there = until.astimezone(organisation.zone).date()
    for back in range(_LOOK_AHEAD):
        day = there - timedelta(days=back)
        at = min(until, _closing(day, organisation, own))
        if rota.is_texting_day(day, organisation) and at >= _opening(day, organisation, own):
            return at.astimezone(UTC)
    return None


def _opening(day: date, organisation: Organisation, own: Own) -> datetime:
    return datetime.combine(day, own.begins, organisation.zone)


def _closing(day: date, organisation: Organisation, own: Own) -> datetime:
    opens, closes = (datetime.combine(day, at, organisation.zone) for at in (own.begins, own.ends))
    return closes - min(_ROOM, (closes - opens) / 2)


def put_off(tx: Tx, rows: Collection[Record], now: datetime, organisation: Organisation) -> dict[int, datetime]:
    """Until when these rows that nobody asked for have to wait, by id; those that need not are left out."""
    theirs = people.hours(tx, {row.person_id for row in rows if row.person_id is not None})
    until: dict[Own, datetime] = {}
    later = {}
    for row in rows:
        own = Own.of(*theirs[row.person_id]) if row.person_id in theirs else EVERYBODY
        if own not in until:
            until[own] = next_time(now, organisation, own)
        if until[own] > now:
            later[row.id] = until[own]
    return later
