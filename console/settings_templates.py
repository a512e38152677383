"""Settings: WhatsApp's templates, what fills their blanks, and whether WhatsApp lets them through."""

from __future__ import annotations

from starlette.responses import Response

from bank import templates
from bank.templates import Found, Kept, NotTold
from console.page import Asked, Missing, page
from console.who import ADMINISTRATORS
from storage import templates as stored
from storage.store import Tx

_AT = "/settings/templates"
# State to what it is called, and the colour of its mark.
STATES = {
    "approved": ("Approved", "green"),
    "unsubmitted": ("Not sent to WhatsApp yet", "grey"),
    "received": ("WhatsApp is looking", "yellow"),
    "pending": ("WhatsApp is looking", "yellow"),
    "rejected": ("Refused", "red"),
    "paused": ("Paused by WhatsApp", "red"),
    "disabled": ("Switched off by WhatsApp", "red"),
    "unknown": ("Not known", "grey"),
}


async def show(asked: Asked) -> Response:
    rows = await asked.read(stored.in_use)
    return asked.page("settings_templates.html", "WhatsApp templates", rows=rows, states=STATES, fills=templates.FILLS)


async def look_up(asked: Asked) -> Response:
    """Ask Twilio for the one that they named, and then what fills its blanks."""
    found = await _found(asked)
    return await show(asked) if found is None else _fill(asked, found)


def _fill(asked: Asked, found: Found) -> Response:
    return asked.page(
        "settings_template.html",
        "Add a template",
        found=found,
        blanks=templates.blanks(found.words),
        fills=templates.FILLS,
    )


async def _found(asked: Asked) -> Found | None:
    """What the form names, as Twilio has it; None with a mistake in the form."""
    sid = asked.form.needed("sid", "Enter the ContentSid of the template", longest=64)
    if sid and not templates.is_sid(sid):
        asked.form.mistakes["sid"] = "A ContentSid is HX and 32 letters and numbers. Copy it from Twilio"
    if asked.form.mistakes:
        return None
    try:
        found = await asked.room.find_template(sid)
    except NotTold:
        asked.form.mistakes["sid"] = "Twilio did not answer, or WhatsApp is not connected. Try again in a minute"
        return None
    if found is None or not templates.blanks(found.words):
        asked.form.mistakes["sid"] = (
            "Twilio has no template of that name" if found is None else "That template has no blank for our words"
        )
        return None
    return found


async def add(asked: Asked) -> Response:
    found = await _found(asked)
    if found is None:
        return await show(asked)
    fills = {blank: asked.form.text(f"fill-{blank}") for blank in templates.blanks(found.words)}
    asked.form.mistakes |= {f"fill-{blank}": said for blank, said in templates.mistakes(found.words, fills).items()}
    if asked.form.mistakes:
        return _fill(asked, found)
    now = asked.now
    try:
        await asked.write(lambda tx: templates.add(tx, asked.colleague, found, fills, now))
    except Kept:
        asked.form.mistakes["sid"] = "We have that template already"
        return await show(asked)
    return asked.back(_AT, done="settings_kept")


async def take_away(asked: Asked) -> Response:
    now = asked.now

    def gone(tx: Tx) -> None:
        row = stored.by_token(tx, asked.path("token"))
        if row is None:
            raise Missing
        templates.take_away(tx, asked.colleague, row, now)

    await asked.write(gone)
    return asked.back(_AT, done="settings_kept")


PAGES = (
    page(_AT, ADMINISTRATORS, get=show, post=look_up),
    page(f"{_AT}/add", ADMINISTRATORS, post=add),
    page(_AT + "/{token}/take-away", ADMINISTRATORS, post=take_away),
)
