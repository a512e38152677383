"""Sign-ups: a partner's paper forms, ten on a page or one by one; those that wait; and how many joined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from bank import paper, sign_ups
from bank.paper import Paper, Typed
from bank.sign_ups import Waiting
from bank.told_facts import language_name
from console.forms import Form
from console.page import Asked, Missing, page
from console.who import PARTNERS

MANY = 10
_TOO_MANY = "You can enter {left} more today. Enter the others tomorrow: they are still on this page."
_TWICE = "You gave this number in form {other} too. Each number gets one text. The other person can text JOIN."
_HERE = "You have entered this number already. It waits in your list."


async def show(asked: Asked) -> Response:
    number, now, organisation = asked.number("page"), asked.now, asked.room.organisation
    rows, more = await asked.read(lambda tx: sign_ups.waiting(tx, asked.colleague, number))
    counts = await asked.read(lambda tx: sign_ups.counts(tx, asked.colleague))
    left = await asked.read(lambda tx: sign_ups.left_today(tx, asked.colleague, now, organisation))
    return asked.page("sign_ups.html", "Sign-ups", rows=rows, more=more, number=number, counts=counts, left=left)


async def several(asked: Asked) -> Response:
    return _empty(asked, MANY)


async def single(asked: Asked) -> Response:
    return _empty(asked, 1)


def _empty(asked: Asked, many: int) -> Response:
    return _forms_page(asked, [Typed() for _row in range(many)])


def _forms_page(asked: Asked, rows: Sequence[Typed]) -> Response:
    title = "Enter paper forms" if len(rows) > 1 else "Enter one paper form"
    return asked.page("sign_ups_enter.html", title, rows=list(enumerate(rows, 1)), **_choices(asked))


def _choices(asked: Asked) -> dict[str, Any]:
    organisation = asked.room.organisation
    return {
        "topics": [(topic.id, topic.label("en")) for topic in organisation.topics],
        "spoken": [(tag, language_name(tag)) for tag in organisation.catalogs.spoken],
    }


async def enter_several(asked: Asked) -> Response:
    return await _enter(asked, MANY)


async def enter_single(asked: Asked) -> Response:
    return await _enter(asked, 1)


async def _enter(asked: Asked, many: int) -> Response:
    """Keep all of the forms, or show the whole page again with what is wrong beside each field."""
    typed = [_typed(asked.form, f"_{row}") for row in range(1, many + 1)]
    papers = await _read(asked, typed)
    if not asked.form.mistakes:
        now, organisation = asked.now, asked.room.organisation
        if await asked.write(lambda tx: sign_ups.enter(tx, asked.colleague, papers, now, organisation)):
            return asked.back("/sign-ups", "sign_ups_entered")
        left = await asked.read(lambda tx: sign_ups.left_today(tx, asked.colleague, now, organisation))
        asked.form.mistakes["name_1"] = _TOO_MANY.format(left=left)
    return _forms_page(asked, typed)


async def _read(asked: Asked, typed: Sequence[Typed]) -> list[Paper]:
    papers: list[Paper] = []
    seen: dict[str, int] = {}
    for number, one in enumerate(typed, 1):
        if one.empty and (len(typed) > 1):
            continue
        read = _one(asked, one, f"_{number}")
        if read is not None and read.number is not None:
            await _look_for_twins(asked, read.number, number, seen)
            papers.append(read)
    if not papers and not asked.form.mistakes:
        asked.form.mistakes["name_1"] = "Enter at least one form"
    return papers


def _one(asked: Asked, typed: Typed, row: str, *, has_number: bool = False) -> Paper | None:
    organisation = asked.room.organisation
    today = asked.now.astimezone(organisation.zone).date()
    read, mistakes = paper.read(typed, today, organisation, has_number=has_number)
    asked.form.mistakes |= {f"{field}{row}": said for field, said in mistakes.items()}
    return read


async def _look_for_twins(asked: Asked, number: str, row: int, seen: dict[str, int]) -> None:
    """The same number twice on one page, or in the partner's own list."""
    if number in seen:
        asked.form.mistakes[f"number_{row}"] = _TWICE.format(other=seen[number])
    elif await asked.read(lambda tx: sign_ups.has_entered(tx, asked.colleague, number)):
        asked.form.mistakes[f"number_{row}"] = _HERE
    seen.setdefault(number, row)


def _typed(form: Form, row: str = "") -> Typed:
    return Typed(
        name=form.line(f"name{row}"),
        number=form.line(f"number{row}"),
        language=form.line(f"language{row}"),
        district=form.line(f"district{row}"),
        topics=tuple(form.several(f"topics{row}")),
        needs=form.text(f"needs{row}"),
        signed=form.line(f"signed{row}"),
        is_adult=form.ticked(f"is_adult{row}"),
    )


async def look(asked: Asked) -> Response:
    found = await _own(asked)
    return _correction(asked, found, _as_kept(found))


async def correct(asked: Asked) -> Response:
    found, now = await _own(asked), asked.now
    typed = _typed(asked.form)
    read = _one(asked, typed, "", has_number=True)
    if read is None or asked.form.mistakes:
        return _correction(asked, found, typed)
    if not await asked.write(lambda tx: sign_ups.correct(tx, asked.colleague, found.token, read, now)):
        raise Missing
    return asked.back("/sign-ups", "sign_up_changed")


async def take_back(asked: Asked) -> Response:
    now, name = asked.now, asked.path("token")
    if not await asked.write(lambda tx: sign_ups.take_back(tx, asked.colleague, name, now)):
        raise Missing
    return asked.back("/sign-ups", "sign_up_taken_back")


async def _own(asked: Asked) -> Waiting:
    found = await asked.read(lambda tx: sign_ups.one(tx, asked.colleague, asked.path("token")))
    if found is None:
        raise Missing
    return found


def _correction(asked: Asked, found: Waiting, typed: Typed) -> Response:
    return asked.page("sign_ups_one.html", "Correct a form", found=found, one=typed, **_choices(asked))


def _as_kept(found: Waiting) -> Typed:
    """As it was typed, without the number, which is not shown again."""
    told = found.told
    day, month, year = reversed(told.get("signed", "2000-01-01").split("-"))
    return Typed(
        name=found.name,
        language=told.get("language", ""),
        district=told.get("district", ""),
        topics=tuple(told.get("topics", ())),
        needs=told.get("needs", ""),
        signed=f"{int(day)} {int(month)} {year}",
        is_adult=True,
    )


PAGES = (
    page("/sign-ups", PARTNERS, get=show),
    page("/sign-ups/new", PARTNERS, get=single, post=enter_single),
    page("/sign-ups/batch", PARTNERS, get=several, post=enter_several),
    page("/sign-ups/{token}", PARTNERS, get=look, post=correct),
    page("/sign-ups/{token}/take-back", PARTNERS, post=take_back),
)
