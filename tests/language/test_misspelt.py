"""Misspelt words of danger are heard, and words that only look like them are not."""

from __future__ import annotations

import pytest

from language.misspelt import mended
from language.reading import Meaning, Question
from language.understand import understand


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("wanna kil myslf", "wanna kill myself"),
        ("i wnt to die", "i want to die"),
        ("he hitts me", "he hits me"),
    ],
)
def test_letters_that_went_missing_are_put_back(said: str, meant: str) -> None:
    assert mended(said, "en") == meant
    assert understand(Question("open"), said, "en").meaning is Meaning.CRISIS


@pytest.mark.parametrize(
    "said", ["not coming anymore", "not rating, not reading, off the list please", "my neighbour shouts at the racing"]
)
def test_a_word_that_is_near_one_of_danger_is_no_cry(said: str) -> None:
    assert understand(Question("rsvp"), said, "en").meaning is not Meaning.CRISIS


def test_plain_words_are_left_as_they_are() -> None:
    assert mended("I want to do my hair", "en") is None


@pytest.mark.parametrize("said", ["k" * 100_000, "kil " * 50_000, "ż" * 100_000])
def test_nothing_long_takes_long(said: str) -> None:
    assert len(mended(said, "en") or "") <= 3 * 2000
