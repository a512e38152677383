"""The phone in the browser: an adapter like any other, whose provider is the page itself.

What a phone shows is read from the messages that are stored, so sending is only taking note.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl
from uuid import uuid4

from channels.media import CannotOpen, Why
from channels.message import (
    Accepted,
    Channel,
    Event,
    Incoming,
    Kind,
    Malformed,
    Message,
    Outcome,
    Request,
    Shown,
    numbered,
)

SENDERS: Mapping[str, Channel] = {f"try-{channel}": channel for channel in Channel}
_LONGEST = 10_000
# WhatsApp's limits for buttons and list items in an open conversation (Twilio docs, quick reply and list picker).
_MOST_BUTTONS, _BUTTON_LENGTH, _MOST_ITEMS, _ITEM_LENGTH = 3, 20, 10, 24


class TryAdapter:
    """`measure` gives a text's SMS encoding and its number of segments."""

    def __init__(self, measure: Callable[[str], tuple[str, int]]) -> None:
        self._measure = measure

    def parse(self, request: Request) -> tuple[Event, ...]:
        """Read a form with sender, address and text, or the payload of a pressed button. Raises Malformed."""
        try:
            form = dict(parse_qsl(request.body.decode(), keep_blank_values=True, errors="strict"))
        except ValueError as error:
            raise Malformed("the form is not UTF-8") from error
        return self._events({"id": uuid4().hex} | form)

    def read(self, raw: str, path: str) -> tuple[Event, ...]:  # noqa: ARG002  there is one page
        """What was kept of such a form. Raises Malformed."""
        try:
            form = dict(json.loads(raw))
        except ValueError as error:
            raise Malformed("not what we kept") from error
        return self._events(form)

    def _events(self, form: Mapping[str, str]) -> tuple[Event, ...]:
        try:
            sender, address = form["sender"], form["address"]
            channel = SENDERS[sender]
        except KeyError as error:
            raise Malformed("the form lacks a field") from error
        if not 0 < len(address) <= 140:
            raise Malformed("the address is empty or too long")
        payload = form.get("payload") or None
        return (
            Incoming(
                sender,
                channel,
                address,
                provider_id=form.get("id") or uuid4().hex,
                raw=json.dumps(form),
                text=form.get("text", "")[:_LONGEST],
                kind=Kind.BUTTON if payload else Kind.TEXT,
                payload=payload,
                language_hint=form.get("language") or None,
            ),
        )

    async def send(self, message: Message) -> Outcome:
        return Accepted(f"try-{message.token}")

    def show(self, message: Message) -> Shown:
        """As the message would look on that channel's phone."""
        if message.channel is Channel.SMS:
            text = numbered(message)
            encoding, segments = self._measure(text)
            return Shown(text, encoding=encoding, segments=segments)
        labels = tuple(option.label for option in message.options)
        if message.channel is Channel.WHATSAPP and not _fits_whatsapp(labels):
            return Shown(numbered(message))
        return Shown(message.text, labels)

    async def acknowledge(self, incoming: Incoming) -> None:
        """Nothing to do: the page is not waiting."""

    async def open_media(self, place: str) -> bytes:  # noqa: ARG002  nothing is enclosed here
        """Nothing but words comes from here. Raises CannotOpen."""
        raise CannotOpen(Why.NOT_CONNECTED)

    async def close(self) -> None:
        """Nothing to close."""


def _fits_whatsapp(labels: tuple[str, ...]) -> bool:
    longest = max(map(len, labels), default=0)
    if len(labels) <= _MOST_BUTTONS:
        return longest <= _BUTTON_LENGTH
    return len(labels) <= _MOST_ITEMS and longest <= _ITEM_LENGTH
