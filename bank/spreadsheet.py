"""Spreadsheets: rows of text out of a CSV or XLSX file, and into one. The only door to calamine, xlsxwriter and csv.

What is written opens as text: nothing in it is a formula, and nothing is changed by the program that opens it.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bank import workbook
from bank.workbook import Broken, TooBig, TooFar
from language.normal import safe

MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 10 * 1024 * 1024, 50_000, 100
LONGEST_CELL = 32_767  # characters: what XLSX holds
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ",;\t"
# What no program takes for a formula, or for anything but itself: words, whole numbers, our own dates.
_PLAIN = re.compile(r"[^\W\d_]|(?:0|[1-9][0-9]{0,14}|[0-9]{4}-[0-9]{2}-[0-9]{2})\Z")
# Taken for a month or a truth: "MAR1", "Sept 2", "TRUE".
_TAKEN = re.compile(
    r"(?:true|false)\Z|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s./-]*[0-9]", re.IGNORECASE
)
# Plain text that no disk may hold: where there is room in memory, the program's own files go there.
_MEMORY, _ROOM = Path("/dev/shm"), 512 * 1024 * 1024  # noqa: S108  only folders of our own are made in it

_NOT_READ = "This file cannot be read. Save it as CSV or XLSX in your spreadsheet program, and choose it again"


_TOO_WIDE = (
    f"The file must have {MOST_COLUMNS} columns or fewer. Take some out, and look for a cell far to the right, "
    "on each of its sheets"
)
_TOO_LONG = (
    f"The file must have {MOST_ROWS:,} rows or fewer. Divide it, and look for a cell far down, on each of its sheets"
)


class Unreadable(Exception):
    """No rows can be read from it. The message says why, and what to do, in plain words."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` are those with anything in them, each with its number as a spreadsheet shows it: the headings are 1."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]


def read(content: bytes) -> Sheet:
    """The first sheet of it. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable("The file must be 10 MB or smaller. Divide it, and bring in one part after the other")
    if content.startswith(_OLD_EXCEL):
        raise Unreadable("This file is of an older kind, or has a password. Save it as XLSX without a password")
    found = _xlsx(content) if content.startswith(_ZIP) else _csv(content)
    rows = list(_filled(found))
    if len(rows) < 2:
        raise Unreadable("There is nothing in this file below its headings. Choose another")
    (_first, headings), *rest = rows
    return Sheet(headings, [(number, _fitted(cells, len(headings))) for number, cells in rest])


def _filled(found: Iterable[Sequence[Any]]) -> Iterator[tuple[int, list[str]]]:
    """Rows with anything in them, as text. Raises Unreadable where there are too many, or too wide ones."""
    count = 0
    for number, cells in enumerate(found, 1):
        texts = [_text(cell) for cell in cells]
        if not any(texts):
            continue
        count += 1
        if count > MOST_ROWS + 1:
            raise Unreadable(_TOO_LONG)
        if len(texts) > MOST_COLUMNS and any(texts[MOST_COLUMNS:]):
            raise Unreadable(_TOO_WIDE)
        yield number, texts[:MOST_COLUMNS]


def _fitted(cells: list[str], width: int) -> list[str]:
    return (cells + [""] * (width - len(cells)))[:width]


def _text(cell: Any) -> str:
    """A cell as somebody would read it aloud; numbers without a point that says nothing."""
    if isinstance(cell, str):
        return safe(cell).strip()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        cell = cell.date()
    return f"{cell.day}/{cell.month}/{cell.year}" if type(cell) is date else str(cell)


def _csv(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    if "\0" in text:
        raise Unreadable(_NOT_READ)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            yield [unguarded(cell) for cell in cells]
    except csv.Error:
        raise Unreadable(_NOT_READ) from None


def _decoded(content: bytes) -> str:
    if content.startswith(_UTF_16):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _delimiter(text: str) -> str:
    """The one that parts the headings into most columns."""
    head = text[:10_000]
    return max(_DELIMITERS, key=lambda one: len(next(csv.reader(io.StringIO(head, newline=""), delimiter=one), [])))


def _xlsx(content: bytes) -> Iterator[list[Any]]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  loaded when it is used

    safe_to_open = io.BytesIO(_safe(content))
    try:
        yield from CalamineWorkbook.from_filelike(safe_to_open).get_sheet_by_index(0).iter_rows()
    except (CalamineError, OSError, ValueError):
        raise Unreadable(_NOT_READ) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the library's own, which no program can import
            raise Unreadable(_NOT_READ) from None
        raise


def _safe(content: bytes) -> bytes:
    """The workbook when it is looked through. Raises Unreadable."""
    try:
        return workbook.looked_through(content, MOST_ROWS + 1, MOST_COLUMNS)
    except Broken:
        raise Unreadable(_NOT_READ) from None
    except TooBig:
        raise Unreadable(
            "This file is too big when it is unpacked. Save its first sheet as CSV, and choose that"
        ) from None
    except TooFar as too_far:
        raise Unreadable(_TOO_WIDE if too_far.sideways else _TOO_LONG) from None


def guarded(text: str) -> str:
    """A cell of a CSV file that opens as this text in any spreadsheet program. `unguarded` takes the guard off."""
    if not text or (_PLAIN.match(text) and not _TAKEN.match(text)):
        return text
    return f"'{text}"


def unguarded(text: str) -> str:
    """The cell without the guard that `guarded`, or another program, put before it."""
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a mark at the beginning, by which Excel knows it."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    for row in rows:
        writer.writerow([guarded(_kept(cell)) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    """One sheet in which every cell is text."""
    from xlsxwriter import Workbook  # noqa: PLC0415  loaded when it is used

    written = io.BytesIO()
    with _somewhere() as options, Workbook(written, options) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, _kept(cell))
    return written.getvalue()


@contextmanager
def _somewhere() -> Iterator[dict[str, Any]]:
    """Where the library may keep rows that it is done with: never on a disk. In its own memory it needs far more."""
    if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:
        with tempfile.TemporaryDirectory(dir=_MEMORY) as folder:
            yield {"constant_memory": True, "tmpdir": folder}
    else:
        yield {"in_memory": True}


def _kept(cell: str) -> str:
    return safe(cell)[:LONGEST_CELL]
