"""An approval that was asked for: the words, a yes or a no, and what a member said who read them on print."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from starlette.responses import Response

from bank import approval_now, approval_round, approval_shown, approvals, people
from bank.approvals import NotTheirs
from bank.told_facts import language_name
from console.given_dates import given as given_date
from console.page import Asked, Missing, page
from console.project import POSTS, SUBJECTS, title_of
from console.who import ANYBODY, COORDINATORS
from storage import askings, projects, staff
from storage import people as people_kept
from storage.approvals import How, Post, Subject
from storage.schema import Record
from storage.store import Tx

LONGEST_NOTE = 500
_NOON = time(12)


class _Changed(Exception):
    """What they read is not what it is about any more, or somebody has answered already."""


def _find(asked: Asked, tx: Tx) -> Record:
    """The asking of this page. Raises Missing, also where they may not see the project."""
    found = askings.by_token(tx, asked.path("token"))
    project = projects.get(tx, found.project_id) if found is not None and found.project_id is not None else None
    if found is None or not asked.colleague.may(*COORDINATORS, project=project.token if project else ""):
        raise Missing
    return found


def _may(asked: Asked, tx: Tx, asking: Record) -> bool:
    """They may say it themselves, or enter what the member said."""
    subject = Subject(asking.subject)
    if asking.post == Post.MEMBER_CHAIR:
        return approvals.may_enter(tx, asked.colleague, subject, asking.subject_id)
    return Post(asking.post) in approvals.posts_of(tx, asked.colleague, subject, asking.subject_id)


async def show(asked: Asked) -> Response:
    def look(tx: Tx) -> dict[str, Any]:
        asking = _find(asked, tx)
        project = projects.get(tx, asking.project_id) if asking.project_id is not None else None
        shown = {tag: approval_shown.of_asking(tx, asking, None, tag, asked.room.organisation) for tag in asking.shown}
        return {
            "asking": asking,
            "project": project,
            "shown": shown,
            "asked_by": staff.get(tx, asking.asked_by).name if asking.asked_by is not None else "",
            "person": _member(asked, tx, asking),
            "stands": approval_now.stands(tx, asking, asked.room.organisation),
            "may_say": _may(asked, tx, asking),
            "whole": _whole(asked, tx, asking),
            "waits": approval_round.waits(tx, asking, asked.now, asked.room.organisation),
            "said": [one for one in approvals.history(tx, Subject(asking.subject), asking.subject_id) if one.note],
        }

    seen = await asked.write(look)
    return asked.page(
        "approval.html",
        "Say yes or no",
        **seen,
        project_name=title_of(seen["project"]) if seen["project"] is not None else "",
        what=SUBJECTS[seen["asking"].subject],
        post=POSTS[seen["asking"].post],
        tongue=language_name,
    )


def _whole(asked: Asked, tx: Tx, asking: Record) -> str:
    """Where all of a message is seen: whom it is for, and what it costs; nothing for whoever may not go there."""
    if asking.subject not in {Subject.BROADCAST, Subject.INVITATION} or not asked.colleague.may(*COORDINATORS):
        return ""
    return f"/broadcasts/{approvals.matter(tx, Subject(asking.subject), asking.subject_id).token}"


def _member(asked: Asked, tx: Tx, asking: Record) -> Record | None:
    """The member who is asked, where this colleague may see them; the look is recorded."""
    if asking.person_id is None:
        return None
    person = people.seen(tx, asked.colleague, people_kept.get(tx, asking.person_id).token)
    if person is not None:
        people.looked(tx, asked.colleague, person, asked.now)
    return person


async def say(asked: Asked) -> Response:
    form = asked.form
    given = form.chosen("given", ["yes", "no"], "Choose yes or no") == "yes"
    note = form.text("note", longest=LONGEST_NOTE)
    if form.text("given") == "no" and not note:
        form.mistakes["note"] = "Say what should change"
    asking = await asked.read(lambda tx: _find(asked, tx))
    on = _read_on(asked) if asking.post == Post.MEMBER_CHAIR else None
    if form.mistakes:
        return await show(asked)
    try:
        await asked.write(lambda tx: _keep(asked, tx, given, note, on))
    except _Changed:
        form.mistakes["given"] = "The words have changed since this was asked. Look at them again"
        return await show(asked)
    except NotTheirs:
        form.mistakes["given"] = "This is not yours to say. Whoever wrote it needs somebody else's yes"
        return await show(asked)
    return asked.back("/" if asking.project_id is None else await _project(asked, asking), done="approval_kept")


async def _project(asked: Asked, asking: Record) -> str:
    return f"/projects/{(await asked.read(lambda tx: projects.get(tx, asking.project_id))).token}"


def _read_on(asked: Asked) -> datetime | None:
    """When the member read it on print, and said so."""
    on: date | None = given_date(asked.form, "on", "Enter the day on which they said it, such as 3 12 2026")
    zone = asked.room.organisation.zone
    if on is not None and on > asked.now.astimezone(zone).date():
        asked.form.mistakes["on"] = "The day must not be to come"
    return min(datetime.combine(on, _NOON, zone), asked.now) if on is not None else None


def _keep(asked: Asked, tx: Tx, given: bool, note: str, on: datetime | None) -> None:
    """Raises _Changed, NotTheirs."""
    asking, by = _find(asked, tx), asked.colleague.id
    if not approval_now.stands(tx, asking, asked.room.organisation):
        raise _Changed
    member = asking.post == Post.MEMBER_CHAIR
    whose: dict[str, Any] = {"person_id": asking.person_id, "entered_by": by} if member else {"staff_id": by}
    approvals.record(
        tx,
        Subject(asking.subject),
        asking.subject_id,
        asking.words,
        Post(asking.post),
        given,
        How.PRINT if member else How.CONSOLE,
        asked.now,
        note=note,
        given_at=on,
        **whose,
    )


PAGES = (page("/approvals/{token}", ANYBODY, get=show, post=say),)
