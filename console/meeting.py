"""One meeting: what is told of it, where it stands, what it lacks, answers in figures, and the presses that move it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.responses import Response

from bank import (
    feedback_sets,
    meeting_facts,
    meeting_figures,
    meeting_repeat,
    meetings,
    reminder_defaults,
    wall_time,
    who_answered,
)
from bank.lacking import NotReady
from bank.meeting_check import lacks
from bank.meetings import WrongState
from bank.told_facts import language_name
from channels.message import Channel, Message, Shown
from console.commitments import lines
from console.meeting_clock import notes
from console.meeting_form import LABELS
from console.meeting_plan import in_words
from console.member_named import member_chair
from console.page import Asked, Missing, page
from console.project import beside
from console.project import title_of as title_of_project
from console.said import as_shown
from console.who import ANYBODY, COORDINATORS, READERS
from language.wording import SOURCE_LANGUAGE
from storage import commitment_list, projects, staff
from storage import meetings as kept
from storage.commitment_list import Wanted
from storage.meetings import GOES_ON, MeetingKind, MeetingState, Repeats, Way
from storage.schema import Record
from storage.store import Tx

KINDS = {
    MeetingKind.MEETING: "Meeting",
    MeetingKind.SPACE: "Carers' space",
    MeetingKind.LISTENING: "Listening space",
    MeetingKind.WORKSHOP: "Workshop",
    MeetingKind.TRAINING: "Training",
    MeetingKind.PANEL: "Interview panel",
    MeetingKind.DROP_IN: "Drop-in",
}
STATES = {
    MeetingState.DRAFT: "Draft",
    MeetingState.OPEN: "Open",
    MeetingState.READY: "Ready",
    MeetingState.CANCELED: "Cancelled",
    MeetingState.OVER: "Over",
}
WAYS = {Way.IN_PERSON: "In person", Way.ONLINE: "Online", Way.HYBRID: "In person and online: people choose"}
REPEATS = {
    Repeats.WEEKLY: "Every week",
    Repeats.FORTNIGHTLY: "Every two weeks",
    Repeats.MONTHLY_WEEKDAY: "Every month, on the same weekday: the first Tuesday, or the last",
    Repeats.MONTHLY_DATE: "Every month, on the same date",
}
# So many of a series are shown, the latest.
_SHOWN = 12
_TOLD = ("link", "dial_in", "agenda", "who", "paid", "expenses", "parking", "access")


def home(asked: Asked) -> str:
    return f"/meetings/{asked.path('token')}"


def find(asked: Asked, tx: Tx, *, change: bool = False) -> Record:
    """The meeting of this page. Raises Missing, also where they may not see it, or not change it."""
    found = kept.by_token(tx, asked.path("token"))
    roles = COORDINATORS if change else READERS
    if found is None or not asked.colleague.may(*roles, project=meetings.project_of(tx, found)):
        raise Missing
    return found


def title_of(row: Record) -> str:
    return meeting_facts.said(row, "title", SOURCE_LANGUAGE) or "A meeting without a title"


async def show(asked: Asked) -> Response:
    return await shown(asked)


async def shown(asked: Asked) -> Response:
    """The page; that they saw who leads it is recorded."""
    now, organisation = asked.now, asked.room.organisation
    seen = await asked.write(lambda tx: _look(asked, tx, now))
    row = seen["row"]
    tags = organisation.catalogs.spoken
    return asked.page(
        "meeting.html",
        title_of(row),
        **seen,
        kind=KINDS[row.kind],
        state=STATES[row.state],
        states=STATES,
        way=WAYS[row.way],
        repeats=REPEATS[row.repeats] if row.repeats else "",
        facts=meeting_facts.facts(row, SOURCE_LANGUAGE, organisation),
        notes=notes(row.on_day, row.at_time, row.minutes, organisation),
        previews=previews(asked, row),
        plainer=beside(asked, row.words),
        labels={f"{name}-{tag}": f"{LABELS[name][0]}, in {language_name(tag)}" for name in LABELS for tag in tags},
        project_name=title_of_project(seen["project"]) if seen["project"] is not None else "",
    )


def _look(asked: Asked, tx: Tx, now: datetime) -> dict[str, Any]:
    row = find(asked, tx)
    return {
        "row": row,
        "lacks": lacks(row, now) if row.state == MeetingState.DRAFT else {},
        "project": projects.get(tx, row.project_id) if row.project_id is not None else None,
        "staff_chair": staff.get(tx, row.staff_chair).name if row.staff_chair is not None else "",
        "member_chair": member_chair(asked, tx, row),
        "figures": meeting_figures.of(tx, [row])[row.id],
        "asked_again": who_answered.asked_again(tx, asked.colleague, row),
        "series": [(one, wall_time.here(one).date()) for one in kept.series(tx, row)[-_SHOWN:]],
        "sees_people": asked.colleague.may(*READERS),
        "may_change": asked.colleague.may(*COORDINATORS, project=meetings.project_of(tx, row)),
        "goes_on": row.state in GOES_ON,
        "pages": _elsewhere(asked, tx, row, now),
        "plan": in_words(reminder_defaults.plan_of(tx, row)),
        "asked_after": feedback_sets.named(tx, row),
        "promises": lines(asked, tx, commitment_list.these(tx, Wanted(meeting_id=row.id))),
    }


def _elsewhere(asked: Asked, tx: Tx, row: Record, now: datetime) -> list[tuple[str, str]]:
    """Where else something is done for it, by those who may."""
    if row.state == MeetingState.DRAFT:
        return []
    may_change = asked.colleague.may(*COORDINATORS, project=meetings.project_of(tx, row))
    may_invite = asked.colleague.may(*COORDINATORS) and row.state in GOES_ON and row.starts_at > now
    found = (
        ("invite", "Invite people", may_invite),
        ("answers", "Who said what", True),
        ("arrange", "What to arrange", True),
        ("prepare", "Prepare it: who comes, badges and lists to print", True),
        ("attend", "Who came", may_change and row.state != MeetingState.CANCELED),
        ("feedback", "How it was: what people said", row.state == MeetingState.OVER),
    )
    return [(where, text) for where, text, is_theirs in found if is_theirs]


def previews(asked: Asked, row: Record) -> list[tuple[str, str, Shown]]:
    """What is told of it as a phone shows it, for each language: its tag, its name, and the message."""
    organisation = asked.room.organisation
    found = []
    for tag in organisation.catalogs.spoken:
        told = meeting_facts.facts(row, tag, organisation)
        when = f"{told['day']}, {told['time']} - {told['ends']}"
        lines = [told["meeting"], when, told["where"], *(told[name] for name in _TOLD)]
        text = "\n".join(line for line in lines if line)
        found.append((tag, language_name(tag), on_a_phone(asked, text, tag)))
    return found


def on_a_phone(asked: Asked, text: str, language: str) -> Shown:
    """How a phone shows it, as a text."""
    return as_shown(Message("", Channel.SMS, Channel.SMS, "", text, language=language), asked.room)


async def open_(asked: Asked) -> Response:
    now = asked.now
    return await _moved(asked, lambda tx, row: meetings.open_(tx, asked.colleague, row, now))


async def _moved(asked: Asked, move: Callable[[Tx, Record], object]) -> Response:
    """Have it stand otherwise. What it lacks is told on the page, and leads to where it is put right."""
    try:
        await asked.write(lambda tx: move(tx, find(asked, tx, change=True)))
    except NotReady as why:
        asked.form.mistakes["state"] = "It cannot be open yet. See below what is missing"
        asked.form.mistakes |= {f"lacks-{field}": says for field, says in why.lacks.items()}
    except WrongState:
        asked.form.mistakes["state"] = "Somebody has changed it in the meantime. Look at it again"
    return await shown(asked) if asked.form.mistakes else asked.back(home(asked), done="meeting_open")


async def like(asked: Asked) -> Response:
    """As last month: a draft for the next day, which is looked at before it is opened; the one that waits for that,
    where there is one.
    """
    now = asked.now

    def draft(tx: Tx) -> tuple[Record, bool]:
        row = find(asked, tx, change=True)
        there = meeting_repeat.drafted(tx, row, now)
        return there or meeting_repeat.like(tx, asked.colleague, row, now), there is None

    row, is_new = await asked.write(draft)
    return asked.back(f"/meetings/{row.token}", done="meeting_drafted" if is_new else "meeting_drafted_before")


PAGES = (
    page("/meetings/{token}", ANYBODY, get=show),
    page("/meetings/{token}/open", ANYBODY, post=open_),
    page("/meetings/{token}/like", ANYBODY, post=like),
)
