"""`heard poster`: as typed in a terminal."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from console import build
from tests import prepared
from tests.bank.printed import pictures, read_by_camera, text_of
from tests.terminal import heard


class Terminal:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def heard(self, *words: str) -> tuple[int, str]:
        """The exit code, and everything that was printed."""
        ended = heard(*words, data=self.folder / "var")
        return ended.code, ended.all

    def opens_a_code(self) -> None:
        prepared.installation(self.folder / "var")
        with closing(sqlite3.connect(self.folder / "var" / "heard.db")) as connection, connection:
            connection.execute("INSERT INTO codes (code, starts, joins, created_at) VALUES ('OAK', 0, 0, 0)")

    def acts(self) -> list[str]:
        with closing(sqlite3.connect(self.folder / "var" / "heard.db")) as connection:
            return [act for (act,) in connection.execute("SELECT act FROM audit ORDER BY id")]


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    build.build()
    made = Terminal(tmp_path)
    made.opens_a_code()
    return made


def test_a_poster_is_written_where_it_is_wanted(terminal: Terminal, tmp_path: Path) -> None:
    to = tmp_path / "oak.pdf"
    assert terminal.heard("poster", "oak", "--size", "a5", "--language", "pl", "--to", str(to)) == (
        0,
        f"It is in {to}.\n",
    )
    assert read_by_camera(pictures(to.read_bytes(), "command"))[0] == "SMSTO:+447700900999:JOIN OAK"
    assert "Pomóż nam" in text_of(to.read_bytes())
    assert terminal.acts() == ["poster_made"]


def test_for_scripts_it_says_what_it_made(terminal: Terminal, tmp_path: Path) -> None:
    to = tmp_path / "form.pdf"
    code, printed = terminal.heard("poster", "OAK", "--kind", "form", "--to", str(to), "--json")
    told = json.loads(printed)
    assert code == 0
    assert told == told | {"file": str(to), "code": "OAK", "kind": "form", "size": "a4", "language": "en"}
    assert told["bytes"] == to.stat().st_size
    assert f"Agreement {told['agreement']}" in text_of(to.read_bytes())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("ELM",), "There is no join code like that."),
        (("OAK", "--kind", "mug"), "--kind is one of poster, form, cards"),
        (("OAK", "--size", "a6"), "--size one of a4, a5"),
        (("OAK", "--kind", "cards", "--size", "a5"), "The form and the cards are made for A4 only."),
        (("OAK", "--language", "cy"), "We do not write in that language here."),
    ],
)
def test_a_mistake_is_one_plain_sentence(terminal: Terminal, tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    to = tmp_path / "made.pdf"
    code, printed = terminal.heard("poster", *words, "--to", str(to))
    assert (code, says in printed, printed.count("\n"), to.exists()) == (2, True, 1, False)


def test_a_folder_that_is_not_there_is_said_before_anything_is_made(terminal: Terminal, tmp_path: Path) -> None:
    code, printed = terminal.heard("poster", "OAK", "--to", str(tmp_path / "nowhere" / "oak.pdf"))
    assert (code, "--to is a file in a folder that is there" in printed) == (2, True)
    assert terminal.acts() == []
