"""What a voice is given to say."""

from __future__ import annotations

import pytest

from language.aloud import aloud


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("ring 999 now.", "ring 9 9 9 now."),
        ("0800 1111", "0 8 0 0, 1 1 1 1"),
        ("03069 990100 (8am to 6pm)", "0 3 0 6 9, 9 9 0 1 0 0, 8am to 6pm"),
        ("07700 900123", "0 7 7 0 0, 9 0 0 1 2 3"),
        ("5.30pm, Tuesday 24 November", "5:30pm, Tuesday 24 November"),
        ("17.00, wtorek 24 listopada", "17:00, wtorek 24 listopada"),
        ("press 1", "press 1"),
        ("in 10 days", "in 10 days"),
        ("£120.50", "£120.50"),
    ],
)
def test_numbers_and_times_are_heard_right(written: str, said: str) -> None:
    assert aloud(written) == said
