"""Which button or row of a list was pressed.

Quick replies are documented (ButtonPayload, ButtonText). For list rows the names differ between
accounts: ListId and ListTitle, or Meta's own JSON in InteractiveData. All are accepted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

REPLIES = ("interactive", "list_reply", "button_reply")  # each may hold the next


def pressed(parameters: Mapping[str, str]) -> tuple[str | None, str]:
    """What the pressed button carries, or None, and what stood on it, or nothing."""
    for payload_name, title_name in (("ButtonPayload", "ButtonText"), ("ListId", "ListTitle")):
        if parameters.get(payload_name):
            return parameters[payload_name], parameters.get(title_name, "")
    data = parameters.get("InteractiveData")
    return _reply(data) if data else (None, "")


def _reply(data: str) -> tuple[str | None, str]:
    try:
        reply: Any = json.loads(data)
    except (ValueError, RecursionError):
        return None, ""
    for name in REPLIES:
        if isinstance(reply, dict) and isinstance(reply.get(name), dict):
            reply = reply[name]
    if not isinstance(reply, dict) or not isinstance(reply.get("id"), str) or not reply["id"]:
        return None, ""
    return reply["id"], str(reply.get("title") or "")
