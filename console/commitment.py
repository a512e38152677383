"""One commitment: its words, where it came from, what happened to it, who was told, what they said, and the presses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from bank import audit, commitment_approval, commitment_late, commitment_replies, commitments
from bank.audit import Act
from bank.commitment_check import WrongState, lacks
from bank.lacking import NotReady
from bank.told_facts import language_name
from console.commitment_form import previews
from console.commitment_labels import EVENTS, HAPPENED, KINDS, SAID, STATES
from console.commitment_shown import came_from, happened, replies, told
from console.commitments import HOME, lines, title_of
from console.page import Asked, Missing, page
from console.project import POSTS, beside
from console.project import title_of as title_of_project
from console.who import ANYBODY, COORDINATORS, READERS
from storage import askings, projects, who_said
from storage import commitments as kept
from storage.approvals import Subject
from storage.commitments import CommitmentState
from storage.schema import Record
from storage.store import Tx

_GONE = "Somebody has changed it in the meantime. Look at it again"
_UNPROMISED = commitment_approval.UNPROMISED


def home(asked: Asked) -> str:
    return f"{HOME}/{asked.path('token')}"


def find(asked: Asked, tx: Tx, *, change: bool = False) -> Record:
    """The commitment of this page. Raises Missing, also where they may not see it, or not change it."""
    found = kept.by_token(tx, asked.path("token"))
    roles = COORDINATORS if change else READERS
    if found is None or not asked.colleague.may(*roles, project=commitments.project_of(tx, found)):
        raise Missing
    return found


async def show(asked: Asked) -> Response:
    return await shown(asked)


async def shown(asked: Asked) -> Response:
    """The page; that they saw who said it, and what people said, is recorded."""
    seen = await asked.write(lambda tx: _look(asked, tx))
    row = seen["row"]
    return asked.page(
        "commitment.html",
        title_of(row),
        **seen,
        kinds=KINDS,
        states=STATES,
        happenings=HAPPENED,
        events=EVENTS,
        said=SAID,
        posts=POSTS,
        tongue=language_name,
        previews=previews(asked, row),
        plainer=beside(asked, row.words),
    )


def _look(asked: Asked, tx: Tx) -> dict[str, Any]:
    row, now, organisation = find(asked, tx), asked.now, asked.room.organisation
    may_change = asked.colleague.may(*COORDINATORS, project=commitments.project_of(tx, row))
    unpromised = row.state in _UNPROMISED
    project = projects.get(tx, row.project_id) if row.project_id is not None else None
    if may_change:
        audit.record(tx, now, Act.SAW_COMMITMENT, asked.colleague.id, about=row.token)
    changes = kept.changes(tx, row.id)
    on = commitment_late.today(now, organisation)
    return {
        "row": row,
        "line": lines(asked, tx, [row])[0],
        "project": project,
        "project_name": title_of_project(project) if project is not None else "",
        "was_late": not unpromised and commitment_late.was_late(row, changes, on, organisation),
        "lacks": lacks(row, now, organisation) if unpromised else {},
        "standing": commitment_approval.standing(tx, row) if unpromised else {},
        "asked": askings.open_of(tx, Subject.LEDGER, row.id) if row.state == CommitmentState.WAITING else [],
        "sources": came_from(asked, tx, row, names=may_change),
        "history": happened(tx, changes),
        "told": told(tx, row),
        "replies": replies(asked, tx, row) if may_change else [],
        "reply_count": len(who_said.replies(tx, row.id)),
        "may_change": may_change,
        "may_remove": may_change and commitments.may_remove(row, changes),
        "may_answer": asked.colleague.may(*COORDINATORS),
    }


async def ask(asked: Asked) -> Response:
    """Ask whoever has to say yes to the words as they are."""
    now, organisation = asked.now, asked.room.organisation
    return await _pressed(
        asked, "commitment_asked", lambda tx, row: commitment_approval.ask(tx, asked.colleague, row, now, organisation)
    )


async def take_back(asked: Asked) -> Response:
    return await _pressed(
        asked,
        "commitment_taken_back",
        lambda tx, row: commitment_approval.take_back(tx, asked.colleague, row, asked.now),
    )


async def remove(asked: Asked) -> Response:
    """Throw away a draft that nobody was asked about."""
    return await _pressed(
        asked, "commitment_removed", lambda tx, row: commitments.remove(tx, asked.colleague, row, asked.now), then=HOME
    )


async def _pressed(
    asked: Asked, done: str, press: Callable[[Tx, Record], object], *, then: str | None = None
) -> Response:
    """Have it stand otherwise. What it lacks is told on the page, and leads to where it is put right."""

    def put(tx: Tx) -> None:
        press(tx, kept.locked(tx, find(asked, tx, change=True).id))

    try:
        await asked.write(put)
    except NotReady as why:
        asked.form.mistakes["state"] = "Nobody is asked yet. See below what is missing"
        asked.form.mistakes |= {f"lacks-{field}": says for field, says in why.lacks.items()}
    except WrongState:
        asked.form.mistakes["state"] = _GONE
    return await shown(asked) if asked.form.mistakes else asked.back(then or home(asked), done=done)


async def seen_reply(asked: Asked) -> Response:
    """Somebody of the team has read what a member wrote back."""

    def see(tx: Tx) -> None:
        row = find(asked, tx, change=True)
        if not commitment_replies.read(tx, asked.colleague, row, asked.path("reply"), asked.now):
            raise Missing

    await asked.write(see)
    return asked.back(home(asked), done="reply_seen")


PAGES = (
    page(f"{HOME}/{{token}}", ANYBODY, get=show),
    page(f"{HOME}/{{token}}/ask", ANYBODY, post=ask),
    page(f"{HOME}/{{token}}/take-back", ANYBODY, post=take_back),
    page(f"{HOME}/{{token}}/remove", ANYBODY, post=remove),
    page(f"{HOME}/{{token}}/replies/{{reply}}/seen", ANYBODY, post=seen_reply),
)
