"""How things stand, in figures: no name, no number, no word of anybody's."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from bot.house import open_house
from bot.settings import Settings
from storage import dead_letters, messages_in, outbox, people, questions, tasks
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Standing:
    """Members, messages in by disposition, messages out by state, open tasks and questions by kind, dead letters."""

    members: int
    came_in: dict[str | None, int]
    went_out: dict[str, int]
    open_tasks: dict[str, int]
    dead_letters: int


def look(tx: Tx) -> Standing:
    """Count everything."""
    asked = questions.open_count(tx)
    to_do = tasks.open_count(tx) | ({"question": asked} if asked else {})
    return Standing(people.count(tx), messages_in.tally(tx), outbox.tally(tx), to_do, dead_letters.count(tx))


async def _look(settings: Settings) -> Standing:
    async with open_house(settings) as house:
        return await house.store.read(look)


def run(settings: Settings, console: Console) -> None:
    """Print the figures."""
    standing = asyncio.run(_look(settings))
    table = Table("what", "which", "how many", title=f"Heard, {settings.organisation.council}")
    table.add_row("members", "", str(standing.members))
    for what, counts in (
        ("messages in", standing.came_in),
        ("messages out", standing.went_out),
        ("waiting for a person", standing.open_tasks),
    ):
        for which, number in sorted(counts.items(), key=lambda pair: str(pair[0])):
            table.add_row(what, str(which), str(number))
    table.add_row("dead letters", "", str(standing.dead_letters))
    console.print(table)
