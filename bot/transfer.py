"""`heard import` and `heard export`: lists of people in and out by the command line, in a house of their own."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from bank import exportable, exporting, import_columns, importing, spreadsheet
from bank.exported import What
from bank.exporting import TooMany
from bank.imported import Line
from bank.importing import Plan
from bank.spreadsheet import Sheet, Unreadable
from bot import transfers
from bot.house import House, open_house
from bot.settings import Settings, SettingsMistake
from storage import transfers as kept
from storage.people import Part
from storage.schema import Record
from storage.store import Tx
from storage.told import TOLD_TO_US
from storage.transfers import TransferState

_KINDS = {"csv": spreadsheet.as_csv, "xlsx": spreadsheet.as_xlsx}
_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed beside the file: as bank.importing.Plan has it. Empty `columns`: as its headings say."""

    columns: str
    agreed: str
    how: str
    on: date | None
    language: str
    part: str
    group: str


def bring_in(settings: Settings, console: Console, path: Path, given: Given, *, dry_run: bool, as_json: bool) -> int:
    """Check a list, and add its people unless `dry_run`. Returns 1 where a row is refused, else 0.

    Raises SettingsMistake: the file cannot be read, or something that was typed is wrong.
    """
    sheet = _read(path)
    quiet = Console(stderr=True)

    async def work() -> tuple[Record, list[Line]]:
        async with open_house(settings) as house:
            plan = _plan(given, sheet, house)
            return await _bring_in(house, quiet, path.name, sheet, plan, dry_run=dry_run)

    row, lines = asyncio.run(work())
    counts = row.report["counts"]
    if as_json:
        refused = [{"row": one.row, "kind": one.kind.value, "wrong": one.wrong, "help": one.help} for one in lines]
        told = {"rows": counts["rows"], "added": counts.get("added", 0), "dry_run": dry_run, "refused": refused}
        console.print_json(json.dumps(told))
    else:
        _tell(console, counts, lines, dry_run=dry_run)
    return 1 if lines else 0


def _read(path: Path) -> Sheet:
    try:
        return spreadsheet.read(path.read_bytes())
    except OSError:
        raise SettingsMistake(f"There is no file to read at {path}.") from None
    except Unreadable as problem:
        raise SettingsMistake(f"{problem}.") from None


def _plan(given: Given, sheet: Sheet, house: House) -> Plan:
    spoken = house.organisation.catalogs.spoken
    today = house.now().astimezone(house.organisation.zone).date()
    _among("--how", given.how, [how.value for how in TOLD_TO_US])
    _among("--part", given.part, [part.value for part in Part])
    _among("--language", given.language, spoken)
    if not given.agreed.strip():
        raise SettingsMistake("--agreed says to which words these people agreed, or on which form.")
    if given.on is not None and given.on > today:
        raise SettingsMistake("--on is the day on which they agreed: it must have been.")
    mapping = _mapping(given.columns, sheet.headings)
    if not {"number", "post"} & set(mapping):
        raise SettingsMistake("--map must say which column has phone numbers, like number=Mobile.")
    return Plan(mapping, given.how, given.on or today, given.agreed.strip(), given.language, given.part, given.group)


def _among(name: str, typed: str, known: Sequence[str]) -> None:
    if typed not in known:
        raise SettingsMistake(f"{name} is one of {', '.join(known)}, not {typed}.")


def _mapping(columns: str, headings: list[str]) -> dict[str, int]:
    if not columns.strip():
        return import_columns.guess(headings)
    pairs = [one.partition("=") for one in columns.split(",")]
    if not all(equals for _name, equals, _heading in pairs):
        raise SettingsMistake("--map is like name=Name,number=Mobile.")
    try:
        return import_columns.by_heading(headings, {name.strip(): heading.strip() for name, _equals, heading in pairs})
    except ValueError as problem:
        raise SettingsMistake(f"{problem}.") from None


