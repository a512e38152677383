"""Writing a meeting: a new one, and changes; those who come are told of these only after a second look."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from bank import meeting_change, meeting_figures, meeting_told, meetings, people
from bank.lacking import NotReady
from bank.meeting_change import News
from bank.meetings import Details, WrongState
from console import meeting_form, member_named
from console.meeting import find, home
from console.meeting_written import ToTell, may_write, shown, standing
from console.page import Asked, Missing, page
from console.project import find as find_project
from console.second_look import mark, was_seen
from console.who import ANYBODY, COORDINATORS
from storage import people as people_kept
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx

_GONE = "Somebody has changed it in the meantime. Look at it again"
_OTHERWISE = (
    "Somebody has changed this meeting since you opened this page. Open the meeting in another window and look. "
    "If you keep this as it is, it undoes what they changed"
)
# What a press asks for: to look at the words only; to keep it, and tell everybody, or nobody.
LOOK, TELL, QUIET = "look", "tell", "quiet"


async def new(asked: Asked) -> Response:
    return await shown(asked, None)


async def new_of_project(asked: Asked) -> Response:
    return await shown(asked, None, project=await _project(asked))


async def add(asked: Asked) -> Response:
    return await _added(asked, "")


async def add_of_project(asked: Asked) -> Response:
    return await _added(asked, await _project(asked))


async def _project(asked: Asked) -> str:
    """The token of the project of this page. Raises Missing where it is not theirs to change."""
    return str((await asked.read(lambda tx: find_project(asked, tx, change=True))).token)


async def _added(asked: Asked, project: str) -> Response:
    details = meeting_form.read(asked)
    if details is None or asked.form.mistakes or asked.form.text("press") == LOOK:
        return await shown(asked, None, details, project=project)
    now, organisation, given = asked.now, asked.room.organisation, details

    def keep(tx: Tx) -> Record:
        return meetings.add(tx, asked.colleague, _theirs(asked, tx, None, given), now, organisation)

    try:
        row = await asked.write(keep)
    except NotReady as why:
        asked.form.mistakes |= dict(why.lacks)
        return await shown(asked, None, project=project)
    return asked.back(f"/meetings/{row.token}", done="meeting_kept")


async def change(asked: Asked) -> Response:
    return await shown(asked, await asked.read(lambda tx: find(asked, tx, change=True)))


async def keep_changes(asked: Asked) -> Response:
    row = await asked.read(lambda tx: find(asked, tx, change=True))
    details, press = meeting_form.read(asked), asked.form.text("press")
    if asked.form.text("standing") not in {"", standing(row)}:
        asked.form.mistakes["state"] = _OTHERWISE
    if details is None or asked.form.mistakes or press == LOOK:
        return await shown(asked, row, details)
    to_tell = None
    try:
        to_tell = await asked.read(lambda tx: _to_tell(asked, tx, row, details))
        if to_tell is not None and not (press in {TELL, QUIET} and was_seen(asked.form, to_tell.mark)):
            return await shown(asked, row, details, to_tell)
        await _keep(asked, details, tell=press != QUIET)
    except NotReady as why:
        asked.form.mistakes |= dict(why.lacks)
    except WrongState:
        asked.form.mistakes["state"] = _GONE
    told = "meeting_told" if to_tell is not None and to_tell.news is not None and press == TELL else "meeting_kept"
    return await shown(asked, row) if asked.form.mistakes else asked.back(home(asked), done=told)


def _to_tell(asked: Asked, tx: Tx, row: Record, details: Details) -> ToTell | None:
    """What is looked at before it is kept: what those who come would be told, and that there is less room than places
    taken. None where it is neither.
    """
    figures = meeting_figures.of(tx, [row])[row.id]
    news = meeting_change.would_tell(tx, row, _theirs(asked, tx, row, details)) if figures.to_tell else None
    taken = meeting_change.taken_beyond(tx, row, details)
    if news is None and not taken:
        return None
    where = [details.words.get(name) for name in ("place", "find", "link", "dial_in")]
    shown_now = mark(details.on_day, details.at_time, details.way, where, _told(asked, news), taken)
    return ToTell(news, figures.to_tell, taken, shown_now)


def _told(asked: Asked, news: News | None) -> list[str]:
    """Every text in which somebody may be told it."""
    if news is None:
        return []
    now, organisation = asked.now, asked.room.organisation
    each = [
        meeting_told.each_of_change(news.then, tag, now, organisation, asks=news.asks)
        for tag in organisation.catalogs.spoken
    ]
    return [text for texts in each for text in texts]


async def _keep(asked: Asked, details: Details, *, tell: bool) -> None:
    now, organisation = asked.now, asked.room.organisation

    def keep(tx: Tx) -> None:
        row = find(asked, tx, change=True)
        given = _theirs(asked, tx, row, details)
        meeting_change.change(tx, asked.colleague, row, given, now, organisation, tell=tell)

    await asked.write(keep)


def _theirs(asked: Asked, tx: Tx, row: Record | None, details: Details) -> Details:
    """As this colleague may write it. Raises Missing where it would be of a project that is not theirs.

    Raises NotReady for a member whom they cannot see. Where they cannot see who leads it, what they leave empty stays.
    """
    if not may_write(asked, details.project):
        raise Missing
    if not details.member_chair:
        return replace(details, member_chair=_unseen_chair(asked, tx, row) if row is not None else "")
    person = people.seen(tx, asked.colleague, details.member_chair)
    if person is None or person.state != PersonState.MEMBER:
        raise NotReady({"member_chair": member_named.refusal(asked)})
    return details


def _unseen_chair(asked: Asked, tx: Tx, row: Record) -> str:
    """The token of the member who leads it where this colleague may not see them."""
    chair = people_kept.get(tx, row.member_chair) if row.member_chair is not None else None
    if chair is None or chair.state != PersonState.MEMBER or people.seen(tx, asked.colleague, chair.token) is not None:
        return ""
    return str(chair.token)


PAGES = (
    page("/meetings/new", COORDINATORS, get=new, post=add),
    page("/projects/{token}/meetings/new", ANYBODY, get=new_of_project, post=add_of_project),
    page("/meetings/{token}/change", ANYBODY, get=change, post=keep_changes),
)
