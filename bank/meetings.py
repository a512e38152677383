"""Meetings: written, opened to people, and over. What is changed of one that people know of: bank/meeting_change.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from bank import audit, wall_time
from bank.audit import Act
from bank.colleague import Colleague
from bank.lacking import NotReady
from bank.meeting_check import lacks
from bank.meeting_facts import WORDINGS, said
from bank.organisation import Organisation
from bank.tokens import token
from language.wording import SOURCE_LANGUAGE
from storage import meetings, people, projects, question_sets, staff
from storage.meetings import GOES_ON, MeetingKind, MeetingState, Repeats, Way
from storage.people import PersonState
from storage.schema import Record
from storage.staff import EVERYWHERE, StaffState
from storage.store import Tx

LONGEST_LINE, LONGEST = 60, 300


class WrongState(Exception):
    """It does not stand so that this can be done; a colleague may have been quicker."""


@dataclass(frozen=True, slots=True)
class Details:
    """What a colleague writes about a meeting. `words` is what is written, by its name in WORDINGS, then by language.

    `on_day` and `at_time` are on the clock on the wall; it is `minutes` long. No `capacity`: as many as like.
    `project`, `staff_chair` and `member_chair` are tokens; empty: none. `plan` is as storage.meetings has it; None: as
    the settings have it for its kind. `for_all`: the day counts for those that come after it, too. `feedback` is the
    token of the question set that is asked afterwards; empty: as its kind has it. `anonymous`: nobody's name is kept
    with what they say then.
    """

    words: Mapping[str, Mapping[str, str]]
    on_day: date
    at_time: time
    kind: MeetingKind = MeetingKind.MEETING
    minutes: int = 120
    way: Way = Way.IN_PERSON
    capacity: int | None = None
    guests: bool = False
    project: str = ""
    staff_chair: str = ""
    member_chair: str = ""
    repeats: Repeats | None = None
    plan: Sequence[Mapping[str, Any]] | None = None
    for_all: bool = False
    feedback: str = ""
    anonymous: bool = False

    def columns(self, tx: Tx, zone: str) -> dict[str, Any]:
        """As the table has it. Raises NotReady where there is no such project, colleague or member."""
        on_day, at_time = self.on_day.isoformat(), f"{self.at_time:%H:%M}"
        written = {name: {tag: text for tag, text in self.words.get(name, {}).items() if text} for name in WORDINGS}
        return {
            "kind": self.kind.value,
            "words": {name: wording for name, wording in written.items() if wording},
            "on_day": on_day,
            "at_time": at_time,
            "zone": zone,
            "minutes": self.minutes,
            **wall_time.moments(on_day, at_time, zone, self.minutes),
            "way": self.way.value,
            "capacity": self.capacity,
            "guests": self.guests,
            "project_id": _project(tx, self.project),
            "staff_chair": _staff_chair(tx, self.staff_chair),
            "member_chair": _member_chair(tx, self.member_chair),
            "repeats": self.repeats.value if self.repeats else None,
            "plan": [dict(step) for step in self.plan] if self.plan is not None else None,
            "feedback_set_id": _feedback_set(tx, self.feedback),
            "anonymous": self.anonymous,
        }


def _project(tx: Tx, named: str) -> int | None:
    row = projects.by_token(tx, named) if named else None
    if named and row is None:
        raise NotReady({"project": "Choose one of the projects"})
    return row.id if row is not None else None


def _feedback_set(tx: Tx, named: str) -> int | None:
    row = question_sets.newest(tx, named) if named else None
    if named and (row is None or row.closed_at is not None):
        raise NotReady({"feedback": "Choose one of the question sets"})
    return row.id if row is not None else None


def _staff_chair(tx: Tx, named: str) -> int | None:
    row = staff.by_token(tx, named) if named else None
    if named and (row is None or row.state == StaffState.CLOSED):
        raise NotReady({"staff_chair": "Choose somebody who is on the team"})
    return row.id if row is not None else None


def _member_chair(tx: Tx, named: str) -> int | None:
    row = people.by_token(tx, named) if named else None
    if named and (row is None or row.state != PersonState.MEMBER):
        raise NotReady({"member_chair": "Open a member's page under People, copy its address, and put it here"})
    return row.id if row is not None else None


def add(tx: Tx, colleague: Colleague | None, details: Details, now: datetime, organisation: Organisation) -> Record:
    """A new meeting, of which nobody outside the team hears yet. Raises NotReady as `Details.columns` does."""
    columns = details.columns(tx, organisation.zone.key)
    rule_from = columns["on_day"] if details.repeats else None
    return keep(tx, colleague, {**columns, "rule_from": rule_from}, now)


def keep(tx: Tx, colleague: Colleague | None, columns: Mapping[str, Any], now: datetime) -> Record:
    """A draft of a meeting with these columns, on record."""
    by = colleague.id if colleague is not None else None
    made = {"token": token(), "state": MeetingState.DRAFT, "created_by": by, "created_at": now, "changed_at": now}
    row = meetings.add(tx, **{**columns, **made})
    told = {"title": said(row, "title", SOURCE_LANGUAGE), "on_day": row.on_day, "at_time": row.at_time}
    audit.record(tx, now, Act.MEETING_ADDED, by, about=row.token, **told)
    return row


def open_(tx: Tx, colleague: Colleague | None, row: Record, now: datetime) -> Record:
    """From now on people may be invited to it, and say that they come. Raises NotReady, WrongState."""
    if row.state != MeetingState.DRAFT:
        raise WrongState
    if missing := lacks(row, now):
        raise NotReady(missing)
    return write(tx, colleague, row, {"state": MeetingState.OPEN.value}, now)


def over(tx: Tx, row: Record, now: datetime) -> Record:
    """It has taken place: by the clock. What was never open, or is cancelled, stays as it is."""
    if row.state not in GOES_ON or row.ends_at > now:
        return row
    return write(tx, None, row, {"state": MeetingState.OVER.value}, now)


def write(tx: Tx, colleague: Colleague | None, row: Record, values: Mapping[str, Any], now: datetime) -> Record:
    """Change these columns, on record; returns the meeting as it is now. Nobody outside the team is told."""
    new = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not new:
        return row
    told: dict[str, Any] = {
        name: [_plain(getattr(row, name)), _plain(value)] for name, value in new.items() if name not in _SAID_OTHERWISE
    }
    audit.record(tx, now, Act.MEETING_CHANGED, colleague.id if colleague else None, about=row.token, **told)
    return meetings.change(tx, row.id, {**new, "changed_at": now})


# The day and the time on the wall say it.
_SAID_OTHERWISE = frozenset({"starts_at", "ends_at"})


def _plain(value: Any) -> Any:
    """As JSON can hold it."""
    return value.isoformat() if isinstance(value, datetime) else value


def project_of(tx: Tx, row: Record) -> str:
    """The token of its project; EVERYWHERE where it has none: what a colleague may do is asked for it."""
    return str(projects.get(tx, row.project_id).token) if row.project_id is not None else EVERYWHERE


def to_end(tx: Tx, now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of those that have come to their end."""
    return meetings.ended(tx, now, limit)


def end(tx: Tx, now: datetime, _organisation: Organisation, meeting_id: int) -> int:
    """The same by its id, as upkeep asks for it."""
    over(tx, meetings.get(tx, meeting_id), now)
    return 1
