"""The vocabulary every channel speaks: what comes in, what goes out, what became of it.

Nothing here knows a provider, a web framework or a database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from channels.media import File, Media


class Channel(StrEnum):
    """How a message travels, as a person would name it."""

    SMS = "sms"
    WHATSAPP = "whatsapp"
    TELEGRAM = "telegram"


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request from a provider, free of any web framework.

    `path` is the path and query exactly as received, still percent-encoded ("/webhooks/x?a=b").
    `headers` has lower-case names. `body` is the raw bytes.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Forged(Exception):
    """The signature or secret is missing or wrong: answer 403 with no body."""


class Malformed(Exception):
    """The request cannot be read: answer 400. The message says what is wrong, never the content."""


class Poison(Malformed):
    """Genuine and well formed, but beyond us: keep it as a dead letter and answer 2xx, or it comes for ever."""


class NotNow(Exception):
    """The events are fine and could not be kept just now: hand the same ones over again later."""


class Kind(StrEnum):
    """What sort of thing came in."""

    TEXT = "text"
    BUTTON = "button"
    EDIT = "edit"  # the person corrected a message they had sent
    MEDIA = "media"  # a picture, voice note or file, with or without words
    LOCATION = "location"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message from a person.

    `sender` is the name of our own sender it was written to ("sms", "whatsapp", "telegram", "try-sms"...). `address` is
    the other end, opaque, up to 140 characters, without a channel prefix ("+447700900123", "GB.abc", a Telegram chat
    id). `provider_id` is unique for the sender: a repeat with the same one is the same message. `payload` is what a
    pressed button carried (see `Option`). `start_code` is the code of a Telegram deep link. `quoted_id` is the
    provider's id of the message being answered. `edited_id` is the provider_id of the message that this one corrects.
    `opt_out` is "STOP", "START" or "HELP" when the provider has already answered that word itself. `callback_id` must
    be acknowledged at once (`Adapter.acknowledge`). `raw` is the provider's own words as JSON text, kept sealed.
    `message_id` is the provider's name for the message itself, where it differs from `provider_id`: a later `quoted_id`
    or `edited_id` points at it. `media` is how many pieces of media came with it; `enclosed` are those that can be
    opened, if their channel is on.
    """

    sender: str
    channel: Channel
    address: str
    provider_id: str
    text: str = ""
    kind: Kind = Kind.TEXT
    payload: str | None = None
    start_code: str | None = None
    quoted_id: str | None = None
    edited_id: str | None = None
    media: int = 0
    phone: str | None = None
    language_hint: str | None = None
    opt_out: str | None = None
    forwarded: bool = False
    callback_id: str | None = None
    sent_at: datetime | None = None
    raw: str = ""
    message_id: str | None = None
    enclosed: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True)
class Reachability:
    """The provider says that this address blocked us (`open` False) or let us back in (True)."""

    sender: str
    channel: Channel
    address: str
    provider_id: str
    open: bool
    raw: str = ""


class Status(StrEnum):
    """What a provider says became of a message it accepted, in our own words."""

    ACCEPTED = "accepted"  # taken by the provider; nothing more is known
    SENT = "sent"  # the nearest carrier took it
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"  # never left the provider, or the carrier reported failure
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One status callback.

    `token` is our own message token, carried in the callback's URL, so that a callback which overtakes the provider's
    answer still finds its row. `problem` is what the adapter makes of the provider's error code, if it gave one.
    """

    sender: str
    provider_id: str
    status: Status
    token: str | None = None
    problem: Problem | None = None
    raw: str = ""


Event = Incoming | Reachability | Receipt


@dataclass(frozen=True, slots=True)
class Option:
    """One choice offered. `payload` is at most 64 bytes and comes back in `Incoming.payload`."""

    payload: str
    label: str


@dataclass(frozen=True, slots=True)
class Template:
    """What WhatsApp has approved, for when its 24 hours are over: the provider's name for it, what fills its blanks by
    their names ("1", "2"), and how it then reads.
    """

    name: str
    values: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message to send, its words already fixed.

    `text` is without the choices: each adapter shows `options` in its own way (numbered lines,
    buttons, a list). `one_line` asks for the choices on one line where they are numbered lines.
    `in_window` says that WhatsApp's 24 hours are open; outside them it goes as `template`, where it has one. `token` is
    our random name for it, and `file` goes with it where a channel carries files: elsewhere the words are enough.
    """

    token: str
    sender: str
    channel: Channel
    address: str
    text: str
    options: tuple[Option, ...] = ()
    one_line: bool = False
    in_window: bool = False
    language: str = "en"
    template: Template | None = None
    file: File | None = None


