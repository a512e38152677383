"""What a conversation about a meeting may know and say.

Which meeting stands among the answers of the conversation, by its random name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property, partial
from typing import Any
from zoneinfo import ZoneInfo

from bank import calendar, meeting_facts, seating, wall_time
from bank.meeting_facts import WRITTEN
from bank.organisation import Organisation
from flows.meeting_news import FOR_CALENDAR
from language.dates import clock, day
from language.wording import Words, _, _n, base
from storage import arrangements, meetings, reminders, rsvp_line, rsvps
from storage.arrangements import UNSETTLED
from storage.meetings import GOES_ON, Way
from storage.reminders import ReminderState
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx

ASKED_AT = time(10)
# So many days before it a maybe is asked once more, on the first of these that is still to come and no weekend.
_DAYS_BEFORE = (5, 4, 3, 2)
_LAST = timedelta(days=_DAYS_BEFORE[-1])
_SATURDAY = 5

BRINGS = _n("One guest comes with you.", "{guests} guests come with you.", "guests")
LATE = _("You come late.")
EARLY = _("You leave early.")
WILL_ARRANGE = _("We will tell you when we have arranged what you need.")
WILL_REMIND = _("We will remind you.")
SEE_YOU = _("See you there.")
PAUSED = _("You paused our texts, so we will not remind you.")


@dataclass(frozen=True)
class Gathering:
    """The meeting that the conversation is about, and who it is with, if we know."""

    tx: Tx
    organisation: Organisation
    now: datetime
    language: str
    person: Record | None
    token: str

    @cached_property
    def meeting(self) -> Record | None:
        return meetings.by_token(self.tx, self.token)

    @property
    def rsvp(self) -> Record | None:
        """How they stand in it now."""
        if self.meeting is None or self.person is None:
            return None
        return rsvps.of(self.tx, self.meeting.id, self.person.id)

    @cached_property
    def told(self) -> meeting_facts.Facts:
        if self.meeting is None:
            return {}
        return meeting_facts.facts(self.meeting, self.language, self.organisation)

    def render(self, words: Words, **values: str | int) -> str:
        return self.organisation.catalogs.render(words, self.language, values)


def about(
    tx: Tx, organisation: Organisation, now: datetime, language: str, person: Record | None, token: str | None
) -> dict[str, Callable[[], Any]]:
    """Each value of flows.rsvp and coming, worked out when it is asked for; nothing where it is about no meeting."""
    if token is None:
        return {}
    subject = Gathering(tx, organisation, now, language, person, token)
    names = (*WRITTEN, "meeting", "day", "time", "ends", "where", "sender")
    plain: dict[str, Callable[[], Any]] = {name: partial(_told, subject, name) for name in names}
    return {
        **plain,
        "meeting_is_open": lambda: subject.meeting is not None and is_open(subject.meeting, now),
        "meeting_is_hybrid": lambda: _way(subject) == Way.HYBRID,
        "meeting_is_online": lambda: _way(subject) == Way.ONLINE,
        "meeting_has_guests": lambda: subject.meeting is not None and subject.meeting.guests,
        "rsvp_way": lambda: subject.rsvp.way if subject.rsvp is not None else None,
        "rsvp_of_few": lambda: _of_few(subject),
        "rsvp_number": lambda: str(seating.number(tx, subject.rsvp)) if subject.rsvp is not None else "",
        "rsvp_next": lambda: subject.render(WILL_REMIND if _is_reminded(subject) else SEE_YOU),
        "rsvp_noted": lambda: " ".join(_noted(subject)),
        "chair_to_ask_for": lambda: _chair_to_ask_for(subject),
        "may_ask_again": lambda: subject.meeting is not None and to_ask_again(subject.meeting, now) is not None,
        "ask_day": lambda: _ask_day(subject),
        "seat_by": lambda: _seat_by(subject),
    }


def _told(subject: Gathering, name: str) -> str:
    return subject.told.get(name, "")


def is_open(meeting: Record, now: datetime) -> bool:
    """Whether people may say that they come."""
    return meeting.state in GOES_ON and bool(now < meeting.starts_at)


def to_ask_again(meeting: Record, now: datetime) -> datetime | None:
    """When a maybe is asked once more, in the meeting's zone; None where no day for it is left."""
    zone = ZoneInfo(meeting.zone)
    today, held_on = now.astimezone(zone).date(), wall_time.here(meeting).date()
    left = [held_on - timedelta(days=ahead) for ahead in _DAYS_BEFORE if held_on - timedelta(days=ahead) > today]
    if not left:
        return None
    found = next((one for one in left if one.weekday() < _SATURDAY), left[0])
    return datetime.combine(found, ASKED_AT, zone)


