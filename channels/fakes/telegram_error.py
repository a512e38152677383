"""Telegram's refusals as its answers carry them (Telegram Bot API docs, "Making requests")."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from channels.fakes.fault import Refusal, Refuse, ServerError, TooMany

JSON = {"Content-Type": "application/json"}

_USUAL: Mapping[int, str] = {
    400: "Bad Request: chat not found",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
}


class TelegramError(Exception):
    """A refusal: its code, its description and what else is known ("retry_after" seconds...)."""

    def __init__(self, code: int, description: str = "", **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description or _USUAL.get(code, "Internal Server Error" if code >= 500 else "Bad Request")
        self.parameters = parameters


def bad_request(what: str) -> TelegramError:
    return TelegramError(400, f"Bad Request: {what}")


def too_many(seconds: int) -> TelegramError:
    return TelegramError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def refusal(error: TelegramError) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return web.Response(status=error.code, body=json.dumps(body).encode(), headers=JSON)


def answer(fault: Refusal) -> web.Response:
    """The answer that a fault asks for."""
    match fault:
        case Refuse():
            return refusal(TelegramError(fault.code, fault.text))
        case TooMany(retry_after=None):
            return refusal(TelegramError(429, "Too Many Requests"))
        case TooMany(retry_after=seconds):
            return refusal(too_many(seconds or 0))
        case ServerError():
            return refusal(TelegramError(fault.status))
