"""A setting: from the file, from a variable, listed, and refused in one sentence."""

from __future__ import annotations

from tests.recipes.followed import Followed
from tests.recipes.recipe import run


def test_it_is_read_and_listed(followed: Followed) -> None:
    followed.works("A setting")
    assert followed.passed["tests/bot/test_parking_spaces.py"] == 2


def test_a_command_refuses_what_it_cannot_be(followed: Followed) -> None:
    name = "HEARD_ORGANISATION__PARKING_SPACES"
    ended = run(followed.house, ".venv/bin/heard", "status", **{name: "many"})
    assert ended.returncode == 2
    assert ended.stderr == f"organisation.parking_spaces ({name}) must be a whole number.\n"
