"""Welcome: the page of a link that is good once. A pass phrase is chosen, and an app gives its first code."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup
from starlette.requests import Request as WebRequest
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bank import pass_phrases, square_code, ways_in
from console import hashing
from console.door import COOKIE, Door, shown, with_session
from console.forms import Form, Refused
from console.page import Missing
from console.sign_in import WRONG_CODE

_SECRET = re.compile(r"[A-Z2-7]{32}")


def routes(door: Door) -> list[Route]:
    """The page that opens with the link alone."""

    async def welcome(request: WebRequest, form: Form) -> Response:
        return await _welcome(door, request, form)

    return [Route("/welcome/{link}", door.open(welcome), methods=["GET", "POST"])]


async def _welcome(door: Door, request: WebRequest, form: Form) -> Response:
    room, link, old = door.room, request.path_params["link"], request.cookies.get(COOKIE)
    now = room.now()
    who = await room.read(lambda tx: ways_in.invited(tx, link, now))
    if who is None:
        return shown(door, request, form, "link_over.html", "This link has been used, or is too old", status=404)
    if request.method == "GET":
        return await _page(door, request, form, who, pass_phrases.new_secret())
    secret, code = form.line("secret"), form.line("code")
    if not _SECRET.fullmatch(secret):
        raise Refused(400)
    form.mistakes = new_phrase_mistakes(form, (who.name, who.login, room.organisation.council))
    if pass_phrases.step_of(secret, code, now, 0) is None:
        form.mistakes["code"] = WRONG_CODE
    if form.mistakes:
        return await _page(door, request, form, who, secret)
    kept = await hashing.hashed(room, form.secret("pass_phrase"))
    token = await room.store.write(lambda tx: ways_in.settle_in(tx, link, kept, secret, code, now, old))
    if token is None:
        raise Missing
    return with_session(token, RedirectResponse("/", status_code=303))


async def _page(door: Door, request: WebRequest, form: Form, who: Any, secret: str) -> Response:
    address = pass_phrases.address_for_app(secret, who.login, door.room.organisation.council)
    drawn = square_code.drawing(address, "QR code")
    return shown(
        door,
        request,
        form,
        "welcome.html",
        f"Welcome, {who.name}",
        who=who,
        secret=secret,
        picture=Markup(drawn),  # noqa: S704  drawn by us
        shortest=pass_phrases.SHORTEST,
    )


def new_phrase_mistakes(form: Form, known: tuple[str, ...]) -> dict[str, str]:
    """What is wrong with a new pass phrase, typed twice. `known`: words that anybody might guess."""
    phrase = form.secret("pass_phrase")
    if len(phrase) < pass_phrases.SHORTEST:
        return {"pass_phrase": f"Your pass phrase must have {pass_phrases.SHORTEST} characters or more"}
    if len(phrase) > pass_phrases.LONGEST:
        return {"pass_phrase": f"Your pass phrase must have {pass_phrases.LONGEST} characters or fewer"}
    if pass_phrases.is_weak(phrase, known):
        return {"pass_phrase": "That is too easy to guess. Choose three or four words that do not belong together"}
    return {} if phrase == form.secret("again") else {"again": "The two pass phrases are not the same"}
