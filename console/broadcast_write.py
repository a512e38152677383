"""Writing a broadcast: what it says, whom it is for, when it goes. Each page keeps the draft and leads to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from starlette.responses import Response

from bank import audience_words, broadcast_draft, templates
from bank.audience import NoCondition, Rule
from bank.broadcast_draft import Draft
from bank.handling import CannotDo
from bank.project_facts import said
from bank.told_facts import language_name
from console import audience_fields, broadcast_form
from console.broadcasts import HOME, KINDS
from console.page import Asked, Missing, page
from console.settings_templates import STATES
from console.who import COORDINATORS
from flows.broadcast_lines import FORMATS
from language import placeholder
from language.wording import SOURCE_LANGUAGE
from storage import audiences, broadcasts, meetings, projects
from storage.broadcasts import BroadcastKind
from storage.projects import ProjectState
from storage.schema import Record
from storage.store import Tx

_FAR = timedelta(days=366)
_ABOUT = [state for state in ProjectState if state is not ProjectState.DRAFT]
_FORMATS = {
    "easy_read": "Easy Read",
    "bsl": "BSL video",
    "audio": "Audio",
    "large_print": "Large print",
}


def find(asked: Asked, tx: Tx) -> Record:
    """The broadcast that the page's address names. Raises Missing."""
    row = broadcasts.by_token(tx, asked.path("token"))
    if row is None:
        raise Missing
    return row


def languages(asked: Asked) -> tuple[str, ...]:
    """In which it may be written: what people speak, and the twins in easier words."""
    return asked.room.organisation.catalogs.languages


async def new(asked: Asked) -> Response:
    wanted = asked.query("project")
    project = await asked.read(lambda tx: projects.by_token(tx, wanted)) if wanted else None
    kind = BroadcastKind(asked.query("kind")) if asked.query("kind") in broadcast_form.BEGUN else BroadcastKind.MESSAGE
    if project is not None and not asked.query("kind"):
        kind = BroadcastKind.INVITATION
    return await _words(asked, Draft("", {}, kind, project.id if project is not None else None))


async def add(asked: Asked) -> Response:
    draft = await _read_words(asked, Draft("", {}, rule=broadcast_draft.UNCHOSEN))
    if asked.form.mistakes:
        return await _words(asked, draft)
    now = asked.now
    row = await asked.write(lambda tx: broadcast_draft.write(tx, asked.colleague, draft, now))
    return asked.back(f"{HOME}/{row.token}/people")


async def words(asked: Asked) -> Response:
    row = await asked.read(lambda tx: find(asked, tx))
    return await _words(asked, broadcast_draft.draft_of(row), row)


async def keep_words(asked: Asked) -> Response:
    row = await asked.read(lambda tx: find(asked, tx))
    draft = await _read_words(asked, broadcast_draft.draft_of(row))
    if asked.form.mistakes:
        return await _words(asked, draft, row)
    return await _keep(asked, row, draft)


async def _read_words(asked: Asked, before: Draft) -> Draft:
    wanted = asked.form.text("project")
    project = await asked.read(lambda tx: projects.by_token(tx, wanted)) if wanted else None
    if wanted and project is None:
        asked.form.mistakes["project"] = "Choose from the list"
    usable = await asked.read(lambda tx: _templates(tx, languages(asked)))
    chosen = {tag: asked.form.line(f"template-{tag}") for tag in usable}
    kept = {tag: token for tag, token in chosen.items() if token in {row.token for row in usable[tag]}}
    draft = broadcast_form.words(asked.form, before, languages(asked), project.id if project is not None else None)
    return replace(draft, templates=kept)


async def _words(asked: Asked, draft: Draft, row: Record | None = None) -> Response:
    about, usable = await asked.read(lambda tx: (projects.in_states(tx, _ABOUT), _templates(tx, languages(asked))))
    meeting = await asked.read(lambda tx: meetings.get(tx, draft.meeting) if draft.meeting is not None else None)
    return asked.page(
        "broadcast_words.html",
        "What it says",
        row=row,
        draft=draft,
        projects=[(one.token, said(one, "title", SOURCE_LANGUAGE), one.id == draft.project) for one in about],
        tongues={tag: language_name(tag) for tag in languages(asked)},
        kinds={kind: KINDS[kind] for kind in broadcast_form.BEGUN},
        formats={one: _FORMATS.get(one, one) for one in FORMATS},
        meeting=meeting,
        meeting_title=audience_words.meeting_title(meeting) if meeting is not None else "",
        placeholders=placeholder.usable(of_project=draft.project is not None, of_meeting=meeting is not None),
        templates=usable,
        states=STATES,
        told=broadcast_form.told,
        longest=broadcast_form.LONGEST,
    )


