"""Beside the service: a command does its work in a house of its own, on the same database."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from rich.console import Console

from bot.house import House, open_house
from bot.settings import Settings

T = TypeVar("T")


def in_house(settings: Settings, work: Callable[[House], Awaitable[T]]) -> T:
    """Do this in a house that is open as long as it takes."""

    async def run() -> T:
        async with open_house(settings) as house:
            return await work(house)

    return asyncio.run(run())


def print_json(console: Console, told: Any) -> None:
    """As another program reads it: nothing is coloured or broken."""
    text = json.dumps(told, ensure_ascii=False, indent=2)
    console.print(text, markup=False, highlight=False, soft_wrap=True)
