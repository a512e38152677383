"""The soak itself: it takes texts in, and it would notice a consent that nobody gave."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bench.reading.may import may_change
from bench.reading.soak import soak
from bench.reading.spoilt import Spoilt, spoilt


async def test_it_takes_texts_in() -> None:
    found = await soak(24, seed=3)
    assert (found.texts, dict(found.raised)) == (24, {})


def test_the_same_seed_makes_the_same_texts() -> None:
    texts = [one.text for one in spoilt(50, seed=5)]
    assert texts == [one.text for one in spoilt(50, seed=5)]
    assert texts != [one.text for one in spoilt(50, seed=6)]


@pytest.mark.parametrize(
    ("text", "at", "given", "may"),
    [
        ("1", "join.agree", True, True),
        ("yes I am 40", "join.agree", True, True),
        ("JOIN", None, True, True),
        ("START", None, True, True),
        ("rhubarb", "join.agree", True, False),
        ("ok", "join.agree", True, False),
        ("yes", "looks_after.ask", True, False),
        ("stop texting me", "looks_after.ask", False, True),
        ("LEAVE", None, False, True),
        ("wrong number", None, False, True),
        ("no", "join.agree", False, True),
        ("yes", "perhaps_stop.ask", False, True),
        ("don't stop", "looks_after.ask", False, False),
        ("no", "looks_after.ask", False, False),
        ("rhubarb", None, False, False),
    ],
)
def test_it_knows_what_may_change_consent(text: str, at: str | None, *, given: bool, may: bool) -> None:
    flow, _dot, step = (at or "").partition(".")
    standing: Any = SimpleNamespace(flow=flow, step=step) if at else None
    assert may_change(Spoilt(text, "en", ()), standing, given=given) is may
