"""The door: who is at it, and whether this page is theirs. Every page of ours is behind it unless it is listed."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from traceback import extract_tb
from typing import Any

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request as WebRequest
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bank import sign_in
from bank.colleague import Colleague
from bank.sign_in import Session
from console import form_token, forms, upload
from console.forms import Form, Refused
from console.navigation import places
from console.page import Asked, Missing, Page
from console.room import Room
from console.views import Views
from console.who import ANYBODY
from storage.store import Away

log = structlog.get_logger()

COOKIE = "__Host-heard"
SIGN_IN = "/sign-in"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        "media-src 'self'; connect-src 'self'; manifest-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# ASVS 5.0, 3.4.1: a year, where we are reached by https at all.
_ONLY_HTTPS = "max-age=31536000"
_OURS = re.compile(r"/[A-Za-z0-9_./~-]*")
_ROOT = Path(__file__).parents[1]

Endpoint = Callable[[WebRequest], Awaitable[Response]]


class Door:
    """Lets people of the team to their pages, and nobody else."""

    def __init__(self, room: Room, views: Views) -> None:
        self.room = room
        self.views = views

    def guarded(self, page: Page) -> Endpoint:
        """The page, behind a login and its roles."""

        async def open_page(request: WebRequest) -> Response:
            return await self._answer(request, lambda: self._let_in(page, request))

        return open_page

    def open(self, handler: Callable[[WebRequest, Form], Awaitable[Response]]) -> Endpoint:
        """A page for everybody, such as the one to sign in."""

        async def open_page(request: WebRequest) -> Response:
            async def show() -> Response:
                return await handler(request, await _form(request))

            return await self._answer(request, show)

        return open_page

    def public(self, handler: Callable[[WebRequest], Awaitable[Response]]) -> Endpoint:
        """A page for the public. It has no form, and sets no cookie, so anybody on the way may keep it for a while."""

        async def open_page(request: WebRequest) -> Response:
            return await self._answer(request, lambda: handler(request), has_form=False)

        return open_page

    async def nowhere(self, request: WebRequest, problem: Exception) -> Response:
        """There is no page at this address, or it does not do what was asked of it (405)."""
        status = problem.status_code if isinstance(problem, HTTPException) else 404

        async def show() -> Response:
            return self._sorry(request, "Page not found", status)

        return await self._answer(request, show)

    async def session(self, request: WebRequest) -> Session | None:
        """Whose browser this is. A page that renews a part of itself is no sign that anybody is there."""
        token = request.cookies.get(COOKIE)
        if not token:
            return None
        now = self.room.now()
        found = await self.room.read(lambda tx: sign_in.session(tx, token, now))
        if found is not None and found.stale and not _renews_itself(request):
            await self.room.store.write(lambda tx: sign_in.seen(tx, found.id, now))
        return found

    async def _let_in(self, page: Page, request: WebRequest) -> Response:
        session = await self.session(request)
        if session is None or session.colleague is None:
            return _to_sign_in(request)
        if page.who != ANYBODY and not session.colleague.may(*page.who):
            return _elsewhere(request, session.colleague)
        asked = Asked(request, self.room, self.views, session.colleague, await _form(request, page))
        return await page.methods[_method(request)](asked)

    async def _answer(
        self, request: WebRequest, show: Callable[[], Awaitable[Response]], *, has_form: bool = True
    ) -> Response:
        form_token.give(request)
        try:
            response = await show()
        except Refused as refused:
            response = self._sorry(request, "Something was wrong with that form", refused.status)
        except Missing:
            response = self._sorry(request, "Page not found", 404)
        except Away:
            response = self._sorry(request, "Heard cannot reach its database", 503)
        except Exception as error:  # noqa: BLE001  the last resort: its words may be a person's, so only its name is told
            log.error("page_failed", error=type(error).__name__, where=_where(error))
            response = self._sorry(request, "Something went wrong", 500)
        if has_form:
            form_token.keep(request, response)
        headers = HEADERS | ({"Strict-Transport-Security": _ONLY_HTTPS} if request.url.scheme == "https" else {})
        response.headers.update({name: value for name, value in headers.items() if name not in response.headers})
        return response

    def _sorry(self, request: WebRequest, title: str, status: int) -> Response:
        return HTMLResponse(self.views.written("sorry.html", request, None, title=title, status=status), status)


def shown(
    door: Door, request: WebRequest, form: Form, template: str, title: str, status: int = 200, **values: Any
) -> Response:
    """A page for somebody who is not signed in."""
    text = door.views.written(template, request, None, title=title, mistakes=form.mistakes, form=form, **values)
    return HTMLResponse(text, 400 if form.mistakes else status)


def with_session(token: str, response: Response) -> Response:
    """The browser keeps the token, and hands it to nobody but us."""
    response.set_cookie(COOKIE, token, path="/", secure=True, httponly=True, samesite="lax")
    return response


async def _form(request: WebRequest, page: Page | None = None) -> Form:
    """The form that was sent, where one was, with its files where the page takes any. Raises Refused."""
    if request.method != "POST":
        return Form({})
    with_files = page is not None and page.takes_files and upload.is_one(request)
    form = await (upload.read(request) if with_files else forms.read(request))
    form_token.check(request, form)
    return form


def _method(request: WebRequest) -> str:
    return "GET" if request.method == "HEAD" else request.method


def _is_part(request: WebRequest) -> bool:
    return "hx-request" in request.headers


def _renews_itself(request: WebRequest) -> bool:
    return _is_part(request) and request.method == "GET"


def ours(path: str) -> str:
    """The path of a page of ours to go to; the first page where it is none, or somebody else's site."""
    return path if _OURS.fullmatch(path) and not path.startswith("//") else "/"


def _to_sign_in(request: WebRequest) -> Response:
    """To the sign-in page, and after it back to where they wanted to be; a piece of a page is not gone back to."""
    wanted = ours(request.url.path) if request.method == "GET" and not _is_part(request) else "/"
    where = SIGN_IN if wanted == "/" else f"{SIGN_IN}?then={wanted}"
    if _is_part(request):
        return Response(status_code=204, headers={"HX-Redirect": where})
    return RedirectResponse(where, status_code=303)


def _elsewhere(request: WebRequest, colleague: Colleague) -> Response:
    """To the first page that is theirs, where they only asked for the console. Raises Missing."""
    if request.url.path != "/" or request.method == "POST":
        raise Missing
    return RedirectResponse(str(places(colleague, "")[0]["href"]), status_code=303)


def _where(error: Exception) -> list[str]:
    """The lines of ours that it came through."""
    frames = extract_tb(error.__traceback__)
    ours_only = (frame for frame in frames if Path(frame.filename).is_relative_to(_ROOT))
    return [f"{Path(frame.filename).relative_to(_ROOT)}:{frame.lineno}" for frame in ours_only][-6:]
