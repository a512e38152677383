"""A story typed in for who tells it by phone, face to face or on paper, and what they say it may be used for."""

from __future__ import annotations

from starlette.responses import Response

from bank import story_list, story_typed, story_uses
from bank.story_typed import HasOne
from console.page import Asked, page
from console.person import HOW_MISTAKE, HOWS, looked_at, whom
from console.stories import NAMED, USES, here, said_of_uses, story_of
from console.who import COORDINATORS
from storage.schema import Record
from storage.store import Tx
from storage.stories import Use
from storage.told import How

_LONGEST = 20_000
_HAS_ONE = "We have a story of theirs already. Open it from their page, and change it there"


async def ask(asked: Asked) -> Response:
    organisation = asked.room.organisation
    person = await asked.write(lambda tx: looked_at(asked, tx))
    language = person.language if person.language in organisation.catalogs.spoken else organisation.catalogs.spoken[0]
    asks = {use: story_uses.question(use, organisation, language) for use in Use}
    return asked.page(
        "story_new.html", "Type in their story", person=person, asks=asks, uses=USES, named=NAMED, language=language
    )


async def keep(asked: Asked) -> Response:
    form, now, organisation = asked.form, asked.now, asked.room.organisation
    words = form.needed("words", "Write their story, in their own words", longest=_LONGEST)
    how = form.chosen("how", HOWS, HOW_MISTAKE)
    said = said_of_uses(asked)

    def work(tx: Tx) -> Record:
        person = whom(asked, tx)
        spoken = organisation.catalogs.spoken
        language = person.language if person.language in spoken else spoken[0]
        row = story_typed.tell(tx, asked.colleague, person, words, language, How(how), now)
        story_typed.agree(tx, asked.colleague, row, said, How(how), now, organisation)
        return row

    if not form.mistakes:
        try:
            row = await asked.write(work)
            return asked.back(f"/stories/{row.token}", "story_kept")
        except HasOne:
            form.mistakes["words"] = _HAS_ONE
    return await ask(asked)


async def ask_uses(asked: Asked) -> Response:
    now, organisation = asked.now, asked.room.organisation
    shown = await asked.write(lambda tx: story_list.look(tx, asked.colleague, story_of(asked, tx), now, organisation))
    asks = {use: story_uses.question(use, organisation, shown.row.language) for use in Use}
    return asked.page("story_uses.html", "What it may be used for", shown=shown, asks=asks, uses=USES, named=NAMED)


async def keep_uses(asked: Asked) -> Response:
    form, now, organisation = asked.form, asked.now, asked.room.organisation
    how, said = form.chosen("how", HOWS, HOW_MISTAKE), said_of_uses(asked)
    if not said:
        form.mistakes["use_web"] = "Choose what they said of at least one use"
    if form.mistakes:
        return await ask_uses(asked)
    await asked.write(
        lambda tx: story_typed.agree(tx, asked.colleague, story_of(asked, tx), said, How(how), now, organisation)
    )
    return asked.back(here(asked), "story_uses")


async def ask_words(asked: Asked) -> Response:
    now, organisation = asked.now, asked.room.organisation
    shown = await asked.write(lambda tx: story_list.look(tx, asked.colleague, story_of(asked, tx), now, organisation))
    return asked.page("story_words.html", "Change the words", shown=shown)


async def keep_words(asked: Asked) -> Response:
    form, now = asked.form, asked.now
    words = form.needed("words", "Write their story, in their own words", longest=_LONGEST)
    how = form.chosen("how", HOWS, HOW_MISTAKE)
    if form.mistakes:
        return await ask_words(asked)
    await asked.write(lambda tx: story_typed.change(tx, asked.colleague, story_of(asked, tx), words, How(how), now))
    return asked.back(here(asked), "story_words")


PAGES = (
    page("/people/{token}/story", COORDINATORS, get=ask, post=keep),
    page("/stories/{token}/uses", COORDINATORS, get=ask_uses, post=keep_uses),
    page("/stories/{token}/words", COORDINATORS, get=ask_words, post=keep_words),
)
