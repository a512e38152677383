"""Somebody's phone in the week: what it sends through the provider, and what the provider's book says it got."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from channels.fakes.book import Entry
from storage.picking import Way
from tests.bot.town import OUR_NUMBER, OUR_WHATSAPP
from tests.week.world import World

_JUST_NOW = timedelta(minutes=2)
_QUESTION = re.compile(r"[^.?!\n]+\?")
_VOICE = {"NumMedia": "1", "MediaUrl0": "https://api.twilio.com/media/ME1", "MediaContentType0": "audio/ogg"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a transcript. `asked`: it came within two minutes after they wrote. `answers`: it answers us."""

    at: datetime
    who: str
    text: str
    asked: bool = False
    answers: bool = False
    is_note: bool = False


class Phone:
    """One address. `address`: a number with its country code, or a chat."""

    def __init__(self, world: World, way: Way, address: str, owner: str, language: str = "en") -> None:
        self._world = world
        self.way = way
        self.address = address
        self.owner = owner
        self.lines: list[Line] = []
        self.unread: list[Line] = []
        self._seen = 0
        if way is Way.TELEGRAM:
            self._chat = world.telegram.person(int(address), owner, language, started=True)

    @property
    def to(self) -> str:
        """As it stands in the provider's book."""
        return f"whatsapp:{self.address}" if self.way is Way.WHATSAPP else self.address

    @property
    def got(self) -> Sequence[Line]:
        return [line for line in self.lines if line.who != self.owner]

    @property
    def sent(self) -> Sequence[Line]:
        return [line for line in self.lines if line.who == self.owner]

    def wrote(self, text: str, at: datetime, *, answers: bool = False) -> Line:
        self.lines.append(Line(at, self.owner, text, answers=answers))
        return self.lines[-1]

    async def sends(self, text: str, **more: Any) -> None:
        if self.way is Way.TELEGRAM:
            await self._chat.says(text)
            return
        ours = f"whatsapp:{OUR_WHATSAPP}" if self.way is Way.WHATSAPP else OUR_NUMBER
        webhook = f"{self._world.town.url}/webhooks/twilio/message"
        await self._world.twilio.person_sends(self.to, text, to=ours, webhook_url=webhook, **more)

    async def sends_a_voice_note(self) -> None:
        await self.sends("", **_VOICE)

    async def presses(self, label: str) -> None:
        """The button, under the newest message that has it."""
        await self._chat.presses(label)

    def looks(self) -> list[Line]:
        """What is new, read off the provider's book."""
        book = self._world.telegram.book if self.way is Way.TELEGRAM else self._world.twilio.book
        entries = book.to(self.to)
        new, self._seen = entries[self._seen :], len(entries)
        lines = [self._line(entry) for entry in new]
        self.lines += lines
        self.unread += lines
        return lines

    def _line(self, entry: Entry) -> Line:
        last = max((line.at for line in self.sent), default=None)
        asked = last is not None and entry.at - last <= _JUST_NOW
        return Line(entry.at, "Heard", "\n".join((entry.text, *self._buttons(entry))), asked)

    def _buttons(self, entry: Entry) -> Sequence[str]:
        if self.way is not Way.TELEGRAM:
            return ()
        seen = next(one for one in reversed(self._chat.sees) if str(one.message_id) == entry.id)
        return [f"[{button.label}]" for button in seen.buttons]

    def asked_twice(self) -> list[str]:
        """Questions of ours that came again although they had answered them."""
        answered: set[str] = set()
        open_, again = set[str](), []
        for line in self.lines:
            if line.who == self.owner:
                answered |= open_ if line.answers else set()
                open_ = set() if line.answers else open_
                continue
            asks = {found.strip() for found in _QUESTION.findall(line.text)}
            again += sorted(asks & answered)
            open_ = asks or open_
        return again
