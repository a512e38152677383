"""Inviting to a meeting: whom, and how many that is. The words, the check and the sending are those of a broadcast."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from bank import audience_words, meeting_figures, meeting_invite
from bank.handling import CannotDo
from bank.meeting_invite import CHOSEN, Offer
from console.broadcast_shown import WAYS
from console.broadcasts import HOME, STATES
from console.meeting import find, title_of
from console.page import Asked, page
from console.who import COORDINATORS
from storage import broadcasts
from storage.schema import Record
from storage.store import Tx


async def show(asked: Asked) -> Response:
    return await _shown(asked)


async def _shown(asked: Asked, counted: Offer | None = None, problem: str = "") -> Response:
    now, organisation = asked.now, asked.room.organisation

    def look(tx: Tx) -> dict[str, Any]:
        row = find(asked, tx, change=True)
        known: dict[str, Any] = {"row": row, "offers": meeting_invite.offers(tx, row)}
        known["sent"] = broadcasts.of_meeting(tx, row.id)
        known |= {"counted": None, "whom": "", "left_out": [], "late": [], "free": None}
        if counted is None:
            return known
        found = meeting_invite.count(tx, row, counted.rule, now, organisation)
        return known | {
            "counted": found,
            "whom": audience_words.told(tx, counted.rule, organisation),
            "left_out": audience_words.left_out(found.left, asked.colleague),
            "late": meeting_invite.late(tx, row, counted.rule, now, organisation),
            "free": _free(tx, row),
        }

    try:
        known = await asked.read(look)
    except CannotDo as why:
        return await _shown(asked, problem=str(why))
    return asked.page(
        "meeting_invite.html",
        "Invite people",
        status=409 if problem else 200,
        meeting_title=title_of(known["row"]),
        problem=problem,
        ways=WAYS,
        states=STATES,
        **known,
    )


def _free(tx: Tx, row: Record) -> int | None:
    """How many places are free; None where there is room for all."""
    return max(0, row.capacity - meeting_figures.of(tx, [row])[row.id].places) if row.capacity is not None else None


async def choose(asked: Asked) -> Response:
    """See how many they are, or go on to a draft that invites them."""
    now, organisation, whom = asked.now, asked.room.organisation, asked.form.text("whom")
    offers = await asked.read(lambda tx: meeting_invite.offers(tx, find(asked, tx, change=True)))
    chosen = next((one for one in offers if one.id == whom), None)
    if chosen is None and whom != CHOSEN:
        asked.form.mistakes["whom"] = "Choose whom you invite"
        return await _shown(asked)
    if asked.form.text("press") == "count":
        if chosen is None:
            asked.form.mistakes["whom"] = "Go on to the words first. After that you say who they are, and see how many"
        return await _shown(asked, chosen)

    def begin(tx: Tx) -> Record:
        row, rule = find(asked, tx, change=True), chosen.rule if chosen is not None else None
        return meeting_invite.begin(tx, asked.colleague, row, rule, now, organisation, unchosen=chosen is None)

    try:
        draft = await asked.write(begin)
    except CannotDo as why:
        return await _shown(asked, problem=str(why))
    return asked.back(f"{HOME}/{draft.token}/words")


PAGES = (page("/meetings/{token}/invite", COORDINATORS, get=show, post=choose),)
