"""Meetings that come again: the days of a rule, "like last month", and the next one drafted in time to be looked at."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import count, pairwise
from zoneinfo import ZoneInfo

from bank import meetings, wall_time
from bank.colleague import Colleague
from bank.organisation import Organisation
from storage import meetings as kept
from storage import people, projects, staff
from storage.meetings import MeetingState, Repeats
from storage.people import PersonState
from storage.projects import ProjectState
from storage.schema import Record
from storage.staff import StaffState
from storage.store import Tx

# So long before it the next one stands on Today, to be looked at and opened.
AHEAD = timedelta(weeks=4)
# What does not come by a rule comes so much later where a colleague asks for one like it.
_OTHERWISE = timedelta(weeks=4)
_WEEK = timedelta(weeks=1)
_COPIED = (
    "kind",
    "project_id",
    "at_time",
    "zone",
    "minutes",
    "way",
    "capacity",
    "guests",
    "repeats",
    "rule_from",
    "plan",
    "feedback_set_id",
    "anonymous",
)
_DONE = frozenset({ProjectState.FINISHED, ProjectState.TOLD})


def days(rule: Repeats, first: date) -> Iterator[date]:
    """Every day that the rule makes, from the first on, without end."""
    return (_RULES[rule](first, number) for number in count())


def _every_month(first: date, number: int) -> tuple[int, int]:
    months = first.year * 12 + first.month - 1 + number
    return months // 12, months % 12 + 1


def _on_weekday(first: date, number: int) -> date:
    """The first Tuesday; a fifth one is the last of its month, whether that has four or five."""
    year, month = _every_month(first, number)
    skipped = (first.weekday() - date(year, month, 1).weekday()) % 7
    found = date(year, month, 1 + skipped) + _WEEK * ((first.day - 1) // 7)
    return found if found.month == month else found - _WEEK


def _on_date(first: date, number: int) -> date:
    """The 31st, or the last day of a month that has none."""
    year, month = _every_month(first, number)
    return date(year, month, min(first.day, calendar.monthrange(year, month)[1]))


_RULES: Mapping[Repeats, Callable[[date, int], date]] = {
    Repeats.WEEKLY: lambda first, number: first + _WEEK * number,
    Repeats.FORTNIGHTLY: lambda first, number: first + 2 * _WEEK * number,
    Repeats.MONTHLY_WEEKDAY: _on_weekday,
    Repeats.MONTHLY_DATE: _on_date,
}


def next_day(row: Record) -> date:
    """When one like it comes next: by its rule, counted from where that began, or four weeks later.

    One that was moved by some days stands for the day of the rule that is nearest to it.
    """
    here = date.fromisoformat(row.on_day)
    if row.repeats is None:
        return here + _OTHERWISE
    rule = days(Repeats(row.repeats), date.fromisoformat(row.rule_from or row.on_day))
    return next(after for day, after in pairwise(rule) if here - day <= after - here)


def like(tx: Tx, colleague: Colleague | None, row: Record, now: datetime) -> Record:
    """As last month: a draft for the next day after the last of its series, in time to come."""
    last = _last(tx, row)
    on_day = _to_come(last, now).isoformat()
    columns = {name: getattr(row, name) for name in _COPIED}
    words = {name: dict(wording) for name, wording in row.words.items() if name != "why"}
    return meetings.keep(
        tx,
        colleague,
        {
            **columns,
            "words": words,
            "on_day": on_day,
            **wall_time.moments(on_day, row.at_time, row.zone, row.minutes),
            "staff_chair": _still_of_the_team(tx, row.staff_chair),
            "member_chair": _still_a_member(tx, row.member_chair),
            "first_id": row.first_id or row.id,
        },
        now,
    )


def drafted(tx: Tx, row: Record, now: datetime) -> Record | None:
    """The draft that comes last in its series, for a day to come, where nobody has changed it since it was made.

    Nobody else drafts one of the same series before this transaction ends.
    """
    kept.locked(tx, row.first_id or row.id)
    last = _last(tx, row)
    is_new = last.state == MeetingState.DRAFT and last.changed_at == last.created_at
    return last if is_new and last.id != row.id and last.starts_at > now else None


def _last(tx: Tx, row: Record) -> Record:
    return max(kept.series(tx, row), key=lambda one: (one.on_day, one.id))


def _to_come(last: Record, now: datetime) -> date:
    """The next day after this one on which it can still be held."""
    today = now.astimezone(ZoneInfo(last.zone)).date()
    day = next_day(last)
    if last.repeats is None:
        while day <= today:
            day += _OTHERWISE
        return day
    rule = days(Repeats(last.repeats), date.fromisoformat(last.rule_from or last.on_day))
    return next(one for one in rule if one >= day and one > today)


def _still_of_the_team(tx: Tx, staff_id: int | None) -> int | None:
    return staff_id if staff_id is not None and staff.get(tx, staff_id).state != StaffState.CLOSED else None


def _still_a_member(tx: Tx, person_id: int | None) -> int | None:
    is_one = person_id is not None and people.get(tx, person_id).state == PersonState.MEMBER
    return person_id if is_one else None


def to_draft(tx: Tx, now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of the last of each series whose next one is near enough to be looked at.

    As long as that last one is itself a draft for a day to come, it is looked at first.
    """
    return [row.id for row in kept.last_repeated(tx) if _is_due(tx, row, now)][:limit]


def _is_due(tx: Tx, row: Record, now: datetime) -> bool:
    if row.state == MeetingState.DRAFT and row.starts_at > now:
        return False
    if row.project_id is not None and projects.get(tx, row.project_id).state in _DONE:
        return False
    day = _to_come(row, now)
    begins = wall_time.moment(day.isoformat(), time(0).isoformat(), row.zone)
    return begins - AHEAD <= now


def draft(tx: Tx, now: datetime, _organisation: Organisation, meeting_id: int) -> int:
    """Draft the next one of this series, for a colleague to look at and open."""
    like(tx, None, kept.get(tx, meeting_id), now)
    return 1
