"""Writing a commitment: a new one, from answers, after a meeting or by hand, and changes until it is promised."""

from __future__ import annotations

from datetime import date
from typing import Any

from starlette.responses import Response

from bank import audit, commitment_sources, commitments, meetings
from bank.audit import Act
from bank.commitment_approval import UNPROMISED
from bank.commitment_check import WrongState
from bank.commitment_owner import everybody
from bank.commitment_words import exact
from bank.commitments import Draft
from bank.lacking import NotReady
from bank.project_facts import said as said_of_project
from console import commitment_form
from console.commitment import find, home
from console.commitments import HOME, title_of
from console.meeting import title_of as title_of_meeting
from console.page import Asked, Missing, page
from console.who import ANYBODY, COORDINATORS
from language.wording import SOURCE_LANGUAGE
from storage import commitments as kept
from storage import meetings as meetings_kept
from storage import projects, staff, who_said
from storage.commitments import CommitmentState
from storage.projects import ProjectState
from storage.schema import Record
from storage.staff import EVERYWHERE
from storage.store import Tx

_GONE = "Somebody has changed it in the meantime. Look at it again"
_MOST_ANSWERS = 200
_GOES_ON = [ProjectState.DRAFT, ProjectState.OPEN, ProjectState.UNDER_WAY, ProjectState.FINISHED]


async def new(asked: Asked) -> Response:
    """Begin with what the address names: `answers` (each once, or with commas), `meeting`, `project`.

    Whoever may write for nothing in particular, and names nothing, is led to the list.
    """
    given = [part for one in asked.request.query_params.getlist("answers") for part in one.split(",")]
    draft = Draft(
        {},
        project=asked.query("project"),
        meeting=asked.query("meeting"),
        answers=tuple(commitment_sources.read(given[:_MOST_ANSWERS])),
    )
    if not (draft.project or draft.meeting or draft.answers or asked.colleague.may(*COORDINATORS)):
        return asked.back(HOME)
    return await _write(asked, None, draft)


async def add(asked: Asked) -> Response:
    draft = commitment_form.read(asked)
    if asked.form.mistakes or asked.form.text("press") == "look":
        return await _write(asked, None, draft)

    def keep(tx: Tx) -> Record:
        _must_write(asked, tx, draft)
        return commitments.make(tx, asked.colleague, draft, asked.now)

    try:
        row = await asked.write(keep)
    except NotReady as why:
        asked.form.mistakes |= why.lacks
        return await _write(asked, None, draft)
    return asked.back(f"{HOME}/{row.token}", done="commitment_kept")


def _must_write(asked: Asked, tx: Tx, draft: Draft) -> None:
    """Raises Missing where it would be of a meeting or project that is not theirs to write for."""
    meeting = meetings_kept.by_token(tx, draft.meeting) if draft.meeting else None
    project = projects.by_token(tx, draft.project) if draft.project else None
    if (draft.meeting and meeting is None) or (draft.project and project is None):
        raise Missing
    of_meeting = meetings.project_of(tx, meeting) if meeting is not None else EVERYWHERE
    if meeting is None and project is None and draft.answers:
        return  # whose answers they are is looked at with them
    for token in {of_meeting if meeting is not None else draft.project, draft.project or of_meeting}:
        if not asked.colleague.may(*COORDINATORS, project=token):
            raise Missing


async def change(asked: Asked) -> Response:
    return await _write(asked, await asked.read(lambda tx: _unpromised(asked, tx)), None)


async def keep_changes(asked: Asked) -> Response:
    row = await asked.read(lambda tx: _unpromised(asked, tx))
    draft, now, organisation = commitment_form.read(asked), asked.now, asked.room.organisation
    if asked.form.mistakes or asked.form.text("press") == "look":
        return await _write(asked, row, draft)

    def keep(tx: Tx) -> Record:
        found = kept.locked(tx, _unpromised(asked, tx).id)
        return commitments.change(tx, asked.colleague, found, draft, now, organisation)

    try:
        after = await asked.write(keep)
    except NotReady as why:
        asked.form.mistakes |= why.lacks
    except WrongState:
        asked.form.mistakes["state"] = _GONE
    if asked.form.mistakes:
        return await _write(asked, row, draft)
    anew = after.state == CommitmentState.WAITING and exact(row) != exact(after)
    return asked.back(home(asked), done="commitment_asked_anew" if anew else "commitment_changed")


