"""Ready: whether each part of this process does its work, in one plain line each. No part waits for another's turn."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from bank.running import sender_name
from bot.house import House
from bot.sender import Sender
from language.lasting import lasting
from storage.store import Away, Tx

_ANSWER_SECONDS = 5.0
# Longer than an answer of a busy database, shorter than anybody's patience.
_KEPT_SECONDS, _STEP_SECONDS, _LEAD_SECONDS = 30.0, 30.0, 20.0
# The ticks without which the clock is no clock, and after how long they are late.
_TICKS = {"alerts": 60.0, "upkeep": 120.0}


@dataclass(frozen=True, slots=True)
class Line:
    """One part: "database", "web", "sender:sms", "clock"; whether it is well, and how it is, in words."""

    part: str
    well: bool
    words: str


async def look(house: House) -> list[Line]:
    """How every part of this process is."""
    lines = [await _database(house)]
    if "web" in house.signs.parts or not house.signs.parts:
        lines.append(_web(house))
    if "worker" in house.signs.parts:
        lines += (_sender(house, sender) for sender in house.senders.values())
    if "clock" in house.signs.parts:
        lines.append(_clock(house))
    return lines


def written(lines: list[Line]) -> str:
    """As /readyz says it: "ready" or "not ready", then a line a part."""
    well = all(line.well for line in lines)
    return "\n".join(("ready" if well else "not ready", *_each(lines), ""))


def _each(lines: list[Line]) -> Iterator[str]:
    for line in lines:
        kind, _, sender = line.part.partition(":")
        yield f"{sender_name(sender) if sender else kind}: {line.words}"


async def _database(house: House) -> Line:
    def ask(tx: Tx) -> None:
        tx.exec_driver_sql("SELECT 1")

    try:
        async with asyncio.timeout(_ANSWER_SECONDS):
            await house.store.read(ask)
    except (Away, TimeoutError):
        return Line("database", False, "it cannot be reached")
    return Line("database", True, "it answers")


def _web(house: House) -> Line:
    """Settings were loaded, or there would be no house. What comes in can be kept if our own pulse can."""
    silence = house.signs.since_kept()
    if house.signs.parts and silence > _KEPT_SECONDS:
        return Line("web", False, f"nothing could be kept for {lasting(silence)}")
    return Line("web", True, "what comes in is kept")


def _sender(house: House, sender: Sender) -> Line:
    part, silence = f"sender:{sender.name}", house.signs.since_step(sender.stepped_at)
    if silence > _STEP_SECONDS:
        return Line(part, False, f"it has not looked for messages to send for {lasting(silence)}")
    if sender.lease.is_held:
        return Line(part, True, "this process sends")
    if sender.lease.is_anothers:
        return Line(part, True, "another process sends")
    return Line(part, False, "nobody is known to send")


def _clock(house: House) -> Line:
    signs = house.signs
    late = [silence for tick, most in _TICKS.items() if (silence := signs.since(tick)) > most]
    if late:
        return Line("clock", False, f"it has not ticked for {lasting(max(late))}")
    if signs.clock is not None and signs.clock.is_held:
        return Line("clock", True, "this process ticks")
    if signs.clock is not None and signs.clock.is_anothers:
        return Line("clock", True, "another process ticks")
    if signs.up < _LEAD_SECONDS:
        return Line("clock", True, "it is starting")
    return Line("clock", False, "nobody is known to tick")
