"""Audiences: rules that pick people, kept under a name; each shows how many it is, and who is left out and why."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from bank import audience_words, audiences
from bank.audience import Rule
from console import audience_fields
from console.audience_fields import Choices
from console.audience_shown import spoken
from console.page import Asked, Missing, page
from console.who import COORDINATORS
from storage import audiences as stored
from storage.schema import Record
from storage.store import Tx

HOME = "/audiences"
LONGEST_NAME = 100


async def show(asked: Asked) -> Response:
    organisation = asked.room.organisation

    def look(tx: Tx) -> list[tuple[Record, str]]:
        return [(row, audience_words.told(tx, Rule.from_json(row.rule), organisation)) for row in stored.in_use(tx)]

    return asked.page("audiences.html", "Audiences", rows=await asked.read(look))


def _find(asked: Asked, tx: Tx) -> Record:
    row = stored.by_token(tx, asked.path("token"))
    if row is None or row.closed_at is not None:
        raise Missing
    return row


def counted(asked: Asked, tx: Tx, rule: Rule) -> dict[str, Any]:
    """What parts/audience_preview.html shows of this rule. That they looked is recorded."""
    organisation = asked.room.organisation
    found = audiences.look(tx, asked.colleague, rule, asked.now, organisation)
    return {
        "told": audience_words.told(tx, rule, organisation),
        "counted": found,
        "spoken": spoken(found, asked.colleague),
    }


async def one(asked: Asked) -> Response:
    def look(tx: Tx) -> dict[str, Any]:
        row = _find(asked, tx)
        return {"row": row, **counted(asked, tx, Rule.from_json(row.rule))}

    return asked.page("audiences_one.html", "An audience", **await asked.write(look))


async def new(asked: Asked) -> Response:
    offered = await asked.read(lambda tx: audience_fields.choices(tx, asked.room.organisation))
    return _form(asked, None, offered)


def _form(asked: Asked, row: Record | None, offered: Choices, shown: dict[str, Any] | None = None) -> Response:
    return asked.page(
        "audiences_form.html",
        "Change an audience" if row is not None else "Add an audience",
        row=row,
        offered=offered,
        chosen=audience_fields.chosen(Rule.from_json(row.rule) if row is not None else None),
        shown=shown,
    )


async def add(asked: Asked) -> Response:
    """Count the people, or keep the audience, as the button says."""
    offered = await asked.read(lambda tx: audience_fields.choices(tx, asked.room.organisation))
    rule, name, now = audience_fields.read(asked.form, offered), _name(asked), asked.now
    if asked.form.mistakes:
        return _form(asked, None, offered)
    if not _keeps(asked):
        return _form(asked, None, offered, await asked.write(lambda tx: counted(asked, tx, rule)))
    row = await asked.write(lambda tx: audiences.add(tx, asked.colleague, name, rule, now))
    return asked.back(f"{HOME}/{row.token}", done="audience_kept")


def _keeps(asked: Asked) -> bool:
    return asked.form.text("do") == "keep"


def _name(asked: Asked) -> str:
    if not _keeps(asked):
        return ""
    return asked.form.needed("name", "Enter a name for it", longest=LONGEST_NAME)


async def ask_change(asked: Asked) -> Response:
    row, offered = await asked.read(lambda tx: _offered(asked, tx))
    return _form(asked, row, offered)


def _offered(asked: Asked, tx: Tx) -> tuple[Record, Choices]:
    row = _find(asked, tx)
    return row, audience_fields.choices(tx, asked.room.organisation, Rule.from_json(row.rule))


async def change(asked: Asked) -> Response:
    row, offered = await asked.read(lambda tx: _offered(asked, tx))
    rule, name, now = audience_fields.read(asked.form, offered), _name(asked), asked.now
    if asked.form.mistakes:
        return _form(asked, row, offered)
    if not _keeps(asked):
        return _form(asked, row, offered, await asked.write(lambda tx: counted(asked, tx, rule)))
    await asked.write(lambda tx: audiences.change(tx, asked.colleague, _find(asked, tx), name, rule, now))
    return asked.back(f"{HOME}/{row.token}", done="audience_kept")


async def close(asked: Asked) -> Response:
    now = asked.now
    await asked.write(lambda tx: audiences.close(tx, asked.colleague, _find(asked, tx), now))
    return asked.back(HOME, done="audience_closed")


PAGES = (
    page(HOME, COORDINATORS, get=show),
    page(f"{HOME}/new", COORDINATORS, get=new, post=add),
    page(HOME + "/{token}", COORDINATORS, get=one),
    page(HOME + "/{token}/change", COORDINATORS, get=ask_change, post=change),
    page(HOME + "/{token}/close", COORDINATORS, post=close),
)
