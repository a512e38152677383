"""Settings: the numbers that people may need, whose they are to check, and when that was last done."""

from __future__ import annotations

import re

from starlette.responses import Response

from bank import numbers
from bank.numbers import TOLD
from console.forms import Form
from console.page import Asked, page
from console.preference import keep
from console.who import ADMINISTRATORS
from language import phones
from storage.tasks import TaskKind

_AT = "/settings/numbers"
_LONGEST, _LONGEST_WORDS, _MOST = 60, 500, 20
_TO_RING = re.compile(r"[0-9][0-9 ]{1,18}[0-9]")


async def show(asked: Asked) -> Response:
    organisation = asked.room.organisation
    return asked.page(
        "settings_numbers.html",
        "Numbers that people may need",
        organisation=organisation,
        out_of_hours=phones.domestic(organisation.out_of_hours),
        crisis_numbers="\n".join(f"{whose}: {number}" for whose, number in organisation.crisis_numbers.items()),
        care_owner=organisation.owners.get(TaskKind.CARE, ""),
        stale=numbers.days_unchecked(organisation, asked.now),
    )


async def keep_numbers(asked: Asked) -> Response:
    form, organisation = asked.form, asked.room.organisation
    told = {
        "emergency": _number(form, "emergency", "Enter the number to ring in danger"),
        "child_helpline": _number(form, "child_helpline", "Enter the number of a helpline for children"),
        "care_line": _short(form, "care_line"),
        "out_of_hours": _phone(form, "out_of_hours"),
        "crisis_numbers": _others(form, "crisis_numbers"),
    }
    agreed = form.text("out_of_hours_words", longest=_LONGEST_WORDS)
    owner = _short(form, "numbers_owner")
    if not owner:
        form.mistakes["numbers_owner"] = "Enter the person or post who checks these numbers"
    owners = {**organisation.owners, TaskKind.CARE: _short(form, "care_owner")}
    checked = organisation.numbers_checked
    if form.ticked("checked"):
        checked = asked.now.astimezone(organisation.zone).date()
    elif any(told[name] != getattr(organisation, name) for name in TOLD):
        form.mistakes["checked"] = "You changed a number. Ring all of them first, then tick that you have"
    if form.mistakes:
        return await show(asked)
    named = {kind: who for kind, who in owners.items() if who}
    values = {**told, "out_of_hours_words": agreed, "numbers_owner": owner, "owners": named}
    return await keep(asked, _AT, **values, **({"numbers_checked": checked} if checked else {}))


def _number(form: Form, name: str, otherwise: str) -> str:
    given = form.line(name)
    if not _TO_RING.fullmatch(given):
        form.mistakes[name] = f"{otherwise}. Use figures and spaces only" if given else otherwise
    return given


def _others(form: Form, name: str) -> dict[str, str]:
    """By whose they are: one a line, "Carers Hub: 07700 900123"."""
    found: dict[str, str] = {}
    for line in filter(None, (line.strip() for line in form.text(name).splitlines())):
        whose, _, number = (part.strip() for part in line.partition(":"))
        if not whose or len(whose) > _LONGEST or not _TO_RING.fullmatch(number):
            form.mistakes[name] = "Enter one on each line, with a colon between whose it is and the number"
        found[whose] = number
    if len(found) > _MOST:
        form.mistakes[name] = f"Keep {_MOST} at most: nobody finds the right one in a long list"
    return found


def _phone(form: Form, name: str) -> str:
    """In E.164; empty where none was given."""
    given = form.line(name)
    number = phones.e164(given) if given else ""
    if number is None:
        form.mistakes[name] = "Enter a whole phone number, like 07700 900123"
    return number or ""


def _short(form: Form, name: str) -> str:
    given = form.line(name)
    if len(given) > _LONGEST:
        form.mistakes[name] = f"This must be {_LONGEST} characters or fewer. You have {len(given)}"
    return given


PAGES = (page(_AT, ADMINISTRATORS, get=show, post=keep_numbers),)
