"""`heard broadcast`: one message for many from a file. Checked, let go, watched, held, let go on, taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from bank import broadcast_draft, broadcast_going
from bank.broadcast_check import Check, check
from bank.broadcast_progress import Progress, progress
from bank.handling import CannotDo
from bank.lacking import NotYet
from bot import broadcast_file, broadcast_told, mailing, plain
from bot.beside import in_house, print_json
from bot.broadcast_file import Given
from bot.house import House
from bot.settings import Settings, SettingsMistake
from language.advice import Manner
from storage import broadcasts
from storage.broadcasts import BroadcastState
from storage.schema import Record
from storage.store import Tx

NOT_SENT = 1
_SECONDS = 1.0
_MOST = 100  # in one list
_CHANGES: Mapping[str, Callable[..., Record]] = {
    "hold": broadcast_going.hold,
    "release": broadcast_going.release,
    "cancel": broadcast_going.cancel,
}


class _NothingKept(Exception):
    """What was written to be looked at is taken out again."""

    def __init__(self, found: Check) -> None:
        super().__init__()
        self.found = found


def show_all(settings: Settings, console: Console, *, as_json: bool) -> None:
    """Print the newest ones."""
    rows = in_house(settings, lambda house: house.store.read(partial(broadcasts.newest, limit=_MOST)))
    if as_json:
        print_json(console, [broadcast_told.named(row) for row in rows])
        return
    table = Table("token", "name", "kind", "state", "due", title=f"Broadcasts, {settings.organisation.council}")
    for row in rows:
        table.add_row(row.token, Text(row.name or ""), row.kind, row.state, _when(row.due_at, settings))
    console.print(table)


def show(settings: Settings, console: Console, token: str, *, as_json: bool, watch: bool) -> None:
    """Print how far one has come. Raises SettingsMistake where there is none."""

    async def look(house: House) -> tuple[Record, Progress]:
        if watch and not as_json:
            await _watch(house, console, token)
        return await house.store.read(lambda tx: _progress(tx, token))

    row, found = in_house(settings, look)
    if as_json:
        print_json(console, broadcast_told.named(row) | {"progress": broadcast_told.progress(found)})
    else:
        broadcast_told.show_progress(console, row, found)


def examine(settings: Settings, console: Console, path: Path, *, as_json: bool) -> int:
    """Print what the check says of a file. Returns 1 where something is to be mended first."""
    given = broadcast_file.read(path, settings.organisation.zone)
    found = in_house(settings, lambda house: _examined(house, given))
    _tell(console, found, as_json=as_json)
    return NOT_SENT if found.mend else 0


async def _examined(house: House, given: Given) -> Check:
    """The check of what is in the file, as if it had been written down: nothing is kept."""

    def work(tx: Tx) -> Check:
        row = broadcast_draft.write(tx, None, broadcast_file.placed(tx, given), house.now())
        raise _NothingKept(_checked(tx, row, house))

    try:
        return await house.store.write(work)
    except _NothingKept as kept:
        return kept.found


def send(settings: Settings, console: Console, what: str, *, dry_run: bool, as_json: bool, watch: bool) -> int:
    """Let go what is in a file, or a draft by its token. Returns 1 where it does not go, or not yet."""
    path = Path(what)
    given = broadcast_file.read(path, settings.organisation.zone) if path.exists() else None
    if dry_run:
        found = in_house(settings, lambda house: _looked_at(house, what, given))
        _tell(console, found, as_json=as_json)
        return 0 if found.ready else NOT_SENT

    async def go(house: House) -> tuple[Record, Check]:
        row, found = await house.store.write(_going(house, what, given))
        if watch and not as_json and row.state == BroadcastState.QUEUEING:
            await _watch(house, console, row.token)
        return row, found

    try:
        row, found = in_house(settings, go)
    except CannotDo as refused:
        raise SettingsMistake(str(refused)) from None
    except NotYet as refused:
        _refused(console, refused.reasons, as_json=as_json)
        return NOT_SENT
    gone = row.state == BroadcastState.QUEUEING
    if as_json:
        print_json(console, broadcast_told.named(row) | {"check": broadcast_told.check(found)})
    else:
        console.print(_said(row, found, settings), markup=False)
    return 0 if gone else NOT_SENT


async def _looked_at(house: House, what: str, given: Given | None) -> Check:
    if given is not None:
        return await _examined(house, given)
    return await house.store.read(lambda tx: _checked(tx, _called(tx, what), house))


def _going(house: House, what: str, given: Given | None) -> Callable[[Tx], tuple[Record, Check]]:
    """The work that lets it go, or asks those who have to say yes first."""

    def work(tx: Tx) -> tuple[Record, Check]:
        now, whose, manners = house.now(), house.organisation, partial(_manner, house)
        if given is None:
            row = _called(tx, what)
        else:
            row = broadcast_draft.write(tx, None, broadcast_file.placed(tx, given), now)
        found = _checked(tx, row, house)
        if found.missing and not found.mend:
            broadcast_going.ask_approval(tx, None, row, now, whose, manners=manners)
            return broadcasts.get(tx, row.id), found
        row = broadcast_going.let_go(tx, None, row, now, whose, manners=manners, prices=_prices(house))
        mailing.ask(tx, row.id)
        return row, found

    return work


def change(settings: Settings, console: Console, token: str, how: str, *, as_json: bool) -> None:
    """Hold one, let it go on, or take the rest of it back. Raises SettingsMistake where that cannot be done."""

    async def work(house: House) -> Record:
        def changed(tx: Tx) -> Record:
            row = _CHANGES[how](tx, None, _called(tx, token), house.now())
            if row.state == BroadcastState.QUEUEING:
                mailing.ask(tx, row.id)
            return row

        return await house.store.write(changed)

    try:
        row = in_house(settings, work)
    except CannotDo as refused:
        raise SettingsMistake(str(refused)) from None
    if as_json:
        print_json(console, broadcast_told.named(row))
    else:
        console.print(f"{row.token} is {row.state} now.", markup=False)


async def _watch(house: House, console: Console, token: str) -> None:
    """A bar that fills as people get theirs, until nothing of it waits to go, or it is held."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Bar(*columns, console=console, transient=not console.is_terminal) as bar:
        line = bar.add_task("sent", total=None)
        while True:
            row, found = await house.store.read(lambda tx: _progress(tx, token))
            waits = found.queued + found.sending + found.not_yet
            bar.update(line, total=found.people, completed=found.people - waits - found.held)
            if not waits or row.state not in {BroadcastState.QUEUEING, BroadcastState.GOING}:
                return
            await asyncio.sleep(_SECONDS)


