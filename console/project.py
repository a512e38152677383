"""One project: what is told of it, where it stands, what it lacks, and the presses that move it on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response

from bank import approval_now, project_facts, project_team, projects, terms
from bank.lacking import NotReady
from bank.project_check import lacks
from bank.projects import WrongState
from bank.told_facts import language_name
from channels.message import Channel, Message, Shown
from console.commitments import lines
from console.member_named import member_chair
from console.page import Asked, Missing, page
from console.project_form import LABELS
from console.said import as_shown
from console.who import ANYBODY, COORDINATORS, READERS
from language import plain
from language.advice import of_words
from language.wording import SOURCE_LANGUAGE
from storage import askings, commitment_list, staff
from storage import projects as kept
from storage.approvals import Post, Subject
from storage.commitment_list import Wanted
from storage.projects import PlacesBy, ProjectKind, ProjectState, Rung
from storage.schema import Record
from storage.store import Tx

KINDS = {
    ProjectKind.PROJECT: "Project",
    ProjectKind.GROUP: "Task and finish group",
    ProjectKind.LISTENING: "Listening space",
    ProjectKind.TRAINING: "Training",
    ProjectKind.PANEL: "Interview panel",
    ProjectKind.DOCUMENT: "Document to review",
    ProjectKind.SURVEY: "Survey",
}
STATES = {
    ProjectState.DRAFT: "Draft",
    ProjectState.OPEN: "Open",
    ProjectState.UNDER_WAY: "Under way",
    ProjectState.FINISHED: "Finished",
    ProjectState.TOLD: "Outcome told",
}
RUNGS = {
    Rung.COERCION: "Coercion",
    Rung.EDUCATING: "Educating",
    Rung.INFORMING: "Informing",
    Rung.CONSULTATION: "Consultation",
    Rung.ENGAGEMENT: "Engagement",
    Rung.CO_DESIGN: "Co-design",
    Rung.CO_PRODUCTION: "Co-production",
}
HOW_GIVEN = {
    PlacesBy.FIRST: "Who comes first",
    PlacesBy.DRAW: "By a fair draw",
    PlacesBy.CHOSEN: "Chosen by the co-chairs",
}
POSTS = {
    Post.SECOND: "A second person of the team",
    Post.STAFF_CHAIR: "The co-chair of the team",
    Post.MEMBER_CHAIR: "The member who is co-chair",
}
SUBJECTS = {
    Subject.BROADCAST: "A message",
    Subject.INVITATION: "An invitation",
    Subject.TERMS: "What we agreed to do",
    Subject.AGENDA: "Agenda",
    Subject.COMMITMENT: "Commitments",
    Subject.LEDGER: "You said, we will",
}


def home(asked: Asked) -> str:
    return f"/projects/{asked.path('token')}"


def find(asked: Asked, tx: Tx, *, change: bool = False) -> Record:
    """The project of this page. Raises Missing, also where they may not see it, or not change it."""
    found = kept.by_token(tx, asked.path("token"))
    roles = COORDINATORS if change else READERS
    if found is None or not asked.colleague.may(*roles, project=found.token):
        raise Missing
    return found


def title_of(row: Record) -> str:
    return project_facts.said(row, "title", SOURCE_LANGUAGE) or "A project without a title"


async def show(asked: Asked) -> Response:
    return await shown(asked)


async def shown(asked: Asked) -> Response:
    """The page; that they saw who leads it is recorded."""
    seen = await asked.write(lambda tx: _look(asked, tx))
    row = seen["row"]
    return asked.page(
        "project.html",
        title_of(row),
        **seen,
        kind=KINDS[row.kind],
        state=STATES[row.state],
        rung=RUNGS[row.rung],
        how_given=HOW_GIVEN[row.places_by],
        facts=project_facts.facts(row, SOURCE_LANGUAGE, asked.room.organisation),
        previews=previews(asked, row),
        plainer=beside(asked, row.words),
        labels=_labels(asked),
        posts=POSTS,
        subjects=SUBJECTS,
        pages=_elsewhere(asked, row),
        posters=_posters(asked, row, seen["code"]),
    )


def _look(asked: Asked, tx: Tx) -> dict[str, Any]:
    today = asked.now.astimezone(asked.room.organisation.zone).date()
    row = find(asked, tx)
    may_change = asked.colleague.may(*COORDINATORS, project=row.token)
    return {
        "row": row,
        "lacks": lacks(row, today) if row.state == ProjectState.DRAFT else {},
        "code": projects.code_of(tx, row),
        "staff_chair": staff.get(tx, row.staff_chair).name if row.staff_chair is not None else "",
        "member_chair": member_chair(asked, tx, row),
        "waiting": _waiting(asked, tx, row),
        "agreed": {kind: terms.versions(tx, row, kind)[:1] for kind in terms.KINDS},
        "promises": lines(asked, tx, commitment_list.these(tx, Wanted(project_id=row.id))),
        "may_change": may_change,
        "sees_people": asked.colleague.may(*READERS),
        "may_name": may_change and project_team.may_change(asked.colleague, row),
    }


def _waiting(asked: Asked, tx: Tx, row: Record) -> list[Record]:
    """What is asked of its co-chairs, and of a second person."""
    organisation = asked.room.organisation
    return [one for one in askings.of_project(tx, row.id) if approval_now.stands(tx, one, organisation)]


def _labels(asked: Asked) -> dict[str, str]:
    """What each field of the words is called: "Aim, in Polish"."""
    tags = asked.room.organisation.catalogs.spoken
    return {f"{name}-{tag}": f"{LABELS[name][0]}, in {language_name(tag)}" for name in LABELS for tag in tags}


def _elsewhere(asked: Asked, row: Record) -> list[tuple[str, str]]:
    """Where else something is done for it: its meetings by all, the rest by those who may do that for every project."""
    found = [
        (f"/meetings?project={row.token}", "Meetings of it"),
        (f"/projects/{row.token}/feedback", "What people said of it"),
        (f"/projects/{row.token}/promises", "What was promised in it, to print and to publish"),
    ]
    if not asked.colleague.may(*COORDINATORS):
        return found
    return [
        *found,
        (f"/projects/{row.token}/places", "Who wants to take part, and the places"),
        (f"/broadcasts?project={row.token}", "Messages about it"),
        (f"/broadcasts/new?project={row.token}", "Write an invitation to it"),
    ]


def _posters(asked: Asked, row: Record, code: str) -> list[tuple[str, str]]:
    """Its poster in each size and language, where people can text a word to hear about it."""
    if not code or not asked.colleague.may(*COORDINATORS):
        return []
    tags = asked.room.organisation.catalogs.spoken
    return [
        (f"/projects/{row.token}/poster?size={size}&language={tag}", f"Poster {size.upper()}, {language_name(tag)}")
        for size in ("a4", "a5")
        for tag in tags
    ]


def findings(asked: Asked, text: str, language: str) -> list[str]:
    """What would make these words plainer, a sentence each."""
    manner = asked.room.manner(language)
    found = (*plain.findings(text, language), *of_words(text, language, manner.hard_words))
    return list(dict.fromkeys(finding.says for finding in found))


def beside(asked: Asked, words: Mapping[str, Mapping[str, str]]) -> dict[str, list[str]]:
    """The findings of each wording, by its field: "aim-en"."""
    return {
        f"{name}-{tag}": found
        for name, wording in words.items()
        for tag, text in wording.items()
        if text and (found := findings(asked, text, tag))
    }


def previews(asked: Asked, row: Record) -> list[tuple[str, str, Shown]]:
    """What is told of it as a phone shows it, for each language: its tag, its name, and the message."""
    organisation = asked.room.organisation
    shown = []
    for tag in organisation.catalogs.spoken:
        told = project_facts.facts(row, tag, organisation)
        lines = [told[name] for name in ("project", "aim", "involves", "time", "place", "payment", "expenses")]
        text = "\n".join(line for line in (*lines, told["rung_sentence"]) if line)
        message = Message("", Channel.SMS, Channel.SMS, "", text, language=tag)
        shown.append((tag, language_name(tag), as_shown(message, asked.room)))
    return shown


async def open_(asked: Asked) -> Response:
    now, organisation = asked.now, asked.room.organisation
    return await _moved(asked, lambda tx, row: projects.open_(tx, asked.colleague, row, now, organisation))


async def begin(asked: Asked) -> Response:
    return await _moved(asked, lambda tx, row: projects.begin(tx, asked.colleague, row, asked.now))


async def _moved(asked: Asked, move: Callable[[Tx, Record], object]) -> Response:
    """Have it stand otherwise. What it lacks is told on the page, and leads to where it is put right."""
    try:
        await asked.write(lambda tx: move(tx, find(asked, tx, change=True)))
    except NotReady as why:
        asked.form.mistakes["state"] = "It cannot be open yet. See below what is missing"
        asked.form.mistakes |= {f"lacks-{field}": says for field, says in why.lacks.items()}
    except WrongState:
        asked.form.mistakes["state"] = "Somebody has changed it in the meantime. Look at it again"
    return await shown(asked) if asked.form.mistakes else asked.back(home(asked), done="project_moved")


PAGES = (
    page("/projects/{token}", ANYBODY, get=show),
    page("/projects/{token}/open", ANYBODY, post=open_),
    page("/projects/{token}/begin", ANYBODY, post=begin),
)
