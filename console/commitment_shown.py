"""What the page of a commitment tells: where it came from, what happened to it, who was told, and what they said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bank import commitment_replies, people, wall_time
from console.commitments import spoken
from console.meeting import title_of as title_of_meeting
from console.page import Asked
from console.who import READERS
from storage import commitments, meetings, messages_in, staff, who_said
from storage import people as people_kept
from storage.commitments import Event, Part, TellingState, What
from storage.schema import Record
from storage.store import Tx

_DAYS = frozenset({What.MOVED, What.PROMISED})
_GONE = "somebody who is gone"


@dataclass(frozen=True, slots=True)
class Source:
    """What it came from: an answer or not, after which meeting, and who said it. `name` is empty where none is kept.

    `answers` leads to what people said after that meeting, `href` to their page, for whoever may go there. `hidden`:
    there is somebody whom this colleague may not see.
    """

    is_answer: bool
    meeting: str
    answers: str
    on: str
    name: str
    href: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to it: what, when, by whom (empty: by nobody of the team), and what was said of it."""

    what: What
    at: datetime
    who: str
    before: str
    after: str
    why: dict[str, str]


@dataclass(frozen=True, slots=True)
class Figures:
    """How many people were told one thing, or are still to be; `said` is of those who said it, who may answer it."""

    event: Event
    people: int
    said: int
    waits: int
    rung: int
    left_out: int
    yes: int
    no: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody wrote back. `thread` and `person` lead to their conversation and their page; empty: to neither."""

    id: int
    token: str
    name: str
    means: str
    words: str
    at: datetime
    thread: str
    person: str
    seen_by: str
    seen_at: datetime | None


def came_from(asked: Asked, tx: Tx, row: Record, *, names: bool) -> list[Source]:
    """Who said it is told to those who write for its project, where they may see that person."""
    hidden, found = people.unseen(tx, asked.colleague), commitments.sources(tx, row.id)
    about = meetings.these(tx, {one.meeting_id for one in found if one.meeting_id is not None})
    return [_source(asked, tx, one, about.get(one.meeting_id), hidden, names=names) for one in found]


def _source(
    asked: Asked, tx: Tx, one: Record, meeting: Record | None, hidden: frozenset[int], *, names: bool
) -> Source:
    unseen = one.person_id is not None and (not names or one.person_id in hidden)
    person = people_kept.get(tx, one.person_id) if one.person_id is not None and not unseen else None
    goes = person is not None and asked.colleague.may(*READERS)
    return Source(
        is_answer=one.feedback_id is not None,
        meeting=title_of_meeting(meeting) if meeting is not None else "",
        answers=f"/meetings/{meeting.token}/feedback" if meeting is not None and one.feedback_id is not None else "",
        on=spoken(wall_time.here(meeting).date().isoformat()) if meeting is not None else "",
        name=(person.name or "Somebody we have no name for") if person is not None else "",
        href=f"/people/{person.token}" if person is not None and goes else "",
        hidden=unseen,
    )


def happened(tx: Tx, changes: Sequence[Record]) -> list[Happening]:
    """The newest first."""
    names = staff.names(tx, [one.staff_id for one in changes if one.staff_id is not None])
    return [_happening(tx, one, names) for one in reversed(changes)]


def _happening(tx: Tx, one: Record, names: dict[int, str]) -> Happening:
    before, after = one.before or "", one.after or ""
    if one.what in _DAYS:
        before, after = [spoken(day) if day else "" for day in (before, after)]
    elif one.what == What.OWNER:
        before, after = [_owner(tx, token) for token in (before, after)]
    who = names.get(one.staff_id, _GONE) if one.staff_id is not None else ""
    return Happening(What(one.what), one.at, who, before, after, one.why or {})


def _owner(tx: Tx, token: str) -> str:
    found = staff.by_token(tx, token) if token else None
    return str(found.name) if found is not None else ""


def told(tx: Tx, row: Record) -> list[Figures]:
    """A line for each thing that people were told, or are to be, in the order of what there is to tell."""
    rows = who_said.told(tx, row.id)
    events = [event for event in Event if any(one.event == event for one in rows)]
    return [_figures(event, [one for one in rows if one.event == event]) for event in events]


def _figures(event: Event, rows: Sequence[Record]) -> Figures:
    def count(**are: str) -> int:
        return sum(one.people for one in rows if all(getattr(one, name) == value for name, value in are.items()))

    return Figures(
        event,
        people=count(state=TellingState.TOLD) + count(state=TellingState.JOINED),
        said=count(part=Part.SAID),
        waits=count(state=TellingState.WAITING),
        rung=count(state=TellingState.RUNG),
        left_out=count(state=TellingState.LEFT_OUT),
        yes=count(answer="yes"),
        no=count(answer="no"),
    )


def replies(asked: Asked, tx: Tx, row: Record) -> list[Reply]:
    """What people wrote back whom this colleague may see, the newest first."""
    found = commitment_replies.shown(tx, asked.colleague, row)
    names = staff.names(tx, [one.seen_by for one in found if one.seen_by is not None])
    threads = messages_in.threads(tx, [one.message_id for one in found if one.message_id is not None])
    return [_reply(tx, one, names, threads.get(one.message_id)) for one in found]


def _reply(tx: Tx, one: Record, names: dict[int, str], thread: Record | None) -> Reply:
    person = people_kept.get(tx, one.person_id)
    return Reply(
        one.id,
        one.token,
        person.name or "Somebody we have no name for",
        one.means,
        one.words or "",
        one.at,
        thread=thread.token if thread is not None else "",
        person=person.token,
        seen_by=names.get(one.seen_by, "") if one.seen_by is not None else "",
        seen_at=one.seen_at,
    )
