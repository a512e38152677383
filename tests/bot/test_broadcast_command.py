"""`heard broadcast`: as typed in a terminal, beside the service."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bank import wall_time
from bot import keys, mailing
from bot.house import open_house
from bot.settings import Settings
from storage import meetings, outbox
from storage.meetings import MeetingKind, MeetingState, Way
from storage.store import Store, Tx, open_store
from tests import prepared
from tests.bank.members import crowd
from tests.conversations.gathering import WORDS
from tests.terminal import heard

NEWS = """
name = "A meeting"
due_at = 2030-11-26T14:00:00
expires_hours = 48
[words]
en = "{council}: hello {name}. We meet on Tuesday 3 December 2030 at 2pm. {stop}"
"""


class Terminal:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "news.toml"
        self.data = folder / "data"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.data / 'heard.db'}"

    def heard(self, *words: str) -> tuple[int, str]:
        """The exit code of `heard broadcast ...`, and everything that was printed."""
        ended = heard("broadcast", *words, data=self.data)
        return ended.code, ended.all

    def told(self, *words: str) -> tuple[int, Any]:
        """The same with JSON."""
        code, printed = self.heard(*words, "--json")
        return code, json.loads(printed)


@pytest.fixture
async def terminal(tmp_path: Path) -> Terminal:
    """With five members."""
    there = Terminal(tmp_path)
    prepared.installation(there.data)
    there.file.write_text(NEWS)
    store = open_store(there.url, prepared.keys())
    await keys.prove(store)
    await store.write(lambda tx: crowd(tx, 5))
    await store.close()
    return there


async def tally(there: Terminal) -> dict[str, int]:
    store: Store = open_store(there.url, keys.keys_in(there.data / "keys"))
    try:
        return await store.read(outbox.tally)
    finally:
        await store.close()


async def test_a_file_is_checked_and_nothing_of_it_is_kept(terminal: Terminal) -> None:
    code, found = terminal.told("check", str(terminal.file))
    assert (code, found["ready"], found["reaches"], found["cost_pence"]) == (0, True, {"sms": 5}, 5 * 2 * 2.4)
    assert found["languages"]["en"]["without_a_name"].startswith("Ashdale Council: hello. We meet")
    assert terminal.told("send", str(terminal.file), "--dry-run") == (0, found)
    assert terminal.told("list") == (0, [])
    code, printed = terminal.heard("check", str(terminal.file))
    assert code == 0
    assert "Ashdale Council: hello Asha." in printed


async def test_it_goes_is_held_goes_on_and_is_taken_back(terminal: Terminal) -> None:
    terminal.file.write_text(NEWS.replace("due_at = 2030-11-26T14:00:00\n", ""))
    code, sent = terminal.told("send", str(terminal.file))
    assert (code, sent["state"]) == (0, "queueing")
    async with open_house(Settings(data_dir=terminal.data)) as house:
        await mailing.queue_all(house)
    assert await tally(terminal) == {"queued": 5}
    code, found = terminal.told("show", sent["token"])
    assert (found["state"], found["progress"]["queued"], found["progress"]["people"]) == ("going", 5, 5)
    for how, state in (("hold", "held"), ("release", "going"), ("hold", "held"), ("cancel", "canceled")):
        assert terminal.told(how, sent["token"])[1]["state"] == state
    assert await tally(terminal) == {"canceled": 5}
    code, printed = terminal.heard("show", sent["token"], "--watch")
    assert code == 0
    assert "canceled canceled" in printed
    assert [one["token"] for one in terminal.told("list")[1]] == [sent["token"]]
    code, printed = terminal.heard("hold", sent["token"])
    assert (code, printed) == (2, "It is not being sent.\n")


async def test_what_is_to_be_mended_is_said_and_nothing_is_kept(terminal: Terminal) -> None:
    terminal.file.write_text(NEWS.replace("{stop}", "{stopp}"))
    code, printed = terminal.heard("send", str(terminal.file))
    assert code == 1
    assert printed.startswith("It was not sent. Nothing of it is kept.\nen: There is no {stopp}.")
    assert terminal.told("list") == (0, [])
    assert terminal.heard("check", str(terminal.file))[0] == 1


async def test_a_crowd_waits_for_a_second_person_s_yes(terminal: Terminal) -> None:
    store = open_store(terminal.url, keys.keys_in(terminal.data / "keys"))

    def more(tx: Tx) -> None:
        crowd(tx, 100)

    await store.write(more)
    await store.close()
    code, sent = terminal.told("send", str(terminal.file))
    assert (code, sent["state"], sent["check"]["approvals_missing"]) == (1, "waiting", ["second"])
    code, printed = terminal.heard("send", sent["token"])
    assert code == 1
    assert "waits for a yes from: a second person" in printed


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("name = ", "is not TOML"),
        ('name = "News"', "words: Field required."),
        (NEWS.replace("expires_hours", "expire_hours"), "expire_hours: Extra inputs are not permitted."),
        (NEWS + '[rule]\nequality = ["x"]\n', "rule: it cannot be read (equality)."),
        ('project = "nothing"\n' + NEWS, "There is no project nothing."),
    ],
)
async def test_a_file_that_cannot_be_read_is_told_in_a_sentence(terminal: Terminal, given: str, says: str) -> None:
    terminal.file.write_text(given)
    code, printed = terminal.heard("check", str(terminal.file))
    assert code == 2
    assert says in printed
    assert len(printed.splitlines()) == 1


async def test_what_is_not_there_is_said(terminal: Terminal) -> None:
    assert terminal.heard("show", "nothing") == (
        2,
        "There is no broadcast nothing, and no such file. See: heard broadcast list.\n",
    )
    assert terminal.heard("check", "no.toml") == (2, "The file no.toml cannot be read.\n")


TO_MEETING = """
name = "Come to the carers' space"
kind = "invitation"
meeting = "{token}"
[words]
en = "{{council}}: {{meeting}}. {{day}}, {{time}}, {{where}}. {{stop}} Coming?"
"""


async def test_a_file_invites_to_a_meeting(terminal: Terminal) -> None:
    store: Store = open_store(terminal.url, keys.keys_in(terminal.data / "keys"))
    when: dict[str, Any] = {"on_day": "2030-12-03", "at_time": "14:00", "zone": "Europe/London", "minutes": 60}
    now = datetime.now(UTC)
    about: dict[str, Any] = {"kind": MeetingKind.SPACE, "state": MeetingState.OPEN, "way": Way.IN_PERSON}
    times = {**when, **wall_time.moments(**when), "created_at": now, "changed_at": now}
    await store.write(lambda tx: meetings.add(tx, token="the-space", words=dict(WORDS), **about, **times))
    await store.close()
    terminal.file.write_text(TO_MEETING.format(token="the-space"))
    code, found = terminal.told("check", str(terminal.file))
    assert (code, found["mend"], found["reaches"]) == (0, [], {"sms": 5})
    assert "Carers' space. Tuesday 3 December, 2pm, Oak Hall" in found["languages"]["en"]["text"]
    terminal.file.write_text(TO_MEETING.format(token="no-such-one"))
    assert "There is no meeting no-such-one." in terminal.heard("check", str(terminal.file))[1]
    terminal.file.write_text(TO_MEETING.format(token="the-space").replace("invitation", "message"))
    assert "only an invitation has one" in terminal.heard("check", str(terminal.file))[1]
