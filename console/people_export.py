"""Exporting: what is to go out in a file, how far it is, and the file itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response

from bank import exportable, exporting, spreadsheet
from bank.exported import Eyes, What
from bank.exporting import TooMany
from console.page import Asked, Missing, page
from storage.people import PersonState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from storage.transfers import TransferState

WHO = frozenset(exporting.MAY)
_HOME = "/people/export"
_NONE_YET = "There is none of these yet. Choose something else"
_STATES = (("member", "Members"), ("left", "People who have left, and are not deleted yet"), ("all", "Everybody"))
_WHATS = (
    (What.PEOPLE, "People"),
    (What.ANSWERS, "Answers to a set of questions"),
    (What.PLACES, "Who wants to take part in a project"),
    (What.PROGRESS, "How far a message to many has come"),
)
_KINDS: Mapping[str, tuple[Callable[[list[list[str]]], bytes], str]] = {
    "csv": (spreadsheet.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (spreadsheet.as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


async def show(asked: Asked) -> Response:
    found, choices = await asked.read(lambda tx: (exporting.latest(tx, asked.colleague), exportable.choices(tx)))
    return asked.page(
        "people_export.html",
        "Export to a spreadsheet",
        files=found,
        whats=[(what.value, label) for what, label in _WHATS if what == What.PEOPLE or choices[what]],
        choices={what.value: given for what, given in choices.items()},
        states=_STATES,
        numbers=asked.colleague.may(Role.ADMINISTRATOR),
    )


async def begin(asked: Asked) -> Response:
    form, now = asked.form, asked.now
    what = form.chosen("what", tuple(What), "Choose what you want to export")
    which, state = form.text(f"which-{what}"), form.text("state") or PersonState.MEMBER.value

    def start(tx: Tx) -> Record | None:
        wished = exportable.wished(tx, What(what), which, state)
        if wished is None:
            there_are = exportable.choices(tx)[What(what)]
            field, mistake = (f"which-{what}", "Choose one of them") if there_are else ("what", _NONE_YET)
            form.mistakes[field] = mistake
            return None
        row = exporting.begin(tx, asked.colleague, *wished, now)
        asked.room.go_on_with(tx, row.id)
        return row

    try:
        row = await asked.write(start) if what else None
    except TooMany as too_many:
        form.mistakes["what"] = (
            f"That is {too_many.count:,} people. A file holds {spreadsheet.MOST_ROWS:,} at most. Choose an audience"
        )
        return await show(asked)
    if row is None:
        return await show(asked)
    return asked.back(f"{_HOME}/{row.token}")


async def one(asked: Asked) -> Response:
    row = await asked.read(lambda tx: _own(asked, tx))
    return asked.page("people_export_one.html", "Your file", **_about(asked, row))


async def latest(asked: Asked) -> Response:
    """The part that renews itself until the file is there."""
    return asked.part("people_export_now.html", **_about(asked, await asked.read(lambda tx: _own(asked, tx))))


def _about(asked: Asked, row: Record) -> dict[str, Any]:
    return {
        "row": row,
        "here": f"{_HOME}/{row.token}",
        "goes_on": row.state == TransferState.RUNNING,
        "may_have": exporting.may_have(asked.colleague, row),
        "numbers": Eyes.of(asked.colleague).numbers,
    }


def _own(asked: Asked, tx: Tx) -> Record:
    row = exporting.own(tx, asked.colleague, asked.path("token"))
    if row is None:
        raise Missing
    return row


async def file(asked: Asked) -> Response:
    """The file itself. That they have it is recorded before it is given."""
    kind, now = asked.path("kind"), asked.now
    if kind not in _KINDS:
        raise Missing

    def read(tx: Tx) -> list[list[str]]:
        row = _own(asked, tx)
        if not exporting.may_have(asked.colleague, row):
            raise Missing
        exporting.given(tx, asked.colleague, row, kind, now)
        return list(exporting.rows(tx, row))

    async with asked.room.fetching:
        written, content_type = _KINDS[kind]
        content = await asyncio.to_thread(written, await asked.room.store.write(read))
    day = now.astimezone(asked.room.organisation.zone).date().isoformat()
    headers = {"Content-Type": content_type, "Content-Disposition": f'attachment; filename="heard-{day}.{kind}"'}
    return Response(content, headers=headers)


PAGES = (
    page(_HOME, WHO, get=show, post=begin),
    page(f"{_HOME}/{{token}}", WHO, get=one),
    page(f"{_HOME}/{{token}}/latest", WHO, get=latest),
    page(f"{_HOME}/{{token}}/file/{{kind}}", WHO, get=file),
)
