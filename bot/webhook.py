"""One provider's door: check, read, store; the answer waits for the commit."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

import structlog
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot import figures
from bot.receive import Receiver
from channels.message import Adapter, Forged, Incoming, Malformed, Poison, Request
from storage.store import Away

log = structlog.get_logger()

# Twilio's and Telegram's requests are a few kilobytes; a text of 10,000 characters fits many times.
MOST_BYTES = 256 * 1024
# Anybody may call us, and shall not fill the log.
_QUIET_SECONDS = 60.0

Otherwise = Callable[[Request], Awaitable[None]]


class TooLong(Exception):
    """The body is longer than any provider's."""


class CutShort(Exception):
    """The connection ended before the body did."""


class Webhook:
    """An ASGI endpoint. `thanks` answers what was taken in; `otherwise` is told of a request without events."""

    def __init__(
        self, receiver: Receiver, adapter: Adapter, provider: str, thanks: Response, otherwise: Otherwise | None = None
    ) -> None:
        self._receiver = receiver
        self._adapter = adapter
        self._provider = provider
        self._thanks = thanks
        self._otherwise = otherwise
        self._turns = figures.turn_seconds.labels(provider)
        self._told_at = -_QUIET_SECONDS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._answer(scope, receive)
        await answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive) -> Response:
        try:
            return await self.take(_request(scope, await _body(receive)))
        except Forged:
            self._tell_of_forged()
            return self._refuse("forged", 403)
        except (Malformed, CutShort) as error:
            log.warning("request_malformed", provider=self._provider, error=type(error).__name__)
            return self._refuse("malformed", 400)
        except TooLong:
            return self._refuse("too_long", 413)
        except Away:
            return self._refuse("database_away", 503)

    async def take(self, request: Request) -> Response:
        """Take in what it carries, and the answer to it. Raises Forged, Malformed and Away."""
        began = time.perf_counter()
        try:
            events = self._adapter.parse(request)
        except Poison as error:
            raw = request.body.decode("utf-8", "replace")
            await self._receiver.keep_dead_letter(self._provider, raw, str(error), request.path)
            return self._thanks
        await self._receiver.take(events, self._adapter, request.path)
        if any(isinstance(event, Incoming) for event in events):
            self._turns.observe(time.perf_counter() - began)
        if self._otherwise is not None and not events:
            await self._otherwise(request)
        return self._thanks

    def _tell_of_forged(self) -> None:
        """One now and then is a stranger's; many are the provider's own, whose address or token here is not theirs."""
        now = time.monotonic()
        if now - self._told_at >= _QUIET_SECONDS:
            self._told_at = now
            log.warning("request_not_genuine", provider=self._provider, see="heard doctor")

    def _refuse(self, reason: str, status: int) -> Response:
        figures.refused_requests.labels(self._provider, reason).inc()
        return Response(status_code=status)


def _request(scope: Scope, body: bytes) -> Request:
    query: bytes = scope["query_string"]
    raw_path: bytes = scope.get("raw_path") or scope["path"].encode()
    path = raw_path.partition(b"?")[0].decode("latin-1") + (f"?{query.decode('latin-1')}" if query else "")
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    return Request(scope["method"], path, headers, body)


async def _body(receive: Receive) -> bytes:
    """The whole body. Raises TooLong and CutShort."""
    body = bytearray()
    while True:
        part = await receive()
        if part["type"] != "http.request":
            raise CutShort
        body += part.get("body", b"")
        if len(body) > MOST_BYTES:
            raise TooLong
        if not part.get("more_body", False):
            return bytes(body)
