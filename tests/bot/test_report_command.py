"""`heard report`: as typed in a terminal."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import docx
import pytest

from bank import spreadsheet
from tests import prepared
from tests.terminal import heard


class Terminal:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def heard(self, *words: str) -> tuple[int, str]:
        """The exit code, and everything that was printed."""
        ended = heard(*words, data=self.folder / "var", folder=self.folder)
        return ended.code, ended.all

    def acts(self) -> list[str]:
        with closing(sqlite3.connect(self.folder / "var" / "heard.db")) as connection:
            return [act for (act,) in connection.execute("SELECT act FROM audit ORDER BY id")]


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    made = Terminal(tmp_path)
    prepared.installation(tmp_path / "var")
    return made


def test_the_figures_of_some_months_are_written_to_a_file(terminal: Terminal) -> None:
    ended = terminal.heard("report", "--from", "2026-01", "--to", "2026-03")
    assert ended == (0, "January 2026 to March 2026 is in heard-report-2026-01-to-2026-03.csv.\n")
    sheet = spreadsheet.read((terminal.folder / "heard-report-2026-01-to-2026-03.csv").read_bytes())
    assert "First contacts who became members" in {row[0] for _number, row in sheet.rows}
    assert terminal.acts() == ["exported"]


def test_the_committee_s_draft_is_a_word_file(terminal: Terminal) -> None:
    to = terminal.folder / "draft.docx"
    code, printed = terminal.heard("report", "--format", "docx", "--file", str(to), "--json")
    told = json.loads(printed)
    assert (code, told["file"], told["format"]) == (0, str(to), "docx")
    written = docx.Document(io.BytesIO(to.read_bytes()))
    assert written.paragraphs[0].text.startswith("Working together: ")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--from", "2026-03", "--to", "2026-01"), "The first month must not come after the last"),
        (("--from", "2026-03"), "Enter both months with a year"),
        (("--format", "odt"), "--format is one of csv, xlsx, pdf, docx, not odt."),
        (("--file", "nowhere/report.csv"), "--file is a file in a folder that is there"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(terminal: Terminal, words: tuple[str, ...], says: str) -> None:
    code, printed = terminal.heard("report", *words)
    assert code == 2
    assert says in printed
    assert terminal.acts() == []