def _templates(tx: Tx, tags: tuple[str, ...]) -> dict[str, list[Record]]:
    """WhatsApp's templates that may be chosen for each language; those without any are left out."""
    found = {tag: templates.in_language(tx, tag) for tag in tags if "@" not in tag}
    return {tag: rows for tag, rows in found.items() if rows}


async def people(asked: Asked) -> Response:
    row = await asked.read(lambda tx: find(asked, tx))
    if row.corrects_id is not None:
        return asked.back(f"{HOME}/{row.token}/time")  # for exactly those who got what it corrects
    return await _people(asked, row, _rule(row))


def _rule(row: Record) -> Rule | None:
    try:
        return Rule.from_json(row.rule) if row.rule else None
    except NoCondition:
        return None


async def _people(asked: Asked, row: Record, rule: Rule | None) -> Response:
    organisation = asked.room.organisation

    def look(tx: Tx) -> dict[str, Any]:
        kept = audiences.in_use(tx)
        saved = [(one.token, one.name, audience_words.told(tx, _rule(one), organisation)) for one in kept]
        return {"offered": audience_fields.choices(tx, organisation, rule), "saved": saved}

    known = await asked.read(look)
    return asked.page(
        "broadcast_people.html", "Whom it is for", row=row, chosen=audience_fields.chosen(rule), rule=rule, **known
    )


async def keep_people(asked: Asked) -> Response:
    organisation, whom = asked.room.organisation, asked.form.text("whom")

    def read(tx: Tx) -> tuple[Record, Rule | None]:
        row = find(asked, tx)
        kept = audiences.by_token(tx, whom) if whom not in {"", "all", "rule"} else None
        if whom not in {"all", "rule"} and (kept is None or (kept.rule and _rule(kept) is None)):
            asked.form.mistakes["whom"] = "Choose whom it is for"
        if kept is not None:
            return row, _rule(kept)
        rule = audience_fields.read(asked.form, audience_fields.choices(tx, organisation, _rule(row)))
        if whom == "all" and rule not in {Rule(), _rule(row)}:
            asked.form.mistakes["whom"] = "You said below who they are. Choose that, or leave it empty"
        if whom == "rule" and rule == Rule() and not asked.form.mistakes:
            asked.form.mistakes["whom"] = "Say below who they are, or choose every member"
        return row, rule if whom == "rule" else None

    row, rule = await asked.read(read)
    if asked.form.mistakes:
        return await _people(asked, row, rule)
    written = rule.as_json() if rule is not None else None
    return await _keep(asked, row, replace(broadcast_draft.draft_of(row), rule=written or None))


async def when(asked: Asked) -> Response:
    row = await asked.read(lambda tx: find(asked, tx))
    return _when(asked, row, broadcast_draft.draft_of(row))


async def keep_when(asked: Asked) -> Response:
    row = await asked.read(lambda tx: find(asked, tx))
    draft = broadcast_form.when(asked.form, broadcast_draft.draft_of(row), asked.room.organisation.zone)
    if not asked.form.mistakes and draft.due_at is not None and draft.due_at <= asked.now:
        asked.form.mistakes["day"] = "That time has passed. Choose a time to come"
    if not asked.form.mistakes and draft.due_at is not None and draft.due_at > asked.now + _FAR:
        asked.form.mistakes["day"] = "That is more than a year away. Choose a time before that"
    if asked.form.mistakes:
        return _when(asked, row, draft)
    return await _keep(asked, row, draft)


def _when(asked: Asked, row: Record, draft: Draft) -> Response:
    return asked.page(
        "broadcast_time.html",
        "When it goes",
        row=row,
        draft=draft,
        filled=broadcast_form.Filled.of(draft, asked.room.organisation.zone),
        spreads=broadcast_form.SPREADS,
        lasts=broadcast_form.LASTS,
    )


_NEXT: dict[str, Callable[[Record], str]] = {
    "words": lambda row: f"{HOME}/{row.token}/people",
    "people": lambda row: f"{HOME}/{row.token}/time",
    "time": lambda row: f"{HOME}/{row.token}",
}


async def _keep(asked: Asked, row: Record, draft: Draft) -> Response:
    """Keep the draft, and go on to the next page; or to the check, where that is where they came from."""
    now, here = asked.now, asked.request.url.path.rpartition("/")[2]
    try:
        await asked.write(lambda tx: broadcast_draft.rewrite(tx, asked.colleague, find(asked, tx), draft, now))
    except CannotDo:
        return asked.back(f"{HOME}/{row.token}")
    checking = asked.form.text("press") == "check"
    return asked.back(f"{HOME}/{row.token}" if checking else _NEXT[here](row))


PAGES = (
    page(f"{HOME}/new", COORDINATORS, get=new, post=add),
    page(HOME + "/{token}/words", COORDINATORS, get=words, post=keep_words),
    page(HOME + "/{token}/people", COORDINATORS, get=people, post=keep_people),
    page(HOME + "/{token}/time", COORDINATORS, get=when, post=keep_when),
)
