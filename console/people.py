"""People: the list of them, and finding somebody. What is looked for travels in the form, never in an address."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from bank import exporting, people, told_facts
from bank.told_facts import BY_NAME
from console.forms import Form
from console.page import Asked, page
from console.person import CHANNELS
from console.who import READERS
from language import phones
from language.name_parts import parts
from storage.directory import Wanted
from storage.people import PersonState

_STATES = {"": PersonState.MEMBER, "left": PersonState.LEFT, "all": None}
_FILTERS = ("state", "channel", "language", "topic", "way", "district", "has_needs", "paused", "helped", "held")
_NOT_A_NUMBER = "Enter a whole phone number, like 07700 900123"
_TOO_SHORT = "Enter at least one letter of the name"


async def show(asked: Asked) -> Response:
    """The list, narrowed by what the form says; a mistake in the form narrows nothing."""
    form, now = asked.form, asked.now
    wanted, after = _wanted(form), form.text("after")
    if form.mistakes:
        wanted, after = Wanted(), ""
    found = await asked.write(lambda tx: people.search(tx, asked.colleague, wanted, now, after))
    return asked.page(
        "people.html",
        "People",
        found=found,
        changes=people.may_reach(asked.colleague),
        lists=asked.colleague.may(*exporting.MAY),
        channels=tuple(CHANNELS.items()),
        filtered=any(form.text(name) for name in _FILTERS),
        paged=bool(after),
        sought={name: form.text(name) for name in ("name", "number", *_FILTERS) if form.text(name)},
        **_choices(asked),
    )


def _choices(asked: Asked) -> dict[str, Any]:
    organisation = asked.room.organisation
    return {
        name: told_facts.choices(BY_NAME[field], organisation)
        for name, field in (("languages_here", "language"), ("topics", "topics"), ("ways", "ways"))
    }


def _wanted(form: Form) -> Wanted:
    return Wanted(
        name=_name(form),
        number=_number(form),
        state=_STATES.get(form.text("state"), PersonState.MEMBER),
        channel=form.line("channel")[:64],
        language=form.line("language")[:64],
        topic=form.line("topic")[:64],
        way=form.line("way")[:64],
        district=form.line("district").upper()[:64],
        has_needs=form.ticked("has_needs"),
        paused=form.ticked("paused"),
        helped=form.ticked("helped"),
        held=form.ticked("held"),
    )


def _name(form: Form) -> str:
    typed = form.line("name")
    if typed and not parts(typed):
        form.mistakes["name"] = _TOO_SHORT
    return typed


def _number(form: Form) -> str:
    typed = form.line("number")
    number = phones.e164(typed) if typed else ""
    if number is None:
        form.mistakes["number"] = _NOT_A_NUMBER
    return number or ""


PAGES = (page("/people", READERS, get=show, post=show),)
