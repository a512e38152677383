"""`heard letters`: what came in and could not be taken in. Listed, looked at, taken in after all, or let go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from bank import letters
from bot.beside import in_house
from bot.house import House
from bot.settings import Settings, SettingsMistake
from channels.message import Adapter, Event, Malformed
from storage import dead_letters
from storage.schema import Record
from storage.store import Away

_MOST = 1000  # in one list
_AGAIN = 200  # taken in again in one run, unless they are named
_NOTHING, _OFF = "nothing_in_it", "channel_off"
_OF_TWILIO = frozenset({"twilio", "sms", "whatsapp"})


def show(settings: Settings, console: Console) -> None:
    """Print those that wait: nothing of what is in them."""

    async def read(house: House) -> tuple[list[Record], int]:
        return await house.store.read(lambda tx: (dead_letters.listed(tx, _MOST), dead_letters.count(tx)))

    found, count = in_house(settings, read)
    if not found:
        console.print("No letters wait: everything that came in was taken in.")
        return
    zone = settings.organisation.zone
    table = Table("letter", "came", "from", "what", "problem", "tried again", title=f"{count:,} not taken in")
    for row in found:
        tried = f"{row.tries} times, last {_when(row.tried_at, zone)}" if row.tries else "never"
        table.add_row(str(row.id), _when(row.at, zone), row.source, row.kind, row.problem, tried)
    console.print(table)
    console.print("See one: heard letters --words 1. Take them in again: heard letters replay --all", markup=False)


def words(settings: Settings, console: Console, letter_id: int) -> None:
    """Print what is in one. The look is recorded. Raises SettingsMistake where there is none."""

    async def look(house: House) -> Record | None:
        now = house.now()
        return await house.store.write(lambda tx: letters.look(tx, letter_id, now))

    letter = in_house(settings, look)
    if letter is None:
        raise SettingsMistake(_none(letter_id))
    console.print("This look is kept in the audit.", style="dim")
    console.print(_plainly(letter.raw), markup=False, highlight=False, soft_wrap=True)


def drop(settings: Settings, console: Console, letter_id: int, why: str) -> None:
    """Raises SettingsMistake: there is none, or no reason."""
    if not why.strip():
        raise SettingsMistake("--why says why nobody needs it. It is kept in the audit.")

    async def let_go(house: House) -> bool:
        now = house.now()
        return await house.store.write(lambda tx: letters.drop(tx, letter_id, why.strip(), now))

    if not in_house(settings, let_go):
        raise SettingsMistake(_none(letter_id))
    console.print(f"Letter {letter_id} is gone. The reason is kept in the audit.")


def replay(settings: Settings, console: Console, ids: Sequence[int], *, everything: bool) -> int:
    """Take these in again, or all. Returns 1 where any stays, else 0. Raises SettingsMistake where none is named."""
    if bool(ids) is everything:
        raise SettingsMistake("Name the letters, like: heard letters replay 3 4. Or all of them: --all.")

    async def take(house: House) -> list[str]:
        chosen = ids or [row.id for row in await house.store.read(partial(dead_letters.listed, limit=_AGAIN))]
        return [await again(house, letter_id) for letter_id in chosen]

    said = in_house(settings, take)
    for line in said:
        console.print(line, markup=False, highlight=False)
    stayed = sum(" stays: " in line for line in said)
    console.print(f"{len(said) - stayed} of {len(said)} are done with." if said else "No letters wait.")
    return 1 if stayed else 0


async def again(house: House, letter_id: int) -> str:
    """Take one in again by the door of its provider; what came of it. What fails stays. Raises Away."""
    letter = await house.store.write(lambda tx: dead_letters.get(tx, letter_id))
    if letter is None:
        return _none(letter_id)
    now, organisation = house.now(), house.organisation
    try:
        told = _read(house, letter)
        if not told:
            raise Malformed(_NOTHING)
        taken = await house.store.write(lambda tx: letters.take_in(tx, letter_id, told, now, organisation))
    except Away:
        raise
    except Exception as error:  # noqa: BLE001  whatever is wrong with it, the others have a right to their turn
        problem = str(error) if isinstance(error, Malformed) else type(error).__name__
        await house.store.write(lambda tx: letters.failed(tx, letter_id, problem, now))
        return f"Letter {letter_id} stays: {problem}"
    await house.wake()
    became = ", ".join(one.disposition or "here before" for one in taken or ())
    return f"Letter {letter_id} was taken in" + (f": {became}" if became else "")


def _read(house: House, letter: Record) -> tuple[Event, ...]:
    adapter = _adapter(house, letter.source)
    if adapter is None:
        raise Malformed(_OFF)
    return adapter.read(letter.raw, letter.path or "")


def _adapter(house: House, source: str) -> Adapter | None:
    """Whose door it came by: a provider's, or the one of a sender of ours."""
    return house.channels.twilio if source in _OF_TWILIO else house.channels.adapters.get(source)


def _when(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _none(letter_id: int) -> str:
    return f"No letter {letter_id} waits. See: heard letters"


def _plainly(text: str) -> str:
    """For a terminal, which a stranger's control characters could lead astray."""
    return "".join(one if one.isprintable() or one == "\n" else repr(one)[1:-1] for one in text)
