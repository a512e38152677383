"""On call: who is alerted when somebody may be in danger, in which order; and the rota that leads keep for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bank import audit, rota
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.tokens import token
from storage import addresses, concerns, oneself, shifts, staff
from storage.addresses import AddressState
from storage.schema import Record
from storage.shifts import Times
from storage.staff import Role
from storage.store import Tx

_OUT_OF_ORDER = frozenset({AddressState.DEAD, AddressState.BLOCKED})
_ENOUGH, _MOST = 2, 50


@dataclass(frozen=True, slots=True)
class Shift:
    """One line of the rota. `can_be_alerted` is False for who is no lead any more, or has no phone that works."""

    token: str
    name: str
    times: Times
    is_on: bool
    is_lead: bool
    can_be_alerted: bool


def covers(times: Times, now: datetime, organisation: Organisation) -> bool:
    """Whether the shift runs at `now`. It counts for the day on which it begins."""
    here = now.astimezone(organisation.zone)
    today, yesterday = here.date(), here.date() - timedelta(days=1)
    begins_today = _is_on(times, today.weekday(), rota.is_holiday(today, organisation.hours))
    if times.begins < times.ends:
        return begins_today and times.begins <= here.time() < times.ends
    began_yesterday = _is_on(times, yesterday.weekday(), rota.is_holiday(yesterday, organisation.hours))
    return (begins_today and here.time() >= times.begins) or (began_yesterday and here.time() < times.ends)


def _is_on(times: Times, weekday: int, is_holiday: bool) -> bool:
    return weekday in times.days and (times.holidays or not is_holiday)


def ladder(tx: Tx, concern: Record, now: datetime, organisation: Organisation) -> list[Record | None]:
    """Whom to alert, one after the other; None is the out-of-hours service. Nobody whom it is about.

    First who has it in hand, if anybody; then the leads on shift in the order of the rota; then out of hours. Where
    that was no use, or none of them can be reached, the other leads.
    """
    leads = {row.id: row for row in staff.having(tx, Role.SAFEGUARDING_LEAD)}
    lines = shifts.everything(tx)
    on = [one.staff_id for one in lines if covers(Times.of(one), now, organisation)]
    first = list(dict.fromkeys([concern.taken_by, *on]))
    others = [one for one in dict.fromkeys([*(one.staff_id for one in lines), *leads]) if one not in first]
    found: list[Record | None] = [*_free(tx, leads, first, concern)]
    if organisation.out_of_hours:
        found.append(None)
    is_later = concern.round_at > concern.opened_at
    return found if reaches(tx, found) and not is_later else [*found, *_free(tx, leads, others, concern)]


def _free(tx: Tx, leads: dict[int, Record], ids: list[int], concern: Record) -> list[Record]:
    return [leads[one] for one in ids if one in leads and not _is_about(tx, concern, leads[one])]


def _is_about(tx: Tx, concern: Record, row: Record) -> bool:
    return concerns.is_about(tx, concern.id, oneself.of(tx, row))


def reaches(tx: Tx, steps: Sequence[Record | None]) -> bool:
    """Whether anybody on this ladder can be alerted."""
    return any(one is None or can_be_alerted(tx, one) for one in steps)


def can_be_alerted(tx: Tx, row: Record) -> bool:
    """Whether somebody of the team has a phone of their own on record, and nothing tells us that it does not work."""
    if not row.alert_channel or not row.alert_address:
        return False
    known = addresses.find(tx, row.alert_channel, row.alert_address)
    return known is None or known.state not in _OUT_OF_ORDER


def administrators(tx: Tx, concern: Record) -> list[Record]:
    """Who is alerted where nobody on the ladder can be: they may know that there is one, unless it is about them."""
    able = (row for row in staff.having(tx, Role.ADMINISTRATOR) if can_be_alerted(tx, row))
    return [row for row in able if not _is_about(tx, concern, row)]


def may_take(tx: Tx, concern: Record) -> list[Record]:
    """The leads who may see it, whether they can be alerted or not."""
    return [row for row in leads(tx) if not _is_about(tx, concern, row)]


def untold(tx: Tx, colleague: Colleague, organisation: Organisation) -> list[Record]:
    """Concerns that nobody has taken, and of which no lead, nor the out-of-hours service, can be told.

    None that is about this colleague.
    """
    if organisation.out_of_hours:
        return []
    waiting = concerns.untaken(tx, colleague.oneself, _MOST)
    return [one for one in waiting if not reaches(tx, may_take(tx, one))]


def lines(tx: Tx, now: datetime, organisation: Organisation) -> list[Shift]:
    """The rota, in the order of alerts."""
    team = {row.id: row for row in staff.everyone(tx)}
    leads = {row.id for row in staff.having(tx, Role.SAFEGUARDING_LEAD)}
    return [_shown(tx, one, team[one.staff_id], leads, now, organisation) for one in shifts.everything(tx)]


def _shown(tx: Tx, row: Record, who: Record, leads: set[int], now: datetime, organisation: Organisation) -> Shift:
    times, is_lead = Times.of(row), who.id in leads
    reached = is_lead and can_be_alerted(tx, who)
    return Shift(row.token, who.name, times, covers(times, now, organisation), is_lead, reached)


def leads(tx: Tx) -> list[Record]:
    """Who may stand in the rota."""
    return staff.having(tx, Role.SAFEGUARDING_LEAD)


def too_few(tx: Tx, organisation: Organisation) -> int | None:
    """How many leads can be alerted, where that is not enough; None: enough can, or the out-of-hours service.

    One is not enough: a concern may be about them.
    """
    if organisation.out_of_hours:
        return None
    able = sum(can_be_alerted(tx, row) for row in leads(tx))
    return able if able < _ENOUGH else None


def put_on(tx: Tx, who: Record, times: Times, colleague: Colleague, now: datetime) -> None:
    """Somebody more, at the end."""
    _change(tx, colleague, now, lambda: shifts.add(tx, token(), who.id, times))


def change(tx: Tx, shift: Record, times: Times, colleague: Colleague, now: datetime) -> None:
    _change(tx, colleague, now, lambda: shifts.change(tx, shift.id, times))


def take_off(tx: Tx, shift: Record, colleague: Colleague, now: datetime) -> None:
    _change(tx, colleague, now, lambda: shifts.remove(tx, shift.id))


def move(tx: Tx, shift: Record, by: int, colleague: Colleague, now: datetime) -> None:
    """Alerted so many places later, or earlier where `by` is below 0."""
    ids = [one.id for one in shifts.everything(tx)]
    place = ids.index(shift.id)
    ids.insert(max(0, place + by), ids.pop(place))
    _change(tx, colleague, now, lambda: shifts.put_in_order(tx, ids))


def _change(tx: Tx, colleague: Colleague, now: datetime, do: Callable[[], object]) -> None:
    """Do it, and record the rota as it was and as it is."""
    before = _told(tx)
    do()
    audit.record(tx, now, Act.SETTING_CHANGED, colleague.id, safeguarding_rota=[before, _told(tx)])


def _told(tx: Tx) -> list[str]:
    return [_line(Times.of(row), row.staff_id) for row in shifts.everything(tx)]


def _line(times: Times, staff_id: int) -> str:
    days = "".join(str(day + 1) for day in sorted(times.days))
    holidays = " and bank holidays" if times.holidays else ""
    return f"{staff_id}: {days}{holidays} {times.begins:%H:%M}-{times.ends:%H:%M}"
