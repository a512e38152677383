"""Importing a list of people: the file, what its columns hold, what the check found, and how far it is."""

from __future__ import annotations

import asyncio
from datetime import datetime, time
from typing import Any

from starlette.responses import Response

from bank import exporting, importing, spreadsheet, told_facts
from bank.import_columns import COLUMNS
from bank.imported import OLDEST
from bank.importing import Plan
from bank.spreadsheet import Unreadable
from bank.told_facts import BY_NAME
from console.given_dates import given as given_date
from console.page import Asked, Missing, page
from console.person import HOWS
from storage.people import Part
from storage.schema import Record
from storage.store import Tx
from storage.transfers import TransferState

WHO = frozenset(exporting.MAY)
_HOME = "/people/import"
_PREVIEWED = 3
_PARTS = ((Part.MEMBER, "Members"), (Part.STAFF, "Staff of ours"), (Part.PARTNER, "Partners"))
_GOES_ON = frozenset({TransferState.CHECKING, TransferState.RUNNING})
_CSV = {"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": 'attachment; filename="not-added.csv"'}


async def show(asked: Asked) -> Response:
    found = await asked.read(lambda tx: importing.latest(tx, asked.colleague))
    return asked.page("people_import.html", "Import a list of people", lists=found)


async def upload(asked: Asked) -> Response:
    """Keep the file, and go on to what its columns hold."""
    file, now = asked.form.files.get("file"), asked.now
    if file is None or not file.content:
        asked.form.mistakes["file"] = "Choose a file"
        return await show(asked)
    try:
        async with asked.room.fetching:
            sheet = await asyncio.to_thread(spreadsheet.read, file.content)
    except Unreadable as problem:
        asked.form.mistakes["file"] = str(problem)
        return await show(asked)
    row = await asked.write(lambda tx: importing.upload(tx, asked.colleague, file.name, sheet, now))
    return asked.back(f"{_HOME}/{row.token}")


async def one(asked: Asked) -> Response:
    """How it stands; before it is checked, or where that is asked for, what its columns hold."""
    row = await asked.read(lambda tx: _own(asked, tx))
    before = row.state in {TransferState.UPLOADED, TransferState.CHECKED}
    if row.state == TransferState.UPLOADED or (before and asked.query("change")):
        return await _columns(asked, row)
    return asked.page("people_import_one.html", "A list of people", **await _about(asked, row))


async def latest(asked: Asked) -> Response:
    """The part that renews itself while something is done."""
    row = await asked.read(lambda tx: _own(asked, tx))
    return asked.part("people_import_now.html", **await _about(asked, row))


def _own(asked: Asked, tx: Tx) -> Record:
    row = importing.own(tx, asked.colleague, asked.path("token"))
    if row is None:
        raise Missing
    return row


async def _about(asked: Asked, row: Record) -> dict[str, Any]:
    goes_on, lines, now = row.state in _GOES_ON, importing.shown(row), asked.now
    names_somebody = not goes_on and any(line.person for line in lines)
    counts = (row.report or {}).get("counts", {})
    return {
        "row": row,
        "here": f"{_HOME}/{row.token}",
        "goes_on": goes_on,
        "counts": counts,
        "lines": lines,
        "refused": _refused(row, counts),
        "seen": await asked.write(lambda tx: importing.named(tx, asked.colleague, row, now)) if names_somebody else {},
    }


def _refused(row: Record, counts: dict[str, int]) -> int:
    """How many rows are not added, or only perhaps."""
    adds_perhaps = row.asked.get("perhaps", False) and row.state != TransferState.CHECKED
    kinds = ("broken", "twice", "known", "stopped", *(() if adds_perhaps else ("perhaps",)))
    return sum(counts.get(kind, 0) for kind in kinds)


async def _columns(asked: Asked, row: Record) -> Response:
    organisation, headings = asked.room.organisation, row.asked["headings"]
    first = await asked.read(lambda tx: importing.piece(tx, row.id, 0))
    plan = importing.plan_of(row) if "plan" in row.asked else None
    return asked.page(
        "people_import_columns.html",
        "What the columns hold",
        row=row,
        here=f"{_HOME}/{row.token}",
        columns=COLUMNS,
        headings=headings,
        guess=plan.mapping if plan else row.asked["guess"],
        plan=plan,
        preview=first.rows[:_PREVIEWED] if first else [],
        languages_here=told_facts.choices(BY_NAME["language"], organisation),
        parts=_PARTS,
        source=organisation.catalogs.spoken[0],
    )


