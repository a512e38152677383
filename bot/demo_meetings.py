"""The demo's meetings: a monthly carers' space. Two are over and ticked, and the next one is some days away.

They are made by the very rules, as a colleague would have entered what people told them by phone: nobody is texted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from itertools import islice

from bank import arrangement_change, attendance, meeting_repeat, meetings, rsvps, wall_time
from bank.colleague import Colleague, known
from bank.meetings import Details
from bank.organisation import Organisation
from bank.tokens import token
from bot import demo
from bot.demo_answers import FIRST, LAST, LEADS, NAMED, NEEDED, NEXT, PLACES, SILENT, Held, Said
from storage import arrangements as arranged
from storage import invitations, reminders, staff
from storage import meetings as kept
from storage import rsvps as answered
from storage.arrangements import ArrangementState
from storage.meetings import MeetingKind, MeetingState, Repeats, Way
from storage.rsvps import Needed
from storage.schema import Record
from storage.store import Store, Tx
from storage.told import How

_SPOKEN = ("en", "pl")
_THURSDAY = 3
_RULE = Repeats.MONTHLY_WEEKDAY
# Since the last one, and until the next, at least.
_SOME_DAYS = timedelta(days=6)
_INVITED = timedelta(days=11)
_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Carers' space", "Spotkanie opiekunów"),
    "agenda": (
        "Tea and talk. A guest tells us about breaks from caring.",
        "Herbata i rozmowa. Gość opowie o przerwach w opiece.",
    ),
    "who": ("About ten carers, and Sam Field from the council", "Około dziesięciu opiekunów i Sam Field z urzędu"),
    "place": ("Oak Hall, Station Road", "Oak Hall, Station Road"),
    "find": ("by Aldi", "obok Aldi"),
    "link": ("meet.ashdale.example/space", "meet.ashdale.example/space"),
    "parking": ("There is free parking behind the hall.", "Za budynkiem jest bezpłatny parking."),
    "access": ("There are no steps. There is a hearing loop.", "Nie ma schodów. Jest pętla indukcyjna."),
    "expenses": ("We pay your fares.", "Płacimy za dojazd."),
}


async def invent(store: Store, now: datetime, organisation: Organisation) -> None:
    """The demo's meetings, where there are none."""
    await store.write(lambda tx: _invent(tx, now, organisation))


def _invent(tx: Tx, now: datetime, organisation: Organisation) -> None:
    if kept.in_states(tx, list(MeetingState), limit=1):
        return
    row = staff.called(tx, "sam")
    if row is None:
        raise LookupError("the demo's team comes before its meetings")
    sam = known(tx, row)
    details = _details(tx, sam, now, organisation)
    first = meetings.add(tx, sam, details, _morning(details.on_day, organisation) - _INVITED, organisation)
    held(tx, sam, first, FIRST, organisation)
    last = meeting_repeat.like(tx, sam, first, first.ends_at)
    held(tx, sam, last, LAST, organisation)
    _to_come(tx, sam, meeting_repeat.like(tx, sam, last, now), now, organisation)


def _details(tx: Tx, sam: Colleague, now: datetime, organisation: Organisation) -> Details:
    spoken = [tag for tag in _SPOKEN if tag in organisation.catalogs.languages]
    leads = _member(tx, LEADS)
    return Details(
        {name: dict(zip(spoken, texts, strict=False)) for name, texts in _WORDS.items()},
        on_day=first_day(now.astimezone(organisation.zone).date()),
        at_time=time(14),
        kind=MeetingKind.SPACE,
        way=Way.HYBRID,
        capacity=PLACES,
        guests=True,
        staff_chair=sam.token,
        member_chair=leads.token if leads is not None else "",
        repeats=_RULE,
    )


def first_day(today: date) -> date:
    """A Thursday after which the second has been for some days, and there are some days until the third."""
    thursday = today - timedelta(days=(today.weekday() - _THURSDAY) % 7)
    for weeks in range(4, 10):
        first = thursday - timedelta(weeks=weeks)
        second, third = islice(meeting_repeat.days(_RULE, first), 1, 3)
        if second <= today - _SOME_DAYS and third >= today + _SOME_DAYS:
            return first
    raise ValueError("no month is so long")


def _morning(day: date, organisation: Organisation) -> datetime:
    return wall_time.moment(day.isoformat(), "10:00", organisation.zone.key)


def held(tx: Tx, sam: Colleague, row: Record, all_of_it: Held, organisation: Organisation) -> Record:
    """It was opened in time, took place, and was ticked on the next morning; returns it as it is then."""
    then = row.starts_at - _INVITED
    row = meetings.open_(tx, sam, row, then)
    _answer(tx, sam, row, all_of_it.said, (), then, organisation)
    row = meetings.over(tx, row, row.ends_at)
    morning = row.ends_at + timedelta(hours=18)
    people = {said.number: _member(tx, said.number) for said in all_of_it.said}
    tokens = {number: str(person.token) for number, person in people.items() if person is not None}
    came = [named for number, named in tokens.items() if number in all_of_it.came]
    attendance.tick(tx, sam, row, tokens.values(), (), came, morning, organisation)
    for number in all_of_it.walked_in:
        person = _member(tx, number)
        if person is not None:
            attendance.walk_in(tx, sam, row, person, morning, organisation)
    for one in answered.in_meeting(tx, row.id):
        reminders.drop_planned(tx, row.id, one.person_id)  # their time is long over
    _told_afterwards(tx, row, all_of_it.had_needs)
    return row


def _told_afterwards(tx: Tx, row: Record, had_needs: Mapping[int, Needed]) -> None:
    for number, had in had_needs.items():
        rsvp = _rsvp(tx, row, number)
        if rsvp is not None:
            answered.change(tx, rsvp.id, {"had_needs": had})


def _to_come(tx: Tx, sam: Colleague, row: Record, now: datetime, organisation: Organisation) -> None:
    """Like the last one, by its rule: open, full, with a line, and not yet all arranged."""
    row = meetings.open_(tx, sam, row, now)
    _answer(tx, sam, row, NEXT, SILENT, now, organisation)
    for number in NAMED:
        rsvp = _rsvp(tx, row, number)
        if rsvp is not None:
            answered.change(tx, rsvp.id, {"named": True})
    for number, kind, words, state, note in NEEDED:
        person = _member(tx, number)
        if person is None:
            continue
        one = arrangement_change.add(
            tx, sam, row, person, kind, words, now, organisation, how=How.PHONE, each_time=False
        )
        if state is not ArrangementState.TO_DO:
            arrangement_change.CHANGES[state](tx, sam, one, note, now)
            arranged.change(tx, one.id, {"told": True})  # by phone, as they asked for it


def _rsvp(tx: Tx, row: Record, number: int) -> Record | None:
    person = _member(tx, number)
    return answered.of(tx, row.id, person.id) if person is not None else None


def _answer(
    tx: Tx,
    sam: Colleague,
    row: Record,
    told: tuple[Said, ...],
    silent: tuple[int, ...],
    now: datetime,
    organisation: Organisation,
) -> None:
    """All of them were asked, and these have answered, in this order."""
    for number in (*(said.number for said in told), *silent):
        person = _member(tx, number)
        if person is not None:
            invitations.add(tx, token=token(), meeting_id=row.id, person_id=person.id, invited_at=now)
    for said in told:
        person = _member(tx, said.number)
        if person is not None:
            rsvps.enter(tx, sam, row, person, said.answer, How.PHONE, now, organisation, **said.details)


def _member(tx: Tx, number: int) -> Record | None:
    """The invented member whose number ends so."""
    return demo.member(tx, number - 100)
