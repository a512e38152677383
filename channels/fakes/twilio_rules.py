"""What Twilio refuses when a message is created (Twilio docs, "Messages resource")."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, urlsplit

from channels.fakes.twilio_error import MAXIMUM_BODY

Parameters = Mapping[str, str]

_PLAYED = ("To", "From", "MessagingServiceSid", "Body", "MediaUrl", "StatusCallback", "ContentSid", "ContentVariables")
_TAKEN = (
    *("ApplicationSid", "MaxPrice", "ProvideFeedback", "Attempt", "ValidityPeriod", "ForceDelivery"),
    *("ContentRetention", "AddressRetention", "SmartEncoded", "PersistentAction", "TrafficType"),
    *("ShortenUrls", "SendAsMms", "RiskCheck", "FallbackFrom"),
)
KNOWN: Mapping[str, str] = {name: name for name in (*_PLAYED, *_TAKEN)}
"""Those that the fake takes. Scheduling (ScheduleType, SendAt) is not played, so it is refused and not ignored."""

MAGIC_TO = {
    "+15005550001": 21211,
    "+15005550002": 21612,
    "+15005550003": 21408,
    "+15005550004": 21610,
    "+15005550009": 21614,
}
MAGIC_FROM = {"+15005550001": 21212, "+15005550007": 21606, "+15005550008": 21611}

_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_WHATSAPP = re.compile(r"whatsapp:(\+[1-9]\d{6,14}|[A-Z]{2}\.[A-Za-z0-9]{1,128})")
_SENDER = re.compile(r"\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}")
_SERVICE = re.compile(r"MG[0-9a-f]{32}")
_CONTENT = re.compile(r"HX[0-9a-f]{32}")


class UnknownParameters(ValueError):
    """A parameter that Twilio does not know, which is most likely a slip of the pen."""


def read(body: bytes) -> dict[str, str]:
    """The form's parameters; values of a repeated name are joined by spaces.

    Raises UnknownParameters, or UnicodeDecodeError for what is not UTF-8.
    """
    found: dict[str, str] = {}
    for name, value in parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict"):
        known = KNOWN.get(name)
        if known is None:
            raise UnknownParameters(name)
        found[known] = f"{found[known]} {value}" if known in found else value
    return found


def problem(parameters: Parameters) -> int | None:
    """The code of the first thing that is wrong, None if nothing is."""
    return next((code for rule in _RULES if (code := rule(parameters))), None)


def _missing(parameters: Parameters) -> int | None:
    if not parameters.get("To"):
        return 21604
    if not parameters.get("From") and not parameters.get("MessagingServiceSid"):
        return 21603
    if not parameters.get("Body") and not parameters.get("ContentSid") and not parameters.get("MediaUrl"):
        return 21602
    return None


def _addresses(parameters: Parameters) -> int | None:
    to, sender, service = parameters["To"], parameters.get("From"), parameters.get("MessagingServiceSid")
    if to in MAGIC_TO or sender in MAGIC_FROM:
        return MAGIC_TO.get(to) or MAGIC_FROM[sender or ""]
    if not (_NUMBER.fullmatch(to) or _WHATSAPP.fullmatch(to)):
        return 21211
    if sender and not (_SENDER.fullmatch(sender) or _WHATSAPP.fullmatch(sender)):
        return 21212
    if service and not _SERVICE.fullmatch(service):
        return 21705
    if sender and to.startswith("whatsapp:") != sender.startswith("whatsapp:"):
        return 21910
    return None


def _body(parameters: Parameters) -> int | None:
    return 21617 if len(parameters.get("Body", "")) > MAXIMUM_BODY else None


def _callback(parameters: Parameters) -> int | None:
    url = parameters.get("StatusCallback")
    if not url:
        return None
    try:
        parts = urlsplit(url)
        fine = parts.scheme in {"http", "https"} and parts.hostname and "_" not in parts.hostname
    except ValueError:
        return 21609
    return None if fine else 21609


def _content(parameters: Parameters) -> int | None:
    content, variables = parameters.get("ContentSid"), parameters.get("ContentVariables")
    if content and not _CONTENT.fullmatch(content):
        return 21655
    if variables is None:
        return None
    try:
        read_variables = json.loads(variables)
    except ValueError:
        return 21656
    fine = isinstance(read_variables, dict) and all(isinstance(value, str) for value in read_variables.values())
    return None if fine else 21656


_RULES: tuple[Callable[[Parameters], int | None], ...] = (_missing, _addresses, _body, _callback, _content)
