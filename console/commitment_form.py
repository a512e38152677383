"""The form of a commitment: what is filled in, read as a draft, and what is wrong with it in plain words."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Any

from starlette.responses import Response

from bank import commitment_sources, commitment_words
from bank.commitment_check import why_not_by
from bank.commitment_words import LONGEST, WRITTEN
from bank.commitments import Draft
from bank.told_facts import language_name
from channels.message import Shown
from console.forms import Form
from console.given_dates import given as given_date
from console.meeting import on_a_phone
from console.page import Asked
from console.project import beside
from language.wording import SOURCE_LANGUAGE
from storage.commitments import CommitmentKind

# Each thing that is written, with what to say beside it, and how many lines it has.
LABELS = MappingProxyType(
    {
        "title": ("Title", "A few words, as it stands in lists on phones, such as: Bills that are easy to read", 1),
        "heard": ("You said ...", "It goes on after these words, such as: our bills are hard to read", 2),
        "will": (
            "We will ...",
            (
                "It goes on after these words, such as: rewrite them with carers. The day is added for you. "
                "Leave it empty where you can't"
            ),
            2,
        ),
        "why": ("We can't, because ...", "Only where you can't. For example: the law sets these charges", 2),
    }
)
_DAY = "Enter a real date, such as 29 1 2027"


def read(asked: Asked) -> Draft:
    """What was filled in. The form notes what is wrong."""
    form = asked.form
    words = {name: wording(asked, name, LONGEST[name]) for name in WRITTEN}
    kind = form.chosen("kind", [one.value for one in CommitmentKind], "Choose whether you will do it")
    if not words["title"].get(SOURCE_LANGUAGE):
        form.mistakes.setdefault(f"title-{SOURCE_LANGUAGE}", "Enter a short title")
    cannot = kind == CommitmentKind.CANNOT
    return Draft(
        words,
        CommitmentKind(kind or CommitmentKind.WILL),
        None if cannot else due(asked),
        owner=form.text("owner"),
        project=form.text("project"),
        meeting=form.text("meeting"),
        answers=tuple(commitment_sources.read(form.several("answers"))),
        people=tuple(form.several("people")),
    )


def wording(asked: Asked, name: str, longest: int) -> dict[str, str]:
    """By language, on one line each, as far as it was written."""
    tags = asked.room.organisation.catalogs.spoken
    given = {tag: " ".join(asked.form.text(f"{name}-{tag}", longest=longest).split()) for tag in tags}
    return {tag: text for tag, text in given.items() if text}


def due(asked: Asked) -> date | None:
    """The day, where any part of it was filled in; what is wrong with it is noted."""
    if not _any_part(asked.form):
        return None
    day: date | None = given_date(asked.form, "due", _DAY)
    wrong = why_not_by(day, asked.now, asked.room.organisation) if day is not None else None
    if wrong is not None:
        asked.form.mistakes["due"] = wrong
    return day


def _any_part(form: Form) -> bool:
    return any(form.line(f"due-{part}") for part in ("day", "month", "year"))


def shown(asked: Asked, title: str, worded: Any, **more: Any) -> Response:
    """The page, with how it reads on a phone; `worded` is a row, or what was typed; None: there is nothing yet."""
    tongues = {tag: language_name(tag) for tag in asked.room.organisation.catalogs.spoken}
    return asked.page(
        "commitment_write.html",
        title,
        wordings=LABELS,
        tongues=tongues,
        plainer=beside(asked, worded.words) if worded is not None else {},
        previews=previews(asked, worded) if worded is not None else [],
        **more,
    )


def previews(asked: Asked, worded: Any) -> list[tuple[str, str, Shown]]:
    """How it is told, as a phone shows it, for each language: its tag, its name, and the message."""
    organisation = asked.room.organisation
    return [
        (tag, language_name(tag), on_a_phone(asked, commitment_words.told(worded, tag, organisation), tag))
        for tag in organisation.catalogs.spoken
    ]
