"""A person's groups, whether they are a member, of staff or a partner, and the format they asked for."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from bank import groups, part, people
from bank.part import FORMATS, PARTS
from console.page import Asked, page
from console.person import home, looked_at
from console.person_change import member
from console.who import COORDINATORS
from storage import groups as stored
from storage.groups import GroupKind
from storage.people import Part
from storage.schema import Record
from storage.store import Tx


async def show(asked: Asked) -> Response:
    now = asked.now

    def look(tx: Tx) -> dict[str, Any]:
        person = member(asked, tx)
        people.looked(tx, asked.colleague, person, now)
        theirs = groups.of_person(tx, person, now)
        return {
            "person": person,
            "offered": [(row.token, row.name) for row in _by_hand(tx)],
            "chosen": [row.token for row in theirs if row.kind != GroupKind.RULE],
            "by_rule": [row for row in theirs if row.kind == GroupKind.RULE],
        }

    return asked.page(
        "person_groups.html", "Their groups, part and format", parts=PARTS, formats=FORMATS, **await asked.write(look)
    )


def _by_hand(tx: Tx) -> list[Record]:
    return [row for row in stored.in_use(tx) if row.kind != GroupKind.RULE]


async def keep(asked: Asked) -> Response:
    form, now = asked.form, asked.now
    is_ = form.chosen("part", [name for name, _label in PARTS], "Choose what they are")
    wanted = form.chosen("format", ["", *(name for name, _label in FORMATS)], "Choose one of the formats")
    chosen = set(form.several("groups"))
    if form.mistakes:
        return await show(asked)

    def change(tx: Tx) -> bool:
        person = looked_at(asked, tx)
        those = [row for row in _by_hand(tx) if row.token in chosen]
        moved = groups.keep_of(tx, asked.colleague, person, those, now)
        return part.change(tx, asked.colleague, person, Part(is_), wanted or None, now) or bool(moved)

    done = await asked.write(change)
    return asked.back(home(asked), "person_changed" if done else "")


PAGES = (page("/people/{token}/groups", COORDINATORS, get=show, post=keep),)
