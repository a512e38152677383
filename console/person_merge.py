"""Two that are one, and one that is two: each with a reason."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time
from typing import Any

from starlette.responses import Response

from bank import merging, people, splitting, told_facts
from bank.merging import Refused
from bank.people import Found
from console.given_dates import given as given_date
from console.page import Asked, Missing, page
from console.person import CHANNELS, home, looked_at, person_of, whom
from console.who import COORDINATORS
from language import phones
from language.name_parts import parts
from storage import reach
from storage.directory import Wanted
from storage.schema import Record
from storage.store import Tx

_WHY = "Say how you know"


async def look_for(asked: Asked) -> Response:
    return await _candidates(asked, None)


async def candidates(asked: Asked) -> Response:
    """Who might be the same person: looked for by name or number, as in the list."""
    form, now = asked.form, asked.now
    name, typed = form.line("name"), form.line("number")
    number = phones.e164(typed) if typed else ""
    if not number and not parts(name):
        form.mistakes["name"] = "Enter a name or a whole phone number"
        return await _candidates(asked, None)
    wanted = Wanted(name=name, number=number or "", state=None)
    return await _candidates(asked, await asked.write(lambda tx: people.search(tx, asked.colleague, wanted, now)))


async def _candidates(asked: Asked, found: Found | None) -> Response:
    person = await person_of(asked)
    others = [one for one in found.people if one.id != person.id] if found else []
    return asked.page("person_merge_find.html", "Who is the same person?", person=person, found=found, others=others)


def _other(asked: Asked, tx: Tx) -> Record:
    other = people.seen(tx, asked.colleague, asked.path("other"))
    if other is None:
        raise Missing
    return other


async def compare(asked: Asked) -> Response:
    """Both, side by side."""

    def look(tx: Tx) -> list[dict[str, Any]]:
        person, other = looked_at(asked, tx), _other(asked, tx)
        people.looked(tx, asked.colleague, other, asked.now)
        return [_side(asked, tx, person), _side(asked, tx, other)]

    sides = await asked.write(look)
    return asked.page("person_merge.html", "Are these two one person?", sides=sides, person=sides[0]["person"])


def _side(asked: Asked, tx: Tx, person: Record) -> dict[str, Any]:
    reached = [f"{CHANNELS[row.channel]}, {people.masked(row)}" for row in reach.addresses_of(tx, person.id)]
    return {
        "person": person,
        "facts": told_facts.facts(tx, person, asked.room.organisation),
        "reached": [*reached, *people.masked_contact(person).values()],
    }


async def merge(asked: Asked) -> Response:
    form, now, organisation = asked.form, asked.now, asked.room.organisation
    why = form.needed("why", _WHY, longest=500)
    if not form.mistakes:
        try:
            await asked.write(
                lambda tx: merging.merge(
                    tx, asked.colleague, whom(asked, tx), _other(asked, tx), why, now, organisation
                )
            )
        except Refused as refused:
            form.mistakes["why"] = str(refused)
    return await compare(asked) if form.mistakes else asked.back(home(asked), "merged")


async def choose(asked: Asked) -> Response:
    """Which messages were somebody else's, and whose?"""

    def look(tx: Tx) -> tuple[Record, list[splitting.Wrote], list[Record]]:
        person = looked_at(asked, tx)
        seen = [one for one in splitting.others(tx, person) if people.seen(tx, asked.colleague, one.token)]
        return person, splitting.written(tx, person), seen

    person, written, others = await asked.write(look)
    return asked.page(
        "person_split.html", "Which messages were not theirs?", person=person, written=written, others=others
    )


async def split(asked: Asked) -> Response:
    form, now = asked.form, asked.now
    which = form.chosen("which", ("ticked", "since"), "Choose which messages")
    whose = form.needed("whose", "Choose whose messages they are")
    why = form.needed("why", _WHY, longest=500)
    chosen = _chosen(asked, which)
    if not form.mistakes:
        try:
            await asked.write(
                lambda tx: splitting.split(tx, asked.colleague, _whole(asked, tx, whose), chosen, whose, why, now)
            )
        except Refused as refused:
            form.mistakes["which"] = str(refused)
    return await choose(asked) if form.mistakes else asked.back(home(asked), "split")


def _whole(asked: Asked, tx: Tx, whose: str) -> Record:
    """The person; to somebody whom they may not see nothing can be given."""
    if whose not in {splitting.NEW, splitting.NOBODY} and people.seen(tx, asked.colleague, whose) is None:
        raise Missing
    return whom(asked, tx)


def _chosen(asked: Asked, which: str) -> Collection[str] | datetime:
    if which != "since":
        return set(asked.form.several("messages"))
    day = given_date(asked.form, "day", "Enter the day of the first message that was not theirs")
    zone = asked.room.organisation.zone
    return datetime.combine(day, time(), zone) if day else set()


PAGES = (
    page("/people/{token}/merge", COORDINATORS, get=look_for, post=candidates),
    page("/people/{token}/merge/{other}", COORDINATORS, get=compare, post=merge),
    page("/people/{token}/split", COORDINATORS, get=choose, post=split),
)
