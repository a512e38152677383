"""On call: who is alerted when somebody may be in danger, in which order; and the rota that leads keep for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bank import audit, rota
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.tokens import token
from storage import concerns, shifts, staff
from storage.concerns import Oneself
from storage.schema import Record
from storage.shifts import Times
from storage.staff import Role
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Shift:
    """One line of the rota. `can_be_alerted` is False for who is no lead any more, or has no phone on record."""

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


def oneself(row: Record) -> Oneself:
    """By what somebody of the team may be whom a concern is about."""
    return Oneself(row.person_id, row.alert_channel, row.alert_address)


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
    reached = any(one is None or one.alert_address for one in found)
    return found if reached and not is_later else [*found, *_free(tx, leads, others, concern)]


def _free(tx: Tx, leads: dict[int, Record], ids: list[int], concern: Record) -> list[Record]:
    return [leads[one] for one in ids if one in leads and not concerns.is_about(tx, concern.id, oneself(leads[one]))]


def lines(tx: Tx, now: datetime, organisation: Organisation) -> list[Shift]:
    """The rota, in the order of alerts."""
    team = {row.id: row for row in staff.everyone(tx)}
    leads = {row.id for row in staff.having(tx, Role.SAFEGUARDING_LEAD)}
    return [_shown(one, team[one.staff_id], leads, now, organisation) for one in shifts.everything(tx)]


def _shown(row: Record, who: Record, leads: set[int], now: datetime, organisation: Organisation) -> Shift:
    times, is_lead = Times.of(row), who.id in leads
    reached = is_lead and bool(who.alert_channel and who.alert_address)
    return Shift(row.token, who.name, times, covers(times, now, organisation), is_lead, reached)


def leads(tx: Tx) -> list[Record]:
    """Who may stand in the rota."""
    return staff.having(tx, Role.SAFEGUARDING_LEAD)


def nobody_can_be_alerted(tx: Tx, organisation: Organisation) -> bool:
    """No lead has a phone on record, and there is no out-of-hours number."""
    reached = any(row.alert_channel and row.alert_address for row in leads(tx))
    return not reached and not organisation.out_of_hours


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
