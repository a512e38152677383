"""Where a process of ours is killed: functions found by their names, and a moment in each.

A fuse is a file that holds a point's name and a number. Whoever passes that point for the so-manieth time since the
fuse was laid takes the file and is dead at that very moment, so that one fuse kills one process.
"""

from __future__ import annotations

import asyncio
import inspect
import os
import signal
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

from channels.message import Event, Incoming, Receipt


class Moment(StrEnum):
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


def _always(*_arguments: object, **_named: object) -> bool:
    return True


def _text(_receiver: object, events: Iterable[Event], *_rest: object) -> bool:
    return any(isinstance(event, Incoming) for event in events)


def _receipt(_receiver: object, events: Iterable[Event], *_rest: object) -> bool:
    return any(isinstance(event, Receipt) for event in events)


def _sending(_transport: object, method: str, url: str, **_named: object) -> bool:
    return method == "POST" and ("/Messages.json" in url or "/sendMessage" in url)


@dataclass(frozen=True, slots=True)
class Point:
    """`where` are functions, as "module:Class.name"; `most`: it is passed as often in a few seconds of load."""

    name: str
    moment: Moment
    where: tuple[str, ...]
    most: int
    counts: Callable[..., bool] = _always


_TAKE = ("bot.receive:Receiver.take",)
_SENDS = (
    "channels.twilio.adapter:TwilioAdapter.send",
    "channels.telegram.adapter:TelegramAdapter.send",
)
POINTS = (
    Point("request read, nothing stored", Moment.BEFORE, _TAKE, 40, _text),
    Point("text stored, not committed", Moment.AFTER, ("bank.intake:take",), 40),
    Point("text committed, not answered", Moment.AFTER, _TAKE, 40, _text),
    Point(
        "row due, not claimed",
        Moment.BEFORE,
        ("storage.claims:claim",),
        6,
    ),
    Point(
        "row claimed, not committed",
        Moment.AFTER,
        ("storage.claims:claim",),
        6,
    ),
    Point("claim committed, not called", Moment.BEFORE, _SENDS, 60),
    Point(
        "call under way",
        Moment.DURING,
        ("channels.transport:Transport.call",),
        60,
        _sending,
    ),
    Point("provider answered, not stored", Moment.AFTER, _SENDS, 60),
    Point("outcome stored, not committed", Moment.AFTER, ("bank.delivery:settle",), 12),
    Point(
        "receipt stored, not committed",
        Moment.AFTER,
        ("bank.delivery:take_receipt",),
        40,
    ),
    Point("receipt committed, not answered", Moment.AFTER, _TAKE, 40, _receipt),
    Point("lease renewed, not committed", Moment.AFTER, ("storage.leases:renew",), 3),
    Point("upkeep half done", Moment.AFTER, ("bank.upkeep:Chore.run",), 3),
)


class Fuse:
    """The file, as the process that may die of it sees it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._laid = ""
        self._passed = 0

    def burns(self, point: Point) -> bool:
        """Count one passing. True where this process must die here."""
        try:
            laid = self._file.read_text()
        except FileNotFoundError:
            return False
        if laid != self._laid:
            self._laid, self._passed = laid, 0
        name, _tab, rest = laid.partition("\t")
        if name != point.name:
            return False
        self._passed += 1
        return self._passed >= int(rest.partition("\t")[0]) and self._taken()

    def _taken(self) -> bool:
        try:
            self._file.unlink()
        except FileNotFoundError:  # another process was quicker
            return False
        return True


def lay(file: Path, point: Point, number: int, name: str) -> None:
    """Kill whoever passes the point for the n-th time from now on; `name` is this fuse's own."""
    new = file.with_suffix(".new")
    new.write_text(f"{point.name}\t{number}\t{name}")
    new.rename(file)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)


def watch(fuse: Fuse) -> None:
    """Wrap every point's functions. Raises LookupError where a name is gone: the point must be found anew."""
    for point in POINTS:
        for where in point.where:
            holder, name = find(where)
            setattr(holder, name, _watched(getattr(holder, name), point, fuse))


def find(where: str) -> tuple[Any, str]:
    """What holds the name, and the name. Raises LookupError."""
    module, _colon, path = where.partition(":")
    *holders, name = path.split(".")
    holder: Any = import_module(module)
    for step in holders:
        holder = getattr(holder, step, None)
    if not hasattr(holder, name):
        raise LookupError(f"{where} is gone: name what is there now")
    return holder, name


def _watched(original: Callable[..., Any], point: Point, fuse: Fuse) -> Callable[..., Any]:
    if inspect.iscoroutinefunction(original):
        return _watched_async(original, point, fuse)

    @wraps(original)
    def passing(*arguments: Any, **named: Any) -> Any:
        counts = point.counts(*arguments, **named)
        if counts and point.moment is Moment.BEFORE and fuse.burns(point):
            die()
        result = original(*arguments, **named)
        if counts and point.moment is Moment.AFTER and fuse.burns(point):
            die()
        return result

    return passing


def _watched_async(original: Callable[..., Any], point: Point, fuse: Fuse) -> Callable[..., Any]:
    @wraps(original)
    async def passing(*arguments: Any, **named: Any) -> Any:
        counts = point.counts(*arguments, **named)
        if counts and point.moment is not Moment.AFTER and fuse.burns(point):
            if point.moment is Moment.DURING:
                begun = asyncio.ensure_future(original(*arguments, **named))
                await asyncio.wait({begun}, timeout=0.002)
            die()
        result = await original(*arguments, **named)
        if counts and point.moment is Moment.AFTER and fuse.burns(point):
            die()
        return result

    return passing
