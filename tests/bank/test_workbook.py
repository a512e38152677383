"""Workbooks that ask for all of the memory, or tell two readers two things, are refused before they are opened."""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from bank import spreadsheet
from bank.spreadsheet import Unreadable


def _workbook(cells: str, head: str = "", **parts: str) -> bytes:
    """A workbook whose only sheet is these rows. `parts` are others of it, as they are; "strings" those it shares."""
    kept, ours = io.BytesIO(), ZipFile(io.BytesIO(spreadsheet.as_xlsx([["Name"]])))
    opens = '<?xml version="1.0" encoding="UTF-8"?>'
    put = {name: ours.read(name).decode() for name in ours.namelist()}
    put["xl/worksheets/sheet1.xml"] = f"{opens}{head}<worksheet><sheetData>{cells}</sheetData></worksheet>"
    put |= {f"xl/{name}.xml".replace("strings", "sharedStrings"): part for name, part in parts.items()}
    with ZipFile(kept, "w", ZIP_DEFLATED) as packed:
        for name, part in put.items():
            packed.writestr(name, part)
    return kept.getvalue()


def _cell(place: str, words: str = "x") -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


_TWO = f'<row r="1">{_cell("A1")}</row><row r="2">{_cell("A2")}</row>'
_SHARED = "<sst>{}</sst>".format


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (_workbook(f'{_TWO}<row r="1048576">{_cell("XFD1048576")}</row>'), "50,000 rows or fewer"),
        (_workbook(f'{_TWO}<row r="50002">{_cell("A50002")}</row>'), "50,000 rows or fewer"),
        (_workbook(f"{_TWO}{_cell('XFD1048576')}"), "50,000 rows or fewer"),
        (_workbook(f'{_TWO}<row r="1048576"><c><v>1</v></c></row>'), "50,000 rows or fewer"),
        (_workbook(f"{_TWO}{'<row/>' * 50_000}<row><c><v>1</v></c></row>"), "50,000 rows or fewer"),
        (_workbook(f'{_TWO}<row r="3">{_cell("CW3")}</row>'), "100 columns or fewer"),
        (_workbook(f"{_TWO}<row>{'<c/>' * 100}<c><v>1</v></c></row>"), "100 columns or fewer"),
        (_workbook(f'{_TWO}<row r="3"><c r="A3"><row/></c></row>'), "cannot be read"),
        (_workbook(f'{_TWO}<row r="3">{_cell("A99999999999")}</row>'), "cannot be read"),
        (_workbook(_TWO, '<!DOCTYPE a [<!ENTITY b "c">]>'), "cannot be read"),
        (_workbook(_TWO, strings='<sst count="9" uniqueCount="4000000000"></sst>'), "cannot be read"),
        (_workbook(_TWO, **{"worksheets/other": "<sst><si/></sst>"}), "cannot be read"),
        (_workbook(_TWO, WORKBOOK="<a/>"), "cannot be read"),
        (_workbook(_TWO, styles="<not whole"), "cannot be read"),
        (_workbook('<row><c t="s"><v>7</v></c></row>', strings=_SHARED("<si/>")), "cannot be read"),
        (_workbook(_TWO, theme=" " * (201 * 1024 * 1024)), "too big when it is unpacked"),
        (
            _workbook(
                _TWO + "<row>" + '<c t="s"><v>0</v></c>' * 90 + "</row>",
                strings=_SHARED(f"<si><t>{'x' * 3_000_000}</t></si>"),
            ),
            "too big when it is unpacked",
        ),
    ],
)
def test_a_workbook_that_asks_for_all_of_the_memory_is_refused_before_it_is_opened(content: bytes, says: str) -> None:
    assert len(content) < 1024 * 1024
    with pytest.raises(Unreadable, match=says):
        spreadsheet.read(content)


def test_a_workbook_that_lies_about_its_size_is_read_no_further() -> None:
    content = bytearray(_workbook(_TWO, theme=f"<a>{' ' * 1_000_000}</a>"))
    at = content.rindex(b"xl/theme.xml") - 22  # its size, in the list at the end of the file
    content[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(Unreadable, match="cannot be read"):
        spreadsheet.read(bytes(content))


def test_a_workbook_with_empty_cells_far_away_is_read() -> None:
    far = '<row r="3"><c t="s"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    content = _workbook(_TWO + far, strings=_SHARED("<si><t>a</t></si><si><t>shared</t></si>"))
    assert spreadsheet.read(content).rows == [(2, ["x"]), (3, ["shared"])]
