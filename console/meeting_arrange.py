"""What to arrange for a meeting: by person or by kind, what became of each, one more, and that it is ready."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from starlette.responses import Response

from bank import arrangement_change, arrangement_list, arrangement_news, arrangements, people
from bank.arrangement_change import CHANGES, LONGEST_NOTE, CannotArrange
from bank.arrangement_facts import Told
from bank.arrangement_list import Everything
from bank.arrangement_times import LABELS
from bank.lacking import NotYet
from bank.told_facts import language_name
from console.meeting import find, home, title_of
from console.page import Asked, Missing, page
from console.person import HOW_MISTAKE, HOWS
from console.who import ANYBODY, READERS
from storage.arrangements import ArrangementKind, ArrangementState
from storage.meetings import GOES_ON, MeetingState
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx
from storage.told import How

STATES = {
    ArrangementState.TO_DO: "To do",
    ArrangementState.BOOKED: "Booked",
    ArrangementState.COULD_NOT: "Could not be booked",
    ArrangementState.TALKED: "Talked about",
    ArrangementState.NOT_NEEDED: "Not needed",
}
_COMES = {
    RsvpState.COMING: "",
    RsvpState.WAITING: "Waits for a place",
    RsvpState.MAYBE: "Is not sure yet",
    RsvpState.NOT_COMING: "Does not come",
}
_PRESSES = {
    ArrangementState.BOOKED: "It is booked",
    ArrangementState.COULD_NOT: "It could not be booked",
    ArrangementState.TALKED: "I have talked about it with them",
    ArrangementState.NOT_NEEDED: "They do not need it, or I have cancelled it",
    ArrangementState.TO_DO: "It is to be done again",
}
_IS_TOLD = (ArrangementState.BOOKED, ArrangementState.COULD_NOT)
# Of one that is cancelled, what is booked is taken off.
_MAY_CHANGE = GOES_ON | {MeetingState.CANCELED}


async def show(asked: Asked, problem: str = "", lacks: tuple[str, ...] = ()) -> Response:
    now, organisation = asked.now, asked.room.organisation

    def look(tx: Tx) -> tuple[Record, Everything]:
        row = find(asked, tx)
        return row, arrangement_list.look(tx, asked.colleague, row, now, organisation)

    row, everything = await asked.write(look)
    by_kind = asked.query("by") == "kind"
    grouped = everything.by_kind() if by_kind else everything.by_person()
    return asked.page(
        "meeting_arrange.html",
        "What to arrange",
        status=409 if problem or lacks else 200,
        row=row,
        meeting_title=title_of(row),
        everything=everything,
        groups=[(LABELS[name] if isinstance(name, ArrangementKind) else name, rows) for name, rows in grouped],
        by_kind=by_kind,
        sees_people=asked.colleague.may(*READERS),
        labels=LABELS,
        states=STATES,
        comes=_COMES,
        problem=problem,
        lacks=lacks,
        may_change=await asked.read(lambda tx: _may_change(asked, tx)) and row.state in _MAY_CHANGE,
        may_be_ready=row.state == MeetingState.OPEN and everything.is_settled,
        is_ready=row.state == MeetingState.READY,
    )


def _may_change(asked: Asked, tx: Tx) -> bool:
    try:
        find(asked, tx, change=True)
    except Missing:
        return False
    return True


async def one(asked: Asked, problem: str = "") -> Response:
    """What is to be arranged for one person, and what may become of it; before they are told, what they would read."""
    now, organisation = asked.now, asked.room.organisation

    def look(tx: Tx) -> tuple[Record, Record, Record]:
        return _found(asked, tx, now)

    meeting, row, person = await asked.write(look)
    state, note = asked.form.text("state"), asked.form.text("note")
    preview = ""
    if state in STATES and not asked.form.mistakes:
        told = Told(row.kind, note)
        preview = arrangement_news.preview(meeting, told, ArrangementState(state), person.language, organisation)
    return asked.page(
        "meeting_arrange_one.html",
        LABELS[ArrangementKind(row.kind)],
        status=409 if problem else 200,
        meeting=meeting,
        row=row,
        person=person,
        presses=[(state.value, text) for state, text in _PRESSES.items() if _fits(meeting, row, state)],
        states=STATES,
        longest=LONGEST_NOTE,
        sees_people=asked.colleague.may(*READERS),
        language=language_name(person.language),
        lang=person.language,
        preview=preview,
        problem=problem,
    )


def _fits(meeting: Record, row: Record, state: ArrangementState) -> bool:
    """Whether that may become of it: what is booked for a meeting that is cancelled is only taken off."""
    is_off = arrangement_change.may_be_taken_off(meeting, row)
    return bool(state != row.state and (state == ArrangementState.NOT_NEEDED or not is_off))


def _found(asked: Asked, tx: Tx, now: datetime, *, change: bool = True) -> tuple[Record, Record, Record]:
    """The meeting, the arrangement and the person. Raises Missing."""
    meeting = find(asked, tx, change=change)
    found = arrangement_list.find(tx, asked.colleague, meeting, asked.path("arrangement"), now)
    if found is None:
        raise Missing
    return meeting, *found


async def change(asked: Asked) -> Response:
    """What they would be told is shown first. Then it is kept, and they are told."""
    form, now = asked.form, asked.now
    state = form.chosen("state", [one.value for one in CHANGES], "Choose what became of it")
    note = form.text("note", longest=LONGEST_NOTE)
    if form.mistakes or (state in _IS_TOLD and form.text("seen") != f"{state}:{note}"):
        return await one(asked)

    def keep(tx: Tx) -> None:
        _meeting, row, _person = _found(asked, tx, now)
        CHANGES[ArrangementState(state)](tx, asked.colleague, row, note, now)

    try:
        await asked.write(keep)
    except CannotArrange as why:
        return await one(asked, str(why))
    return asked.back(f"{home(asked)}/arrange", done="arrangement_told" if state in _IS_TOLD else "arrangement_kept")


async def adding(asked: Asked, problem: str = "") -> Response:
    now, organisation = asked.now, asked.room.organisation

    def look(tx: Tx) -> tuple[Record, Everything]:
        row = find(asked, tx, change=True)
        return row, arrangement_list.look(tx, asked.colleague, row, now, organisation)

    row, everything = await asked.write(look)
    return asked.page(
        "meeting_arrange_add.html",
        "Add something to arrange",
        status=409 if problem else 200,
        row=row,
        meeting_title=title_of(row),
        people=[(token, name or "Somebody we have no name for") for token, name in everything.coming],
        kinds=[(kind.value, label) for kind, label in LABELS.items()],
        problem=problem,
    )


async def add(asked: Asked) -> Response:
    form, now, organisation = asked.form, asked.now, asked.room.organisation
    person = form.needed("person", "Choose who it is for")
    kind = form.chosen("kind", list(LABELS), "Choose what it is")
    words = form.needed("words", "Enter what they asked for", longest=500)
    how = form.chosen("how", HOWS, HOW_MISTAKE)
    if form.mistakes:
        return await adding(asked)

    def keep(tx: Tx) -> None:
        meeting, whom = find(asked, tx, change=True), people.seen(tx, asked.colleague, person)
        if whom is None:
            raise Missing
        about: dict[str, Any] = {"how": How(how), "each_time": form.ticked("each_time")}
        what = ArrangementKind(kind), words
        arrangement_change.add(tx, asked.colleague, meeting, whom, *what, now, organisation, **about)

    try:
        await asked.write(keep)
    except CannotArrange as why:
        return await adding(asked, str(why))
    return asked.back(f"{home(asked)}/arrange", done="arrangement_added")


async def ready(asked: Asked) -> Response:
    """All is arranged, or was talked about. What is missing is told on the page."""
    now = asked.now
    try:
        await asked.write(lambda tx: arrangements.ready(tx, asked.colleague, find(asked, tx, change=True), now))
    except NotYet as why:
        return await show(asked, lacks=why.reasons)
    return asked.back(home(asked), done="meeting_ready")


_AT = "/meetings/{token}/arrange"
PAGES = (
    page(_AT, ANYBODY, get=show),
    page(f"{_AT}/add", ANYBODY, get=adding, post=add),
    page(f"{_AT}/ready", ANYBODY, post=ready),
    page(f"{_AT}/{{arrangement}}", ANYBODY, get=one, post=change),
)
