"""Who said what to a meeting: the answers, those that a colleague enters, and a call list of who has not answered."""

from __future__ import annotations

from datetime import datetime

from starlette.responses import Response

from bank import meeting_calls, meetings, people, who_answered
from bank.arrangement_times import LABELS
from bank.handling import CannotDo
from bank.invitations import CannotEnter
from bank.invited_tasks import COMING
from bank.meeting_calls import ToRing
from bank.rsvps import Stood, goes_on
from bank.who_answered import Given, Listed, Standing
from console import people_found, rsvp_form
from console.meeting import find, home, title_of
from console.page import Asked, Missing, page
from console.who import ANYBODY, COORDINATORS, READERS
from storage.meetings import GOES_ON
from storage.outbox import OutState
from storage.schema import Record
from storage.store import Tx
from storage.who_answered import Said

SAID = {
    Said.YES: "Coming",
    Said.WAITING: "Wait for a place",
    Said.MAYBE: "Not sure",
    Said.NO: "Not coming",
    Said.NONE: "Have not answered",
}
ANSWERS = {"yes": "Yes", "no": "No", "maybe": "Not sure", "later": "Not this time"}
HOWS = {"phone": "by phone", "in_person": "face to face", "paper": "on paper", "letter": "by letter"}
# Who was asked again after a large change, and has not answered since.
AGAIN = "again"
# How the text stands that asks somebody, where it did not simply go.
TEXTS = {
    OutState.QUEUED: "The text that asks them has not gone yet",
    OutState.HELD: "The text that asks them is held",
    OutState.SENDING: "The text that asks them is just going",
    OutState.FAILED: "The text that asked them did not reach them",
    OutState.EXPIRED: "The text that asks them did not go in time",
    OutState.CANCELED: "The text that asks them was cancelled",
    OutState.UNKNOWN: "Nobody knows whether the text that asks them went",
}
DAYS = ("0", "1", "2", "3", "5", "7", "14")
_USUAL = 2  # days


async def show(asked: Asked) -> Response:
    return await _shown(asked)


async def _shown(asked: Asked, problem: str = "") -> Response:
    now, wanted = asked.now, asked.query("show")
    said, again = (Said(wanted) if wanted in {*Said} else None), wanted == AGAIN
    days = int(asked.query("days")) if asked.query("days") in DAYS else _USUAL

    def look(tx: Tx) -> tuple[Record, Listed, ToRing | None, bool]:
        row = find(asked, tx)
        listed = who_answered.look(tx, asked.colleague, row, said, asked.number("page"), now, again=again)
        may_change = _may_change(asked, tx, row)
        ringing = _ringing(asked, tx, row, days, now) if may_change and goes_on(row, now) else None
        return row, listed, ringing, may_change

    row, listed, ringing, may_change = await asked.write(look)
    return asked.page(
        "meeting_answers.html",
        "Who said what",
        status=409 if problem else 200,
        row=row,
        meeting_title=title_of(row),
        listed=listed,
        said=said,
        again=again,
        show=wanted if said or again else "",
        names=SAID,
        hows=HOWS,
        states=_STATES,
        texts=TEXTS,
        ringing=ringing,
        days=days,
        day_choices=DAYS,
        may_find=may_change and asked.colleague.may(*COORDINATORS) and _may_enter(row, now),
        problem=problem,
    )


def _ringing(asked: Asked, tx: Tx, row: Record, days: int, now: datetime) -> ToRing:
    return meeting_calls.to_ring(tx, row, days, now, people.unseen(tx, asked.colleague))


# How somebody stands, by the state of their RSVP.
_STATES = {"coming": "Coming", "waiting": "Waits for a place", "maybe": "Not sure", "not_coming": "Not coming"}


async def make_calls(asked: Asked) -> Response:
    """A call for each of those who have not answered so long."""
    now, organisation = asked.now, asked.room.organisation
    days = asked.form.chosen("days", DAYS, "Choose how many days ago")
    if asked.form.mistakes:
        return await _shown(asked)

    def work(tx: Tx) -> int:
        row = find(asked, tx, change=True)
        return meeting_calls.ask(tx, asked.colleague, row, int(days), now, organisation)

    try:
        number = await asked.write(work)
    except CannotDo as why:
        return await _shown(asked, str(why))
    return asked.back(f"{home(asked)}/answers?show=none", "calls_asked" if number else "calls_none")


async def look_for(asked: Asked) -> Response:
    row = await asked.read(lambda tx: find(asked, tx, change=True))
    return asked.page("meeting_answers_find.html", "Who told you?", row=row, meeting_title=title_of(row), found=None)


async def found(asked: Asked) -> Response:
    """Members of that name or number, each with a page on which the answer is entered."""
    row = await asked.read(lambda tx: find(asked, tx, change=True))
    matches = await people_found.search(asked)
    return asked.page("meeting_answers_find.html", "Who told you?", row=row, meeting_title=title_of(row), found=matches)


def _may_change(asked: Asked, tx: Tx, row: Record) -> bool:
    return asked.colleague.may(*COORDINATORS, project=meetings.project_of(tx, row))


def _may_enter(row: Record, now: datetime) -> bool:
    """People may come to it, and it is not over."""
    return bool(row.state in GOES_ON and now < row.ends_at)


def _whom(asked: Asked, tx: Tx, row: Record) -> Record:
    """The member that the page is about; for whoever is of its project only, one who was asked. Raises Missing."""
    person = people.seen(tx, asked.colleague, asked.path("person"))
    everywhere = asked.colleague.may(*READERS)
    if person is None or not (everywhere or who_answered.is_listed(tx, row, person)):
        raise Missing
    return person


async def one(asked: Asked) -> Response:
    """What one person said, each time, and a form for what they say now."""
    now = asked.now

    def look(tx: Tx) -> tuple[Record, Standing, bool]:
        row = find(asked, tx)
        standing = who_answered.stands(tx, asked.colleague, row, _whom(asked, tx, row), now)
        return row, standing, _may_change(asked, tx, row) and _may_enter(row, now)

    row, standing, may_enter = await asked.write(look)
    return asked.page(
        "meeting_answer.html",
        "Their answer",
        row=row,
        meeting_title=title_of(row),
        standing=standing,
        choices=list(COMING),
        answer_names=ANSWERS,
        hows=HOWS,
        states=_STATES,
        kinds=LABELS,
        sees_people=asked.colleague.may(*READERS),
        may_enter=may_enter,
    )


async def keep(asked: Asked) -> Response:
    now, organisation = asked.now, asked.room.organisation
    given = rsvp_form.read(asked.form, await asked.read(lambda tx: find(asked, tx, change=True)))
    if given is None:
        return await one(asked)
    kept: Given = given

    def work(tx: Tx) -> Stood:
        row = find(asked, tx, change=True)
        return who_answered.enter(tx, asked.colleague, row, _whom(asked, tx, row), kept, now, organisation)

    try:
        stood = await asked.write(work)
    except CannotEnter as why:
        asked.form.mistakes["answer"] = str(why)
        return await one(asked)
    return asked.back(f"{home(asked)}/answers/{asked.path('person')}", rsvp_form.done(stood))


_AT = "/meetings/{token}/answers"
PAGES = (
    page(_AT, ANYBODY, get=show),
    page(f"{_AT}/calls", ANYBODY, get=show, post=make_calls),
    page(f"{_AT}/find", COORDINATORS, get=look_for, post=found),
    page(f"{_AT}/{{person}}", ANYBODY, get=one, post=keep),
)
