"""The other end of a webhook: writes down what it is sent and answers as it is told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from aiohttp import web

from channels.fakes.clock import utc_now
from channels.fakes.server import FakeServer, sever


class Reply(NamedTuple):
    """One answer; status 0 closes the connection without any."""

    status: int = 200
    body: str = ""
    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """One request. `path` is with its query, still percent-encoded; header names are lower-case."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Listener(FakeServer):
    """Gives the `replies` in turn, the last one for ever after."""

    def __init__(self, *replies: Reply) -> None:
        super().__init__(utc_now, asyncio.sleep)
        self.heard: list[Heard] = []
        self._replies = list(replies) or [Reply()]

    def then(self, *replies: Reply) -> None:
        """Answer like this from now on."""
        self._replies = list(replies)

    def routes(self) -> Sequence[web.RouteDef]:
        return (web.route("*", "/{rest:.*}", self._hear),)

    async def _hear(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.heard.append(Heard(request.raw_path, headers, await request.read()))
        reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        if reply.status == 0:
            return sever(request)
        after = {} if reply.retry_after is None else {"Retry-After": str(reply.retry_after)}
        return web.Response(status=reply.status, text=reply.body, headers=after)
