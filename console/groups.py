"""Groups: the list, new ones by hand or by a rule, and who is in each."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from bank import audience_words, groups, people
from bank.audience import Rule
from bank.groups import Nested
from console import audience_fields
from console.audience_fields import Choices
from console.page import Asked, Missing, page
from console.people_found import search
from console.who import COORDINATORS
from storage import groups as stored
from storage.groups import GroupKind
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx

HOME = "/groups"
LONGEST_NAME = 100
KINDS = {GroupKind.HAND: "By hand", GroupKind.RULE: "By a rule", GroupKind.IMPORT: "From an imported list"}
_NESTED = "Groups may name other groups three deep at most, and never in a circle. Choose other groups"


async def show(asked: Asked) -> Response:
    return asked.page("groups.html", "Groups", rows=await asked.read(stored.in_use), kinds=KINDS)


def find(asked: Asked, tx: Tx) -> Record:
    row = stored.by_token(tx, asked.path("token"))
    if row is None or row.closed_at is not None:
        raise Missing
    return row


def _by_hand(asked: Asked, tx: Tx) -> Record:
    """A group that people are put in."""
    row = find(asked, tx)
    if row.kind == GroupKind.RULE:
        raise Missing
    return row


async def new(asked: Asked) -> Response:
    return asked.page("groups_new.html", "Add a group")


async def add(asked: Asked) -> Response:
    name, now = _name(asked), asked.now
    if asked.form.mistakes:
        return await new(asked)
    row = await asked.write(lambda tx: groups.add(tx, asked.colleague, name, now))
    return asked.back(f"{HOME}/{row.token}", done="group_kept")


def _name(asked: Asked) -> str:
    return asked.form.needed("name", "Enter a name for the group", longest=LONGEST_NAME)


async def new_by_rule(asked: Asked) -> Response:
    return _rule_form(asked, None, await asked.read(lambda tx: audience_fields.choices(tx, asked.room.organisation)))


def _rule_form(asked: Asked, row: Record | None, offered: Choices) -> Response:
    return asked.page(
        "groups_rule.html",
        "Change a group" if row is not None else "Add a group by a rule",
        row=row,
        offered=offered,
        chosen=audience_fields.chosen(Rule.from_json(row.rule) if row is not None else None),
    )


async def add_by_rule(asked: Asked) -> Response:
    offered = await asked.read(lambda tx: audience_fields.choices(tx, asked.room.organisation))
    rule, name, now = audience_fields.read(asked.form, offered), _name(asked), asked.now
    if not asked.form.mistakes:
        try:
            row = await asked.write(lambda tx: groups.add(tx, asked.colleague, name, now, rule))
            return asked.back(f"{HOME}/{row.token}", done="group_kept")
        except Nested:
            asked.form.mistakes["groups"] = _NESTED
    return _rule_form(asked, None, offered)


async def one(asked: Asked) -> Response:
    now, organisation = asked.now, asked.room.organisation

    def look(tx: Tx) -> dict[str, Any]:
        row = find(asked, tx)
        number, found = groups.look(tx, asked.colleague, row, now)
        told = audience_words.told(tx, Rule.from_json(row.rule), organisation) if row.kind == GroupKind.RULE else ""
        return {"row": row, "number": number, "found": found, "told": told}

    return asked.page("groups_one.html", "A group", kinds=KINDS, **await asked.write(look))


async def ask_change(asked: Asked) -> Response:
    row, offered = await asked.read(lambda tx: _offered(asked, tx))
    if row.kind == GroupKind.RULE:
        return _rule_form(asked, row, offered)
    return asked.page("groups_new.html", "Change a group", row=row)


def _offered(asked: Asked, tx: Tx) -> tuple[Record, Choices]:
    row = find(asked, tx)
    kept = Rule.from_json(row.rule) if row.kind == GroupKind.RULE else None
    return row, audience_fields.choices(tx, asked.room.organisation, kept)


async def change(asked: Asked) -> Response:
    row, offered = await asked.read(lambda tx: _offered(asked, tx))
    rule = audience_fields.read(asked.form, offered) if row.kind == GroupKind.RULE else None
    name, now = _name(asked), asked.now
    if not asked.form.mistakes:
        try:
            await asked.write(lambda tx: groups.change(tx, asked.colleague, find(asked, tx), name, now, rule))
            return asked.back(f"{HOME}/{row.token}", done="group_kept")
        except Nested:
            asked.form.mistakes["groups"] = _NESTED
    if row.kind == GroupKind.RULE:
        return _rule_form(asked, row, offered)
    return asked.page("groups_new.html", "Change a group", row=row)


async def add_people(asked: Asked) -> Response:
    """Look for people, to put them in."""
    row = await asked.read(lambda tx: _by_hand(asked, tx))
    return asked.page("groups_people.html", "Add people to a group", row=row, found=None)


async def find_people(asked: Asked) -> Response:
    row = await asked.read(lambda tx: _by_hand(asked, tx))
    found = await search(asked)
    return asked.page("groups_people.html", "Add people to a group", row=row, found=found)


async def put_in(asked: Asked) -> Response:
    now, chosen = asked.now, asked.form.several("person")

    def put(tx: Tx) -> None:
        seen = (people.seen(tx, asked.colleague, one) for one in dict.fromkeys(chosen) if one)
        those = [one for one in seen if one is not None and one.state == PersonState.MEMBER]
        groups.put_in(tx, asked.colleague, _by_hand(asked, tx), those, now)

    await asked.write(put)
    return asked.back(f"{HOME}/{asked.path('token')}", done="group_people_added" if any(chosen) else "")


async def take_out(asked: Asked) -> Response:
    now = asked.now

    def take(tx: Tx) -> None:
        person = people.seen(tx, asked.colleague, asked.form.text("person"))
        if person is None:
            raise Missing
        groups.take_out(tx, asked.colleague, _by_hand(asked, tx), person, now)

    await asked.write(take)
    return asked.back(f"{HOME}/{asked.path('token')}", done="group_person_removed")


async def close(asked: Asked) -> Response:
    now = asked.now
    await asked.write(lambda tx: groups.close(tx, asked.colleague, find(asked, tx), now))
    return asked.back(HOME, done="group_closed")


PAGES = (
    page(HOME, COORDINATORS, get=show),
    page(f"{HOME}/new", COORDINATORS, get=new, post=add),
    page(f"{HOME}/new/rule", COORDINATORS, get=new_by_rule, post=add_by_rule),
    page(HOME + "/{token}", COORDINATORS, get=one),
    page(HOME + "/{token}/change", COORDINATORS, get=ask_change, post=change),
    page(HOME + "/{token}/people", COORDINATORS, get=add_people, post=find_people),
    page(HOME + "/{token}/put-in", COORDINATORS, post=put_in),
    page(HOME + "/{token}/take-out", COORDINATORS, post=take_out),
    page(HOME + "/{token}/close", COORDINATORS, post=close),
)
