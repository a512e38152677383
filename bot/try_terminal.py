"""A phone in the terminal: write to us as a new person would, and see what they would see.

The same adapter and receiver as everywhere, on a bank of its own that is gone afterwards.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from rich.console import Console
from rich.text import Text

from bot.house import House, open_house
from bot.settings import Settings, SettingsMistake
from bot.web import try_desk
from channels.message import Channel, Option
from console.try_phone import Phone
from console.try_thread import Bubble, bubbles
from console.try_time import legs, spoken, until_texting

QUIT = "/quit"
_LATER = re.compile(r"/later\s+(?:(\d{1,3})\s*([hdw])|(morning))\Z")
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}
_MOST_DAYS = 366
_INDENT = "  "
_HOW = "To press a button: !1, !2... To move time: /later 1h, 1d, 1w or morning. To end: /quit."


class Terminal:
    """One phone, on a house whose clock can be moved."""

    def __init__(self, house: House, phone: Phone, console: Console) -> None:
        self._desk = try_desk(house)
        self._phone = phone
        self._console = console
        self._seen = 0
        self._buttons: Sequence[Option] = ()

    def greet(self) -> None:
        """Say who is at the other end, and how to begin."""
        council = self._desk.organisation.council
        self._tell(f"A new person's {self._phone.name}, with {council}. To begin, write: {self._phone.suggestions[0]}")
        self._tell(_HOW)

    async def take(self, line: str) -> None:
        """Do what a line asks, and print what is new on the phone."""
        if line.startswith("/later"):
            await self._move(line)
        elif line.startswith("!"):
            await self._press(line[1:])
        elif line.strip():
            await self._desk.deliver(self._phone.writes(line.strip()))
        await self._print_new(typed=line.strip())

    async def _press(self, number: str) -> None:
        if not number.isdecimal() or not 1 <= int(number) <= len(self._buttons):
            self._tell(f"There is no button {number}.")
            return
        option = self._buttons[int(number) - 1]
        await self._desk.deliver(self._phone.writes(option.label, option.payload))

    async def _move(self, line: str) -> None:
        now, organisation = self._desk.now(), self._desk.organisation
        asked = _LATER.match(line)
        if asked is None:
            self._tell("How long? /later 1h, /later 1d, /later 1w, or /later morning.")
            return
        by = until_texting(now, organisation) if asked[3] else timedelta(**{_UNITS[asked[2]]: int(asked[1])})
        if by.days > _MOST_DAYS:
            self._tell("That is too far. A year at most.")
            return
        for leg in legs(now, by, organisation.zone):
            await self._desk.move_time(leg)
        self._tell(f"It is {spoken(self._desk.now(), organisation)}.")

    async def _print_new(self, typed: str) -> None:
        [lines] = await self._desk.threads([self._phone])
        thread = bubbles(lines, self._desk.show, self._desk.organisation.zone)
        if len(thread) < self._seen:  # something was erased
            self._seen = 0
        for bubble in thread[self._seen :]:
            if bubble.ours or bubble.text != typed or not self._console.is_terminal:  # what was typed stands there
                self._print(bubble)
        self._seen = len(thread)

    def _print(self, bubble: Bubble) -> None:
        who, colour = (self._desk.organisation.council, "cyan") if bubble.ours else ("You", "green")
        self._console.print(Text.assemble((who, f"bold {colour}"), f", {bubble.clock}"))
        self._indented(Text(bubble.text))
        if bubble.buttons:
            self._buttons = bubble.buttons
        for number, option in enumerate(bubble.buttons, 1):
            self._indented(Text.assemble((f"!{number}", "bold"), f" {option.label}"))
        if bubble.carried:
            self._indented(Text(bubble.carried, "dim"))
        self._console.print()

    def _indented(self, text: Text) -> None:
        for line in text.wrap(self._console, max(20, self._console.width - len(_INDENT))):
            self._console.print(Text.assemble(_INDENT, line))

    def _tell(self, words: str) -> None:
        self._console.print(Text(words, "dim"))


def run(settings: Settings, channel: str, language: str) -> None:
    """Talk until /quit or the end of the input. Raises SettingsMistake for a channel or language there is not."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    console = Console(highlight=False)
    # Lines are read outside the event loop, so that Ctrl-C ends the reading at once.
    with TemporaryDirectory(prefix="heard-try-") as folder, asyncio.Runner() as runner:
        stack = AsyncExitStack()
        house = runner.run(stack.enter_async_context(open_house(settings.as_demo(Path(folder)))))
        try:
            terminal = Terminal(house, new_phone(house, channel, language), console)
            terminal.greet()
            for line in _lines(console):
                runner.run(terminal.take(line))
        finally:
            runner.run(stack.aclose())


def new_phone(house: House, channel: str, language: str) -> Phone:
    """Raises SettingsMistake."""
    languages = house.organisation.catalogs.spoken
    if channel not in list(Channel):
        raise SettingsMistake(f"There is no channel called {channel}. There are: {', '.join(Channel)}.")
    if language not in languages:
        raise SettingsMistake(f"We cannot write in {language} yet. There are: {', '.join(languages)}.")
    return Phone(Channel(channel), language=language)


def _lines(console: Console) -> Iterator[str]:
    """What is typed, or what is piped in, up to /quit."""
    prompt = Text("> ", "bold") if console.is_terminal else ""
    while True:
        try:
            line = console.input(prompt)
        except (EOFError, KeyboardInterrupt):
            return
        if line.strip() == QUIT:
            return
        yield line
