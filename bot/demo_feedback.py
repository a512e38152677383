"""The demo's feedback: what was said after a listening space, with names, and after a forum, without.

All of it is kept by the very rules, as if it had been asked and told by text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice

from bank import feedback, feedback_sets, meetings, mixing, themes
from bank.colleague import Colleague, known
from bank.meetings import Details
from bank.organisation import Organisation
from bank.tokens import token
from bot import demo, demo_days, demo_meetings
from bot.demo_answers import Held, Said
from bot.demo_morning import WRITERS
from bot.demo_said import FORUM, LISTENING, THEMES, VALUES, Response
from storage import attending, projects, reminders, staff
from storage import themes as kept
from storage.invitations import Answer
from storage.meetings import MeetingKind
from storage.projects import ProjectKind, ProjectState
from storage.reminders import ReminderState, Step
from storage.schema import Record
from storage.store import Store, Tx

_SPOKEN = ("en", "pl")
_TWO = time(14)
_AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A meeting that took place so many working days ago, in a project of that kind; and what was said of it."""

    kind: MeetingKind
    ago: int
    words: Mapping[str, tuple[str, str]]
    said: Sequence[Response]
    project: ProjectKind | None = None
    anonymous: bool = False
    walk_in: bool = False  # nobody had to say that they come


_LISTENING = Asked(
    MeetingKind.LISTENING,
    20,
    {
        "title": ("Listening space: care at home", "Rozmowa o opiece w domu"),
        "agenda": ("You talk, and the director of care listens.", "Wy mówicie, a dyrektor opieki słucha."),
        "place": ("Oak Hall, Station Road", "Oak Hall, Station Road"),
        "find": ("by Aldi", "obok Aldi"),
        "expenses": ("We pay your fares.", "Płacimy za dojazd."),
    },
    LISTENING,
    project=ProjectKind.GROUP,
)
_FORUM = Asked(
    MeetingKind.MEETING,
    25,  # what is said without a name counts when nobody is asked any more
    {
        "title": ("Carers' forum: breaks from caring", "Forum: przerwy w opiece"),
        "agenda": ("What helps you to have a break, and what is missing.", "Co pomaga odpocząć, a czego brakuje."),
        "place": ("Town Hall, Market Square", "Ratusz, Market Square"),
        "find": ("opposite the bank", "naprzeciwko banku"),
        "expenses": ("We pay your fares and lunch.", "Płacimy za dojazd i obiad."),
    },
    FORUM,
    anonymous=True,
    walk_in=True,
)


async def invent(store: Store, now: datetime, organisation: Organisation) -> None:
    """The demo's feedback, where there is none."""
    await store.write(lambda tx: _invent(tx, now, organisation))


def _invent(tx: Tx, now: datetime, organisation: Organisation) -> None:
    if kept.every(tx):
        return
    row = staff.called(tx, "sam")
    if row is None:
        raise LookupError("the demo's team comes before its feedback")
    sam = known(tx, row)
    listening = _held(tx, sam, _LISTENING, now, organisation)
    ids = _answered(tx, listening, LISTENING, organisation)
    for name, answers in THEMES:
        theme = themes.add(tx, sam, name, listening.ends_at)
        themes.tag(tx, sam, theme, [(ids[number], question) for number, question in answers], listening.ends_at)
    _answered(tx, _held(tx, sam, _FORUM, now, organisation), FORUM, organisation)
    _values(tx, listening, organisation)


def _values(tx: Tx, listening: Record, organisation: Organisation) -> None:
    """A week later some were asked about the bank itself."""
    at = listening.ends_at + timedelta(days=7)
    asked = feedback.bank_round(tx, feedback_sets.VALUES, at, organisation)
    for one, told in zip(attending.who_came(tx, listening.id), VALUES, strict=False):
        _one(tx, asked, one.person_id, told, at)


def _held(tx: Tx, sam: Colleague, asked: Asked, now: datetime, organisation: Organisation) -> Record:
    """It took place, and two more came than answered."""
    day = demo_days.before(now, asked.ago, organisation, _TWO)
    came = (number for number in range(demo.MEMBERS) if _may_come(tx, number, day))
    numbers = [100 + number for number in islice(came, len(asked.said) + 2)]
    row = meetings.add(tx, sam, _details(tx, sam, asked, day, organisation), day - timedelta(days=12), organisation)
    told = Held((), frozenset(), tuple(numbers)) if asked.walk_in else _all_came(numbers)
    row = demo_meetings.held(tx, sam, row, told, organisation)
    return meetings.write(tx, sam, row, {"anonymous": asked.anonymous}, row.ends_at)


def _all_came(numbers: Sequence[int]) -> Held:
    return Held(tuple(Said(number, Answer.YES) for number in numbers), frozenset(numbers))


def _may_come(tx: Tx, number: int, day: datetime) -> bool:
    """They were a member by then, and none of those who write this morning."""
    person = demo.member(tx, number)
    return person is not None and person.joined_at < day and demo.phone(number)[1] not in WRITERS


def _details(tx: Tx, sam: Colleague, asked: Asked, day: datetime, organisation: Organisation) -> Details:
    spoken = [tag for tag in _SPOKEN if tag in organisation.catalogs.languages]
    states = [ProjectState.OPEN, ProjectState.UNDER_WAY]
    found = (row.token for row in projects.in_states(tx, states) if row.kind == asked.project)
    return Details(
        {name: dict(zip(spoken, texts, strict=False)) for name, texts in asked.words.items()},
        on_day=day.date(),
        at_time=_TWO,
        kind=asked.kind,
        project=next(found, ""),
        staff_chair=sam.token,
    )


def _answered(tx: Tx, row: Record, told: Sequence[Response], organisation: Organisation) -> list[int]:
    """They were asked two hours after it, and these answered at once; the numbers of what they said."""
    then = row.ends_at + 2 * _AN_HOUR
    about = feedback.round_for_meeting(tx, row, then, organisation)
    came = [one.person_id for one in attending.who_came(tx, row.id)]
    for person_id in came:
        sent = {"step": Step.FEEDBACK, "starts_at": row.starts_at, "due_at": then, "at": then}
        reminders.add(tx, meeting_id=row.id, person_id=person_id, state=ReminderState.SENT, **sent)
    ids = [_one(tx, about, None if about.anonymous else who, said, then) for who, said in zip(came, told, strict=False)]
    if about.anonymous:
        mixing.mix(tx, about.closes_at, organisation, about.id)
    return ids


def _one(tx: Tx, about: Record, person_id: int | None, said: Response, at: datetime) -> int:
    given = feedback.begin(tx, about, person_id, at, open_token=token() if person_id is None else None)
    for question, value in said.items():
        feedback.keep(tx, given, question, value, at)
    feedback.finish(tx, given)
    return int(given.id)
