"""Writing a project: a new one, and changes, with what would make its words plainer beside each of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from starlette.responses import Response

from bank import projects
from bank.join_codes import Refusal
from bank.lacking import NotReady
from bank.project_facts import WAY_WORDS
from bank.projects import Draft
from bank.told_facts import language_name
from console import project_form
from console.page import Asked, page
from console.project import HOW_GIVEN, KINDS, RUNGS, beside, find, home, title_of
from console.project_form import DAYS, LABELS
from console.who import ANYBODY, COORDINATORS
from flows.project_words import RUNGS as SENTENCES
from language.wording import SOURCE_LANGUAGE
from storage import question_sets
from storage.projects import PlacesBy
from storage.schema import Record
from storage.store import Tx

_SAYS = {
    Refusal.NOT_A_CODE: "Enter 2 to 20 letters, numbers or hyphens, like LEAFLET",
    Refusal.TAKEN: "Another project or poster has this word. Choose another",
}


async def new(asked: Asked) -> Response:
    return await _page(asked, None)


async def add(asked: Asked) -> Response:
    draft = await _read(asked)
    if asked.form.mistakes or asked.form.text("press") == "look":
        return await _page(asked, None)
    now, word = asked.now, asked.form.line("code")

    def keep(tx: Tx) -> Record:
        row = projects.add(tx, asked.colleague, draft, now)
        _set_code(tx, asked, row, word)
        return row

    try:
        row = await asked.write(keep)
    except _NoCode as why:
        asked.form.mistakes["code"] = str(why)
        return await _page(asked, None)
    return asked.back(f"/projects/{row.token}", done="project_kept")


class _NoCode(Exception):
    """The word is not one that people can text for this project; the sentence says why."""


def _set_code(tx: Tx, asked: Asked, row: Record, word: str) -> None:
    """Raises _NoCode, so that nothing else is kept either."""
    refusal = projects.set_code(tx, asked.colleague, row, word, asked.now, asked.room.organisation)
    if refusal is not None:
        raise _NoCode(_SAYS.get(refusal, _SAYS[Refusal.NOT_A_CODE]))


async def change(asked: Asked) -> Response:
    return await _page(asked, await asked.read(lambda tx: find(asked, tx, change=True)))


async def keep_changes(asked: Asked) -> Response:
    row = await asked.read(lambda tx: find(asked, tx, change=True))
    draft = await _read(asked)
    if asked.form.mistakes or asked.form.text("press") == "look":
        return await _page(asked, row)
    now, organisation, word = asked.now, asked.room.organisation, asked.form.line("code")

    def keep(tx: Tx) -> None:
        changed = projects.change(tx, asked.colleague, find(asked, tx, change=True), draft, now, organisation)
        _set_code(tx, asked, changed, word)

    try:
        await asked.write(keep)
    except NotReady as why:
        asked.form.mistakes |= dict(why.lacks)
    except _NoCode as why:
        asked.form.mistakes["code"] = str(why)
    return await _page(asked, row) if asked.form.mistakes else asked.back(home(asked), done="project_kept")


async def _read(asked: Asked) -> Draft:
    sets = await asked.read(question_sets.in_use)
    return project_form.read(asked, [one.token for one in sets])


async def _page(asked: Asked, row: Record | None) -> Response:
    organisation = asked.room.organisation

    def look(tx: Tx) -> tuple[list[Record], str, str]:
        code = projects.code_of(tx, row) if row is not None else ""
        asks = question_sets.get(tx, row.question_set_id) if row is not None and row.question_set_id else None
        return question_sets.in_use(tx), code, asks.token if asks is not None else ""

    sets, code, chosen_set = await asked.read(look)
    tongues = {tag: language_name(tag) for tag in organisation.catalogs.spoken}
    return asked.page(
        "project_change.html",
        f"Change {title_of(row)}" if row is not None else "Add a project",
        row=row,
        wordings=LABELS,
        tongues=tongues,
        kinds=[(one.value, label) for one, label in KINDS.items()],
        rungs=[(one.value, f"{label}: {SENTENCES[one].text}") for one, label in RUNGS.items()],
        ways=[(way, words.text) for way, words in WAY_WORDS.items()],
        topics=[(topic.id, topic.label(SOURCE_LANGUAGE)) for topic in organisation.topics],
        how_given=[(one.value, label) for one, label in HOW_GIVEN.items()],
        first=PlacesBy.FIRST.value,
        sets=[(one.token, one.name) for one in sets],
        kept=_kept(row) | {"code": code, "question_set": chosen_set},
        plainer=beside(asked, _written(asked, row, tuple(tongues))),
    )


def _written(asked: Asked, row: Record | None, tags: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """The words as the form shows them: what was just typed, or what is kept."""
    kept = row.words if row is not None else {}
    typed = {name: {tag: asked.form.text(f"{name}-{tag}") for tag in tags} for name in LABELS}
    return typed if asked.form.fields else {name: dict(kept.get(name) or {}) for name in LABELS}


def _kept(row: Record | None) -> dict[str, Any]:
    """What the fields begin with."""
    if row is None:
        return {"words": {}}
    days = {name: date.fromisoformat(kept) for name, field in DAYS.items() if (kept := getattr(row, field))}
    pounds = f"{row.payment // 100}.{row.payment % 100:02}".removesuffix(".00") if row.payment else ""
    return {
        "words": row.words,
        "kind": row.kind,
        "rung": row.rung,
        "paid": "yes" if row.paid else "no",
        "payment": pounds,
        "ways": row.ways,
        "topics": row.topics,
        "districts": ", ".join(row.districts),
        "places": row.places or "",
        "places_by": row.places_by,
        "public": row.public,
        **days,
    }


PAGES = (
    page("/projects/new", COORDINATORS, get=new, post=add),
    page("/projects/{token}/change", ANYBODY, get=change, post=keep_changes),
)
