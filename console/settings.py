"""Settings: what is where, and the organisation itself."""

from __future__ import annotations

from starlette.responses import Response

from bank import numbers
from console.forms import Form
from console.page import Asked, page
from console.preference import keep
from console.settings_rhythm import whole_number
from console.who import ADMINISTRATORS

_AT = "/settings/organisation"
_LONGEST_COUNCIL, _LONGEST_ADDRESS, _LONGEST_CONTACT = 40, 60, 100
_ANSWERS, _FORMS, _FORMS_IN_ALL = (1, 20), (1, 500), (1, 5000)


async def show(asked: Asked) -> Response:
    organisation = asked.room.organisation
    stale = numbers.days_unchecked(organisation, asked.now)
    return asked.page("settings.html", "Settings", organisation=organisation, stale=stale)


async def organisation(asked: Asked) -> Response:
    return asked.page("settings_organisation.html", "Your organisation", organisation=asked.room.organisation)


async def keep_organisation(asked: Asked) -> Response:
    form = asked.form
    values = {
        "council": _line(form, "council", _LONGEST_COUNCIL, "Enter the name that people know you by"),
        "privacy_url": _line(form, "privacy_url", _LONGEST_ADDRESS, "Enter the address of your privacy page"),
        "contact": _line(form, "contact", _LONGEST_CONTACT),
        "days_to_answer": whole_number(form, "days_to_answer", _ANSWERS),
        "most_sign_ups": whole_number(form, "most_sign_ups", _FORMS),
        "most_sign_ups_in_all": whole_number(form, "most_sign_ups_in_all", _FORMS_IN_ALL),
    }
    if form.mistakes:
        return await organisation(asked)
    return await keep(asked, _AT, **values)


def _line(form: Form, name: str, longest: int, otherwise: str = "") -> str:
    given = form.line(name)
    if not given and otherwise:
        form.mistakes[name] = otherwise
    elif len(given) > longest:
        form.mistakes[name] = f"This must be {longest} characters or fewer. You have {len(given)}"
    return given


PAGES = (
    page("/settings", ADMINISTRATORS, get=show),
    page(_AT, ADMINISTRATORS, get=organisation, post=keep_organisation),
)
