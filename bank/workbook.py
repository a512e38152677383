"""Workbooks: XLSX files looked through before a library opens them. A small one may ask for all of the memory.

What was looked through is packed anew, and only that is opened: nobody reads the file in another way than we did.
"""

from __future__ import annotations

import io
import re
import zlib
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

_UNPACKED = 200 * 1024 * 1024  # bytes
_CHUNK = 64 * 1024  # bytes
_READ = re.compile(r"(?:_rels/\.rels|xl/.+\.(?:xml|rels))\Z", re.IGNORECASE)
_STRINGS = "xl/sharedstrings.xml"
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})\Z")
_INDEX = re.compile(r"[0-9]{1,9}\Z")
_BAD = (BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, RuntimeError, ValueError)


class Broken(Exception):
    """It is no workbook, or none that a spreadsheet program would write."""


class TooBig(Exception):
    """Unpacked, it is more than we take in."""


class TooFar(Exception):
    """A cell with something in it stands too far down, or too far to the right (`sideways`)."""

    def __init__(self, *, sideways: bool) -> None:
        super().__init__(sideways)
        self.sideways = sideways


@dataclass(slots=True)
class _Book:
    """What holds for the whole workbook. `strings` are the lengths of those that its cells share."""

    rows: int
    columns: int
    room: int = _UNPACKED
    strings: array[int] = field(default_factory=lambda: array("L"))

    def takes(self, size: int) -> None:
        self.room -= size
        if self.room < 0:
            raise TooBig


def looked_through(content: bytes, rows: int, columns: int) -> bytes:
    """The workbook, of which no filled cell is beyond so many rows and columns. Raises Broken, TooBig, TooFar."""
    book, kept = _Book(rows, columns), io.BytesIO()
    try:
        with ZipFile(io.BytesIO(content)) as packed, ZipFile(kept, "w", ZIP_DEFLATED, compresslevel=1) as anew:
            names = {name for name in packed.namelist() if _READ.match(name)}
            if len({name.lower() for name in names}) < len(names):
                raise Broken  # nobody knows which of the two is read
            for name in sorted(names, key=lambda name: (name.lower() != _STRINGS, name)):
                part = _Part(book, has_strings=name.lower() == _STRINGS)
                with anew.open(name, "w") as written:
                    for chunk in _unpacked(packed, packed.getinfo(name)):
                        book.takes(len(chunk))
                        part.goes_by(chunk)
                        written.write(chunk)
                part.ends()
    except _BAD:
        raise Broken from None
    return kept.getvalue()


def _unpacked(packed: ZipFile, info: ZipInfo) -> Iterator[bytes]:
    """What really is in it, whatever the file says of its size."""
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise Broken  # others may want as much memory as they please
    with packed.open(info) as content:
        while chunk := content.read(_CHUNK):
            yield chunk


class _Part:
    """One part of the workbook while it goes by: where its filled cells stand, and how much text they share.

    Where a cell does not say where it stands, it is the next one. Of two ways to read a broken part, the farther one
    counts: rows and columns never go back.
    """

    def __init__(self, book: _Book, *, has_strings: bool) -> None:
        self._book = book
        self._has_strings = has_strings
        self._row, self._column = 1, 0
        self._is_sheet = self._in_cell = self._shares = False
        self._index: str | None = None
        parser = self._parser = expat.ParserCreate("UTF-8")
        parser.StartDoctypeDeclHandler = _no_document_type
        parser.StartElementHandler = self._starts
        parser.EndElementHandler = self._stops
        parser.CharacterDataHandler = self._says

    def goes_by(self, chunk: bytes) -> None:
        self._parser.Parse(chunk, False)

    def ends(self) -> None:
        self._parser.Parse(b"", True)

    def _starts(self, name: str, given: Mapping[str, str]) -> None:
        name = name.rpartition(":")[2]
        if self._is_sheet:
            self._starts_in_sheet(name, given)
        elif self._has_strings and name == "si":
            self._book.strings.append(0)
        else:
            self._is_sheet = name == "sheetData"
            self._fits(name, given)

    def _fits(self, name: str, given: Mapping[str, str]) -> None:
        """Room is made for as many as a part says that it has, before one of them is read."""
        most = self._book.rows * self._book.columns
        told = [int(value) for field, value in given.items() if field.lower().endswith("count")]
        if any(count > most for count in told) or (name == "sst" and not self._has_strings):
            raise Broken

    def _starts_in_sheet(self, name: str, given: Mapping[str, str]) -> None:
        if self._in_cell:
            if name in {"row", "c"}:
                raise Broken
            self._is_filled()
            self._index = "" if self._shares and name == "v" else None
        elif name == "row":
            self._row = max(self._row, int(given.get("r", "0")))
        elif name == "c":
            self._in_cell, self._shares = True, given.get("t") == "s"
            self._column += 1
            if "r" in given:
                self._stands_at(given["r"])

    def _stands_at(self, place: str) -> None:
        found = _PLACE.match(place)
        if found is None:
            raise Broken
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        self._row, self._column = max(self._row, int(found[2])), max(self._column, column)

    def _is_filled(self) -> None:
        if self._row > self._book.rows:
            raise TooFar(sideways=False)
        if self._column > self._book.columns:
            raise TooFar(sideways=True)

    def _stops(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self._in_cell = False
        elif name == "row" and self._is_sheet:
            self._row, self._column = self._row + 1, 0
        self._index = None

    def _says(self, text: str) -> None:
        if self._index is not None:
            self._shared(self._index + text)
        elif self._has_strings and self._book.strings:
            self._book.strings[-1] += len(text)

    def _shared(self, index: str) -> None:
        """The cell has that one of the shared strings, of which each cell then has its own."""
        if not _INDEX.match(index) or int(index) >= len(self._book.strings):
            raise Broken
        self._index = index
        self._book.takes(self._book.strings[int(index)])


def _no_document_type(*_told: object) -> None:
    raise Broken
