"""Twilio's error codes as its answers carry them (Twilio docs, "Error and warning dictionary")."""

from __future__ import annotations

import json
from collections.abc import Mapping

from aiohttp import web

from channels.fakes.fault import Refusal, Refuse, ServerError, TooMany

MAXIMUM_BODY = 1600

TEXTS: Mapping[int, str] = {
    20001: "Unknown parameters",
    20003: "Authenticate",
    20404: "The requested resource was not found",
    20429: "Too Many Requests",
    20500: "Internal Server Error",
    21211: "Invalid 'To' Phone Number",
    21212: "Invalid 'From' Number",
    21408: "Permission to send an SMS has not been enabled for the region indicated by the 'To' number",
    21602: "Message body is required",
    21603: "A 'From' phone number is required",
    21604: "A 'To' phone number is required",
    21606: "The 'From' phone number provided is not a valid message-capable Twilio phone number",
    21609: "Invalid 'StatusCallback' URL",
    21610: "Attempt to send to unsubscribed recipient",
    21611: "This 'From' number has exceeded the maximum number of queued messages",
    21612: "The 'To' phone number is not currently reachable using the 'From' phone number",
    21614: "'To' number is not a valid mobile number",
    21617: "The concatenated message body exceeds the 1600 character limit",
    21655: "The ContentSid is Invalid",
    21656: "The ContentVariables Parameter is invalid",
    21705: "The Messaging Service Sid is invalid",
    21910: "Invalid 'From' and 'To' pair. 'From' and 'To' should be of the same channel",
}
STATUSES: Mapping[int, int] = {20003: 401, 20404: 404, 20429: 429, 20500: 500}

_ASYNCHRONOUS = (range(30000, 31000), range(63000, 64000))


def later(code: int) -> bool:
    """Whether the code comes with a status callback and not with the answer."""
    return any(code in codes for codes in _ASYNCHRONOUS)


def refusal(code: int, status: int | None = None, text: str = "") -> web.Response:
    """The answer that carries a code."""
    status = status or STATUSES.get(code, 400)
    body = {
        "code": code,
        "message": text or TEXTS.get(code, "Error"),
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }
    return web.Response(status=status, text=json.dumps(body), content_type="application/json")


def answer(fault: Refusal) -> web.Response:
    """The answer that a fault asks for."""
    match fault:
        case Refuse():
            return refusal(fault.code, fault.status, fault.text)
        case TooMany():
            response = refusal(20429)
            if fault.retry_after is not None:
                response.headers["Retry-After"] = str(fault.retry_after)
            return response
        case ServerError():
            return refusal(20500, fault.status)
