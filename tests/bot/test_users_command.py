"""`heard user` and `heard audit`: as typed in a terminal, beside the service, and when nobody can sign in any more."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from tests import prepared
from tests.terminal import heard


class Terminal:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def heard(self, *words: str) -> tuple[int, str]:
        """The exit code, and everything that was printed."""
        ended = heard(*words, data=self.folder)
        return ended.code, ended.all

    def tamper(self, statement: str) -> None:
        with sqlite3.connect(self.folder / "heard.db") as connection:
            connection.execute(statement)
        connection.close()


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    prepared.installation(tmp_path)
    return Terminal(tmp_path)


ADA = ("user", "add", "--name", "Ada [bold]", "--login", "Ada", "--role", "administrator", "--role", "coordinator")


def link_in(printed: str) -> str:
    found = re.search(r"/welcome/([\w-]{43})\n", printed)
    assert found, printed
    return found[1]


def test_somebody_is_added_listed_and_given_a_new_link(terminal: Terminal) -> None:
    code, printed = terminal.heard(*ADA)
    assert code == 0
    assert printed.startswith("Ada [bold] comes in here, once, until ")
    first = link_in(printed)

    code, printed = terminal.heard("user", "list")
    assert code == 0
    assert re.search(r"Ada \[bold\]\W+ada\W+coordinator, administrator\W+invited", printed)
    assert first not in printed

    code, printed = terminal.heard("user", "link", "ADA")
    assert code == 0
    assert link_in(printed) != first
    assert terminal.heard("audit", "verify") == (
        0,
        "The audit is whole: 2 rows, and each fits to the one before it.\n",
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("user", "add", "--name", "Ada", "--login", "ada", "--role", "king"), "--role is one of coordinator"),
        (("user", "add", "--name", "Ada", "--login", "a b", "--role", "viewer"), "--login has 2 to 40 letters"),
        (("user", "link", "nobody"), "Nobody has the sign-in name nobody"),
    ],
)
def test_a_mistake_is_one_plain_sentence(terminal: Terminal, words: tuple[str, ...], says: str) -> None:
    code, printed = terminal.heard(*words)
    assert code == 2
    assert says in printed
    assert printed.count("\n") == 1


def test_a_sign_in_name_is_taken_once(terminal: Terminal) -> None:
    terminal.heard(*ADA)
    code, printed = terminal.heard(*ADA)
    assert (code, "already" in printed) == (2, True)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE audit SET act = 'wrote' WHERE id = 1", "row 1 was changed, or put in, after it was written"),
        ("DELETE FROM audit WHERE id = 1", "row 1 is missing"),
        ("DELETE FROM audit WHERE id = 2", "rows at the end are missing"),
        ("UPDATE audit SET details = NULL WHERE id = 1", "what row 1 said was taken out"),
    ],
)
def test_what_was_tampered_with_is_told(terminal: Terminal, statement: str, says: str) -> None:
    terminal.heard(*ADA)
    terminal.heard("user", "link", "ada")
    terminal.tamper(statement)
    code, printed = terminal.heard("audit", "verify")
    assert code == 1
    assert printed.startswith(f"The audit is not whole: {says}.")
