"""A phone's thread as its screen shows it: bubbles, buttons, what each text takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bank.phones import Line
from channels.message import Message, Option, Shown
from language.dates import clock, day
from language.wording import SOURCE_LANGUAGE

ERASED = "What was written here has been erased."


@dataclass(frozen=True, slots=True)
class Bubble:
    """`at` is in the organisation's zone. `day` is said before the first bubble of each day.

    `buttons` are the choices that this phone shows as buttons. `carried` is for SMS of ours only.
    """

    ours: bool
    text: str
    at: datetime
    language: str = ""
    buttons: tuple[Option, ...] = ()
    carried: str = ""
    erased: bool = False
    day: str = ""

    @property
    def clock(self) -> str:
        return clock(self.at.time(), SOURCE_LANGUAGE)


def bubbles(lines: Iterable[Line], show: Callable[[Message], Shown], zone: ZoneInfo) -> list[Bubble]:
    """The thread, oldest first. What was erased is one bubble, however many it was."""
    thread: list[Bubble] = []
    for line in lines:
        bubble = _bubble(line, show, zone)
        before = thread[-1] if thread else None
        if before is None or before.at.date() != bubble.at.date():
            bubble = replace(bubble, day=day(bubble.at.date(), SOURCE_LANGUAGE))
        if not (before and before.erased and bubble.erased):
            thread.append(bubble)
    return thread


def _bubble(line: Line, show: Callable[[Message], Shown], zone: ZoneInfo) -> Bubble:
    at = line.at.astimezone(zone)
    if line.message is None:
        return Bubble(ours=False, text=line.text or ERASED, at=at, erased=not line.text)
    shown = show(line.message)
    return Bubble(
        ours=True,
        text=shown.text,
        at=at,
        language=line.message.language,
        buttons=line.message.options if shown.buttons else (),
        carried=carried(shown),
    )


def carried(shown: Shown) -> str:
    """What it takes to carry an SMS: "GSM-7, 1 text (155 characters)"; empty on other channels."""
    if shown.encoding is None:
        return ""
    texts = "1 text" if shown.segments == 1 else f"{shown.segments} texts"
    return f"{shown.encoding}, {texts} ({len(shown.text)} characters)"
