"""The library's calls, carried by our own transport."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import telegram
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from channels.transport import Body, NoAnswer, NotSent, Transport, form

TOO_MANY_REQUESTS = 429
RETRY_SECONDS = 30.0


class NeverSent(NetworkError):
    """The call did not leave us, so nothing happened."""


class TooMany(TelegramError):
    """Telegram asks us to wait `retry_after` seconds; it did not process the call.

    The library's RetryAfter is for answers that say how long, whatever their status.
    """

    def __init__(self, retry_after: float) -> None:
        super().__init__("Too Many Requests")
        self.retry_after = retry_after


class Wire(BaseRequest):
    """`telegram.request.BaseRequest` over `Transport`."""

    __slots__ = ("_timeout", "_transport")

    def __init__(self, transport: Transport, timeout_seconds: float) -> None:
        self._transport = transport
        self._timeout = timeout_seconds

    @property
    def read_timeout(self) -> float:
        return self._timeout

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """The transport belongs to whoever made it."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as an object. The library's own version logs what it cannot read, which may hold words."""
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - one time-out covers the whole call
        connect_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  the library passes it
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  the library passes it
    ) -> tuple[int, bytes]:
        timeout = float(read_timeout) if isinstance(read_timeout, int | float) else self._timeout
        headers, body = _packed(request_data)
        try:
            answer = await self._transport.call(method, url, headers=headers, body=body, timeout=timeout)
        except NotSent:
            raise NeverSent("not sent") from None
        except NoAnswer:
            raise TimedOut("no answer") from None
        if answer.status == TOO_MANY_REQUESTS:
            raise TooMany(self._retry_after(answer.body))
        return answer.status, answer.body

    def _retry_after(self, body: bytes) -> float:
        try:
            parameters = self.parse_json_payload(body).get("parameters")
        except TelegramError:
            return RETRY_SECONDS
        seconds = parameters.get("retry_after") if isinstance(parameters, Mapping) else None
        return float(seconds) if isinstance(seconds, int | float) and seconds > 0 else RETRY_SECONDS


def _packed(data: RequestData | None) -> tuple[Mapping[str, str], Body]:
    """JSON, or a form where a file goes with it: the form tells its own content type."""
    if data is not None and data.contains_files:
        return {}, form(data.json_parameters, data.multipart_data)
    return {"content-type": "application/json"}, json.dumps(data.parameters if data else {}).encode()


class PlainBot(telegram.Bot):
    """The library's bot, which can also hand updates over unread.

    `Bot.get_updates` reads a whole batch or fails, so that one update it cannot read would hold back
    all the others for as long as Telegram keeps it.
    """

    __slots__ = ()

    async def raw_updates(
        self, *, offset: int, wait_seconds: int, kinds: Sequence[str], call_seconds: float
    ) -> list[dict[str, Any]]:
        """Up to 100 updates from `offset` on, as they came. Raises TelegramError."""
        data = {"offset": offset, "timeout": wait_seconds, "allowed_updates": list(kinds)}
        updates = await self._post("getUpdates", data, read_timeout=call_seconds)
        if not isinstance(updates, list) or not all(_is_numbered(update) for update in updates):
            raise TelegramError("Invalid server response")
        return updates


def _is_numbered(update: object) -> bool:
    return isinstance(update, dict) and type(update.get("update_id")) is int
