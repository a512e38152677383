"""A person's page: what they told us, what to arrange, what they agreed to, and how to reach them."""

from __future__ import annotations

from starlette.responses import Response

from bank import arranging, people, story_list
from bank.people import Portrait
from console import said
from console.page import Asked, Missing, page
from console.who import COORDINATORS, READERS
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from storage.told import TOLD_TO_US

CHANNELS = {**said.CHANNELS, "sms": "Text messages"}
PURPOSES = {
    "bank": "To keep what they tell us, and invite them",
    "messages": "To be written to",
    "supporter": "To have somebody help them with our texts",
    "digest": "To get our news once a month",
    "promotions": "To hear what other organisations do",
}
HOWS = TOLD_TO_US
HOW_MISTAKE = "Choose how they told you"


def whom(asked: Asked, tx: Tx) -> Record:
    """The person that this page is about. Raises Missing for nobody, and for whom they may not see."""
    person = people.seen(tx, asked.colleague, asked.path("token"))
    if person is None:
        raise Missing
    return person


def looked_at(asked: Asked, tx: Tx) -> Record:
    """The same, for a page that shows what is kept of them: that they looked is recorded."""
    person = whom(asked, tx)
    people.looked(tx, asked.colleague, person, asked.now)
    return person


async def person_of(asked: Asked) -> Record:
    """The same, for a page that needs no more than the person. Each page about somebody says who saw it, once."""
    return await asked.write(lambda tx: looked_at(asked, tx))


def home(asked: Asked) -> str:
    return f"/people/{asked.path('token')}"


async def show(asked: Asked) -> Response:
    return await _shown(asked, {})


async def _shown(asked: Asked, revealed: dict[str, str]) -> Response:
    now, organisation = asked.now, asked.room.organisation

    def look(tx: Tx) -> Portrait | None:
        return people.look(tx, asked.colleague, asked.path("token"), now, organisation)

    shown = await asked.write(look)
    if shown is None:
        raise Missing
    stories = await asked.read(lambda tx: story_list.of_person(tx, shown.person))
    return asked.page(
        "person.html",
        "A person's page",
        shown=shown,
        changes=people.may_reach(asked.colleague),
        revealed=revealed,
        channel_names=CHANNELS,
        purposes=PURPOSES,
        stories=stories,
        audited=asked.colleague.may(Role.ADMINISTRATOR, Role.SAFEGUARDING_LEAD),
    )


async def ask_why(asked: Asked) -> Response:
    return asked.page("person_reveal.html", "Why do you need the number?", person=await person_of(asked))


async def reveal(asked: Asked) -> Response:
    """Show the numbers once, in the answer itself; looking again asks again."""
    why, now = asked.form.needed("why", "Say why you need it"), asked.now
    if asked.form.mistakes:
        return await ask_why(asked)
    found = await asked.write(lambda tx: people.reveal(tx, asked.colleague, whom(asked, tx), why, now))
    return await _shown(asked, found)


async def needs(asked: Asked) -> Response:
    return asked.page("person_needs.html", "Add something to arrange", person=await person_of(asked))


async def add_need(asked: Asked) -> Response:
    form, now, organisation = asked.form, asked.now, asked.room.organisation
    words = form.needed("words", "Say what we are to arrange", longest=500)
    how = form.chosen("how", HOWS, HOW_MISTAKE)
    if form.mistakes:
        return await needs(asked)
    await asked.write(lambda tx: arranging.add(tx, asked.colleague, whom(asked, tx), words, how, now, organisation))
    return asked.back(home(asked), "need_added")


async def remove_need(asked: Asked) -> Response:
    """First ask how they said so; then take it off."""
    form, now = asked.form, asked.now
    name = form.text("need")
    kept = await asked.read(lambda tx: arranging.arrange(tx, whom(asked, tx)))
    need = next((one for one in kept if one.name == name), None)
    if need is None:
        return asked.back(home(asked))
    if "how" in form.fields or form.ticked("sure"):
        how = form.chosen("how", HOWS, HOW_MISTAKE)
        if not form.mistakes:
            await asked.write(lambda tx: arranging.remove(tx, asked.colleague, whom(asked, tx), name, how, now))
            return asked.back(home(asked), "need_removed")
    return asked.page("person_need_off.html", "Take this off?", person=await person_of(asked), need=need)


async def note(asked: Asked) -> Response:
    return asked.page("person_note.html", "Write a note to colleagues", person=await person_of(asked))


async def keep_note(asked: Asked) -> Response:
    words, now = asked.form.needed("words", "Write your note"), asked.now
    if asked.form.mistakes:
        return await note(asked)
    await asked.write(lambda tx: people.note(tx, asked.colleague, whom(asked, tx), words, now))
    return asked.back(home(asked), "noted")


PAGES = (
    page("/people/{token}", READERS, get=show),
    page("/people/{token}/reveal", COORDINATORS, get=ask_why, post=reveal),
    page("/people/{token}/needs", COORDINATORS, get=needs, post=add_need),
    page("/people/{token}/needs/remove", COORDINATORS, post=remove_need),
    page("/people/{token}/note", COORDINATORS, get=note, post=keep_note),
)
