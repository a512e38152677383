"""Twilio's Content API: the words of a template, and whether WhatsApp has approved it.

Twilio docs, "Content API: resources" and "Fetch an approval request". Nothing tells us of a change, so it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from channels.transport import NoAnswer, NotSent
from channels.twilio.wire import Declined

_NOT_FOUND = 404
_KINDS = ("twilio/text", "twilio/quick-reply", "twilio/media", "twilio/call-to-action", "twilio/card")


class CannotTell(Exception):
    """Twilio did not say. Nothing is known of the template."""


@dataclass(frozen=True, slots=True)
class Content:
    """A template as Twilio has it. `words` has the blanks as {{1}}; `state`, `category` and `reason` are WhatsApp's."""

    sid: str
    name: str
    language: str
    words: str
    state: str
    category: str = ""
    reason: str = ""


class TwilioContent:
    """The templates of one account. `contents` is the library's list of them."""

    def __init__(self, contents: Any) -> None:
        self._contents = contents

    async def find(self, sid: str) -> Content | None:
        """The template of that name; None where there is none. Raises CannotTell."""
        try:
            content = await self._contents(sid).fetch_async()
            asked = await self._contents(sid).approval_fetch().fetch_async()
        except Declined as answer:
            if answer.status == _NOT_FOUND:
                return None
            raise CannotTell(type(answer).__name__) from None
        except (NotSent, NoAnswer, ValueError, TypeError, KeyError, AttributeError) as error:
            raise CannotTell(type(error).__name__) from None
        approval = asked.whatsapp or {}
        return Content(
            sid,
            str(content.friendly_name or ""),
            str(content.language or ""),
            _words(content.types or {}),
            str(approval.get("status") or "unsubmitted"),
            str(approval.get("category") or ""),
            str(approval.get("rejection_reason") or ""),
        )


def _words(types: Mapping[str, Any]) -> str:
    """What it says, whichever kind it is of."""
    kinds = [types[kind] for kind in _KINDS if kind in types] or list(types.values())
    return next((str(kind["body"]) for kind in kinds if isinstance(kind, dict) and kind.get("body")), "")
