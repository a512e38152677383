"""One question: its words, the answer in each language that is needed, and what else can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from starlette.responses import Response

from bank import answers, asked_questions
from bank.answers import CannotAnswer, Draft
from bank.asked_questions import Looked
from bank.told_facts import language_name
from console import given_dates
from console.page import Asked, Missing, page
from console.said import as_shown
from console.who import COORDINATORS
from language.abuse import abusive
from storage.schema import Record
from storage.store import Tx
from storage.tasks import TaskKind

_WAYS = {"call": TaskKind.CALL, "letter": TaskKind.LETTER}
_LONGEST_REASON = 500


def find(asked: Asked, tx: Tx) -> Record:
    """The question of this page. Raises Missing."""
    found = asked_questions.find(tx, asked.colleague, asked.path("token"))
    if found is None:
        raise Missing
    return found


async def show(asked: Asked) -> Response:
    """The question; that they looked is recorded."""
    now = asked.now
    await asked.write(lambda tx: asked_questions.note_seen(tx, asked.colleague, find(asked, tx), now))
    return await _shown(asked)


async def _shown(asked: Asked) -> Response:
    now, organisation, start = asked.now, asked.room.organisation, asked.query("stock")

    def look(tx: Tx) -> Looked:
        return asked_questions.look(tx, asked.colleague, find(asked, tx), start, now, organisation)

    seen = await asked.read(look)
    return asked.page(
        "question.html",
        "A question",
        seen=seen,
        where=_where(seen.row.asked),
        covered=abusive,
        language_of=answers.language_of,
        tongue=language_name,
        longest=answers.LONGEST,
    )


def _where(step: str | None) -> str:
    """The conversation and step at which they asked: "join, welcome"."""
    return (step or "").removesuffix(".check").replace("_", " ").replace(".", ", ")


async def answer(asked: Asked) -> Response:
    """Look at the answer as each of them will have it, or send it."""
    now, organisation = asked.now, asked.room.organisation
    words = _words(asked)
    if not words:
        asked.form.mistakes[f"answer-{await _language(asked)}"] = "Write the answer"
    if asked.form.mistakes:
        return await _shown(asked)
    if asked.form.text("press") == "change":
        return await _shown(asked)
    if asked.form.text("press") == "send":
        return await _send(asked, words)
    drafts = await asked.read(
        lambda tx: answers.drafts(tx, asked.colleague, _chosen(asked, tx), words, now, organisation)
    )
    if not drafts[0].goes:
        asked.form.mistakes[f"answer-{drafts[0].language}"] = drafts[0].why_not
        return await _shown(asked)
    return asked.page(
        "question_preview.html",
        "Look at the answer before it goes",
        drafts=[_look(asked, draft) for draft in drafts],
        words=words,
        others=asked.form.several("others"),
        token=asked.path("token"),
        tongue=language_name,
    )


async def _language(asked: Asked) -> str:
    return await asked.read(lambda tx: answers.language_of(find(asked, tx)))


def _words(asked: Asked) -> dict[str, str]:
    """The answer by language, as far as it was written."""
    languages = asked.room.organisation.catalogs.spoken
    given = {tag: asked.form.text(f"answer-{tag}", longest=answers.LONGEST) for tag in languages}
    return {tag: words for tag, words in given.items() if words}


def _chosen(asked: Asked, tx: Tx) -> list[Record]:
    """The question of this page, and the others that have the same answer."""
    first = find(asked, tx)
    others = answers.among(tx, asked.colleague, asked.form.several("others"))
    return [first, *(one for one in others if one.id != first.id)]


def _look(asked: Asked, draft: Draft) -> dict[str, object]:
    shown = as_shown(answers.as_message(draft), asked.room) if draft.text else None
    return {"draft": draft, "shown": shown}


async def _send(asked: Asked, words: dict[str, str]) -> Response:
    now, organisation = asked.now, asked.room.organisation

    def send(tx: Tx) -> Sequence[Draft]:
        chosen = _chosen(asked, tx)
        answers.open_one(tx, asked.colleague, chosen[0].token)
        return answers.answer(tx, asked.colleague, chosen, words, now, organisation).left

    try:
        left = await asked.write(send)
    except CannotAnswer as why:
        asked.form.mistakes[f"answer-{await _language(asked)}"] = str(why)
        return await _shown(asked)
    if left:
        return asked.page("question_left.html", "Some questions are still open", left=left, tongue=language_name)
    return asked.back("/questions", done="question_answered")


async def hand_over(asked: Asked) -> Response:
    """They cannot be texted: the answer becomes a call or a letter."""
    now, organisation, way = asked.now, asked.room.organisation, asked.form.text("way")
    words = asked.form.needed("words", "Write the answer", longest=answers.LONGEST)
    if way not in _WAYS:
        asked.form.mistakes["way"] = "Choose whether to ring them or to write a letter"
    if asked.form.mistakes:
        return await _shown(asked)

    def give(tx: Tx) -> None:
        found = answers.open_one(tx, asked.colleague, find(asked, tx).token)
        answers.hand_over(tx, asked.colleague, found, words, _WAYS[way], now, organisation)

    return await _do(asked, give, "words", "question_task")


async def _do(asked: Asked, work: Callable[[Tx], None], field: str, done: str) -> Response:
    """Do it and go back to the list; where it cannot be done, the page says why beside that field."""
    try:
        await asked.write(work)
    except CannotAnswer as why:
        asked.form.mistakes[field] = str(why)
        return await _shown(asked)
    return asked.back("/questions", done=done)


async def not_yet(asked: Asked) -> Response:
    now = asked.now

    def look(tx: Tx) -> Record:
        found = find(asked, tx)
        asked_questions.note_seen(tx, asked.colleague, found, now)
        return found

    return asked.page("question_not_yet.html", "We do not know yet", row=await asked.write(look))


async def put_off(asked: Asked) -> Response:
    """They are told by when, and it comes back on that day."""
    now, organisation = asked.now, asked.room.organisation
    until = given_dates.given(asked.form, "until", "Enter a real date, such as 3 12 2026")
    if until is not None and (wrong := answers.why_not_then(until, now, organisation)):
        asked.form.mistakes["until"] = wrong
    if until is None or asked.form.mistakes:
        return await not_yet(asked)

    def put(tx: Tx) -> bool:
        found = answers.open_one(tx, asked.colleague, find(asked, tx).token)
        return not answers.put_off(tx, asked.colleague, found, until, now, organisation)

    try:
        told = await asked.write(put)
    except CannotAnswer as why:
        asked.form.mistakes["until"] = str(why)
        return await not_yet(asked)
    return asked.back("/questions", done="question_later" if told else "question_later_untold")


async def give(asked: Asked) -> Response:
    """Somebody else answers it."""
    now, organisation, owner = asked.now, asked.room.organisation, asked.form.text("owner")

    def hand_on(tx: Tx) -> None:
        found = answers.open_one(tx, asked.colleague, find(asked, tx).token)
        answers.give(tx, asked.colleague, found, owner, now, organisation)

    return await _do(asked, hand_on, "owner", "question_given")


async def close(asked: Asked) -> Response:
    """It needs no answer."""
    now, why = asked.now, asked.form.needed("why", "Say why it needs no answer", longest=_LONGEST_REASON)
    if asked.form.mistakes:
        return await _shown(asked)

    def end(tx: Tx) -> None:
        answers.close(tx, asked.colleague, answers.open_one(tx, asked.colleague, find(asked, tx).token), why, now)

    return await _do(asked, end, "why", "question_closed")


async def was_right(asked: Asked) -> Response:
    """The automatic answer was the right one."""
    now = asked.now

    def settle(tx: Tx) -> None:
        answers.was_right(tx, asked.colleague, answers.open_one(tx, asked.colleague, find(asked, tx).token), now)

    return await _do(asked, settle, "press", "question_right")


PAGES = (
    page("/questions/{token}", COORDINATORS, get=show, post=answer),
    page("/questions/{token}/task", COORDINATORS, post=hand_over),
    page("/questions/{token}/not-yet", COORDINATORS, get=not_yet, post=put_off),
    page("/questions/{token}/owner", COORDINATORS, post=give),
    page("/questions/{token}/close", COORDINATORS, post=close),
    page("/questions/{token}/right", COORDINATORS, post=was_right),
)
