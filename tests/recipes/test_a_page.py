"""A page: it opens for its roles, is nothing to the others, and the rule of all pages holds it too."""

from __future__ import annotations

from tests.recipes.followed import Followed


def test_it_opens_for_its_roles_alone(followed: Followed) -> None:
    followed.works("A page")
    assert followed.passed["tests/console/test_words.py"] == 2
