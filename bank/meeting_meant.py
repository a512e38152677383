"""Which meeting a message is about: the one that it quotes or names, the last one that we wrote of, or the only one.

Only meetings that are not over, which somebody reached there answered, or is asked to.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from bank import meeting_facts, wall_time
from bank.interest_facts import LASTS
from bank.visit import Visit
from language.day import days
from language.moment import moment
from language.named import beside_the_answer, known_by
from language.normal import words
from language.tables import phrases, word_set
from language.wording import SOURCE_LANGUAGE
from storage import meeting_said, meetings, outbox, rsvp_line
from storage.meetings import GOES_ON, MeetingState
from storage.rsvps import RsvpState
from storage.schema import Record

# So long after our last message about a meeting, a text that names none is about that one.
_STILL_ABOUT = timedelta(days=8)
SAID_YES = frozenset({RsvpState.COMING, RsvpState.WAITING})


class How(StrEnum):
    """By what a meeting was told."""

    QUOTED = "quoted"
    NAMED = "named"
    LAST = "last"  # it is what we wrote of last
    ONLY = "only"


@dataclass(frozen=True)
class Theirs:
    """A meeting, and how each of those reached there stands in it, by id; None: asked, and not answered yet."""

    meeting: Record
    people: Mapping[int, Record | None]

    @property
    def comes(self) -> Mapping[int, Record]:
        """Those who said yes."""
        return {who: row for who, row in self.people.items() if row is not None and row.state in SAID_YES}

    @property
    def waits_for_answer(self) -> bool:
        """Nobody there has answered."""
        return all(row is None for row in self.people.values())

    @cached_property
    def on_day(self) -> date:
        return wall_time.here(self.meeting).date()


@dataclass(frozen=True, slots=True)
class Meant:
    """The meetings that fit, and by what they were told. `elsewhere`: a day is named on which none of theirs is."""

    found: tuple[Theirs, ...]
    how: How | None = None
    elsewhere: bool = False

    @property
    def one(self) -> Theirs | None:
        """The one that is surely meant."""
        return self.found[0] if len(self.found) == 1 else None


def theirs(visit: Visit, *, canceled: bool = False) -> list[Theirs]:
    """All meetings of those reached there, the soonest first; with `canceled` those too that do not take place."""
    states = {*GOES_ON, MeetingState.CANCELED} if canceled else GOES_ON
    together: dict[int, dict[int, Record | None]] = {}
    ids = [person.id for person in visit.people]
    if not ids:
        return []
    for row in rsvp_line.upcoming(visit.tx, ids, visit.now, states):
        together.setdefault(row.meeting_id, {})[row.person_id] = row
    for asked in meeting_said.invited_to(visit.tx, ids, visit.now - LASTS):
        together.setdefault(asked.meeting_id, {}).setdefault(asked.person_id, None)
    found = meetings.these(visit.tx, together).values()
    going = [row for row in found if row.state in states and row.ends_at > visit.now]
    return [Theirs(row, together[row.id]) for row in sorted(going, key=lambda row: (row.starts_at, row.id))]


def names(found: Collection[Theirs], language: str) -> frozenset[str]:
    """The words by which these meetings are known."""
    return frozenset(word for one in found for word in _names(one, language))


def _names(one: Theirs, language: str) -> frozenset[str]:
    titles = (meeting_facts.said(one.meeting, "title", tag) for tag in (language, SOURCE_LANGUAGE))
    return frozenset(word for title in titles for word in known_by(title))


def of(visit: Visit, among: Collection[Theirs]) -> Meant:
    """Which of them the message is about."""
    if (which := quoted(visit)) is not None:
        return Meant(tuple(one for one in among if one.meeting.id == which), How.QUOTED)
    on_day = _on_day(visit, among)
    if on_day is not None and not on_day:
        return Meant((), elsewhere=True)
    named = _titled(visit, among if on_day is None else on_day)
    if on_day or named:
        return Meant(tuple(named or on_day or ()), How.NAMED)
    last = last_said(visit, visit.now - _STILL_ABOUT)
    found = [one for one in among if one.meeting.id == last]
    if found:
        return Meant(tuple(found), How.LAST)
    return Meant(tuple(among), How.ONLY if len(among) == 1 else None)


def quoted(visit: Visit) -> int | None:
    """The meeting of the message that theirs quotes."""
    name = visit.incoming.quoted_id if visit.incoming is not None else None
    row = outbox.find(visit.tx, token=None, provider_id=name) if name else None
    said = meeting_said.by_row(visit.tx, row.id, visit.address.id) if row is not None else None
    return said.meeting_id if said is not None else None


def last_said(visit: Visit, since: datetime) -> int | None:
    """The meeting that we wrote of last, there, since then."""
    reminder = meeting_said.reminder_at(visit.tx, visit.address.id, since)
    invitation = meeting_said.invitation_at(visit.tx, visit.address.id, since)
    said = [one for one in (reminder, invitation) if one is not None]
    return max(said, key=lambda one: (one.claimed_at, one.id)).meeting_id if said else None


def _on_day(visit: Visit, among: Collection[Theirs]) -> list[Theirs] | None:
    """Those on the day that is named; None where none is. A weekday may be that of a later week, where it is alone."""
    today = visit.now.astimezone(visit.organisation.zone).date()
    said = [found for one in days(visit.text, visit.language, today) for found in (one.day, one.other) if found]
    if not said:
        return None
    fitting = [one for one in among if one.on_day in said]
    if fitting:
        return fitting
    table = phrases(visit.language, "moment_weekday")
    weekdays = {int(one.label) for one in table.all(words(visit.text))}
    return [one for one in among if one.on_day.weekday() in weekdays and not _is_dated(visit)]


def _is_dated(visit: Visit) -> bool:
    """There is a figure in it, which may be a date."""
    return any(word[0].isdigit() for word in words(visit.text))


def _titled(visit: Visit, among: Collection[Theirs]) -> list[Theirs]:
    """Those of which the message has a word that no other has, or the time."""
    said = beside_the_answer(visit.text, visit.language)
    plain = word_set(visit.language, "about_meeting", "glue")
    known = {one.meeting.id: _names(one, visit.language) - plain for one in among}
    found = []
    for one in among:
        others = frozenset(word for other, own in known.items() if other != one.meeting.id for word in own)
        if said & (known[one.meeting.id] - others):
            found.append(one)
    if found or len(among) < 2:
        return found
    when = moment(visit.text, visit.language, visit.now.astimezone(visit.organisation.zone))
    at = when.time if when is not None else None
    return [one for one in among if at is not None and wall_time.here(one.meeting).time() == at]