def asked_on(meeting: Record, named: str, now: datetime) -> datetime | None:
    """The same for a day that they named ("2026-11-30"): the last one that is early enough, where theirs is not."""
    zone = ZoneInfo(meeting.zone)
    on = min(datetime.fromisoformat(named).date(), wall_time.here(meeting).date() - _LAST)
    return datetime.combine(on, ASKED_AT, zone) if on > now.astimezone(zone).date() else to_ask_again(meeting, now)


def _way(subject: Gathering) -> str | None:
    return subject.meeting.way if subject.meeting is not None else None


def _of_few(subject: Gathering) -> bool:
    """They have a place, or one is kept for them, and somebody waits for it."""
    row = subject.rsvp
    if row is None or (row.state != RsvpState.COMING and row.offered_until is None):
        return False
    return rsvp_line.in_line(subject.tx, row.meeting_id) > 0


def _noted(subject: Gathering) -> Iterator[str]:
    """What we know of how they come, and what we arrange, a sentence each."""
    row, person = subject.rsvp, subject.person
    if row is None or person is None:
        return
    if row.guests:
        yield subject.render(BRINGS, guests=row.guests)
    yield from (subject.render(words) for words, is_so in ((LATE, row.late), (EARLY, row.early)) if is_so)
    if any(one.state in UNSETTLED for one in arrangements.of(subject.tx, row.meeting_id, person.id)):
        yield subject.render(WILL_ARRANGE)
    if _is_paused(subject):
        yield subject.render(PAUSED)
    if row.calendar_until is not None:  # theirs may show another day, or nothing any more
        yield subject.render(FOR_CALENDAR, calendar=calendar.link(row, subject.organisation))


def _is_paused(subject: Gathering) -> bool:
    until = subject.person.paused_until if subject.person is not None else None
    return until is not None and until > subject.now


def _is_reminded(subject: Gathering) -> bool:
    if subject.meeting is None or subject.person is None or _is_paused(subject):
        return False
    planned = reminders.of(subject.tx, subject.meeting.id, subject.person.id)
    return any(one.state == ReminderState.PLANNED for one in planned)


def _chair_to_ask_for(subject: Gathering) -> bool:
    """A member leads it with us, and they were never asked, here or for another meeting, whether they may be named."""
    meeting, person = subject.meeting, subject.person
    if meeting is None or person is None or not person.name or meeting.member_chair in {None, person.id}:
        return False
    return rsvps.named_to(subject.tx, person.id, meeting.member_chair) is None


def _ask_day(subject: Gathering) -> str:
    if subject.meeting is None:
        return ""
    kept = subject.rsvp.ask_at if subject.rsvp is not None else None
    when = kept or to_ask_again(subject.meeting, subject.now)
    return day(when.astimezone(ZoneInfo(subject.meeting.zone)).date(), base(subject.language)) if when else ""


def _seat_by(subject: Gathering) -> str:
    """Until when a place is kept for them, as "Thursday 3 December, 5pm"."""
    row, meeting = subject.rsvp, subject.meeting
    if row is None or meeting is None or row.offered_until is None:
        return ""
    until = row.offered_until.astimezone(ZoneInfo(meeting.zone))
    return f"{day(until.date(), base(subject.language))}, {clock(until.time(), base(subject.language))}"
