"""The form of a project: what is filled in, read as a draft, and what is wrong with it in plain words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from bank.project_facts import WAY_WORDS
from bank.projects import LONGEST, LONGEST_TITLE, WORDINGS, Draft
from console.forms import Form
from console.given_dates import given as given_date
from console.page import Asked
from flows.project_words import ROOM, ROOM_TOGETHER
from language.wording import SOURCE_LANGUAGE
from storage.projects import PlacesBy, ProjectKind, Rung

_DISTRICT = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
_MOST_PLACES, _MOST_POUNDS = 10_000, 10_000
_ONE_LINE = frozenset({"title", "sender"})
_TOGETHER = f"Where it is, what people are paid and what you pay: up to {ROOM_TOGETHER} characters in all"
# Each thing that is written, with what to say beside it, and how many lines it has.
LABELS = {
    "title": ("Title", "What people will know it by, such as: Home care leaflet", 1),
    "aim": ("Aim", f"One plain sentence, up to {ROOM['aim']} characters. What will be better?", 2),
    "involves": ("What taking part involves", f"What will people do? Up to {ROOM['involves']} characters", 3),
    "time": ("How much time it takes", f"For example: two hours, three times. Up to {ROOM['time']} characters", 2),
    "place": (
        "Where it is",
        f"With what a bus driver would know. Say how to join where it is online. {_TOGETHER}",
        2,
    ),
    "payment": ("What people are paid", "For example: £20 for each meeting. Leave it empty if it is not paid", 2),
    "expenses": ("Costs that you pay", "For example: we pay your bus fare", 2),
    "sender": ("The name it writes under", "Leave it empty for the name of the organisation", 1),
}
DAYS = {"starts": "starts_on", "ends": "ends_on", "decided": "decided_on"}


def read(asked: Asked, question_sets: Sequence[str]) -> Draft:
    """What was filled in; the form notes what is wrong. `question_sets` are the tokens of those there are."""
    form = asked.form
    words = {name: _wording(asked, name) for name in WORDINGS}
    if not words["title"].get(SOURCE_LANGUAGE):
        form.mistakes.setdefault(f"title-{SOURCE_LANGUAGE}", "Enter a title")
    kind = form.chosen("kind", [one.value for one in ProjectKind], "Choose what kind of work it is")
    rung = form.chosen("rung", [one.value for one in Rung], "Choose how much say people have")
    by = form.chosen("places_by", [one.value for one in PlacesBy], "Choose how places are given")
    paid = form.chosen("paid", ["yes", "no"], "Say whether people are paid") == "yes"
    return Draft(
        words,
        kind=ProjectKind(kind or ProjectKind.PROJECT),
        rung=Rung(rung or Rung.CO_PRODUCTION),
        paid=paid,
        payment=_pence(form) if paid else None,
        ways=tuple(way for way in WAY_WORDS if way in form.several("ways")),
        topics=tuple(one.id for one in asked.room.organisation.topics if one.id in form.several("topics")),
        districts=_districts(form),
        places=_places(form),
        places_by=PlacesBy(by or PlacesBy.FIRST),
        question_set=form.text("question_set") if form.text("question_set") in question_sets else "",
        public=form.ticked("public"),
        **{field: _day(form, name) for name, field in DAYS.items()},
    )


def _wording(asked: Asked, name: str) -> dict[str, str]:
    """By language, as far as it was written."""
    form, longest = asked.form, LONGEST_TITLE if name in _ONE_LINE else LONGEST
    given = {}
    for tag in asked.room.organisation.catalogs.spoken:
        text = form.text(f"{name}-{tag}", longest=longest)
        given[tag] = " ".join(text.split()) if name in _ONE_LINE else text
    return {tag: text for tag, text in given.items() if text}


def _pence(form: Form) -> int | None:
    """An amount in pounds: "20", "£20.50"."""
    given = form.line("payment").removeprefix("£").replace(",", "")
    if not given:
        return None
    try:
        pence = Decimal(given) * 100
    except InvalidOperation:
        pence = Decimal("NaN")
    if not pence.is_finite() or pence != int(pence) or not 0 < pence <= _MOST_POUNDS * 100:
        form.mistakes["payment"] = "Enter an amount in pounds, such as 20 or 20.50"
        return None
    return int(pence)


def _places(form: Form) -> int | None:
    given = form.line("places")
    if not given:
        return None
    if given.isascii() and given.isdecimal() and len(given) < 6 and 1 <= int(given) <= _MOST_PLACES:
        return int(given)
    form.mistakes["places"] = "Enter a whole number, such as 6. Leave it empty for as many as like"
    return None


def _districts(form: Form) -> tuple[str, ...]:
    given = [one for one in re.split(r"[\s,;]+", form.text("districts", longest=500).upper()) if one]
    if any(not _DISTRICT.fullmatch(one) for one in given):
        form.mistakes["districts"] = "Enter the first halves of postcodes, such as AS1, AS2"
    return tuple(dict.fromkeys(given))


def _day(form: Form, name: str) -> date | None:
    """A day, where any part of it was filled in."""
    if not any(form.line(f"{name}-{part}") for part in ("day", "month", "year")):
        return None
    return given_date(form, name, "Enter a real date, such as 3 12 2026")
