"""`heard report`: the figures of whole months, and the committee's draft, as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from rich.console import Console

from bank import committee_report, print_report, reports, spreadsheet
from bank.period import Kept, NoPeriod, Period, between, kept
from bank.print_made import CannotPrint
from bank.reports import Part, Report
from bot.beside import in_house, print_json
from bot.house import House
from bot.settings import Settings, SettingsMistake
from console.printing import fonts, sentence
from storage.store import Tx

_WRITES: Mapping[str, Callable[[Report], bytes]] = {
    "csv": lambda report: spreadsheet.as_csv(report.rows()),
    "xlsx": lambda report: spreadsheet.as_xlsx(report.rows()),
    "pdf": lambda report: print_report.of_report(report, fonts()),
}
_WORD = "docx"


def run(
    settings: Settings, console: Console, months: tuple[str, str], kind: str, to: Path | None, *, as_json: bool
) -> None:
    """Write the file and say so. `months` are the first and the last, or nothing. Raises SettingsMistake."""
    if kind not in (*_WRITES, _WORD):
        raise SettingsMistake(f"--format is one of {', '.join((*_WRITES, _WORD))}, not {kind}.")
    if to is not None and (to.is_dir() or not to.parent.is_dir()):
        raise SettingsMistake("--file is a file in a folder that is there, like report.csv.")
    try:
        period, content = in_house(settings, lambda house: _written(house, months, kind))
    except CannotPrint as problem:
        raise SettingsMistake(sentence(problem)) from None
    path = to or Path(f"heard-report-{period}.{kind}")
    try:
        path.write_bytes(content)
    except OSError:
        raise SettingsMistake(f"The file cannot be written to {path}.") from None
    if as_json:
        print_json(console, {"file": str(path), "period": str(period), "format": kind, "bytes": len(content)})
    else:
        console.print(f"{period.name} is in {path}.", markup=False, highlight=False, soft_wrap=True)


async def _written(house: House, months: tuple[str, str], kind: str) -> tuple[Period, bytes]:
    """The period, and the file. That it was taken out is on record first."""
    now, organisation = house.now(), house.organisation
    period = _period(months, house)

    def look(tx: Tx) -> Callable[[], bytes]:
        report = reports.look(tx, period, tuple(Part), now, organisation)
        reports.taken_out(tx, report, kind, None)
        if kind != _WORD:
            return lambda: _WRITES[kind](report)
        found = committee_report.look(tx, report, organisation)
        return lambda: committee_report.as_word(found.draft())

    write = await house.store.write(look)
    return period, write()


def _period(months: tuple[str, str], house: House) -> Period:
    today = house.now().astimezone(house.organisation.zone).date()
    if not any(months):
        return kept(Kept.HALF, today)
    try:
        return between(*months, today)
    except NoPeriod as problem:
        raise SettingsMistake(f"{problem}: --from 2026-05 --to 2026-10.") from None
