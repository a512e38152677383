"""STOP, START and HELP as Twilio handles them by itself (Twilio docs, "Opt-out keywords", "Advanced Opt-Out").

The whole message must be the one word, in any case. Only START lifts the block. The message is passed
on to the webhook all the same; with Advanced Opt-Out it carries OptOutType.
"""

from __future__ import annotations

from collections.abc import Mapping

_DEFAULT: Mapping[str, str] = {
    **dict.fromkeys(("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"), "STOP"),
    **dict.fromkeys(("START", "YES", "UNSTOP"), "START"),
    **dict.fromkeys(("HELP", "INFO"), "HELP"),
}
_ADVANCED: Mapping[str, str] = {"STOP": "STOP", "STOPALL": "STOP", "START": "START", "UNSTOP": "START", "HELP": "HELP"}

REPLIES: Mapping[str, str] = {
    "STOP": "You have successfully been unsubscribed. Reply START to resubscribe.",
    "START": "You have successfully been re-subscribed. Reply STOP to unsubscribe.",
    "HELP": "Reply STOP to unsubscribe.",
}


class Keywords:
    """Who has blocked which sender. `default` and `advanced` say which handling is switched on."""

    def __init__(self, *, default: bool, advanced: bool) -> None:
        self.advanced = advanced
        self._words = _ADVANCED if advanced else _DEFAULT if default else {}
        self._blocked: dict[str, set[str]] = {}

    def heard(self, person: str, sender: str, text: str) -> str | None:
        """Take a word if it is one: "STOP", "START" or "HELP". The default handling is for SMS only."""
        meaning = self._words.get(text.upper())
        if meaning is None or (not self.advanced and person.startswith("whatsapp:")):
            return None
        senders = self._blocked.setdefault(person, set())
        if meaning == "STOP":
            senders.add(sender)
        elif meaning == "START":
            senders.discard(sender)
        return meaning

    def blocks(self, person: str, sender: str | None) -> bool:
        """Whether this person stopped this sender; any sender, for a service (None)."""
        senders = self._blocked.get(person, set())
        return bool(senders) if sender is None else sender in senders
