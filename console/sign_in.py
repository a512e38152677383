"""Signing in: name and pass phrase, then a code from the app; and signing out."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from typing import Any

from starlette.requests import Request as WebRequest
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bank import sign_in
from bank.sign_in import Refusal
from console import hashing
from console.door import COOKIE, SIGN_IN, Door, ours, shown, with_session
from console.forms import Form
from console.page import Missing
from storage import staff
from storage.staff import StaffState

_WRONG = "The name or the pass phrase is not right. Check both, and try again"
WRONG_CODE = "That code is not right. Wait for the next one in your app, and enter it"
TOO_MANY = "There were too many tries. Wait 15 minutes, then try again"
# IPv6 gives a home 2**64 places.
_OF_A_HOME = 64


def routes(door: Door) -> list[Route]:
    """The pages that open without a login."""
    pages = SignIn(door)
    return [
        Route(SIGN_IN, door.open(pages.name), methods=["GET", "POST"]),
        Route(f"{SIGN_IN}/code", door.open(pages.code), methods=["GET", "POST"]),
        Route("/sign-out", door.open(pages.out), methods=["POST"]),
        *([Route(f"{SIGN_IN}/demo", door.open(pages.demo), methods=["POST"])] if door.room.demo else []),
    ]


class SignIn:
    """What these pages do."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._room = door.room

    async def name(self, request: WebRequest, form: Form) -> Response:
        if request.method == "GET":
            return shown(self._door, request, form, "sign_in.html", "Sign in", team=await self._team())
        login, phrase = form.line("login"), form.secret("pass_phrase")
        now, place, old = self._room.now(), _place(request), request.cookies.get(COOKIE)
        knocked = await self._room.store.write(lambda tx: sign_in.knock(tx, login, place, now))
        if knocked.too_many:
            return await self._again(request, form, TOO_MANY)
        fits = await hashing.fits(self._room, phrase, knocked.kept)
        if not fits or knocked.row is None:
            await self._room.store.write(lambda tx: sign_in.refused(tx, knocked, now))
            return await self._again(request, form, _WRONG)
        known = knocked.row.id
        token = await self._room.store.write(lambda tx: sign_in.half_way(tx, knocked, known, now, old))
        return with_session(token, RedirectResponse(_then(request, f"{SIGN_IN}/code"), status_code=303))

    async def _again(self, request: WebRequest, form: Form, mistake: str) -> Response:
        form.mistakes = {"login": mistake}
        return shown(self._door, request, form, "sign_in.html", "Sign in", team=await self._team())

    async def code(self, request: WebRequest, form: Form) -> Response:
        session = await self._door.session(request)
        if session is None or session.colleague is not None:
            return RedirectResponse(SIGN_IN if session is None else "/", status_code=303)
        if request.method == "GET":
            return shown(self._door, request, form, "sign_in_code.html", "Enter the code from your app")
        now, place, code = self._room.now(), _place(request), form.line("code")
        old = request.cookies[COOKIE]
        token = await self._room.store.write(lambda tx: sign_in.with_code(tx, old, code, place, now))
        if token is Refusal.OVER:
            return RedirectResponse(SIGN_IN, status_code=303)
        if isinstance(token, Refusal):
            form.mistakes = {"code": TOO_MANY if token is Refusal.TOO_MANY else WRONG_CODE}
            return shown(self._door, request, form, "sign_in_code.html", "Enter the code from your app")
        return with_session(token, RedirectResponse(_wanted(request), status_code=303))

    async def out(self, request: WebRequest, _form: Form) -> Response:
        token, now = request.cookies.get(COOKIE), self._room.now()
        if token:
            await self._room.store.write(lambda tx: sign_in.out(tx, token, now))
        response = RedirectResponse(SIGN_IN, status_code=303)
        response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    async def demo(self, request: WebRequest, form: Form) -> Response:
        """The demo's people are invented: one press, and you are one of them."""
        token, now, old = form.line("who"), self._room.now(), request.cookies.get(COOKIE)
        row = await self._room.read(lambda tx: staff.by_token(tx, token))
        if row is None or row.state != StaffState.ACTIVE:
            raise Missing
        came = await self._room.store.write(lambda tx: sign_in.come_in(tx, row.id, now, old))
        return with_session(came, RedirectResponse(_wanted(request), status_code=303))

    async def _team(self) -> list[Any]:
        return await self._room.read(staff.active) if self._room.demo else []


def _place(request: WebRequest) -> str:
    """Where the browser calls from; the proxy's word for it is taken where the proxy is trusted."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(int(address) >> (address.max_prefixlen - _OF_A_HOME))
    return str(address)


def _wanted(request: WebRequest) -> str:
    return ours(request.query_params.get("then", ""))


def _then(request: WebRequest, path: str) -> str:
    wanted = _wanted(request)
    return path if wanted == "/" else f"{path}?then={wanted}"
