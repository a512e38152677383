"""Somebody joins by phone, on paper or face to face: the words to read to them, and what they said and told."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from starlette.responses import Response

from bank import details, helped, people, told_facts
from bank.helped import Joining, Known, Stopped
from bank.paper import mobile
from bank.told_facts import BY_NAME, Value
from console.given_dates import given as given_date
from console.page import Asked, page
from console.person import HOWS
from console.who import COORDINATORS
from language import phones
from storage.schema import Record
from storage.told import How

_ASKED = ("name", "looks_after", "topics", "place", "ways", "skills", "support")
_REACHED = {
    "sms": "Text messages, to a mobile",
    "whatsapp": "WhatsApp",
    "phone": "Phone calls. They do not text",
    "post": "Letters. They do not text",
}
_OLDEST = timedelta(days=180)  # a yes that old may be forgotten
_NO = "They must agree before we keep anything. Nothing was kept"
_STOPPED = (
    "That number told us to stop. Only a START from that phone ends this. "
    "Ask them to text START, or choose phone calls or letters"
)
_KNOWN = "Somebody is on our list with that number already. If this is somebody else, tick that they share the phone"


async def show(asked: Asked) -> Response:
    return _form(asked, [])


def _form(asked: Asked, known: list[Record]) -> Response:
    organisation = asked.room.organisation
    language = asked.form.text("language") or asked.query("language")
    if language not in organisation.catalogs.spoken:
        language = organisation.catalogs.spoken[0]
    return asked.page(
        "people_new.html",
        "Add somebody who wants to join",
        language=language,
        languages_here=told_facts.choices(BY_NAME["language"], organisation),
        agreement=helped.agreement(organisation, language),
        more=helped.more(organisation, language),
        reached=tuple(_REACHED.items()),
        fields=[BY_NAME[name] for name in _ASKED],
        given={name: told_facts.choices(BY_NAME[name], organisation) for name in _ASKED},
        today=_today(asked),
        known=known,
    )


async def add(asked: Asked) -> Response:
    joining, now = _joining(asked), asked.now
    if joining is None:
        return _form(asked, [])
    try:
        person = await asked.write(lambda tx: helped.join(tx, asked.colleague, joining, now, asked.room.organisation))
    except Known as known:
        asked.form.mistakes["number"] = _KNOWN
        names = [one.token for one in known.people]
        found = await asked.read(lambda tx: [people.seen(tx, asked.colleague, name) for name in names])
        return _form(asked, [one for one in found if one is not None])
    except Stopped:
        asked.form.mistakes["number"] = _STOPPED
        return _form(asked, [])
    return asked.back(f"/people/{person.token}", "joined")


def _joining(asked: Asked) -> Joining | None:
    """What was filled in, read in the order of the page; None where something is wrong with it."""
    form = asked.form
    language = form.chosen("language", asked.room.organisation.catalogs.spoken, "Choose their language")
    _agreed(asked)
    answer = form.needed("said", "Enter what they said", longest=500)
    how = form.chosen("how", HOWS, "Choose how they told you")
    said_at = _said_at(asked, how)
    channel = form.chosen("channel", tuple(_REACHED), "Choose how we are to reach them")
    joining = Joining(
        how,
        said_at,
        answer,
        language,
        channel,
        number=_number(asked, channel),
        shares=form.ticked("shares"),
        post=_post(asked, channel),
        facts=_facts(asked),
        needs=form.text("needs", longest=500),
    )
    return None if form.mistakes else joining


def _agreed(asked: Asked) -> None:
    """Nothing is kept of somebody who did not agree, or is under 18."""
    form = asked.form
    agreed = form.chosen("agreed", ("yes", "no", "young"), "Choose what they said")
    if agreed == "no":
        form.mistakes["agreed"] = _NO
    elif agreed == "young":
        helpline = asked.room.organisation.child_helpline
        form.mistakes["agreed"] = (
            "They need to be 18 to join. Nothing was kept. Thank them for telling you. "
            f"If they want to talk to someone now, Childline is free: {helpline}"
        )


def _said_at(asked: Asked, how: str) -> datetime:
    """When they said it: now on the day itself, else noon."""
    day, today = given_date(asked.form, "day", "Enter the day on which they said it"), _today(asked)
    if day is None or day == today:
        return asked.now
    if not today - _OLDEST <= day <= today:
        asked.form.mistakes["day"] = "Enter a day within the last 6 months. If it was longer ago, ask them again"
    if how not in {How.PAPER, How.LETTER} and today - day > timedelta(days=7):
        asked.form.mistakes["day"] = "What somebody only said must be entered within a week. Ask them again"
    return datetime.combine(day, time(12), asked.room.organisation.zone)


def _number(asked: Asked, channel: str) -> str:
    form = asked.form
    typed = form.line("number")
    if not typed:
        if channel in {"sms", "whatsapp", "phone"}:
            form.mistakes["number"] = "Enter their phone number"
        return ""
    number = phones.e164(typed)
    if number is None:
        form.mistakes["number"] = "Enter a whole phone number, like 07700 900123"
    elif channel == "sms" and mobile(typed) is None:
        form.mistakes["number"] = "Texts go to UK mobiles only. Enter one, or choose phone calls"
    return number or ""


def _post(asked: Asked, channel: str) -> str:
    if channel == "post":
        return asked.form.needed("post", "Enter where letters go", longest=500)
    return asked.form.text("post", longest=500)


def _facts(asked: Asked) -> dict[str, Value]:
    form, found = asked.form, {}
    for name in _ASKED:
        given = form.several(name) if BY_NAME[name].kind == "several" else form.text(name, longest=500)
        try:
            found[name] = details.read(name, given, asked.room.organisation)
        except ValueError:
            place = "Enter the first half of a postcode, or a town"
            form.mistakes[name] = place if name == "place" else "Choose one of the answers"
    return found


def _today(asked: Asked) -> date:
    return asked.now.astimezone(asked.room.organisation.zone).date()


PAGES = (page("/people/new", COORDINATORS, get=show, post=add),)
