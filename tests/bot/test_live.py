"""`heard status --watch`: how Heard is running, in a terminal beside it, by reading alone."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from bank.running import Process, Running
from bot import live
from bot.command import cli
from bot.pulse import Pulse
from bot.settings import SettingsMistake
from channels.twilio.problems import TABLE
from storage import troubles
from storage.backlog import Waiting
from storage.outbox import Priority
from storage.store import Tx
from tests.bank.ashdale import MORNING
from tests.bot.town import Town

ASHA = "+447700900101"


@pytest.fixture
def screen() -> Console:
    return Console(file=StringIO(), width=140, force_terminal=False)


def shown(screen: Console) -> str:
    assert isinstance(screen.file, StringIO)
    return screen.file.getvalue()


async def test_it_shows_the_house_that_runs_beside_it(town: Town, screen: Console) -> None:
    await Pulse(town.house).beat()
    await town.texts(ASHA, "JOIN")
    await live.watch(town.house.settings, screen, times=1)
    assert "Heard, Ashdale Council" in shown(screen)
    for words in ("Texts (SMS)", "Replies", "messages in today", "dead letters"):
        assert words in shown(screen)
    assert ASHA not in shown(screen)


async def test_it_writes_nothing(town: Town, screen: Console) -> None:
    """SQLite counts each change that another connection makes."""
    file = town.house.settings.database_url.removeprefix("sqlite:///")
    with sqlite3.connect(file) as beside:
        before = beside.execute("PRAGMA data_version").fetchone()
        await live.watch(town.house.settings, screen, times=3, seconds=0)
        assert beside.execute("PRAGMA data_version").fetchone() == before
    beside.close()
    assert shown(screen).count("Heard, Ashdale Council") == 3


async def test_each_look_is_a_new_one(town: Town) -> None:
    """In a terminal the picture is drawn anew in its place."""
    terminal = Console(file=StringIO(), width=140, height=60, force_terminal=True)
    await live.watch(town.house.settings, terminal, times=2, seconds=0)
    assert "\x1b[1A" in shown(terminal), "it goes back up to draw over the last"


async def test_trouble_is_told_in_the_operators_sentence(town: Town, screen: Console) -> None:
    code, (_concern, sentence) = next((code, row) for code, row in TABLE.items() if code == "20003")

    def trouble(tx: Tx) -> None:
        troubles.note(tx, "sms", code, "configuration", live.Now()())

    await town.house.store.write(trouble)
    await live.watch(town.house.settings, screen, times=1)
    assert " ".join(sentence.split()[:4]) in shown(screen)


def test_what_is_wrong_comes_first(screen: Console) -> None:
    at = MORNING + timedelta(minutes=5)
    one = Process(1, ("web", "clock"), ("clock",), MORNING, at, silent=False)
    queue = [Waiting("sms", Priority.BULK, 10_000, 3, MORNING)]
    screen.print(live.picture(Running(at, [one], queue, {"in": 4, "accepted": 2}, 1, 2, {"alerts": at}, []), "Ashdale"))
    lines = shown(screen).splitlines()
    assert lines[:2] == ["Heard, Ashdale", "Nothing is sent: no worker runs."]
    for words in ("keeps time", "10000 or more", "5 minutes", "messages out today, accepted"):
        assert words in shown(screen)


def test_where_nothing_is_yet_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARD_DATA_DIR", str(tmp_path / "none"))
    done = CliRunner().invoke(cli, ["status", "--watch"])
    assert isinstance(done.exception, SettingsMistake)
    assert str(done.exception) == "There is no database here yet. Start Heard first, with heard run."
    assert not (tmp_path / "none").exists()


def test_ctrl_c_ends_it_without_a_word(monkeypatch: pytest.MonkeyPatch, screen: Console) -> None:
    def interrupted(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(live, "watch", interrupted)
    live.run(None, screen)  # type: ignore[arg-type]  it is not looked at
    assert shown(screen) == ""
