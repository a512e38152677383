"""Audit: who saw what of whom, and who changed what, newest first."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from bank import looking_back
from bank.audit import Act
from bank.colleague import Colleague
from console.page import Asked, Missing, page
from console.who import ADMINISTRATORS, LEADS
from storage import staff
from storage.staff import StaffState

# What somebody did, after their name; what is not here is told by its own name.
_DID: Mapping[str, str] = {
    Act.SIGN_IN_REFUSED: "was refused at sign-in",
    Act.STAFF_INVITED: "added to the team",
    Act.STAFF_JOINED: "came in for the first time",
    Act.STAFF_CHANGED: "changed on the team",
    Act.STAFF_CLOSED: "ended the access of",
    Act.STAFF_RECOVERED: "made a new link for",
    Act.PASS_PHRASE_CHANGED: "chose a new pass phrase",
    Act.SESSIONS_ENDED: "signed out everywhere else",
    Act.SAW_AUDIT: "looked at the audit",
    Act.DETAILS_ERASED: "erased what rows said",
    Act.SAW_PERSON: "looked at the page of",
    Act.SAW_THREAD: "read the conversation with",
    Act.SAW_MEDIA: "opened a voice note, a picture or a file of",
    Act.SAW_NUMBER: "saw the whole number of",
    Act.SEARCHED: "searched",
    Act.SAW_SAMPLE: "read for the weekly sample, without a name, a message of",
    Act.SAMPLE_JUDGED: "said what a message of the weekly sample means",
    Act.CONCERN_ALERTED: "was alerted, as no lead could be,",
    Act.CONCERN_HANDED: "handed on a concern about",
}


def did(act: str) -> str:
    return _DID.get(act) or act.replace("_", " ")


async def show(asked: Asked) -> Response:
    by, now, number = asked.colleague, asked.now, asked.number("page")
    who, person, act = asked.query("who"), asked.query("person"), asked.query("act")
    known = act if act in list(Act) else ""
    lines = await asked.write(lambda tx: looking_back.look(tx, by, who, known, person, number, now))
    if lines is None:
        raise Missing
    team = await asked.read(staff.everyone)
    given = "&".join(f"{name}={value}" for name, value in (("who", who), ("act", known), ("person", person)) if value)
    return asked.page(
        "audit.html",
        "Audit",
        lines=lines,
        number=number,
        given=given,
        did=did,
        people=[_choice("", "Everybody", who), *(_choice(one.token, _name(one.name, one.state), who) for one in team)],
        acts=[_choice("", "Everything", known), *(_choice(one.value, did(one), known) for one in _acts(by))],
        person=person,
    )


def _acts(by: Colleague) -> list[Act]:
    return sorted((act for act in Act if by.is_lead or not act.name.startswith("CONCERN_")), key=did)


def _choice(value: str, text: str, chosen: str) -> dict[str, object]:
    return {"value": value, "text": text, "selected": value == chosen}


def _name(name: str, state: str) -> str:
    return f"{name} (left)" if state == StaffState.CLOSED else name


PAGES = (page("/audit", ADMINISTRATORS | LEADS, get=show),)
