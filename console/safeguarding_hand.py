"""Handing over: no lead could be alerted. An administrator, who may not read it, finds one who may."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from bank import concerns, on_call
from bank.alerting import EVERY
from console.page import Asked, page
from console.who import ADMINISTRATORS
from storage.schema import Record
from storage.store import Tx

_AT = "/safeguarding/hand"


async def show(asked: Asked) -> Response:
    """That there is one, since when, and who may take it: no name and no words."""
    organisation = asked.room.organisation

    def look(tx: Tx) -> list[dict[str, Any]]:
        return [_shown(one, on_call.may_take(tx, one)) for one in on_call.untold(tx, asked.colleague, organisation)]

    waiting = await asked.read(look)
    title = "No lead can be alerted" if waiting else "Nothing to hand over"
    return asked.page("safeguarding_hand.html", title, waiting=waiting, every=EVERY)


def _shown(concern: Record, leads: list[Record]) -> dict[str, Any]:
    handed_to = next((lead.name for lead in leads if lead.id == concern.taken_by), "")
    return {"token": concern.token, "since": concern.opened_at, "leads": leads, "handed_to": handed_to}


async def hand(asked: Asked) -> Response:
    concern, to, now, organisation = (
        asked.form.text("concern"),
        asked.form.text("to"),
        asked.now,
        asked.room.organisation,
    )

    def work(tx: Tx) -> str | None:
        found = next((one for one in on_call.untold(tx, asked.colleague, organisation) if one.token == concern), None)
        if found is None:
            return "A lead can be alerted now, or has it in hand"
        lead = next((row for row in on_call.may_take(tx, found) if row.token == to), None)
        if lead is None:
            return "Choose who is to take it"
        concerns.hand(tx, found, asked.colleague, lead, now)
        return None

    mistake = await asked.write(work)
    if mistake is None:
        return asked.back(_AT, done="handed")
    asked.form.mistakes["to"] = mistake
    return await show(asked)


PAGES = (page(_AT, ADMINISTRATORS, get=show, post=hand),)
