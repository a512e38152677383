"""A report: its figure is on the page and in the file, and is kept back where it could pick somebody out."""

from __future__ import annotations

from tests.recipes.followed import Followed


def test_its_figure_is_told(followed: Followed) -> None:
    followed.works("A report")
    assert followed.passed["tests/console/test_report_size.py"] == 2
