"""A flow: its word begins it, its questions are asked, its end raises what it should; and the checker walks it."""

from __future__ import annotations

from tests.recipes.followed import Followed


def test_it_is_found_and_played(followed: Followed) -> None:
    followed.works("A flow")
    assert followed.passed["tests/conversations/test_parking.py"] == 2
    assert "\n0 to mend, " in followed.said[".venv/bin/heard check"]
