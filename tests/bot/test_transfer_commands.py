"""`heard import` and `heard export`: as typed in a terminal, beside the service."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from bank import spreadsheet
from tests import prepared
from tests.terminal import heard

LIST = "Who;Mobile;Where\nŁucja;07700 900001;NG5 1AB\nBen;12;NG7\nCy;07700 900002;NG5\n"
COLUMNS = ("--map", "name=Who,number=Mobile,area=Where", "--agreed", "The form of March")


class Terminal:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.list = folder / "list.csv"
        self.list.write_text(LIST, encoding="utf-8")

    def heard(self, *words: str) -> tuple[int, str, str]:
        """The exit code, and what was printed: the answer, and what goes beside it."""
        ended = heard(*words, data=self.folder / "data")
        return ended.code, ended.out, ended.err

    def brings_in(self, *words: str) -> tuple[int, str, str]:
        return self.heard("import", str(self.list), *COLUMNS, *words)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    prepared.installation(tmp_path / "data")
    return Terminal(tmp_path)


def test_a_list_comes_in_and_goes_out_again(terminal: Terminal) -> None:
    code, printed, _beside = terminal.brings_in("--dry-run")
    assert code == 1
    assert "2 of 3 rows would be added. Nothing was changed." in printed
    assert "The phone number is not a whole number" in printed

    code, printed, beside = terminal.brings_in("--json", "--on", "2026-03-01", "--group", "The old panel")
    assert code == 1
    assert beside == ""
    told = json.loads(printed)
    assert (told["rows"], told["added"], told["dry_run"]) == (3, 2, False)
    assert told["refused"] == [
        {
            "row": 3,
            "kind": "broken",
            "wrong": "The phone number is not a whole number",
            "help": "Check its digits. A UK mobile has 11, and begins with 07",
        }
    ]

    for kind in ("csv", "xlsx"):
        file = terminal.folder / f"people.{kind}"
        code, printed, _beside = terminal.heard("export", "people", "--format", kind, "--to", str(file), "--json")
        assert (code, json.loads(printed)["rows"]) == (0, 2)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        sheet = spreadsheet.read(file.read_bytes())
        at = [sheet.headings.index(name) for name in ("Name", "Area", "Text messages", "Joined on")]
        assert [[cells[one] for one in at] for _number, cells in sheet.rows] == [
            ["Łucja", "NG5", "+447700900001", "2026-03-01"],
            ["Cy", "NG5", "+447700900002", "2026-03-01"],
        ]
    assert terminal.heard("audit", "verify")[0] == 0


def test_what_came_in_comes_in_once(terminal: Terminal) -> None:
    terminal.list.write_text("Who;Mobile;Where\nAsha;07700 900001;NG5\n", encoding="utf-8")
    assert terminal.brings_in() == (0, "1 of 1 rows were added. Nobody was texted.\n", "")
    code, printed, _beside = terminal.brings_in()
    assert code == 1
    assert "Somebody with this number is on our list already" in printed
    assert "0 of 1 rows were added" in printed


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("import", "nowhere.csv", "--agreed", "x"), "There is no file to read at nowhere.csv."),
        (("import", "LIST", "--agreed", " "), "--agreed says to which words"),
        (("import", "LIST", "--agreed", "x", "--map", "name"), "--map is like name=Name,number=Mobile."),
        (("import", "LIST", "--agreed", "x", "--map", "name=Who"), "--map must say which column has phone numbers"),
        (("import", "LIST", "--agreed", "x", "--map", "shoe=Who"), "not of shoe."),
        (("import", "LIST", "--agreed", "x", "--map", "number=Tel"), "The file has no column Tel. It has: Who"),
        (("import", "LIST", "--agreed", "x", "--how", "magic"), "--how is one of phone, in_person, paper, letter"),
        (("import", "LIST", "--agreed", "x", "--part", "king"), "--part is one of member, staff, partner"),
        (("import", "LIST", "--agreed", "x", "--language", "xx"), "--language is one of en"),
        (("import", "LIST", "--agreed", "x", "--on", "2999-01-01"), "--on is the day on which they agreed"),
        (("export", "people", "--to", "/nowhere/at/all.csv"), "The file cannot be written to /nowhere/at/all.csv."),
        (("export", "secrets", "--to", "x.csv"), "what to export is one of people, not secrets."),
        (("export", "people", "--to", "x.csv", "--format", "pdf"), "--format is one of csv, xlsx, not pdf."),
        (("export", "people", "--to", "x.csv", "--state", "gone"), "--state is one of member, left, all"),
    ],
)
def test_a_mistake_is_one_plain_sentence(terminal: Terminal, words: tuple[str, ...], says: str) -> None:
    given = [str(terminal.list) if word == "LIST" else word for word in words]
    code, printed, beside = terminal.heard(*given)
    assert (code, printed) == (2, "")
    assert says in beside
    assert beside.count("\n") == 1
