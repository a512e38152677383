"""Feedback: how it was, over all meetings, by kind, project and month; what people say of the bank; and themes."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Awaitable, Callable
from datetime import date

from starlette.responses import Response

from bank import feedback_shown, themes
from bank.feedback_gathered import years
from bank.feedback_groups import KIND, MONTH, PROJECT
from bank.feedback_results import Part
from bank.feedback_shown import Outcome, Read
from bank.project_facts import said as said_of_project
from bank.themes import LONGEST, NoName
from bank.told_facts import language_name
from console import feedback_shown as in_page
from console.meeting import KINDS
from console.page import Asked, Missing, page
from console.who import COORDINATORS, READERS
from language.dates import month
from language.wording import SOURCE_LANGUAGE
from storage import feedback_list, projects
from storage import themes as kept
from storage.feedback import About
from storage.meetings import MeetingKind
from storage.schema import Record
from storage.store import Tx

HOME = "/feedback"
_BEST = 5


async def show(asked: Asked) -> Response:
    """All meetings of a year together, and links to each kind, project and set."""
    now, organisation = asked.now, asked.room.organisation

    def look(tx: Tx) -> tuple[list[int], Read, list[Record]]:
        found = years(tx, About.MEETING)
        read = feedback_shown.of_year(tx, in_page.year(asked, found), now, organisation)
        return found, read, feedback_list.sets_of_bank(tx)

    in_years, read, sets = await asked.read(look)
    outcome, kinds, of_projects, months = await to_thread(_worked_out, read)
    titles = await asked.read(lambda tx: {one.name: projects.get(tx, int(one.name)) for one in of_projects})
    year = in_page.year(asked, in_years)
    return asked.page(
        "feedback.html",
        "Feedback",
        **in_page.shown(outcome, may_tag=False),
        years=in_years,
        year=year,
        here=HOME,
        kinds=[(one, KINDS[MeetingKind(one.name)], f"{HOME}/kinds/{one.name}?year={year}") for one in kinds],
        projects=[(one, *_named(titles[one.name], year)) for one in of_projects],
        months=[(one, _month(one.name)) for one in months],
        line=_line(months),
        sets=[(row.name, f"{HOME}/sets/{row.token}") for row in sets],
        sees_people=False,
        may_write=asked.colleague.may(*COORDINATORS),
    )


def _worked_out(read: Read) -> tuple[Outcome, list[Part], list[Part], list[Part]]:
    """All together, by kind, by project and by month."""
    return read.outcome(), read.parts(KIND), read.parts(PROJECT), read.parts(MONTH)


def _named(row: Record, year: int) -> tuple[str, str]:
    """Its title, and where to read more."""
    title = said_of_project(row, "title", SOURCE_LANGUAGE) or "A project without a title"
    return title, f"/projects/{row.token}/feedback?show=meetings&year={year}"


def _month(name: str) -> str:
    """The month that is kept as "2026-12", as it is said: "December 2026"."""
    return month(date.fromisoformat(f"{name}-01"), SOURCE_LANGUAGE)


def _line(months: list[Part]) -> str:
    """How people found it, over the months; nothing where fewer than two months have a figure."""
    from bank import charts  # noqa: PLC0415  its library is loaded when something is drawn

    points = [(_month(one.name), float(one.middle) if one.middle is not None else None) for one in months]
    known = [(label, number) for label, number in points if number is not None]
    if len(known) < 2:
        return ""
    says = "; ".join(f"{label}: {number:g} of 5" for label, number in known)
    return charts.line("months", "How it was in the middle, by month", says, points, _BEST)


async def kind(asked: Asked) -> Response:
    name = _kind(asked)
    return await _one(
        asked, KINDS[name], About.MEETING, f"{HOME}/kinds/{name}", lambda tx, year: _of_kind(asked, tx, year)
    )


async def kind_pressed(asked: Asked) -> Response:
    where = f"{HOME}/kinds/{_kind(asked)}"
    return await _pressed(asked, About.MEETING, where, lambda tx, year: _of_kind(asked, tx, year), kind)


def _kind(asked: Asked) -> MeetingKind:
    name = asked.path("kind")
    if name not in set(MeetingKind):
        raise Missing
    return MeetingKind(name)


def _of_kind(asked: Asked, tx: Tx, year: int) -> Read:
    return feedback_shown.of_kind(tx, asked.colleague, _kind(asked), year, asked.now, asked.room.organisation)


async def one_set(asked: Asked) -> Response:
    row = await asked.read(lambda tx: _set(asked, tx))
    return await _one(
        asked, row.name, About.BANK, f"{HOME}/sets/{row.token}", lambda tx, year: _of_set(asked, tx, year)
    )


async def set_pressed(asked: Asked) -> Response:
    where = f"{HOME}/sets/{asked.path('token')}"
    return await _pressed(asked, About.BANK, where, lambda tx, year: _of_set(asked, tx, year), one_set)


def _set(asked: Asked, tx: Tx) -> Record:
    found = [row for row in feedback_list.sets_of_bank(tx) if row.token == asked.path("token")]
    if not found:
        raise Missing
    return found[0]


def _of_set(asked: Asked, tx: Tx, year: int) -> Read:
    row = _set(asked, tx)
    return feedback_shown.of_set(tx, asked.colleague, row.token, year, asked.now, asked.room.organisation)


async def _one(asked: Asked, title: str, about: About, where: str, of: Callable[[Tx, int], Read]) -> Response:
    """Figures and words of one kind or set, in one year."""

    def look(tx: Tx) -> tuple[list[int], Read]:
        found = years(tx, about)
        return found, of(tx, in_page.year(asked, found))

    in_years, read = await asked.write(look)
    return asked.page(
        "feedback_one.html",
        title,
        **in_page.shown(await to_thread(read.outcome), may_tag=asked.colleague.may(*COORDINATORS)),
        here=where,
        years=in_years,
        year=in_page.year(asked, in_years),
        sees_people=True,
    )


async def _pressed(
    asked: Asked,
    about: About,
    where: str,
    of: Callable[[Tx, int], Read],
    again: Callable[[Asked], Awaitable[Response]],
) -> Response:
    """Only those may press who may write."""
    if not asked.colleague.may(*COORDINATORS):
        raise Missing
    here = f"{where}?year={asked.query('year')}"
    return await in_page.pressed(asked, here, lambda tx: of(tx, in_page.year(asked, years(tx, about))), again)


async def all_themes(asked: Asked) -> Response:
    rows = await asked.read(kept.every)
    return asked.page(
        "feedback_themes.html",
        "Themes",
        rows=[(row, themes.called(row)) for row in rows],
        tongues=_tongues(asked),
        longest=LONGEST,
    )


def _tongues(asked: Asked) -> dict[str, str]:
    """Languages by tag, English first."""
    return {tag: language_name(tag) for tag in asked.room.organisation.catalogs.spoken}


async def add_theme(asked: Asked) -> Response:
    names, now = _names(asked), asked.now
    try:
        await asked.write(lambda tx: themes.add(tx, asked.colleague, names, now))
    except NoName as why:
        asked.form.mistakes["name-en"] = str(why)
        return await all_themes(asked)
    return asked.back(f"{HOME}/themes", done="theme_kept")


async def one_theme(asked: Asked) -> Response:
    row = await asked.read(lambda tx: _theme(asked, tx))
    tongues = _tongues(asked)
    return asked.page("feedback_theme.html", themes.called(row), row=row, tongues=tongues, longest=LONGEST)


async def change_theme(asked: Asked) -> Response:
    """Call it otherwise; or close it, or use it again, as the button says."""
    names, now, press = _names(asked), asked.now, asked.form.text("press")

    def keep(tx: Tx) -> None:
        row = _theme(asked, tx)
        if press in {"close", "open"}:
            themes.close(tx, asked.colleague, row, now, closed=press == "close")
        else:
            themes.rename(tx, asked.colleague, row, names, now)

    try:
        await asked.write(keep)
    except NoName as why:
        asked.form.mistakes["name-en"] = str(why)
        return await one_theme(asked)
    return asked.back(f"{HOME}/themes", done="theme_kept")


def _names(asked: Asked) -> dict[str, str]:
    return {tag: asked.form.line(f"name-{tag}") for tag in _tongues(asked)}


def _theme(asked: Asked, tx: Tx) -> Record:
    row = kept.by_token(tx, asked.path("token"))
    if row is None:
        raise Missing
    return row


PAGES = (
    page(HOME, READERS, get=show),
    page(HOME + "/kinds/{kind}", READERS, get=kind, post=kind_pressed),
    page(HOME + "/sets/{token}", READERS, get=one_set, post=set_pressed),
    page(f"{HOME}/themes", COORDINATORS, get=all_themes, post=add_theme),
    page(HOME + "/themes/{token}", COORDINATORS, get=one_theme, post=change_theme),
)
