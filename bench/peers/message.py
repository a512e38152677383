"""The short message that every peer sends, one a person, and where to."""

from __future__ import annotations

import os
from urllib.parse import urlencode

PATH = f"/2010-04-01/Accounts/AC{0:032}/Messages.json"
URL = os.environ.get("ENDPOINT", "") + PATH
AT_ONCE = 64  # requests under way, where a client can have many
BATCH = 1_000  # messages put in a queue at a time, where a queue takes many
_TEXT = "Ashdale Council: help us choose the new day centre. Thursday 3 December, 2pm, Oak Hall. STOP to end. Coming?"


def address(number: int) -> str:
    return f"+4477{number:08}"


def form(number: int) -> dict[str, str]:
    return {"To": address(number), "From": "+447700900999", "Body": _TEXT}


def body(number: int) -> str:
    """The form as it goes over the wire."""
    return urlencode(form(number))
