"""Question sets: the list, and one to build, check, try on a phone, keep as its next version, and close."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from bank import feedback_sets, question_sets
from bank.question_sets import Newer, NotFit
from bank.told_facts import language_name
from console import question_set_phone
from console.page import Asked, Missing, page
from console.question_set_form import Draft, beside, opened, read
from console.question_set_phone import Phone
from console.who import COORDINATORS
from flows.finding import Finding
from flows.question_set import MOST_CHOICES, MOST_QUESTIONS, Kind, Means
from storage import question_sets as stored
from storage.schema import Record
from storage.store import Tx

HOME = "/question-sets"
KINDS = {
    Kind.TEXT: "In their own words",
    Kind.NUMBER: "A number",
    Kind.YES_NO: "Yes or no",
    Kind.RATING: "1 (bad) to 5 (very good), in a number, words or a face",
    Kind.RUNG: "How much say they had, of seven sentences",
    Kind.ONE: "One choice",
    Kind.SEVERAL: "Several choices",
}
# What a question is about, so that it counts in the figures of feedback.
MEANS = {
    Means.ELSE: "Something else",
    Means.HOW: "How it was",
    Means.HEARD: "Whether they felt heard",
    Means.GOOD: "What was good",
    Means.CHANGE: "What to change",
    Means.NEEDS: "Whether they had what they needed",
    Means.RUNG: "How much say they had",
}
_NEWER = "Somebody saved another version while you wrote. Open it in another window, and put your changes in there."


def _tongues(asked: Asked) -> dict[str, str]:
    """Languages by tag, English first."""
    return {tag: language_name(tag) for tag in asked.room.organisation.catalogs.spoken}


async def show(asked: Asked) -> Response:
    now, organisation = asked.now, asked.room.organisation
    ours = await asked.write(lambda tx: feedback_sets.keep_all(tx, now, organisation))
    rows = await asked.read(stored.in_use)
    return asked.page("question_sets.html", "Question sets", sets=_counted(rows), ours=_counted(ours))


def _counted(rows: Iterable[Record]) -> list[tuple[Record, int]]:
    return [(row, len(question_sets.asked_by(row).questions)) for row in rows]


def _find(tx: Tx, token: str) -> Record:
    row = question_sets.open_set(tx, token)
    if row is None:
        raise Missing
    return row


def _own(tx: Tx, token: str) -> Record:
    """One that the team made: ours are not changed."""
    row = _find(tx, token)
    if row.standard is not None:
        raise Missing
    return row


async def new(asked: Asked) -> Response:
    """An empty form, or with `from` in the address a copy of another set."""
    if token := asked.query("from"):
        row = await asked.read(lambda tx: _find(tx, token))
        copied = opened(row)
        return _page(asked, None, Draft(f"Copy of {row.name}", copied.intro, copied.thanks, copied.items))
    return _page(asked, None, Draft())


async def one(asked: Asked) -> Response:
    row = await asked.read(lambda tx: _find(tx, asked.path("token")))
    draft = opened(row)
    if row.standard is not None:
        own = replace(draft, name=f"{row.name}, our own way", version=0)
        return _page(asked, None, own, ours=row)
    return _page(asked, row, draft, findings=question_sets.check(draft.as_set(), asked.room.organisation))


async def add(asked: Asked) -> Response:
    return await _take(asked, None)


async def change(asked: Asked) -> Response:
    return await _take(asked, await asked.read(lambda tx: _own(tx, asked.path("token"))))


async def _take(asked: Asked, row: Record | None) -> Response:
    """Do what the button that was pressed does. All but saving changes only the form."""
    draft, press = read(asked.form, _tongues(asked)), asked.form.text("press")
    if asked.form.mistakes:
        return _page(asked, row, draft)
    if press == "enter":  # the key, in a field: on the phone it sends
        press = "send" if asked.form.text("try-text") else "check"
    if press == "save":
        return await _save(asked, row, draft)
    if press == "check":
        findings = question_sets.check(draft.as_set(), asked.room.organisation)
        return _page(asked, row, draft, findings=findings, checked=True)
    if question_set_phone.is_for_it(press):
        return _try(asked, row, draft, press)
    return _page(asked, row, draft.pressed(press))


async def _save(asked: Asked, row: Record | None, draft: Draft) -> Response:
    asked.form.needed("name", "Enter a name for it")
    wanted, now, organisation = draft.as_set(), asked.now, asked.room.organisation
    token = row.token if row is not None else None

    def keep(tx: Tx) -> Record:
        return question_sets.save(
            tx,
            asked.colleague,
            token,
            draft.name,
            wanted.questions,
            now,
            organisation,
            intro=wanted.intro,
            thanks=wanted.thanks,
            after=draft.version,
        )

    if asked.form.mistakes:
        return _page(asked, row, draft, findings=question_sets.check(wanted, organisation))
    try:
        kept = await asked.write(keep)
    except NotFit as unfit:
        return _page(asked, row, draft, findings=unfit.findings)
    except Newer:
        asked.form.mistakes["name"] = _NEWER
        return _page(asked, row, draft)
    return asked.back(f"{HOME}/{kept.token}", done="question_set_kept")


def _try(asked: Asked, row: Record | None, draft: Draft, press: str) -> Response:
    """The phone beside the form; where something is missing, that first."""
    missing = question_sets.missing(draft.as_set(), asked.room.organisation)
    if missing:
        return _page(asked, row, draft, findings=missing)
    return _page(asked, row, draft, phone=question_set_phone.phone(asked.form, asked.room, draft.as_set(), press))


def _phone(asked: Asked, draft: Draft) -> Phone:
    """The phone as it stood; where it cannot be walked any more, or nobody began, an empty one."""
    wanted = draft.as_set()
    if not question_set_phone.is_on(asked.form) or question_sets.missing(wanted, asked.room.organisation):
        return question_set_phone.empty(asked.form)
    return question_set_phone.phone(asked.form, asked.room, wanted, "")


def _page(
    asked: Asked, row: Record | None, draft: Draft, findings: tuple[Finding, ...] | list[Finding] = (), **more: Any
) -> Response:
    """The form, with what was found beside the fields that it is about."""
    for field, problems in beside(findings, "error").items():
        asked.form.mistakes.setdefault(field, " ".join(problems))
    values: dict[str, Any] = {
        "row": row,
        "draft": draft,
        "notes": beside(findings, "note"),
        "tongues": _tongues(asked),
        "kinds": KINDS,
        "means": MEANS,
        "ours": None,
        "most": MOST_QUESTIONS,
        "most_choices": MOST_CHOICES,
        "channels": question_set_phone.CHANNELS,
        "checked": False,
        "where": f"{HOME}/{row.token}" if row is not None else f"{HOME}/new",
    }
    if "phone" not in more:
        values["phone"] = _phone(asked, draft)
    title = "Change a question set" if row is not None else "Add a question set"
    return asked.page("question_set.html", title, **values | more)


async def close(asked: Asked) -> Response:
    now = asked.now
    await asked.write(lambda tx: question_sets.close(tx, asked.colleague, _own(tx, asked.path("token")), now))
    return asked.back(HOME, done="question_set_closed")


PAGES = (
    page(HOME, COORDINATORS, get=show),
    page(f"{HOME}/new", COORDINATORS, get=new, post=add),
    page(HOME + "/{token}", COORDINATORS, get=one, post=change),
    page(HOME + "/{token}/close", COORDINATORS, post=close),
)
