"""`heard commitments`: what was promised and is late, or all that goes on, as a table."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bank.commitment_late import is_late, today
from bank.commitment_words import title
from bot.beside import in_house, print_json
from bot.house import House
from bot.settings import Settings
from storage import commitment_list, staff
from storage.commitment_list import Wanted
from storage.commitments import GOES_ON
from storage.store import Tx

Line = dict[str, str | bool]


def show(settings: Settings, console: Console, *, everything: bool, as_json: bool) -> None:
    """Print each with its owner and its day, the one that was due first on top."""
    found = in_house(settings, lambda house: house.store.read(lambda tx: _lines(house, tx, everything=everything)))
    if as_json:
        print_json(console, found)
        return
    table = Table("token", "title", "owner", "first by", "by", "state", title="You said, we will")
    for line in found:
        named = [str(line[name]) for name in ("token", "title", "owner", "first", "by")]
        table.add_row(*(Text(part) for part in named), "late" if line["late"] else str(line["state"]))
    console.print(table)


def _lines(house: House, tx: Tx, *, everything: bool) -> list[Line]:
    on = today(house.now(), house.organisation)
    wanted = Wanted(sorted(GOES_ON)) if everything else Wanted(late_on=on.isoformat())
    rows = commitment_list.these(tx, wanted)
    names = staff.names(tx, [row.owner_id for row in rows if row.owner_id is not None])
    return [
        {
            "token": row.token,
            "title": title(row),
            "owner": names.get(row.owner_id, ""),
            "first": row.first_on or "",
            "by": row.due_on or "",
            "state": row.state,
            "late": is_late(row, on),
        }
        for row in rows
    ]
