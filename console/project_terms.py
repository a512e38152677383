"""What the people of a project agreed together: terms, agenda and commitments, each with its versions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from starlette.responses import Response

from bank import terms
from bank.terms import KINDS, Version
from bank.told_facts import language_name
from console.page import Asked, Missing, page
from console.project import POSTS, SUBJECTS, beside, find, home, title_of
from console.who import ANYBODY, COORDINATORS
from language.wording import SOURCE_LANGUAGE
from storage import askings, staff
from storage import terms as kept
from storage.approvals import How, Subject
from storage.schema import Record
from storage.store import Tx

HINTS = {
    Subject.TERMS: "What we do together, how we decide, and how we treat each other",
    Subject.AGENDA: "What the next meeting is about, in which order",
    Subject.COMMITMENT: "What will happen, who does it, and by when",
}
HOWS = {How.CONSOLE: "here", How.TEXT: "by text", How.PRINT: "on print"}


async def show(asked: Asked) -> Response:
    def look(tx: Tx) -> tuple[Record, dict[Subject, list[Version]], dict[int, str], dict[Subject, datetime]]:
        row = find(asked, tx)
        found = {kind: terms.versions(tx, row, kind) for kind in KINDS}
        ids = {one.row.made_by for versions in found.values() for one in versions}
        ids |= {said.staff_id for versions in found.values() for one in versions for said in one.history}
        return row, found, staff.names(tx, [one for one in ids if one is not None]), _asked(tx, found)

    row, found, names, waiting = await asked.read(look)
    return asked.page(
        "project_terms.html",
        "What was agreed together",
        row=row,
        project_name=title_of(row),
        found=found,
        names=names,
        asked=waiting,
        subjects=SUBJECTS,
        hints=HINTS,
        posts=POSTS,
        hows=HOWS,
        tongue=language_name,
        may_change=asked.colleague.may(*COORDINATORS, project=row.token),
    )


def _asked(tx: Tx, found: Mapping[Subject, list[Version]]) -> dict[Subject, datetime]:
    """When the co-chairs were asked about the newest version, where one of them has still to answer."""
    newest = {kind: versions[0].row.id for kind, versions in found.items() if versions}
    open_now = {kind: askings.open_of(tx, kind, row_id) for kind, row_id in newest.items()}
    return {kind: rows[0].asked_at for kind, rows in open_now.items() if rows}


def _kind(asked: Asked) -> Subject:
    """Which of them this page is about. Raises Missing."""
    named = asked.path("kind")
    if named not in KINDS:
        raise Missing
    return Subject(named)


async def write(asked: Asked) -> Response:
    """The next version, which begins as the newest is."""
    kind = _kind(asked)

    def look(tx: Tx) -> tuple[Record, list[Record]]:
        row = find(asked, tx, change=True)
        return row, kept.of(tx, row.id, kind)[:1]

    row, newest = await asked.read(look)
    written = newest[0].words if newest else {}
    typed = _words(asked)
    return asked.page(
        "project_terms_write.html",
        f"Write a new version: {SUBJECTS[kind].lower()}",
        row=row,
        hint=HINTS[kind],
        label=SUBJECTS[kind],
        kept=written,
        tongues={tag: language_name(tag) for tag in asked.room.organisation.catalogs.spoken},
        plainer=beside(asked, {"words": typed or written}),
    )


def _words(asked: Asked) -> dict[str, str]:
    tags = asked.room.organisation.catalogs.spoken
    given = {tag: asked.form.text(f"words-{tag}", longest=terms.LONGEST) for tag in tags}
    return {tag: text for tag, text in given.items() if text}


async def written(asked: Asked) -> Response:
    kind, words, now = _kind(asked), _words(asked), asked.now
    if not words.get(SOURCE_LANGUAGE):
        asked.form.mistakes[f"words-{SOURCE_LANGUAGE}"] = "Enter the words in English"
    if asked.form.mistakes or asked.form.text("press") == "look":
        return await write(asked)
    await asked.write(lambda tx: terms.write(tx, asked.colleague, find(asked, tx, change=True), kind, words, now))
    return asked.back(f"{home(asked)}/terms", done="terms_kept")


async def ask(asked: Asked) -> Response:
    """Ask the co-chairs for their yes to the newest version."""
    kind, now, organisation = _kind(asked), asked.now, asked.room.organisation

    def put(tx: Tx) -> bool:
        row = find(asked, tx, change=True)
        newest = kept.of(tx, row.id, kind)[:1]
        return bool(newest and terms.ask(tx, asked.colleague, row, newest[0], now, organisation))

    if await asked.write(put):
        return asked.back(f"{home(asked)}/terms", done="approval_asked")
    asked.form.mistakes[kind.value] = "There is nobody to ask. Name the co-chairs first, or write a new version"
    return await show(asked)


PAGES = (
    page("/projects/{token}/terms", ANYBODY, get=show),
    page("/projects/{token}/terms/{kind}", ANYBODY, get=write, post=written),
    page("/projects/{token}/terms/{kind}/ask", ANYBODY, post=ask),
)
