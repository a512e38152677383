"""The form of a meeting as its page shows it: what is kept or was just typed, and what may be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from starlette.responses import Response

from bank import feedback_sets, meeting_told, people, reminder_defaults
from bank.meeting_change import News
from bank.meetings import Details
from bank.project_facts import said as said_of_project
from bank.reminder_plan import ALL, USUAL
from bank.told_facts import language_name
from channels.message import Shown
from console import meeting_plan, member_named
from console.meeting import KINDS, REPEATS, WAYS, on_a_phone, title_of
from console.meeting_clock import notes
from console.meeting_form import LABELS
from console.page import Asked
from console.project import beside
from console.second_look import mark
from console.who import COORDINATORS, READERS
from language.dates import clock
from language.wording import SOURCE_LANGUAGE
from storage import people as people_kept
from storage import projects, question_sets, staff
from storage.people import PersonState
from storage.projects import ProjectState
from storage.schema import Record
from storage.staff import EVERYWHERE
from storage.store import Tx

# All that the form writes of it.
_WRITTEN = (
    "words",
    "kind",
    "on_day",
    "at_time",
    "minutes",
    "way",
    "capacity",
    "guests",
    "project_id",
    "staff_chair",
    "member_chair",
    "repeats",
    "plan",
    "feedback_set_id",
    "anonymous",
)
_GOES_ON = [ProjectState.DRAFT, ProjectState.OPEN, ProjectState.UNDER_WAY, ProjectState.FINISHED]


@dataclass(frozen=True, slots=True)
class ToTell:
    """What is looked at before it is kept: news to `number` people (None: none), and how many places are `taken` where
    there would be less room than that (0: there is enough). Its `mark` tells it from anything else that was shown.
    """

    news: News | None
    number: int
    taken: int
    mark: str


def may_write(asked: Asked, project: str) -> bool:
    """Whether they may have a meeting of this project; of none, where it is empty."""
    return asked.colleague.may(*COORDINATORS, project=project or EVERYWHERE)


def standing(row: Record) -> str:
    """What tells how it is written now from how it was written before."""
    return mark(*(getattr(row, name) for name in _WRITTEN))


async def shown(
    asked: Asked,
    row: Record | None,
    typed: Details | None = None,
    to_tell: ToTell | None = None,
    *,
    project: str = "",
) -> Response:
    """The page; that they saw who leads it is recorded. A new one is of this project (its token), or of none."""
    seen = await asked.write(lambda tx: _look(asked, tx, row, project))
    tongues = {tag: language_name(tag) for tag in asked.room.organisation.catalogs.spoken}
    return asked.page(
        "meeting_change.html",
        f"Change {title_of(row)}" if row is not None else "Add a meeting",
        row=row,
        standing=standing(row) if row is not None else "",
        to_tell=to_tell,
        previews=_previews(asked, to_tell, tuple(tongues)) if to_tell is not None else [],
        **seen,
        wordings=LABELS,
        tongues=tongues,
        kinds=[(one.value, label) for one, label in KINDS.items()],
        ways=[(one.value, label) for one, label in WAYS.items()],
        rules=[(one.value, label) for one, label in REPEATS.items()],
        steps=[(step.name.value, label, step.minutes is None, step.is_after) for step, label in _steps()],
        notes=_notes(asked, row, typed),
        plainer=beside(asked, _written(asked, row, tuple(tongues))),
    )


def _previews(asked: Asked, to_tell: ToTell, tags: tuple[str, ...]) -> list[tuple[str, str, Shown]]:
    """What they are told, as a phone shows it, for each language: its tag, its name, and the message."""
    news = to_tell.news
    if news is None:
        return []
    now, organisation = asked.now, asked.room.organisation
    found = [(tag, meeting_told.of_change(news.then, tag, now, organisation, asks=news.asks)) for tag in tags]
    return [(tag, language_name(tag), on_a_phone(asked, text, tag)) for tag, text in found]


def _steps() -> list[tuple[Any, str]]:
    return [(step, meeting_plan.NAMES[step.name]) for step in ALL]


def _look(asked: Asked, tx: Tx, row: Record | None, project: str) -> dict[str, Any]:
    offered = _offered(asked, tx, row)
    return {
        "projects": [*([("", "No project")] if may_write(asked, EVERYWHERE) else []), *offered],
        "sets": _sets(asked, tx),
        "team": [("", "Nobody yet"), *((one.token, one.name) for one in staff.active(tx))],
        "kept": _kept(asked, tx, row) if row is not None else _beginning(asked, tx, project),
        "usual": meeting_plan.fields(USUAL),
        "sees_people": asked.colleague.may(*READERS),
        "member_hint": member_named.hint(asked),
    }


def _offered(asked: Asked, tx: Tx, row: Record | None) -> list[tuple[str, str]]:
    """The projects that it may be of, by their tokens; the one that it is of is always among them."""
    found = projects.in_states(tx, _GOES_ON)
    own = row.project_id if row is not None else None
    if own is not None and all(one.id != own for one in found):
        found.append(projects.get(tx, own))
    return [
        (one.token, said_of_project(one, "title", SOURCE_LANGUAGE) or "A project without a title")
        for one in found
        if may_write(asked, one.token)
    ]


def _sets(asked: Asked, tx: Tx) -> list[tuple[str, str]]:
    """The question sets that may be asked after it, by their tokens."""
    ours = feedback_sets.keep_all(tx, asked.now, asked.room.organisation)
    own = [(row.token, row.name) for row in question_sets.in_use(tx)]
    return [("", "As its kind of meeting has it"), *((row.token, row.name) for row in ours), *own]


def _beginning(asked: Asked, tx: Tx, project: str) -> dict[str, Any]:
    """What the fields of a new one begin with: who leads its project leads it."""
    row = projects.by_token(tx, project) if project else None
    return {"words": {}, "project": project, **(_chairs(asked, tx, row) if row is not None else {})}


def _chairs(asked: Asked, tx: Tx, row: Record) -> dict[str, Any]:
    """Who leads it, as far as they are there and may be seen; the look is recorded."""
    found: dict[str, Any] = {}
    if row.staff_chair is not None:
        found["staff_chair"] = staff.get(tx, row.staff_chair).token
    chair = people_kept.get(tx, row.member_chair) if row.member_chair is not None else None
    if chair is not None and chair.state == PersonState.MEMBER and people.seen(tx, asked.colleague, chair.token):
        people.looked(tx, asked.colleague, chair, asked.now)
        found |= {"member_chair": f"/people/{chair.token}", "person": chair}
    return found


def _kept(asked: Asked, tx: Tx, row: Record) -> dict[str, Any]:
    """What the fields begin with."""
    project = projects.get(tx, row.project_id).token if row.project_id is not None else ""
    begins = datetime.combine(date.fromisoformat(row.on_day), time.fromisoformat(row.at_time))
    return {
        "words": row.words,
        "kind": row.kind,
        "way": row.way,
        "on_day": date.fromisoformat(row.on_day),
        "at_time": clock(begins.time(), SOURCE_LANGUAGE),
        "until": clock((begins + timedelta(minutes=row.minutes)).time(), SOURCE_LANGUAGE),
        "capacity": row.capacity or "",
        "guests": row.guests,
        "project": project,
        "repeats": row.repeats or "",
        "feedback": _set_of(tx, row),
        "anonymous": row.anonymous,
        "plan": meeting_plan.USUAL if row.plan is None else meeting_plan.OWN,
        "steps": meeting_plan.fields(reminder_defaults.plan_of(tx, row)),
        **_chairs(asked, tx, row),
    }


def _set_of(tx: Tx, row: Record) -> str:
    chosen = question_sets.get(tx, row.feedback_set_id) if row.feedback_set_id is not None else None
    return str(chosen.token) if chosen is not None else ""


def _notes(asked: Asked, row: Record | None, typed: Details | None) -> list[str]:
    """What is odd about the day that was typed, or is kept."""
    organisation = asked.room.organisation
    if typed is not None:
        return notes(typed.on_day.isoformat(), f"{typed.at_time:%H:%M}", typed.minutes, organisation)
    if row is None or asked.form.fields:
        return []
    return notes(row.on_day, row.at_time, row.minutes, organisation)


def _written(asked: Asked, row: Record | None, tags: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """The words as the form shows them: what was just typed, or what is kept."""
    kept = row.words if row is not None else {}
    typed = {name: {tag: asked.form.text(f"{name}-{tag}") for tag in tags} for name in LABELS}
    return typed if asked.form.fields else {name: dict(kept.get(name) or {}) for name in LABELS}
