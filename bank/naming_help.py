"""Naming help: a member names by text who helps them. Whoever it is gets one text, which asks for their own yes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bank import reachable
from bank.tokens import token
from bank.visit import Standing, Visit
from flows.supporter import HELPER_ASKED
from storage import conversations, reach, supporters
from storage.schema import Record
from storage.store import Tx
from storage.supporters import LinkState

# One text for each number in so many days, whoever names it.
ONE_TEXT_IN = timedelta(days=30)


def named(visit: Visit, standing: Standing) -> None:
    """They named somebody, and are about to be asked for their yes. One whom a colleague named already is that one."""
    if visit.person is None:
        return
    answers = standing.position.answers
    told = {"name": answers["helper_name"], "number": answers["helper_number"], "helps": answers["helps"]}
    asked = {"state": LinkState.ASKED, "staff_id": None, "named_at": visit.now, "asked_at": visit.now}
    known = _known(visit, told["number"])
    if known is None:
        visit.helper = supporters.add(visit.tx, token=token(), person_id=visit.person.id, **told, **asked)
    else:
        visit.helper = supporters.change(visit.tx, known.id, {**told, **asked})


def _known(visit: Visit, number: str) -> Record | None:
    """The one with that number about whom this member has not agreed yet."""
    waiting = {LinkState.NAMED, LinkState.ASKED}
    theirs = supporters.of(visit.tx, visit.person.id) if visit.person else []
    return next((link for link in theirs if link.state in waiting and link.number == number), None)


def carried(ended: Standing) -> Mapping[str, Any]:
    """That it was they who named somebody, for the question that follows."""
    return {"named": "member"} if ended.position.flow == "helpers" and "helper_number" in ended.position.answers else {}


def may_be_asked(tx: Tx, address: Record, person: Record, now: datetime) -> bool:
    """It is open, nobody of ours must look there first, it is not the member's own, and was not asked this month."""
    own = any(one.id == person.id for one in reach.people_at(tx, address.id))
    last = conversations.last_of(tx, address.id, HELPER_ASKED.name)
    asked = last is not None and now - last.opened_at < ONE_TEXT_IN
    return reachable.may_be_texted(address, now) and address.ours is None and not (own or asked)
