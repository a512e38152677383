"""Questions: what people asked that a person must answer, whose they are, and who hears of them on their own phone."""

from __future__ import annotations

from starlette.responses import Response

from bank import asked_questions, question_rota
from bank.asked_questions import Listed
from bank.question_rota import Texts
from console.page import Asked, page
from console.who import ADMINISTRATORS, COORDINATORS
from language.abuse import abusive
from storage.question_list import Part
from storage.store import Tx

PARTS = {Part.OPEN: "To answer", Part.MINE: "Mine", Part.LATER: "Not known yet", Part.ANSWERED: "Answered"}


async def show(asked: Asked) -> Response:
    wanted = asked.query("show")
    part = Part(wanted) if wanted in set(Part) else Part.OPEN
    number = asked.number("page")

    def look(tx: Tx) -> tuple[Listed, dict[Part, int]]:
        return asked_questions.listed(tx, asked.colleague, part, number), asked_questions.counts(tx, asked.colleague)

    found, counts = await asked.read(look)
    return asked.page(
        "questions.html",
        "Questions",
        found=found,
        counts=counts,
        part=part,
        parts=PARTS,
        number=number,
        text=PARTS[part],
        covered=abusive,
        may_set_owner=asked.colleague.may(*ADMINISTRATORS),
    )


async def phone(asked: Asked) -> Response:
    """Whether they hear of their questions on a phone of their own."""
    texts, address = await asked.read(lambda tx: question_rota.phone_of(tx, asked.colleague))
    return asked.page("questions_phone.html", "Questions on your own phone", texts=texts, reached=address is not None)


async def set_phone(asked: Asked) -> Response:
    wanted = asked.form.chosen("texts", tuple(Texts), "Choose whether we text you")
    if asked.form.mistakes:
        return await phone(asked)
    now = asked.now
    await asked.write(lambda tx: question_rota.set_phone(tx, asked.colleague, Texts(wanted), now))
    return asked.back("/questions", done="question_phone")


async def owner(asked: Asked) -> Response:
    """Whose the questions are of threads that nobody looks after."""
    usual, able = await asked.read(lambda tx: (question_rota.default_owner(tx), question_rota.able(tx)))
    chosen = next((one.token for one in able if one.id == usual), "")
    return asked.page("questions_owner.html", "Who gets new questions", able=able, chosen=chosen)


async def set_owner(asked: Asked) -> Response:
    wanted, now = asked.form.text("owner"), asked.now
    able = await asked.read(question_rota.able)
    if wanted and wanted not in {one.token for one in able}:
        asked.form.mistakes["owner"] = "Choose somebody of your team, or nobody"
        return await owner(asked)
    await asked.write(lambda tx: question_rota.set_default_owner(tx, asked.colleague, wanted, now))
    return asked.back("/questions", done="question_owner")


PAGES = (
    page("/questions", COORDINATORS, get=show),
    page("/questions/phone", COORDINATORS, get=phone, post=set_phone),
    page("/questions/owner", ADMINISTRATORS, get=owner, post=set_owner),
)
