"""`heard meeting`: meetings listed, looked at, added from a file, opened, repeated and cancelled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bank import meeting_change, meeting_facts, meeting_figures, meeting_repeat, meetings
from bank.lacking import NotReady
from bank.meeting_figures import Figures
from bank.meetings import WrongState
from bot import meeting_file
from bot.beside import in_house, print_json
from bot.house import House
from bot.settings import Settings, SettingsMistake
from language.wording import SOURCE_LANGUAGE
from storage import meetings as kept
from storage.schema import Record
from storage.store import Tx

_LATELY, _AHEAD = timedelta(days=60), timedelta(days=3660)


def show_all(settings: Settings, console: Console, *, as_json: bool) -> None:
    """Print those of the last two months and those to come."""

    def look(house: House, tx: Tx) -> list[tuple[Record, Figures]]:
        rows = kept.between(tx, house.now() - _LATELY, house.now() + _AHEAD)
        figures = meeting_figures.of(tx, rows)
        return [(row, figures[row.id]) for row in rows]

    found = in_house(settings, lambda house: house.store.read(lambda tx: look(house, tx)))
    if as_json:
        print_json(console, [_told(row, figures) for row, figures in found])
        return
    table = Table("token", "title", "when", "state", "come", title=f"Meetings, {settings.organisation.council}")
    for row, figures in found:
        when = f"{row.on_day} {row.at_time}"
        table.add_row(row.token, Text(_title(row)), when, row.state, str(figures.places))
    console.print(table)


def show(settings: Settings, console: Console, token: str, *, as_json: bool) -> None:
    """Print what is told of one, and how many come. Raises SettingsMistake where there is none."""

    def look(tx: Tx) -> tuple[Record, Figures]:
        row = _called(tx, token)
        return row, meeting_figures.of(tx, [row])[row.id]

    row, figures = in_house(settings, lambda house: house.store.read(look))
    if as_json:
        print_json(console, _told(row, figures) | {"words": row.words})
        return
    told = meeting_facts.facts(row, SOURCE_LANGUAGE, in_house(settings, _organisation))
    console.print(f"{told['meeting']}\n{told['day']}, {told['time']} to {told['ends']}", markup=False)
    console.print(*(told[name] for name in ("where", "link", "agenda") if told[name]), sep="\n", markup=False)
    for name, number in _counted(figures).items():
        console.print(f"{name}: {number}")


async def _organisation(house: House) -> Any:
    return house.organisation


def add(settings: Settings, console: Console, path: Path, *, opens: bool, as_json: bool) -> None:
    """Keep the meeting of a file. Raises SettingsMistake where it cannot be kept, or not be opened: nothing is then."""
    details = meeting_file.read(path)

    def work(house: House, tx: Tx) -> Record:
        row = meetings.add(tx, None, details, house.now(), house.organisation)
        return meetings.open_(tx, None, row, house.now()) if opens else row

    _done(settings, console, work, as_json=as_json)


def open_(settings: Settings, console: Console, token: str, *, as_json: bool) -> None:
    """From now on people may be invited to it. Raises SettingsMistake."""
    _done(
        settings, console, lambda house, tx: meetings.open_(tx, None, _called(tx, token), house.now()), as_json=as_json
    )


def like(settings: Settings, console: Console, token: str, *, as_json: bool) -> None:
    """Draft another one like it, for the next day of its rule. Raises SettingsMistake."""
    _done(
        settings,
        console,
        lambda house, tx: meeting_repeat.like(tx, None, _called(tx, token), house.now()),
        as_json=as_json,
    )


def cancel(settings: Settings, console: Console, token: str, why: Mapping[str, str], *, as_json: bool) -> None:
    """It does not take place; everybody who may come is told why. Raises SettingsMistake."""

    def work(house: House, tx: Tx) -> Record:
        return meeting_change.cancel(tx, None, _called(tx, token), why, house.now(), house.organisation)

    _done(settings, console, work, as_json=as_json)


def _done(settings: Settings, console: Console, work: Callable[[House, Tx], Record], *, as_json: bool) -> None:
    """Do it, and say how the meeting stands now."""
    try:
        row = in_house(settings, lambda house: house.store.write(lambda tx: work(house, tx)))
    except NotReady as refused:
        raise SettingsMistake(f"{'. '.join(refused.lacks.values())}. Nothing was changed.") from None
    except WrongState:
        raise SettingsMistake("It does not stand so that this can be done. See: heard meeting list.") from None
    if as_json:
        print_json(console, _told(row, Figures()))
    else:
        console.print(f"{row.token} is {row.state} now: {_title(row)}, {row.on_day} {row.at_time}.", markup=False)


def _called(tx: Tx, token: str) -> Record:
    """Raises SettingsMistake."""
    row = kept.by_token(tx, token)
    if row is None:
        raise SettingsMistake(f"There is no meeting {token}. See: heard meeting list.")
    return row


def _title(row: Record) -> str:
    return meeting_facts.said(row, "title", SOURCE_LANGUAGE)


def _counted(figures: Figures) -> dict[str, int]:
    return {
        "coming": figures.coming,
        "guests": figures.guests,
        "waiting": figures.waiting,
        "maybe": figures.maybe,
        "not_coming": figures.not_coming,
    }


def _told(row: Record, figures: Figures) -> dict[str, Any]:
    own = {name: getattr(row, name) for name in ("token", "kind", "state", "on_day", "at_time", "zone", "minutes")}
    more = {"way": row.way, "capacity": row.capacity, "starts_at": row.starts_at.isoformat()}
    return {**own, **more, "title": _title(row), "answers": _counted(figures)}
