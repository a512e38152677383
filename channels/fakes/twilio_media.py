"""Media as Twilio keeps it: an address at the API that asks for a sign-in, and leads on to a store that takes none.

Source: Twilio docs, "Media resource" and "Protect media access with HTTP basic authentication". The store refuses a
request with a sign-in, as S3 does where the address itself is signed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from aiohttp import web

from channels.fakes.twilio_error import refusal
from channels.fakes.twilio_message import API

_STORE = "/stored"
_UNNUMBERED = 1_000


def path_of(account_sid: str, number: int) -> str:
    """Where the piece of that number is at the API."""
    return f"/{API}/Accounts/{account_sid}/Messages/MM{number:032x}/Media/ME{number:032x}"


class Piece(NamedTuple):
    """A file, and what content type it is said to have."""

    content: bytes
    kind: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for media: its path, and whether a sign-in came with it."""

    path: str
    signed_in: bool


class Shelf:
    """One account's media. `asked` notes every request for one; `leads_to` may name another host than the store."""

    def __init__(self, account_sid: str, credentials: frozenset[str]) -> None:
        self.asked: list[Asked] = []
        self.leads_to: str | None = None
        self._account_sid = account_sid
        self._credentials = credentials
        self._pieces: dict[str, Piece] = {}

    def keep(self, content: bytes, kind: str, number: int | None = None) -> str:
        """Put a file there; returns its path at the API, which a number (under 1,000) decides."""
        path = path_of(self._account_sid, _UNNUMBERED + len(self._pieces) if number is None else number)
        self._pieces[path] = Piece(content, kind)
        return path

    def lose(self, path: str) -> None:
        """It is deleted at Twilio."""
        del self._pieces[path]

    def routes(self) -> Sequence[web.RouteDef]:
        return (
            web.get(f"/{API}/Accounts/{self._account_sid}/Messages/{{message}}/Media/{{media}}", self._find),
            web.get(f"{_STORE}{{path:/.+}}", self._give),
        )

    async def _find(self, request: web.Request) -> web.Response:
        self._note(request)
        if request.headers.get("Authorization") not in self._credentials:
            return refusal(20003)
        if request.path not in self._pieces:
            return refusal(20404)
        return web.Response(status=307, headers={"Location": self.leads_to or f"{_STORE}{request.path}?Expires=1"})

    async def _give(self, request: web.Request) -> web.Response:
        self._note(request)
        if "Authorization" in request.headers:
            return web.Response(status=400, text="Only one way to sign in is allowed")
        piece = self._pieces.get(request.match_info["path"])
        if piece is None:
            return web.Response(status=404)
        return web.Response(body=piece.content, headers={"Content-Type": piece.kind})

    def _note(self, request: web.Request) -> None:
        self.asked.append(Asked(request.path, "Authorization" in request.headers))
