"""The plan of a meeting's reminders: which there are, and when each is due for somebody.

Wall times are those of the meeting's own place, so that 10am is 10am on both sides of a night in which the clocks are
changed. What would fall in hours in which they get no texts goes earlier, never later: later it might not help.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bank import quiet, wall_time
from bank.organisation import Organisation
from bank.quiet import Own
from storage.meetings import MeetingKind
from storage.reminders import Step as Name
from storage.schema import Record

# Two that are due within so long a time are one message; so are two of one step on one day.
TOGETHER = timedelta(hours=3)
# What is said when it is over.
_AFTER = frozenset({Name.FEEDBACK, Name.THANKS})
# What comes later than this before the start helps nobody any more.
MARGIN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder: so many `days` before the day of the meeting (below 0: after it) at a time on its wall, or so many
    `minutes` before it starts; where it asks how it was, after it ends.
    """

    name: Name
    days: int | None = None
    at: time | None = None
    minutes: int | None = None

    @property
    def is_after(self) -> bool:
        """It comes when the meeting is over."""
        return self.name in _AFTER or (self.days is not None and self.days < 0)


_TEN = time(10)
WEEK, DAY = Step(Name.WEEK, days=7, at=_TEN), Step(Name.DAY, days=1, at=_TEN)
HOURS, THANKS = Step(Name.HOURS, minutes=120), Step(Name.THANKS, days=-1, at=_TEN)
FEEDBACK = Step(Name.FEEDBACK, minutes=120)
Plan = tuple[Step, ...]
ALL: Plan = (WEEK, DAY, HOURS, FEEDBACK, THANKS)
# As we ship it: who is asked how it was is thanked by that. Nobody plans their week around a drop-in.
USUAL: Plan = (WEEK, DAY, HOURS, FEEDBACK)
DEFAULTS: Mapping[MeetingKind, Plan] = {
    **dict.fromkeys(MeetingKind, USUAL),
    MeetingKind.DROP_IN: (DAY, HOURS, FEEDBACK),
}


def as_json(plan: Iterable[Step]) -> list[dict[str, Any]]:
    """As `meetings.plan` has it."""
    return [_step_as_json(step) for step in plan]


def _step_as_json(step: Step) -> dict[str, Any]:
    if step.minutes is not None:
        return {"step": step.name.value, "minutes": step.minutes}
    return {"step": step.name.value, "days": step.days, "at": f"{step.at:%H:%M}"}


def from_json(kept: Sequence[Mapping[str, Any]]) -> Plan:
    """Raises KeyError and ValueError where it is none."""
    return tuple(_step_from_json(one) for one in kept)


def _step_from_json(kept: Mapping[str, Any]) -> Step:
    if "minutes" in kept:
        return Step(Name(kept["step"]), minutes=int(kept["minutes"]))
    return Step(Name(kept["step"]), days=int(kept["days"]), at=time.fromisoformat(kept["at"]))


def due_times(meeting: Record, plan: Plan, own: Own, organisation: Organisation) -> dict[Name, datetime]:
    """When each step is due for somebody with these hours, in UTC, the earliest first.

    What comes before the meeting is moved earlier, into their hours; where they have none for two weeks it is left
    out, and so is what is not due before the start. What comes after it is moved later: it would be no thanks if it
    came before.
    """
    found = {step.name: due for step in plan if (due := _due(meeting, step, own, organisation)) is not None}
    return dict(sorted(found.items(), key=lambda one: one[1]))


def says_it_again(meeting: Record, due: Mapping[Name, datetime]) -> bool:
    """The last reminder falls on the day of the one before it, and not on that of the meeting: it says the same."""
    zone = ZoneInfo(meeting.zone)
    on_days = {name: at.astimezone(zone).date() for name, at in due.items()}
    last = on_days.get(Name.HOURS)
    return last is not None and last == on_days.get(Name.DAY) and last.isoformat() != meeting.on_day


def _due(meeting: Record, step: Step, own: Own, organisation: Organisation) -> datetime | None:
    planned = moment(meeting, step)
    if step.is_after:
        return quiet.next_time(max(planned, meeting.ends_at), organisation, own).astimezone(UTC)
    if planned > meeting.starts_at - MARGIN:
        return None
    return quiet.last_time(planned, organisation, own)


def moment(meeting: Record, step: Step) -> datetime:
    """When the plan has it, whatever anybody's hours are. Raises ValueError for a step without a time."""
    if step.minutes is not None and step.is_after:
        end: datetime = meeting.ends_at
        return end + timedelta(minutes=step.minutes)
    if step.minutes is not None:
        start: datetime = meeting.starts_at
        return start - timedelta(minutes=step.minutes)
    if step.days is None or step.at is None:
        raise ValueError(f"no time for {step.name}")
    on_day = date.fromisoformat(meeting.on_day) - timedelta(days=step.days)
    return wall_time.moment(on_day.isoformat(), f"{step.at:%H:%M}", meeting.zone)
