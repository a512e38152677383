"""Supporters of a member: who helps them, as far as they agreed, and how that begins and ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from bank import paper, supporters
from console.page import Asked, Missing, page
from console.person import HOW_MISTAKE, HOWS, home, looked_at, person_of, whom
from console.who import COORDINATORS
from storage.schema import Record
from storage.store import Tx
from storage.supporters import LIVE, EndedBy, Help, LinkState
from storage.told import How

HELPS = (
    (Help.REMINDERS, "Gets texts about their meetings too"),
    (Help.ANSWERS, "Answers our questions for them"),
    (Help.BOTH, "Both"),
)
_TAKEN = "This is the member's own number, or somebody with this number is on the list already"
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """One help: its row, the end of the number, what it is for and how it stands in words."""

    row: Record
    ends: str
    helps: str
    stands: str
    since: datetime

    @property
    def is_live(self) -> bool:
        return self.row.state in LIVE

    @property
    def waits(self) -> bool:
        return self.row.state in {LinkState.NAMED, LinkState.ASKED}


async def show(asked: Asked) -> Response:
    person = await asked.write(lambda tx: looked_at(asked, tx))
    rows = await asked.read(lambda tx: [_shown(tx, row) for row in supporters.everyone(tx, person)])
    return asked.page("supporters.html", "Who helps them", person=person, rows=rows)


def _shown(tx: Tx, row: Record) -> Shown:
    since = row.ended_at or row.agreed_at or row.asked_at or row.named_at
    return Shown(row, supporters.ends(tx, row), dict(HELPS)[Help(row.helps)], _stands(row), since)


def _stands(row: Record) -> str:
    if row.state == LinkState.REFUSED:
        by = {EndedBy.MEMBER: "They said no", EndedBy.SUPPORTER: "Their helper said no"}
        return by.get(row.ended_by, "They did not answer")
    if row.state == LinkState.ENDED:
        by = {EndedBy.MEMBER: "The member ended it", EndedBy.SUPPORTER: "Their helper ended it"}
        return by.get(EndedBy(row.ended_by), "Ended") if row.ended_by else "Ended"
    return {
        LinkState.NAMED: "We will ask the member by text",
        LinkState.ASKED: "The member was asked, and has not answered",
        LinkState.INVITED: "The member agreed, and their helper has not answered",
        LinkState.AGREED: "The member agreed",
    }[LinkState(row.state)]


async def name_one(asked: Asked) -> Response:
    return asked.page("supporters_name.html", "Name somebody who helps", person=await person_of(asked), helps=HELPS)


async def keep_one(asked: Asked) -> Response:
    form, now = asked.form, asked.now
    called = form.needed("called", "Enter their first name", longest=_LONGEST_NAME)
    typed = form.needed("number", "Enter their mobile number")
    helps = form.chosen("helps", [help_ for help_, _label in HELPS], "Choose what they help with")
    number = paper.mobile(typed)
    if typed and number is None:
        form.mistakes["number"] = "Enter a UK mobile number. It has 11 digits and begins with 07."
    if not form.mistakes:
        named = await asked.write(
            lambda tx: supporters.name(tx, asked.colleague, whom(asked, tx), called, str(number), Help(helps), now)
        )
        if named is not None:
            return asked.back(f"{home(asked)}/supporters", "supporter_named")
        form.mistakes["number"] = _TAKEN
    return await name_one(asked)


def _link(asked: Asked, tx: Tx) -> Record:
    """The help that the page is about. Raises Missing."""
    found = supporters.live(tx, whom(asked, tx), asked.path("link"))
    if found is None:
        raise Missing
    return found


async def look(asked: Asked) -> Response:
    organisation = asked.room.organisation
    person = await person_of(asked)
    shown = await asked.read(lambda tx: _shown(tx, _link(asked, tx)))
    words = supporters.question(shown.row, organisation)
    return asked.page("supporters_one.html", "How somebody helps", person=person, one=shown, words=words)


async def agree(asked: Asked) -> Response:
    form, now, organisation = asked.form, asked.now, asked.room.organisation
    how = form.chosen("agreed_how", HOWS, HOW_MISTAKE)
    answer = form.needed("answer", "Write what they said", longest=500)
    if form.mistakes:
        return await look(asked)
    await asked.write(
        lambda tx: supporters.told_yes(tx, asked.colleague, _link(asked, tx), How(how), answer, now, organisation)
    )
    return asked.back(f"{home(asked)}/supporters", "supporter_agreed")


async def end(asked: Asked) -> Response:
    form, now, organisation = asked.form, asked.now, asked.room.organisation
    by = form.chosen("by", [EndedBy.MEMBER, EndedBy.SUPPORTER], "Choose who wants it to end")
    how = form.chosen("how", HOWS, HOW_MISTAKE)
    if form.mistakes:
        return await look(asked)
    await asked.write(
        lambda tx: supporters.end(tx, asked.colleague, _link(asked, tx), EndedBy(by), How(how), now, organisation)
    )
    return asked.back(f"{home(asked)}/supporters", "supporter_ended")


PAGES = (
    page("/people/{token}/supporters", COORDINATORS, get=show),
    page("/people/{token}/supporters/new", COORDINATORS, get=name_one, post=keep_one),
    page("/people/{token}/supporters/{link}", COORDINATORS, get=look),
    page("/people/{token}/supporters/{link}/agreed", COORDINATORS, get=look, post=agree),
    page("/people/{token}/supporters/{link}/end", COORDINATORS, get=look, post=end),
)
