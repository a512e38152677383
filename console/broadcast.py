"""One broadcast: looked at before it goes, let go, and watched on its way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from starlette.responses import Response

from bank import approvals, audience_words, broadcast_check, broadcast_going, broadcast_progress, broadcast_trial
from bank.audience import Left, Rule
from bank.broadcast_check import Check
from bank.broadcast_draft import WRITTEN, approval_words, draft_of, project_of
from bank.broadcast_going import NotReady
from bank.broadcast_words import values_of
from bank.colleague import Colleague
from bank.handling import CannotDo
from bank.organisation import Organisation
from bank.project_facts import said
from channels.message import Channel, Shown
from console.broadcast_form import LASTS, SPREADS
from console.broadcast_write import find
from console.broadcasts import HOME, KINDS, STATES
from console.page import Asked, Missing, page
from console.said import as_shown
from console.try_phone import NAMES, native
from console.who import COORDINATORS
from language.placeholder import NAME
from language.wording import SOURCE_LANGUAGE
from storage import broadcasts, staff
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
    "canceled": "it was canceled",
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


async def show(asked: Asked) -> Response:
    row = await asked.read(lambda tx: find(asked, tx))
    return await (_check(asked) if row.state in WRITTEN else _progress(asked))


async def _check(asked: Asked, problem: str = "") -> Response:
    """All that is to be known before it goes."""
    now, organisation = asked.now, asked.room.organisation

    def look(tx: Tx) -> dict[str, Any]:
        row = find(asked, tx)
        own = staff.get(tx, asked.colleague.id)
        return {
            "row": row,
            "check": broadcast_check.check(tx, row, now, organisation, manners=asked.room.manner),
            "project": project_of(tx, row),
            "whom": audience_words.told(tx, Rule.from_json(row.rule) if row.rule else None, organisation),
            "corrected": broadcasts.get(tx, row.corrects_id) if row.corrects_id is not None else None,
            "said": _said(tx, row, organisation),
            "may_approve": approvals.posts_of(tx, asked.colleague, approvals.subject_of(row), row.id),
            "has_phone": bool(own.alert_address),
        }

    known = await asked.read(look)
    row, check = known["row"], known["check"]
    return asked.page(
        "broadcast_check.html",
        row.name or "A broadcast without a name",
        status=409 if problem else 200,
        draft=draft_of(row),
        phones=_phones(asked, row, check, known["project"]),
        project_title=said(known["project"], "title", SOURCE_LANGUAGE) if known["project"] is not None else "",
        problem=problem,
        spreads=SPREADS,
        lasts=LASTS,
        tongue=tongue,
        **known,
        **_NAMES,
    )


_NAMES: Mapping[str, Any] = {
    "kinds": KINDS,
    "states": STATES,
    "posts": POSTS,
    "ways": WAYS,
    "left": {why: audience_words.LEFT[why] for why in Left},
}


def tongue(tag: str) -> str:
    """A language as it calls itself."""
    return "English, easier words" if tag.endswith("@simple") else native(tag.replace("_", "-")).capitalize()


def _said(tx: Tx, row: Record, organisation: Organisation) -> Mapping[Post, bool | None]:
    return approvals.standing(tx, approvals.subject_of(row), row.id, approval_words(tx, row, organisation))


def _phones(asked: Asked, row: Record, check: Check, project: Record | None) -> list[Phone]:
    """Each language on each kind of phone that it goes to, and as a text message in any case."""
    organisation = asked.room.organisation
    texted = [channel for channel in Channel if check.preview.ways.get(Way(channel.value))]
    found = []
    for tag, reading in check.readings.items():
        if reading.odd:
            continue
        values = {**values_of(organisation, project, tag), NAME: _SAMPLE_NAME}
        for channel in texted or [Channel.SMS]:
            message = broadcast_check.preview(row, organisation, tag, channel, values)
            found.append(Phone(NAMES[channel], tag, as_shown(message, asked.room)))
    return found


async def _progress(asked: Asked) -> Response:
    row, known = await _figures(asked)
    return asked.page("broadcast_progress.html", row.name or "A broadcast without a name", **known)


async def latest(asked: Asked) -> Response:
    """The part that renews itself."""
    _row, known = await _figures(asked)
    return asked.part("broadcast_figures.html", **known)


async def _figures(asked: Asked) -> tuple[Record, dict[str, Any]]:
    organisation = asked.room.organisation

    def look(tx: Tx) -> tuple[Record, dict[str, Any]]:
        row = find(asked, tx)
        project = project_of(tx, row)
        return row, {
            "progress": broadcast_progress.progress(tx, row),
            "correction": broadcasts.correction_of(tx, row.id),
            "project": project,
            "project_title": said(project, "title", SOURCE_LANGUAGE) if project is not None else "",
            "whom": audience_words.told(tx, Rule.from_json(row.rule) if row.rule else None, organisation),
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
        "tongue": tongue,
        **known,
        **_NAMES,
    }


def _why(asked: Asked, code: str) -> str:
    """A reason in words: ours, or what the provider's code means."""
    if code in REASONS:
        return REASONS[code]
    told = next((said for name in NAMES if (said := asked.room.why(name.value, code))), "")
    return f"{told} ({code})" if told else f"the phone company calls it {code}"


