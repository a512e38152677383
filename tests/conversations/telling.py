"""Telling people about projects: a project, and a message to many about it, as the console would make them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bank import broadcast_draft, broadcasts
from bank.broadcast_draft import Draft
from bank.broadcast_words import values_of
from bank.tokens import token
from flows.grammar import Ask, Choose, Flow, More, Say
from flows.interest import INTEREST
from flows.offers import offers
from storage import broadcasts as kept
from storage import codes, invitations, places, projects
from storage.broadcasts import BroadcastKind, BroadcastState
from storage.projects import PlacesBy, ProjectKind, ProjectState, Rung
from storage.schema import Record
from storage.store import Tx
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone
from tests.conversations.sayings import _ENGLISH, _VALUES, numbered

WORDS: Mapping[str, Mapping[str, str]] = {
    "title": {"en": "Home care leaflet"},
    "aim": {"en": "We want a leaflet that is easy to read."},
    "involves": {"en": "You read it with staff, and say what is hard."},
    "time": {"en": "2 hours a week, for 4 weeks"},
    "payment": {"en": "You get 25 pounds each time."},
    "expenses": {"en": "We pay your fares."},
    "place": {"en": "Oak Hall, by Aldi"},
}
TEXT = "{sender}: help staff rewrite the home care leaflet. STOP ends texts. Would you like to take part?"
INVITATION = (
    "Ashdale Council: help staff rewrite the home care leaflet. STOP ends texts. Would you like to take part?\n"
    "1 I'm interested\n2 Tell me more\n3 Not for me"
)
_ABOUT = {
    "project": "Home care leaflet",
    **{name: wording["en"] for name, wording in WORDS.items()},
    "place": "Oak Hall, by Aldi",
    "starts": "Thursday 3 December",
    "rung_sentence": "You plan, decide and do it with us, as equals.",
    "chairs": "Ashdale Council leads it.",
    "places_how": "There is room for everyone.",
}


async def a_project(bank: Bank, title: str = "Home care leaflet", **more: Any) -> Record:
    """An open project, of which as many may take part as like."""
    values = {
        "token": token(),
        "kind": ProjectKind.PROJECT,
        "state": ProjectState.OPEN,
        "words": {**WORDS, "title": {"en": title}},
        "paid": True,
        "payment": 2500,
        "rung": Rung.CO_PRODUCTION,
        "ways": ["in_person"],
        "topics": [],
        "districts": [],
        "places_by": PlacesBy.FIRST,
        "starts_on": "2026-12-03",
        "created_at": bank.now(),
        "changed_at": bank.now(),
    }
    return await bank.does(lambda tx: projects.add(tx, **(values | more)))


async def closes(bank: Bank, project: Record) -> None:
    """Nobody may take part any more."""
    await bank.does(lambda tx: projects.change(tx, project.id, {"state": ProjectState.FINISHED}))


async def a_word_for(bank: Bank, project: Record, word: str) -> None:
    """People may text it to hear about the project."""

    def work(tx: Tx) -> None:
        code_id = codes.add(tx, code=word, label=word, created_at=bank.now())
        projects.change(tx, project.id, {"code_id": code_id})

    await bank.does(work)


async def invites(bank: Bank, project: Record, text: str = TEXT) -> Record:
    """A message to every member that asks whether they are interested. It has gone out, whatever went that week."""
    draft = Draft("Invitation", {"en": text}, BroadcastKind.INVITATION, project.id)
    return await _goes(bank, draft, project)


async def asks_all(bank: Bank, text: str, *choices: str) -> Record:
    """A message to every member with the coordinator's own choices."""
    draft = Draft("A choice", {"en": text}, choices=[{"en": one} for one in choices])
    return await _goes(bank, draft, None)


async def _goes(bank: Bank, draft: Draft, project: Record | None) -> Record:
    values = {"en": values_of(bank.organisation, project, "en")}
    return await goes(bank, lambda tx: broadcast_draft.write(tx, None, draft, bank.now()), values)


async def goes(bank: Bank, write: Callable[[Tx], Record], values: Mapping[str, Mapping[str, str]]) -> Record:
    """Let go what is written so, with these values for its placeholders by language, and send all of it."""

    def begin(tx: Tx) -> Record:
        row = write(tx)
        going = {"state": BroadcastState.QUEUEING, "counted": {"values": values}, "let_go_at": bank.now()}
        kept.change(tx, row.id, going)
        return row

    row = await bank.does(begin)
    while await bank.does(lambda tx: broadcasts.queue_more(tx, row.id, bank.now(), bank.organisation)):
        pass
    theirs, bank.organisation = bank.organisation, replace(bank.organisation, most_a_week=0)
    await bank.drains()
    bank.organisation = theirs
    return row


def step(flow: Flow, name: str, /, **values: str) -> str:
    """A step as people read it in English, with its choices."""
    found = flow.steps[name]
    assert isinstance(found, (Say, Ask, Choose, More))
    text = _ENGLISH.render(found.text, "en", _VALUES | _ABOUT | values)
    if isinstance(found, More):
        asked = flow.steps[found.then]
        assert isinstance(asked, Choose)
        assert asked.again is not None
        return f"{text}\n{_with_choices(asked, _ENGLISH.render(asked.again, 'en', {}))}"
    return _with_choices(found, text)


def _with_choices(found: object, text: str) -> str:
    if not isinstance(found, Choose) or not isinstance(found.choices, tuple):
        return text
    return numbered(text, [_ENGLISH.render(one.label, "en", {}) for one in offers(found, 0, {}) if one.label])


def interest(name: str, /, **values: str) -> str:
    return step(INTEREST, name, **values)


async def answers(bank: Bank, project: Record, *phones: Phone) -> list[str | None]:
    """What each of these answered last to the project."""
    found = []
    for phone in phones:
        person = await bank.member(phone)
        row = await bank.asks(lambda tx, who=person.id: invitations.to_project(tx, project.id, who))  # type: ignore[misc]
        found.append(row.answer if row is not None else None)
    return found


async def standings(bank: Bank, project: Record, phones: Sequence[Phone]) -> list[str | None]:
    """How each of these stands in the project."""
    found = []
    for phone in phones:
        person = await bank.member(phone)
        row = await bank.asks(lambda tx, who=person.id: places.of(tx, project.id, who))  # type: ignore[misc]
        found.append(row.state if row is not None else None)
    return found