async def check(asked: Asked) -> Response:
    """Have it checked by what is filled in."""
    row, now = await asked.read(lambda tx: _own(asked, tx)), asked.now
    if row.state not in {TransferState.UPLOADED, TransferState.CHECKED}:
        return asked.back(f"{_HOME}/{row.token}")
    plan = _plan(asked, len(row.asked["headings"]))
    if plan is None:
        return await _columns(asked, row)

    def begin(tx: Tx) -> None:
        if importing.begin_check(tx, _own(asked, tx), plan, now):
            asked.room.go_on_with(tx, row.id)

    await asked.write(begin)
    return asked.back(f"{_HOME}/{row.token}")


def _plan(asked: Asked, width: int) -> Plan | None:
    """What was filled in, in the order of the page; None where something is wrong with it."""
    form, spoken = asked.form, asked.room.organisation.catalogs.spoken
    chosen = {column.name: form.text(f"column-{column.name}") for column in COLUMNS}
    places = {str(at): at for at in range(width)}
    mapping = {name: places[at] for name, at in chosen.items() if at in places}
    if not {"number", "post"} & set(mapping):
        form.mistakes["column-number"] = "Choose the column with phone numbers, or the one with where letters go"
    how = form.chosen("how", HOWS, "Choose how they agreed")
    day = given_date(form, "day", "Enter the day on which they agreed")
    if day is not None and datetime.combine(day, time(), asked.room.organisation.zone) > asked.now:
        form.mistakes["day"] = "The day on which they agreed must have been"
    if day is not None and day < OLDEST:
        form.mistakes["day"] = f"The day on which they agreed must be in {OLDEST.year} or later"
    words = form.needed("words", "Enter the words they agreed to, or which form it was", longest=2000)
    language = form.chosen("language", spoken, "Choose a language")
    part = form.chosen("part", tuple(Part), "Choose who they are")
    if not form.ticked("sure"):
        form.mistakes["sure"] = "Tick the box if it is so. If not, ask them first"
    group = form.line("group")
    return None if form.mistakes or day is None else Plan(mapping, how, day, words, language, part, group)


async def run(asked: Asked) -> Response:
    """Add the people of it."""
    add_perhaps, now = asked.form.text("perhaps") == "add", asked.now

    def begin(tx: Tx) -> None:
        row = _own(asked, tx)
        if importing.run(tx, asked.colleague, row, now, add_perhaps=add_perhaps):
            asked.room.go_on_with(tx, row.id)

    await asked.write(begin)
    return asked.back(f"{_HOME}/{asked.path('token')}")


async def cancel(asked: Asked) -> Response:
    now = asked.now
    await asked.write(lambda tx: importing.cancel(tx, asked.colleague, _own(asked, tx), now))
    return asked.back(f"{_HOME}/{asked.path('token')}")


async def again(asked: Asked) -> Response:
    """Go on where it stopped."""
    now = asked.now

    def begin(tx: Tx) -> None:
        row = _own(asked, tx)
        if importing.go_on(tx, row, now):
            asked.room.go_on_with(tx, row.id)

    await asked.write(begin)
    return asked.back(f"{_HOME}/{asked.path('token')}")


async def report(asked: Asked) -> Response:
    """The rows that are not added, as they were, each with what is wrong: to be put right, and brought again."""
    now = asked.now

    def read(tx: Tx) -> list[list[str]]:
        row = _own(asked, tx)
        if row.report is None:
            raise Missing
        importing.given(tx, asked.colleague, row, now)
        return list(importing.refused(tx, row))

    content = await asyncio.to_thread(spreadsheet.as_csv, await asked.write(read))
    return Response(content, headers=_CSV)


PAGES = (
    page(_HOME, WHO, get=show, post=upload, takes_files=True),
    page(f"{_HOME}/{{token}}", WHO, get=one, post=check),
    page(f"{_HOME}/{{token}}/latest", WHO, get=latest),
    page(f"{_HOME}/{{token}}/run", WHO, post=run),
    page(f"{_HOME}/{{token}}/cancel", WHO, post=cancel),
    page(f"{_HOME}/{{token}}/again", WHO, post=again),
    page(f"{_HOME}/{{token}}/report", WHO, get=report),
)