async def _bring_in(
    house: House, console: Console, name: str, sheet: Sheet, plan: Plan, *, dry_run: bool
) -> tuple[Record, list[Line]]:
    store, now = house.store, house.now()

    def begin(tx: Tx) -> int:
        row = importing.upload(tx, None, name, sheet, now)
        importing.begin_check(tx, row, plan, now)
        return int(row.id)

    transfer_id = await store.write(begin)
    with _bar(console, "Checking", len(sheet.rows)) as moved:
        row = await _until_done(house, transfer_id, moved)
    if dry_run:
        lines = await store.read(lambda tx: _lines(tx, row))
        await store.write(lambda tx: importing.cancel(tx, None, row, house.now()))
        return row, lines
    await store.write(lambda tx: importing.run(tx, None, row, house.now(), add_perhaps=False))
    with _bar(console, "Adding", len(sheet.rows)) as moved:
        row = await _until_done(house, transfer_id, moved)
    lines = await store.read(lambda tx: _lines(tx, row))
    return row, lines


async def _until_done(house: House, transfer_id: int, moved: Callable[[int], None]) -> Record:
    """Raises SettingsMistake where it stopped."""
    await transfers.go_on(house, transfer_id, moved)
    row = await house.store.read(lambda tx: kept.find(tx, transfer_id))
    if row is None or row.state not in {TransferState.CHECKED, TransferState.DONE}:
        raise SettingsMistake(
            "Something went wrong, and it stopped. What was done is whole; the log says where it was."
        )
    return row


def _lines(tx: Tx, row: Record) -> list[Line]:
    """Every line of the report."""
    found: list[Line] = []
    number = 0
    while (piece := importing.piece(tx, row.id, number)) is not None:
        found += piece.lines
        number += 1
    return found


@contextmanager
def _bar(console: Console, what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A progress bar where somebody watches; it says nothing in a pipe."""
    shape = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*shape, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=total)
        yield lambda done: progress.update(task, completed=done)


def _tell(console: Console, counts: dict[str, int], lines: list[Line], *, dry_run: bool) -> None:
    if lines:
        table = Table("row", "what is wrong", "what would help", title=f"{len(lines):,} rows that are not added")
        for one in lines[:_SHOWN]:
            table.add_row(str(one.row), one.wrong, one.help)
        console.print(table)
        if len(lines) > _SHOWN:
            console.print(f"These are the first {_SHOWN}. All of them: --json")
    if dry_run:
        console.print(
            f"{counts['rows'] - len(lines):,} of {counts['rows']:,} rows would be added. Nothing was changed."
        )
    else:
        console.print(f"{counts['added']:,} of {counts['rows']:,} rows were added. Nobody was texted.")


def take_out(
    settings: Settings, console: Console, what: str, kind: str, path: Path, *, state: str, as_json: bool
) -> None:
    """Write a file of people, which only its owner may read. Raises SettingsMistake."""
    _among("what to export", what, [What.PEOPLE.value])
    _among("--format", kind, list(_KINDS))
    _among("--state", state, exportable.STATES)
    quiet = Console(stderr=True)

    async def work() -> tuple[bytes, int]:
        async with open_house(settings) as house:
            return await _take_out(house, quiet, kind, state)

    try:
        content, count = asyncio.run(work())
        _write(path, content)
    except TooMany as too_many:
        most = spreadsheet.MOST_ROWS
        raise SettingsMistake(f"That is {too_many.count:,} people. A file holds {most:,} at most.") from None
    except OSError:
        raise SettingsMistake(f"The file cannot be written to {path}.") from None
    told: dict[str, Any] = {"what": what, "rows": count, "file": str(path), "format": kind}
    if as_json:
        console.print_json(json.dumps(told))
    else:
        console.print(f"{path} has {count:,} rows. Keep it safe, and delete it when you are done.", markup=False)


async def _take_out(house: House, console: Console, kind: str, state: str) -> tuple[bytes, int]:
    now = house.now()

    def begin(tx: Tx) -> Record:
        wished = exportable.wished(tx, What.PEOPLE, "", state)
        if wished is None:
            raise LookupError(state)
        return exporting.begin(tx, None, *wished, now)

    begun = await house.store.write(begin)
    with _bar(console, "Exporting", begun.total) as moved:
        row = await _until_done(house, begun.id, moved)

    def hand_out(tx: Tx) -> list[list[str]]:
        rows = list(exporting.rows(tx, row))
        exporting.given(tx, None, row, kind, now)
        exporting.forget(tx, now, house.organisation, row.id)
        return rows

    rows = await house.store.write(hand_out)
    return _KINDS[kind](rows), len(rows) - 1


def _write(path: Path, content: bytes) -> None:
    """Nobody else on this machine may read it."""
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "wb") as file:
        file.write(content)