def _unpromised(asked: Asked, tx: Tx) -> Record:
    """The commitment, where its words may still be changed. Raises Missing."""
    row = find(asked, tx, change=True)
    if row.state not in UNPROMISED:
        raise Missing
    return row


async def _write(asked: Asked, row: Record | None, draft: Draft | None) -> Response:
    """The form, as it is kept or was typed; a look at who came to its meeting is recorded."""
    seen = await asked.write(lambda tx: _look(asked, tx, row, draft))
    typed = draft.written if draft is not None and draft.words else None
    title = f"Change {title_of(row)}" if row is not None else "You said, we will: write a commitment"
    return commitment_form.shown(asked, title, typed or row, row=row, draft=draft, **seen)


def _look(asked: Asked, tx: Tx, row: Record | None, draft: Draft | None) -> dict[str, Any]:
    if row is None and draft is not None:
        _must_write(asked, tx, draft)
    meeting = _meeting(tx, row, draft)
    came = commitment_sources.may_have_said(tx, asked.colleague, meeting) if meeting is not None else []
    if came and meeting is not None:
        audit.record(tx, asked.now, Act.SAW_MEETING, asked.colleague.id, about=meeting.token, what="commitment")
    said = who_said.known(tx, row.id) if row is not None else set()
    return {
        "kept": _kept(tx, row),
        "meeting": meeting,
        "meeting_title": title_of_meeting(meeting) if meeting is not None else "",
        "came": [(one.token, one.name or "Somebody we have no name for") for one in came if one.id not in said],
        "said": [one.name or "Somebody we have no name for" for one in came if one.id in said],
        "answers": [commitment_sources.named(one) for one in draft.answers] if draft is not None else [],
        "from_answers": _answers(asked, tx, draft),
        "team": [("", "Choose somebody"), *((one.token, one.name) for one in everybody(tx))],
        "projects": _projects(asked, tx) if row is None and meeting is None else [],
    }


def _meeting(tx: Tx, row: Record | None, draft: Draft | None) -> Record | None:
    if row is not None:
        return meetings_kept.get(tx, row.meeting_id) if row.meeting_id is not None else None
    return meetings_kept.by_token(tx, draft.meeting) if draft is not None and draft.meeting else None


def _kept(tx: Tx, row: Record | None) -> dict[str, Any]:
    """What the fields begin with."""
    if row is None:
        return {"words": {}, "kind": "will", "due": None, "owner": ""}
    owner = staff.get(tx, row.owner_id).token if row.owner_id is not None else ""
    due = date.fromisoformat(row.due_on) if row.due_on else None
    return {"words": row.words, "kind": row.kind, "due": due, "owner": owner}


def _answers(asked: Asked, tx: Tx, draft: Draft | None) -> tuple[int, int]:
    """How many answers it comes from, and how many of these are without a name. What is wrong with them is noted."""
    if draft is None or not draft.answers:
        return 0, 0
    try:
        found = commitment_sources.answered(tx, asked.colleague, draft.answers)
    except NotReady as why:
        asked.form.mistakes |= why.lacks
        return 0, 0
    return len(found), sum(one.person_id is None for one in found)


def _projects(asked: Asked, tx: Tx) -> list[tuple[str, str]]:
    """The projects that it may be of; none, where they may write one of no project."""
    of_none = [("", "No project")] if asked.colleague.may(*COORDINATORS) else []
    found = [one for one in projects.in_states(tx, _GOES_ON) if asked.colleague.may(*COORDINATORS, project=one.token)]
    return [*of_none, *((one.token, said_of_project(one, "title", SOURCE_LANGUAGE) or one.token) for one in found)]


PAGES = (
    page(f"{HOME}/new", ANYBODY, get=new, post=add),
    page(f"{HOME}/{{token}}/change", ANYBODY, get=change, post=keep_changes),
)
