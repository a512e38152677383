"""A question kind: an answer is read, or asked for again."""

from __future__ import annotations

from tests.recipes.followed import Followed


def test_it_is_read_and_asked_for(followed: Followed) -> None:
    followed.works("A question kind")
    assert followed.passed["tests/conversations/test_plate.py"] == 4
