"""Our calendar files, read by ical.js, the reader of Thunderbird (npm ical.js)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from bank import calendar_file, wall_time
from bank.calendar_file import Theirs
from storage.meetings import MeetingState, Way
from tests.bank.ashdale import ASHDALE
from tests.contracts.conftest import Node

pytestmark = pytest.mark.node

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
WORDS = {
    "title": {"en": "Carers' space; tea, and talk", "pl": "Spotkanie opiekunów"},
    "agenda": {"en": "A guest tells us about money.\nThen tea.", "pl": "Gość opowie o pieniądzach."},
    "place": {"en": "Oak Hall, Station Road"},
    "find": {"en": "by Aldi"},
    "link": {"en": "https://meet.ashdale.example/carers"},
    "dial_in": {"en": "01632 960123, code 4711"},
}
Read = Callable[[list[bytes]], list[dict[str, Any]]]


@pytest.fixture(scope="session")
def read(node: Node, node_modules: object) -> Read:
    """What each of these files says."""

    def reads(files: list[bytes]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(
            node.run("calendar.mjs", given=json.dumps([file.decode() for file in files]))
        )
        return found

    return reads


def meeting(on_day: str = "2026-12-03", at_time: str = "14:00", **more: Any) -> Any:
    """A meeting of two hours in London, as its row has it."""
    values = {
        "token": "c0ffee",
        "state": MeetingState.OPEN,
        "words": WORDS,
        "on_day": on_day,
        "at_time": at_time,
        "zone": "Europe/London",
        "minutes": 120,
        "way": Way.IN_PERSON,
        "sequence": 0,
        "changed_at": NOW,
        **wall_time.moments(on_day, at_time, "Europe/London", 120),
    }
    return SimpleNamespace(**values | more)


def test_it_says_what_when_and_where(read: Read) -> None:
    (said,) = read([calendar_file.written(meeting(), Theirs(), "en", ASHDALE, NOW)])
    assert said["summary"] == "Carers' space; tea, and talk"
    assert said["location"] == "Oak Hall, Station Road, by Aldi"
    assert "A guest tells us about money.\nThen tea." in said["description"]
    assert (said["starts"], said["ends"]) == ("2026-12-03T14:00:00.000Z", "2026-12-03T16:00:00.000Z")
    assert (said["zone"], said["zones"]) == ("Europe/London", ["Europe/London"])
    assert (said["method"], said["status"]) == ("PUBLISH", "CONFIRMED")
    assert said["longest"] <= 75


def test_a_change_and_a_cancellation_are_of_the_same_meeting(read: Read) -> None:
    moved = meeting("2026-12-10", sequence=1)
    canceled = meeting("2026-12-10", sequence=2, state=MeetingState.CANCELED)
    files = [calendar_file.written(one, Theirs(), "en", ASHDALE, NOW) for one in (meeting(), moved, canceled)]
    first, second, third = read(files)
    assert len({first["uid"], second["uid"], third["uid"]}) == 1
    assert [one["sequence"] for one in (first, second, third)] == [0, 1, 2]
    assert second["starts"] == "2026-12-10T14:00:00.000Z"
    assert (third["method"], third["status"]) == ("CANCEL", "CANCELLED")


@pytest.mark.parametrize(
    ("on_day", "starts"),
    [
        ("2026-03-28", "2026-03-28T14:00:00.000Z"),
        ("2026-03-29", "2026-03-29T13:00:00.000Z"),
        ("2026-10-24", "2026-10-24T13:00:00.000Z"),
        ("2026-10-25", "2026-10-25T14:00:00.000Z"),
    ],
)
def test_two_o_clock_is_two_o_clock_on_both_weekends_when_the_clocks_change(
    read: Read, on_day: str, starts: str
) -> None:
    (said,) = read([calendar_file.written(meeting(on_day), Theirs(), "en", ASHDALE, NOW)])
    assert said["wall"] == f"{on_day}T14:00:00"
    assert said["starts"] == starts


def test_who_comes_online_gets_the_link_and_not_the_hall(read: Read) -> None:
    hybrid = meeting(way=Way.HYBRID)
    there, online, either = read(
        [calendar_file.written(hybrid, Theirs(way), "en", ASHDALE, NOW) for way in (Way.IN_PERSON, Way.ONLINE, None)]
    )
    assert online["location"] == "https://meet.ashdale.example/carers"
    assert "01632 960123" in online["description"]
    assert there["location"].startswith("Oak Hall")
    assert "meet.ashdale" not in there["description"]
    assert "meet.ashdale" in either["description"]


def test_it_is_in_their_language(read: Read) -> None:
    (said,) = read([calendar_file.written(meeting(), Theirs(), "pl", ASHDALE, NOW)])
    assert said["summary"] == "Spotkanie opiekunów"
    assert said["description"].startswith("Gość opowie o pieniądzach.")


def test_where_our_pages_are_says_who_it_is_from() -> None:
    ours = replace(ASHDALE, public_url="https://heard.ashdale.example")
    file = calendar_file.written(meeting(), Theirs(), "en", ours, NOW).decode().replace("\r\n ", "")
    assert 'ORGANIZER;CN="Ashdale Council":https://heard.ashdale.example' in file
