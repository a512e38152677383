"""Stories that members told: the list, one of them, for what it may be used, where it is, and that it is taken down."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from bank import story_list, story_typed, story_used
from bank.story_used import NotAgreed
from console.page import Asked, Missing, page
from console.person import HOW_MISTAKE, HOWS
from console.who import COORDINATORS
from storage.schema import Record
from storage.store import Tx
from storage.stories import Named, Use
from storage.told import How

USES = {Use.WEB: "A web page", Use.TRAINING: "Training of staff", Use.REPORT: "A report"}
NAMED = {
    Named.NAME: "With their name",
    Named.FIRST_NAME: "First name only",
    Named.NO_NAME: "Without their name",
    Named.NOT: "Not for this",
}
_LONGEST_PLACE = 200


async def show_all(asked: Asked) -> Response:
    number, now = asked.number("page"), asked.now
    rows, more = await asked.write(lambda tx: story_list.listed(tx, asked.colleague, number, now))
    return asked.page("stories.html", "Stories", rows=rows, page=number, more=more, uses=USES, named=NAMED)


def story_of(asked: Asked, tx: Tx) -> Record:
    """The story that the page is about. Raises Missing."""
    row = story_list.find(tx, asked.colleague, asked.path("token"))
    if row is None:
        raise Missing
    return row


def here(asked: Asked) -> str:
    return f"/stories/{asked.path('token')}"


async def show(asked: Asked) -> Response:
    now, organisation = asked.now, asked.room.organisation
    shown = await asked.write(lambda tx: story_list.look(tx, asked.colleague, story_of(asked, tx), now, organisation))
    return asked.page("story.html", "A story", shown=shown, uses=USES, named=NAMED, hows=HOWS)


async def use(asked: Asked) -> Response:
    form, now = asked.form, asked.now
    what = form.chosen("use", list(USES), "Choose what it is used for")
    place = form.needed("place", "Say where it is used, so that it can be found again", longest=_LONGEST_PLACE)
    if not form.mistakes:
        try:
            await asked.write(
                lambda tx: story_used.use(tx, asked.colleague, story_of(asked, tx), Use(what), place, now)
            )
        except NotAgreed as error:
            form.mistakes["use"] = str(error)
    return await show(asked) if form.mistakes else asked.back(here(asked), "story_used")


async def take_down(asked: Asked) -> Response:
    name, now, organisation = asked.form.text("place"), asked.now, asked.room.organisation
    done = await asked.write(
        lambda tx: story_used.down(tx, asked.colleague, story_of(asked, tx), name, now, organisation)
    )
    return asked.back(here(asked), "story_down" if done else "")


async def is_right(asked: Asked) -> Response:
    form, now = asked.form, asked.now
    how = form.chosen("right_how", HOWS, HOW_MISTAKE)
    if form.mistakes:
        return await show(asked)
    await asked.write(lambda tx: story_typed.right(tx, asked.colleague, story_of(asked, tx), How(how), now))
    return asked.back(here(asked), "story_right")


async def take_back(asked: Asked) -> Response:
    form, now = asked.form, asked.now
    how = form.chosen("back_how", HOWS, HOW_MISTAKE)
    if form.mistakes:
        return await show(asked)
    await asked.write(lambda tx: story_typed.take_back(tx, asked.colleague, story_of(asked, tx), How(how), now))
    return asked.back(here(asked), "story_back")


def said_of_uses(asked: Asked) -> Mapping[Use, Named]:
    """What the form says of each use; one of which they said nothing is not in it."""
    given = {one: asked.form.text(f"use_{one.value}") for one in Use}
    return {one: Named(named) for one, named in given.items() if named in set(Named)}


PAGES = (
    page("/stories", COORDINATORS, get=show_all),
    page("/stories/{token}", COORDINATORS, get=show),
    page("/stories/{token}/used", COORDINATORS, get=show, post=use),
    page("/stories/{token}/down", COORDINATORS, post=take_down),
    page("/stories/{token}/right", COORDINATORS, get=show, post=is_right),
    page("/stories/{token}/back", COORDINATORS, get=show, post=take_back),
)
