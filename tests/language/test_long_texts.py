"""A long text is looked at to its end for what matters most: danger, and a wish to stop."""

from __future__ import annotations

from time import process_time

import pytest

from language.danger import danger
from language.everywhere import Word, everywhere
from language.normal import LIMIT, LONGEST, windows

CHAT = "We went to the market and had a cup of tea. "
QUICK = 0.05  # seconds of work


def padded(said: str, before: int, after: int) -> str:
    return (CHAT * 1000)[:before] + f" {said} " + (CHAT * 1000)[:after]


@pytest.mark.parametrize("before", [0, 1990, 1995, 2000, 2100, 3900, 4080, 9000, 19_000, 100_000])
@pytest.mark.parametrize("after", [0, 150, 8000])
def test_danger_is_heard_wherever_it_stands(before: int, after: int) -> None:
    if before + after < LONGEST or min(before, after) < LONGEST // 2 - 20:
        assert danger(padded("he hits me every night", before, after), "en") == "hits me"


@pytest.mark.parametrize("before", [1980, 2000, 3000, 19_000, 60_000])
@pytest.mark.parametrize("said", ["please stop texting me.", "\nSTOP\nSent from my phone", "\nSTOP"])
def test_stop_is_heard_wherever_it_stands(before: int, said: str) -> None:
    assert everywhere(padded(said, before, 0), "en", asked=True) is Word.STOP


@pytest.mark.parametrize("said", ["at the bus stop", 'he said "stop texting me" to her', "\n> STOP\n", ""])
def test_a_long_text_without_either(said: str) -> None:
    text = padded(said, 5000, 300)
    assert danger(text, "en") is None
    assert everywhere(text, "en", asked=True) is None


def test_the_windows_hold_every_word() -> None:
    text = " ".join(f"word{number}" for number in range(1500))
    pieces = list(windows(text))
    assert max(map(len, pieces)) <= LIMIT
    assert {word for piece in pieces for word in piece.split()} == {*text.split()}


@pytest.mark.parametrize(
    "said", [CHAT * 1000, " \n" * 9000, '"' * 10_000, ">\n" * 9000, "fwd: " * 4000, "ﷺ" * 9000, "a" * 30_000]
)
def test_long_texts_are_quick(said: str) -> None:
    text = said[:10_000]
    taken = []
    for attempt in range(3):
        began = process_time()
        danger(f"{text}{attempt}", "en")
        everywhere(f"{text}{attempt}", "en", asked=True)
        taken.append(process_time() - began)
    assert min(taken) < QUICK