def _progress(tx: Tx, token: str) -> tuple[Record, Progress]:
    row = _called(tx, token)
    return row, progress(tx, row)


def _called(tx: Tx, token: str) -> Record:
    """Raises SettingsMistake."""
    row = broadcasts.by_token(tx, token)
    if row is None:
        raise SettingsMistake(f"There is no broadcast {token}, and no such file. See: heard broadcast list.")
    return row


def _checked(tx: Tx, row: Record, house: House) -> Check:
    manners = partial(_manner, house)
    return check(tx, row, house.now(), house.organisation, manners=manners, prices=_prices(house))


def _manner(house: House, language: str) -> Manner:
    return plain.manner(house.settings.organisation, language)


def _prices(house: House) -> dict[str, int]:
    """What each sender's provider takes for a segment or a message, in tenths of a penny; texts though they are off."""
    texts = {"sms": house.settings.organisation.segment_price}
    return texts | {name: sender.limits.price for name, sender in house.senders.items()}


def _said(row: Record, found: Check, settings: Settings) -> str:
    if row.state == BroadcastState.QUEUEING:
        when = _when(found.goes_at, settings)
        return f"{row.token} goes to {found.preview.reached} people from {when}. It costs {_pounds(found)} at the most."
    posts = ", ".join(broadcast_told.POSTS[post] for post in found.missing)
    return f"{row.token} waits for a yes from: {posts}. Then: heard broadcast send {row.token}"


def _pounds(found: Check) -> str:
    return f"£{found.tenths / 1000:,.2f}"


def _refused(console: Console, reasons: tuple[str, ...], *, as_json: bool) -> None:
    if as_json:
        print_json(console, {"sent": False, "mend": list(reasons)})
    else:
        console.print("It was not sent. Nothing of it is kept.", *reasons, sep="\n", markup=False)


def _tell(console: Console, found: Check, *, as_json: bool) -> None:
    if as_json:
        print_json(console, broadcast_told.check(found))
    else:
        broadcast_told.show_check(console, found)


def _when(at: datetime, settings: Settings) -> str:
    zone: ZoneInfo = settings.organisation.zone
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
