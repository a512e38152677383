"""`heard meeting`: as typed in a terminal, beside the service."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot import meeting_file
from bot.settings import SettingsMistake
from tests import prepared
from tests.terminal import heard

SPACE = """
kind = "space"
on_day = 2030-12-03
at_time = 14:00:00
repeats = "monthly_weekday"
capacity = 15
[words.title]
en = "Carers' space"
[words.place]
en = "Oak Hall"
[words.find]
en = "by Aldi"
"""


class Terminal:
    def __init__(self, folder: Path) -> None:
        self.file = folder / "space.toml"
        self.file.write_text(SPACE)
        self._data = folder / "data"
        prepared.installation(self._data)

    def heard(self, *words: str) -> tuple[int, str]:
        """The exit code of `heard meeting ...`, and everything that was printed."""
        ended = heard("meeting", *words, data=self._data)
        return ended.code, ended.all

    def told(self, *words: str) -> Any:
        """What it prints as JSON."""
        code, printed = self.heard(*words, "--json")
        assert code == 0, printed
        return json.loads(printed)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


def test_a_monthly_meeting_from_its_file_to_its_end(terminal: Terminal) -> None:
    added = terminal.told("add", str(terminal.file), "--open")
    assert (added["state"], added["title"], added["starts_at"]) == (
        "open",
        "Carers' space",
        "2030-12-03T14:00:00+00:00",
    )
    token = added["token"]
    following = terminal.told("like", token)
    assert (following["state"], following["on_day"]) == ("draft", "2031-01-07")
    assert terminal.told("open", following["token"])["state"] == "open"
    assert [one["token"] for one in terminal.told("list")] == [token, following["token"]]
    code, printed = terminal.heard("show", token)
    assert code == 0
    assert "Tuesday 3 December, 2pm to 4pm" in printed
    assert "Oak Hall, by Aldi" in printed
    assert terminal.told("cancel", token, "--why", "en=The hall is flooded")["state"] == "canceled"
    assert terminal.told("show", token)["words"]["why"] == {"en": "The hall is flooded"}


def test_what_cannot_be_done_is_said_in_a_sentence(terminal: Terminal) -> None:
    assert terminal.heard("show", "nothing") == (2, "There is no meeting nothing. See: heard meeting list.\n")
    added = terminal.told("add", str(terminal.file))
    code, printed = terminal.heard("cancel", added["token"], "--why", "The hall is flooded")
    assert (code, printed) == (2, 'Say the language of each reason: --why "en=The hall is flooded".\n')
    terminal.told("open", added["token"])
    code, printed = terminal.heard("open", added["token"])
    assert (code, printed) == (2, "It does not stand so that this can be done. See: heard meeting list.\n")


def test_a_meeting_that_cannot_be_open_is_not_kept(terminal: Terminal) -> None:
    terminal.file.write_text(SPACE.replace("2030-12-03", "2020-12-03"))
    code, printed = terminal.heard("add", str(terminal.file), "--open")
    assert (code, printed) == (2, "Enter a day and a time that are to come. Nothing was changed.\n")
    assert terminal.told("list") == []


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("on_day = 2030-12-03", "words: Field required."),
        (SPACE.replace("[words.find]", "[words.parkign]"), "words: there is no parkign."),
        (SPACE.replace('"space"', '"party"'), "kind: Input should be"),
        ("on_day =", "is not TOML"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_in_a_sentence(tmp_path: Path, written: str, says: str) -> None:
    file = tmp_path / "space.toml"
    file.write_text(written)
    with pytest.raises(SettingsMistake, match=re.escape(says)):
        meeting_file.read(file)
