"""Places of a project: who is interested, the draw or the choice, who waits, who came."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response

from bank import people, place_list, places
from bank.places import NotDecidable
from console.page import Asked, Missing, page
from console.project import HOW_GIVEN, find, home, title_of
from console.who import COORDINATORS
from storage.places import PlaceState
from storage.projects import PlacesBy, ProjectState
from storage.schema import Record
from storage.store import Tx

STANDS = {
    PlaceState.PLACE: "Have a place",
    PlaceState.INTERESTED: "Are interested",
    PlaceState.WAITING: "Wait for a place, in this order",
    PlaceState.TOOK_PART: "Took part",
    PlaceState.NOT_CHOSEN: "Were not chosen",
    PlaceState.GIVEN_UP: "Said no, or gave their place up",
}


async def show(asked: Asked, problem: str = "") -> Response:
    now = asked.now

    def look(tx: Tx) -> tuple[Record, place_list.Everybody]:
        row = find(asked, tx, change=True)
        return row, place_list.look(tx, asked.colleague, row, now, asked.number("page"))

    row, everybody = await asked.write(look)
    may_choose = row.places_by == PlacesBy.CHOSEN or (row.places_by == PlacesBy.DRAW and row.draw_seed is not None)
    return asked.page(
        "project_places.html",
        "Places",
        status=409 if problem else 200,
        row=row,
        project_title=title_of(row),
        everybody=everybody,
        stands={state: STANDS[state] for state in place_list.ORDER},
        how_given=HOW_GIVEN[row.places_by],
        problem=problem,
        may_draw=row.places_by == PlacesBy.DRAW and row.draw_seed is None and row.places is not None,
        may_choose=may_choose,
        has_begun=row.state in {ProjectState.UNDER_WAY, ProjectState.FINISHED},
    )


async def draw(asked: Asked) -> Response:
    now = asked.now
    return await _decided(asked, lambda tx, row: places.draw(tx, asked.colleague, row, now))


async def choose(asked: Asked) -> Response:
    """Those who were ticked get a place; those ticked to wait are in line; of the others, who was shown hears a no."""
    now, given = asked.now, [asked.form.several(name) for name in ("place", "wait", "shown")]
    if not given[0] and not given[1]:
        return await show(asked, "Tick at least one person")

    def decide(tx: Tx, row: Record) -> object:
        ids = place_list.ids(tx, asked.colleague, row)
        placed, waiting, shown = [[ids[token] for token in tokens if token in ids] for tokens in given]
        return places.choose(tx, asked.colleague, row, placed, now, waiting, shown)

    return await _decided(asked, decide)


async def give_up(asked: Asked) -> Response:
    now = asked.now

    def let_go(tx: Tx, row: Record) -> None:
        person = people.seen(tx, asked.colleague, asked.form.text("person"))
        if person is None:
            raise Missing
        place_list.give_up(tx, asked.colleague, row, person, now)

    return await _decided(asked, let_go)


async def came(asked: Asked) -> Response:
    now, ticked = asked.now, frozenset(asked.form.several("came"))
    return await _decided(asked, lambda tx, row: place_list.took_part(tx, asked.colleague, row, ticked, now))


async def _decided(asked: Asked, decide: Callable[[Tx, Record], object]) -> Response:
    try:
        await asked.write(lambda tx: decide(tx, find(asked, tx, change=True)))
    except NotDecidable as why:
        return await show(asked, str(why))
    return asked.back(f"{home(asked)}/places?page={asked.number('page')}", done="places_decided")


_AT = "/projects/{token}/places"
PAGES = (
    page(_AT, COORDINATORS, get=show),
    page(f"{_AT}/draw", COORDINATORS, post=draw),
    page(f"{_AT}/choose", COORDINATORS, post=choose),
    page(f"{_AT}/give-up", COORDINATORS, post=give_up),
    page(f"{_AT}/came", COORDINATORS, post=came),
)
