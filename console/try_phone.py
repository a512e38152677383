"""Which phones are on the page: they live in its address, so a bookmark or a shared link brings them back."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from babel import Locale, UnknownLocaleError

from channels.called import CALLED
from channels.message import Channel, Request

MOST = 12
# Ofcom keeps 07700 900000 to 900999 for drama: it is nobody's, so anybody may play it here.
_DRAMA = re.compile(r"0(7700900[0-9]{3})")
# No letter or figure that could be taken for another.
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_CODE = re.compile(rf"({'|'.join(Channel)})\.([a-z0-9]{{4,32}})(?:\.([A-Za-z]{{2,3}}(?:-[A-Za-z0-9]{{2,8}})*))?\Z")
# How somebody who writes this language might begin. Elsewhere the language's own name does it.
_OPENINGS = {"en": "JOIN", "pl": "Chcę dołączyć"}


class NotAPhone(Exception):
    """The code does not name a phone."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone of an invented new person. `language` is the app's own setting, or what its owner writes; "" is unknown.

    `code` is how the page's address carries it: "sms.7f3k2m", "telegram.7f3k2m.pl".
    """

    channel: Channel
    id: str = field(default_factory=lambda: "".join(secrets.choice(_ALPHABET) for _ in range(6)))
    language: str = ""

    @classmethod
    def read(cls, code: str) -> Phone:
        """Raises NotAPhone."""
        found = _CODE.match(code)
        if found is None:
            raise NotAPhone
        return cls(Channel(found[1]), found[2], found[3] or "")

    @property
    def code(self) -> str:
        return f"{self.channel}.{self.id}" + (f".{self.language}" if self.language else "")

    @property
    def name(self) -> str:
        return CALLED[self.channel]

    @property
    def address(self) -> str:
        """That of the phone whose number its id is, where that is one for drama: "sms.07700900321"."""
        number = _DRAMA.fullmatch(self.id)
        return f"+44{number[1]}" if number and self.channel is not Channel.TELEGRAM else f"try-{self.id}"

    @property
    def anchor(self) -> str:
        return f"{self.channel}-{self.id}"

    @property
    def suggestions(self) -> tuple[str, ...]:
        """What a new person might write; the first begins the conversation in their language."""
        if self.channel is Channel.TELEGRAM:  # Telegram's own Start button, and commands as its menu has them
            return ("/start", "/stop", "/help", "/menu")
        return (opening(self.language or "en"), "STOP", "HELP", "MENU")

    def writes(self, text: str, payload: str = "") -> Request:
        """The request that the phone's adapter reads. A Telegram app tells its language with each message."""
        form = {"sender": f"try-{self.channel}", "address": self.address, "text": text}
        if payload:
            form["payload"] = payload
        if self.channel is Channel.TELEGRAM and self.language:
            form["language"] = self.language
        return Request("POST", "/try/say", {}, urlencode(form).encode())


def opening(language: str) -> str:
    """A first message that shows we should write in `language`."""
    return _OPENINGS.get(language) or native(language)


def native(language: str) -> str:
    """The language's name in itself: "polski"; its tag where nobody knows it."""
    try:
        return Locale.parse(language, sep="-").get_display_name() or language
    except (UnknownLocaleError, ValueError):
        return language


def read_all(codes: Iterable[str]) -> list[Phone]:
    """The phones that the codes name, each once, the first `MOST` of them; what names none is passed over."""
    phones: dict[str, Phone] = {}
    for code in codes:
        try:
            phone = Phone.read(code)
        except NotAPhone:
            continue
        phones.setdefault(phone.anchor, phone)
    return list(phones.values())[:MOST]


def query(phones: Sequence[Phone]) -> str:
    """The page's query that brings these phones, without the "?". No phone at all is said too."""
    return urlencode([("phone", phone.code) for phone in phones] or [("phone", "")])
