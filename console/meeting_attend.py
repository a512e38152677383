"""Who came to a meeting: ticked on the day or after, walk-ins found by name, and what the figures say afterwards."""

from __future__ import annotations

from starlette.responses import Response

from bank import attendance, attendance_list, people, spreadsheet
from bank.attendance import TooEarly
from bank.attendance_list import Register
from bank.people import Found
from console.meeting import find, home, title_of
from console.page import Asked, Missing, page
from console.people_found import search
from console.who import ANYBODY, COORDINATORS
from storage.people import PersonState
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx

STATES = {
    RsvpState.COMING: "Said yes",
    RsvpState.WAITING: "Was in line for a place",
    RsvpState.MAYBE: "Was not sure",
    RsvpState.NOT_COMING: "Said no",
}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TOO_EARLY = "Nobody can have come yet. Tick who came on the day of the meeting, or after it"
_AT = "/meetings/{token}/attend"


async def show(asked: Asked, found: Found | None = None) -> Response:
    """The list to tick; whoever was looked for is on top."""
    now = asked.now

    def look(tx: Tx) -> tuple[Record, Register]:
        row = find(asked, tx, change=True)
        return row, attendance_list.look(tx, asked.colleague, row, now)

    row, register = await asked.write(look)
    return asked.page(
        "meeting_attend.html",
        "Who came",
        row=row,
        meeting_title=title_of(row),
        register=register,
        said=STATES,
        found=found,
        may_tick=attendance.may_be_ticked(row, now),
        may_find=asked.colleague.may(*COORDINATORS),
        is_over=row.ends_at <= now,
    )


async def keep(asked: Asked) -> Response:
    """What was ticked, against what was ticked when the page was made."""
    now, organisation = asked.now, asked.room.organisation
    shown, before, ticked = [frozenset(asked.form.several(name)) for name in ("shown", "before", "came")]

    def tick(tx: Tx) -> int:
        row = find(asked, tx, change=True)
        return attendance.tick(tx, asked.colleague, row, shown, before, ticked, now, organisation)

    try:
        await asked.write(tick)
    except TooEarly:
        asked.form.mistakes["came"] = _TOO_EARLY
        return await show(asked)
    return asked.back(f"{home(asked)}/attend", done="attendance_kept")


async def find_by_name(asked: Asked) -> Response:
    """Somebody who walked in, as they say that they are called."""
    await asked.read(lambda tx: find(asked, tx, change=True))
    return await show(asked, await search(asked))


async def walk_in(asked: Asked) -> Response:
    now, organisation = asked.now, asked.room.organisation

    chosen = asked.form.text("person")
    if not chosen:
        asked.form.mistakes["name"] = "Find who walked in once more, and choose one of them"
        return await show(asked)

    def add(tx: Tx) -> None:
        row = find(asked, tx, change=True)
        person = people.seen(tx, asked.colleague, chosen)
        if person is None or person.state != PersonState.MEMBER:
            raise Missing
        attendance.walk_in(tx, asked.colleague, row, person, now, organisation)

    try:
        await asked.write(add)
    except TooEarly:
        asked.form.mistakes["came"] = _TOO_EARLY
        return await show(asked)
    return asked.back(f"{home(asked)}/attend", done="walk_in_added")


async def listed(asked: Asked) -> Response:
    """The plain list of who came, as a spreadsheet."""
    now = asked.now

    def look(tx: Tx) -> tuple[Record, Register]:
        row = find(asked, tx, change=True)
        return row, attendance_list.look(tx, asked.colleague, row, now, "spreadsheet")

    row, register = await asked.write(look)
    rows = [["Name", "Answered", "Came", "Guests", "First time"], *(_cells(one) for one in register.people if one.came)]
    name = f"heard-meeting-{row.on_day}-who-came.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(spreadsheet.as_xlsx(rows), media_type=_XLSX, headers=headers)


def _cells(one: attendance_list.Expected) -> list[str]:
    answered = "Walked in" if one.walked_in else STATES[one.state]
    return [one.name, answered, "Yes", str(one.guests), "Yes" if one.is_new else "No"]


PAGES = (
    page(_AT, ANYBODY, get=show, post=keep),
    page(f"{_AT}/find", COORDINATORS, post=find_by_name),  # among all of the bank
    page(f"{_AT}/walk-in", COORDINATORS, post=walk_in),
    page(f"{_AT}/list", ANYBODY, post=listed),
)
