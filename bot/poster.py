"""`heard poster`: a poster, a paper form or cards of a join code, as a file of PDF."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from rich.console import Console

from bank import posters
from bank.posters import Kind, Order, Size, Wish
from bank.print_made import CannotPrint
from bot.house import open_house
from bot.our_numbers import our_numbers
from bot.settings import Settings, SettingsMistake
from console.printing import fonts, sentence


def run(
    settings: Settings, console: Console, code: str, wish: tuple[str, str, str], to: Path, *, as_json: bool
) -> None:
    """Write the file and say so. `wish` is the kind, the size and the language. Raises SettingsMistake."""
    kind, size, language = wish
    if kind not in set(Kind) or size not in set(Size):
        raise SettingsMistake(f"--kind is one of {', '.join(Kind)}, and --size one of {', '.join(Size)}.")
    if to.is_dir() or not to.parent.is_dir():
        raise SettingsMistake("--to is a file in a folder that is there, like oak.pdf.")
    try:
        order, made = asyncio.run(_made(settings, code, Wish(Kind(kind), Size(size), language)))
    except CannotPrint as problem:
        raise SettingsMistake(sentence(problem)) from None
    to.write_bytes(made)
    if as_json:
        told = {"file": str(to), "code": order.code, "kind": order.kind, "size": order.size, "language": order.language}
        sys.stdout.write(f"{json.dumps(told | {'agreement': order.version, 'bytes': len(made)}, ensure_ascii=False)}\n")
    else:
        console.print(f"It is in {to}.", markup=False, highlight=False, soft_wrap=True)


async def _made(settings: Settings, code: str, wish: Wish) -> tuple[Order, bytes]:
    """What was asked for, and the PDF. Raises CannotPrint."""
    numbers = our_numbers(settings)
    async with open_house(settings) as house:
        organisation = house.organisation
        now = house.now()
        order = await house.store.write(lambda tx: posters.of_code(tx, code, wish, now, None, organisation, numbers))
    return order, posters.made(order, organisation, numbers, fonts())