def _answers(row: Record, counted: Mapping[str, int]) -> list[tuple[str, int]]:
    """What came back in words, each with how many said it."""
    known = {"yes": "Interested", "later": "Not now", "no": "Not for them"}
    known |= {f"c{number}": one.get(SOURCE_LANGUAGE, "") for number, one in enumerate(row.choices or (), 1)}
    return [(text, counted[id_]) for id_, text in known.items() if counted.get(id_)]


async def test(asked: Asked) -> Response:
    """Send it to the colleague's own phone."""
    now, organisation, language = asked.now, asked.room.organisation, asked.form.text("language")
    try:
        await asked.write(
            lambda tx: broadcast_trial.test_send(tx, asked.colleague, find(asked, tx), now, organisation, language)
        )
    except CannotDo as why:
        return await _check(asked, str(why))
    return asked.back(f"{HOME}/{asked.path('token')}", done="broadcast_tested")


async def ask_approval(asked: Asked) -> Response:
    now, organisation = asked.now, asked.room.organisation

    def ask(tx: Tx) -> None:
        row = find(asked, tx)
        broadcast_going.ask_approval(tx, asked.colleague, row, now, organisation, manners=asked.room.manner)

    return await _done(asked, ask, "broadcast_asked")


async def let_go(asked: Asked) -> Response:
    now, organisation = asked.now, asked.room.organisation

    def go(tx: Tx) -> None:
        row = find(asked, tx)
        gone = broadcast_going.let_go(tx, asked.colleague, row, now, organisation, manners=asked.room.manner)
        asked.room.mail(tx, gone.id)

    return await _done(asked, go, "broadcast_let_go")


async def _done(asked: Asked, work: Callable[[Tx], None], done: str) -> Response:
    try:
        await asked.write(work)
    except NotReady as why:
        return await _check(asked, " ".join(why.reasons))
    except CannotDo:
        return asked.back(f"{HOME}/{asked.path('token')}")
    return asked.back(f"{HOME}/{asked.path('token')}", done=done)


def _changing(change: Callable[..., Record], done: str) -> Callable[[Asked], Any]:
    """Something done with one that was let go."""

    async def do(asked: Asked) -> Response:
        now = asked.now

        def work(tx: Tx) -> None:
            colleague: Colleague = asked.colleague
            change(tx, colleague, find(asked, tx), now)

        return await _done(asked, work, done)

    return do


async def correct(asked: Asked) -> Response:
    now = asked.now
    try:
        row = await asked.write(lambda tx: broadcast_going.correct(tx, asked.colleague, find(asked, tx), now))
    except CannotDo:
        return asked.back(f"{HOME}/{asked.path('token')}")
    return asked.back(f"{HOME}/{row.token}/words")


_ONE = HOME + "/{token}"
PAGES = (
    page(_ONE, COORDINATORS, get=show),
    page(f"{_ONE}/latest", COORDINATORS, get=latest),
    page(f"{_ONE}/test", COORDINATORS, post=test),
    page(f"{_ONE}/ask", COORDINATORS, post=ask_approval),
    page(f"{_ONE}/send", COORDINATORS, post=let_go),
    page(f"{_ONE}/hold", COORDINATORS, post=_changing(broadcast_going.hold, "broadcast_held")),
    page(f"{_ONE}/release", COORDINATORS, post=_changing(broadcast_going.release, "broadcast_released")),
    page(f"{_ONE}/cancel", COORDINATORS, post=_changing(broadcast_going.cancel, "broadcast_canceled")),
    page(f"{_ONE}/correct", COORDINATORS, post=correct),
)