def numbered(message: Message) -> str:
    """The text with its choices as numbered lines, as an SMS carries them."""
    if not message.options:
        return message.text
    lines = [f"{number} {option.label}" for number, option in enumerate(message.options, 1)]
    return f"{message.text}\n{' '.join(lines) if message.one_line else chr(10).join(lines)}"


@dataclass(frozen=True, slots=True)
class Shown:
    """How a message will look on that phone, and what it takes to carry it.

    `encoding` and `segments` are for SMS only (None and 1 elsewhere).
    """

    text: str
    buttons: tuple[str, ...] = ()
    encoding: str | None = None
    segments: int = 1


class Concern(StrEnum):
    """What a refusal is about, which decides what happens next."""

    ADDRESS = "address"  # this address cannot be reached: do not use it again
    CONSENT = "consent"  # the person does not want it, as the provider knows
    BLOCKED = "blocked"  # our messages are kept from them, by whomever; they have told nobody that they want that
    CONTENT = "content"  # these words cannot be sent
    CONFIGURATION = "configuration"  # our set-up is wrong: tell an operator, blame nobody
    WINDOW = "window"  # WhatsApp's 24 hours have closed
    TEMPORARY = "temporary"  # it may work later
    AMBIGUOUS = "ambiguous"  # nobody knows whether it went


@dataclass(frozen=True, slots=True)
class Problem:
    """A provider's error: its code, what it concerns, and what the operator reads."""

    code: str
    concern: Concern
    sentence: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider took the message and calls it `provider_id`."""

    provider_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The provider refused it for good.

    `whole_sender` says that our set-up was refused, and would be with every other message too.
    """

    problem: Problem
    whole_sender: bool = False


@dataclass(frozen=True, slots=True)
class TryLater:
    """Definitely not processed: the same message may be sent again after `delay`.

    `paced` says that it was only held back, by us or by a rate limit: it was no attempt, and is worth any number.
    """

    problem: Problem
    delay: timedelta = timedelta(seconds=30)
    whole_sender: bool = field(default=False)  # the limit is the sender's, not this address's
    paced: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows whether it went: never blindly sent again."""

    problem: Problem


Outcome = Accepted | Refused | TryLater | Unknown


class Adapter(Protocol):
    """What each provider family offers. `send` never raises: it returns an `Outcome`."""

    def parse(self, request: Request) -> tuple[Event, ...]:
        """Check that the request is genuine and read it. Raises Forged or Malformed."""
        ...

    def read(self, raw: str, path: str) -> tuple[Event, ...]:
        """Read once more what came to `path` (empty: it was fetched) and was kept, genuine when it came.

        `raw` is the body of a request, or an event's own `raw`. Raises Malformed.
        """
        ...

    async def send(self, message: Message) -> Outcome: ...

    def show(self, message: Message) -> Shown: ...

    async def acknowledge(self, incoming: Incoming) -> None:
        """Tell the provider that a button press arrived, where it wants to know."""
        ...

    async def open_media(self, place: str) -> bytes:
        """The piece of media that lies there (`Media.place`). Raises CannotOpen, and nothing else."""
        ...

    async def close(self) -> None: ...
