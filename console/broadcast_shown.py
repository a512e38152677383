"""What the page of one broadcast shows: all that is to be known before it goes, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from starlette.responses import Response

from bank import approvals, audience_words, broadcast_check, broadcast_progress, broadcast_words
from bank.audience import Rule
from bank.broadcast_about import meeting_of, project_of
from bank.broadcast_check import Check
from bank.broadcast_draft import WRITTEN, draft_of, is_chosen, seen_as
from bank.broadcast_words import values_of
from bank.organisation import Organisation
from bank.project_facts import said
from bank.told_facts import language_name
from channels.called import CALLED
from channels.message import Channel, Shown
from console.broadcast_form import LASTS, SPREADS
from console.broadcast_write import find
from console.broadcasts import STATES, kind_of
from console.page import Asked, Missing
from console.said import as_shown
from language.placeholder import NAME
from language.wording import SOURCE_LANGUAGE
from storage import askings, broadcasts, staff
from storage.approvals import Post
from storage.picking import Way
from storage.schema import Record
from storage.store import Tx

POSTS = {
    Post.SECOND: "A second person of the team",
    Post.STAFF_CHAIR: "The co-chair from the team",
    Post.MEMBER_CHAIR: "The co-chair with lived experience",
}
WAYS = {
    Way.SMS: "Text messages",
    Way.WHATSAPP: "WhatsApp",
    Way.TELEGRAM: "Telegram",
    Way.CALL: "Phone calls, as tasks for the team",
    Way.LETTER: "Letters, as tasks for the team",
}
# Why something did not go, in words of ours; a provider's code has a sentence of its own.
REASONS = {
    "": "no reason is known",
    "cap": "had as many texts that week as they agreed to",
    "canceled": "it was cancelled",
    "closed": "the project is closed, or the meeting has begun or does not take place",
    "twin": "this person is on the list twice, and gets it once",
    "no_promotions": "does not want to hear of other organisations",
    "not_wanted": "does not want the news",
}
_SAMPLE_NAME = "Asha"
_FRESH = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Phone:
    """How one phone will show it."""

    name: str
    language: str
    shown: Shown


async def _check(asked: Asked, problem: str = "") -> Response:
    """All that is to be known before it goes."""
    now, organisation = asked.now, asked.room.organisation

    def look(tx: Tx) -> dict[str, Any]:
        row = find(asked, tx)
        own = staff.get(tx, asked.colleague.id)
        return {
            "row": row,
            "seen": seen_as(tx, row, organisation),
            "check": (found := broadcast_check.check(tx, row, now, organisation, manners=asked.room.manner)),
            "left_out": audience_words.left_out(found.preview.left, asked.colleague),
            "project": project_of(tx, row),
            "meeting": meeting_of(tx, row),
            "whom": _whom(tx, row, organisation),
            "corrected": broadcasts.get(tx, row.corrects_id) if row.corrects_id is not None else None,
            "asked_of": _asked_of(tx, asked, row),
            "has_phone": bool(own.alert_address),
        }

    known = await asked.read(look)
    row, check = known["row"], known["check"]
    return asked.page(
        "broadcast_check.html",
        row.name or "A broadcast without a name",
        status=409 if problem else 200,
        draft=draft_of(row),
        phones=_phones(asked, row, check, known["project"], known["meeting"]),
        about_title=_title(known["project"], known["meeting"]),
        problem=problem,
        spreads=SPREADS,
        lasts=LASTS,
        tongue=language_name,
        **known,
        **_NAMES,
    )


def _asked_of(tx: Tx, asked: Asked, row: Record) -> dict[Post, tuple[str, str]]:
    """Whose yes is still asked for: what this colleague can do about it there, and where."""
    subject = approvals.subject_of(row)
    theirs = approvals.posts_of(tx, asked.colleague, subject, row.id)
    enters = approvals.may_enter(tx, asked.colleague, subject, row.id)
    found = {}
    for one in askings.open_of(tx, subject, row.id):
        post = Post(one.post)
        enter = "Enter what they said" if enters and post == Post.MEMBER_CHAIR else "See what was asked"
        found[post] = ("Say yes or no" if post in theirs else enter, f"/approvals/{one.token}")
    return found


def _whom(tx: Tx, row: Record, organisation: Organisation) -> str:
    if not is_chosen(row):
        return "Nobody is chosen yet"
    return audience_words.told(tx, Rule.from_json(row.rule) if row.rule else None, organisation)


def _title(project: Record | None, meeting: Record | None) -> str:
    """What it is about."""
    if meeting is not None:
        return audience_words.meeting_title(meeting)
    return said(project, "title", SOURCE_LANGUAGE) if project is not None else ""


_NAMES: Mapping[str, Any] = {
    "kind_of": kind_of,
    "states": STATES,
    "posts": POSTS,
    "ways": WAYS,
}


def _phones(asked: Asked, row: Record, check: Check, project: Record | None, meeting: Record | None) -> list[Phone]:
    """Each language on each kind of phone that it goes to, and as a text message in any case."""
    organisation = asked.room.organisation
    texted = [channel for channel in Channel if check.preview.ways.get(Way(channel.value))]
    found = []
    for tag, reading in check.readings.items():
        if reading.odd:
            continue
        values = {**values_of(organisation, project, tag, meeting), NAME: _SAMPLE_NAME}
        for channel in texted or [Channel.SMS]:
            message = broadcast_check.preview(row, organisation, tag, channel, values)
            found.append(Phone(CALLED[channel], tag, as_shown(message, asked.room)))
    return found


async def again(asked: Asked, problem: str = "") -> Response:
    """The page as it is now, with what is in the way."""
    row = await asked.read(lambda tx: find(asked, tx))
    return await (_check(asked, problem) if row.state in WRITTEN else progress(asked, problem))


async def progress(asked: Asked, problem: str = "") -> Response:
    row, known = await _figures(asked)
    title, status = row.name or "A broadcast without a name", 409 if problem else 200
    return asked.page("broadcast_progress.html", title, status=status, problem=problem, **known)


async def latest(asked: Asked) -> Response:
    """The part that renews itself."""
    _row, known = await _figures(asked)
    return asked.part("broadcast_figures.html", **known)


async def _figures(asked: Asked) -> tuple[Record, dict[str, Any]]:
    organisation = asked.room.organisation

    def look(tx: Tx) -> tuple[Record, dict[str, Any]]:
        row = find(asked, tx)
        project, meeting = project_of(tx, row), meeting_of(tx, row)
        return row, {
            "progress": (found := broadcast_progress.progress(tx, row)),
            "left_out": audience_words.left_out(found.left_out, asked.colleague),
            "correction": broadcasts.correction_of(tx, row.id),
            "project": project,
            "meeting": meeting,
            "about_title": _title(project, meeting),
            "whom": _whom(tx, row, organisation),
            "said": broadcast_words.as_said(row, organisation, project, meeting),
            "by": {one: staff.get(tx, one).name for one in {row.staff_id, row.sent_by} if one is not None},
        }

    row, known = await asked.read(look)
    if row.state in WRITTEN:
        raise Missing
    return row, {
        "row": row,
        # Telegram never tells whether it arrived; the others do within hours.
        "fresh": row.let_go_at is not None and asked.now - max(row.let_go_at, row.due_at) < _FRESH,
        "why": lambda code: _why(asked, code),
        "answers": _answers(row, known["progress"].answers),
        "tongue": language_name,
        **known,
        **_NAMES,
    }


def _why(asked: Asked, code: str) -> str:
    """A reason in words: ours, or what the provider's code means."""
    if code in REASONS:
        return REASONS[code]
    told = next((said for name in CALLED if (said := asked.room.why(name.value, code))), "")
    return f"{told} ({code})" if told else f"the phone company calls it {code}"


def _answers(row: Record, counted: Mapping[str, int]) -> list[tuple[str, int]]:
    """What came back in words, each with how many said it."""
    known = {"yes": "Interested", "later": "Not now", "no": "Not for them"}
    if row.meeting_id is not None:
        known = {"yes": "Coming", "maybe": "Not sure", "no": "Not coming", "later": "Not this time"}
    known |= {f"c{number}": one.get(SOURCE_LANGUAGE, "") for number, one in enumerate(row.choices or (), 1)}
    return [(text, counted[id_]) for id_, text in known.items() if counted.get(id_)]
