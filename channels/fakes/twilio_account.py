"""What one Twilio account knows: its senders and templates, who stopped it, who wrote lately."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from channels.fakes.callbacks import NORMAL, Callbacks, failing
from channels.fakes.twilio_content import Contents
from channels.fakes.twilio_keywords import Keywords
from channels.fakes.twilio_rules import Parameters, problem

WINDOW = timedelta(hours=24)

_VARIABLE = re.compile(r"\{\{(\w+)\}\}")


class Account:
    """`numbers`, when given, are the only senders; a service picks the first of the channel.

    `templates` maps a ContentSid to its text with {{1}}. `windows` says that WhatsApp's 24 hours are kept.
    `bought` are its numbers as IncomingPhoneNumbers lists them.
    """

    def __init__(
        self, numbers: Iterable[str], templates: Mapping[str, str] | None, keywords: Keywords, *, windows: bool
    ) -> None:
        self.numbers = tuple(numbers)
        self.templates = dict(templates or {})
        self.keywords = keywords
        self.windows = windows
        self.bought: list[dict[str, str]] = []
        self.contents: Contents | None = None
        self._heard_at: dict[str, datetime] = {}

    def heard(self, person: str, sender: str, text: str, now: datetime) -> str | None:
        """Somebody wrote. Returns the keyword that Twilio answers by itself, if it was one."""
        self._heard_at[person] = now
        return self.keywords.heard(person, sender, text)

    def problem(self, parameters: Parameters) -> int | None:
        """The code that refuses this message at once, None if none does."""
        code = problem(parameters)
        if code is not None:
            return code
        sender, content = parameters.get("From"), parameters.get("ContentSid")
        if sender and self.numbers and sender not in self.numbers:
            return 21606
        if sender and "MessagingServiceSid" not in parameters and self.keywords.blocks(parameters["To"], sender):
            return 21610
        return 21655 if content and self.templates and self._words(content) is None else None

    def sender(self, parameters: Parameters) -> str:
        """Who it comes from; the service's id where it has no numbers to pick from."""
        if sender := parameters.get("From"):
            return sender
        whatsapp = parameters["To"].startswith("whatsapp:")
        picked = (number for number in self.numbers if number.startswith("whatsapp:") == whatsapp)
        return next(picked, parameters["MessagingServiceSid"])

    def text(self, parameters: Parameters) -> str:
        """The words as they arrive on the phone."""
        template = self._words(parameters.get("ContentSid", ""))
        if template is None:
            return parameters.get("Body", "")
        values: Mapping[str, str] = json.loads(parameters.get("ContentVariables", "{}"))
        return _VARIABLE.sub(lambda found: values.get(found[1], ""), template)

    def _words(self, content: str) -> str | None:
        known = self.contents.words(content) if self.contents is not None else None
        return self.templates.get(content) if known is None else known

    def fate(self, parameters: Parameters, now: datetime) -> Callbacks:
        """What becomes of a message when no script says so."""
        to = parameters["To"]
        if "MessagingServiceSid" in parameters and self.keywords.blocks(to, parameters.get("From")):
            return failing(21610, "failed")
        if self.windows and to.startswith("whatsapp:") and not self._approved(parameters):
            heard_at = self._heard_at.get(to)
            if heard_at is None or now - heard_at >= WINDOW:
                return failing(63040 if "ContentSid" in parameters else 63016)
        return NORMAL

    def _approved(self, parameters: Parameters) -> bool:
        content = parameters.get("ContentSid")
        return content is not None and (self.contents is None or self.contents.is_approved(content))
