"""How many segments the fake Twilio says a text takes."""

from __future__ import annotations

import pytest

from channels.fakes.segments import segments

TEXTS = [
    ("nothing", "", 1),
    ("160 plain", "x" * 160, 1),
    ("161 plain", "x" * 161, 2),
    ("306 plain", "x" * 306, 2),
    ("307 plain", "x" * 307, 3),
    ("accents of the basic set", "\u00e9\u00e0\u00f1\u00a3" * 40, 1),
    ("a euro is two", "\u20ac" * 80, 1),
    ("81 euros", "\u20ac" * 81, 2),
    ("70 with a curly quote", "\u2019" + "x" * 69, 1),
    ("71 with a curly quote", "\u2019" + "x" * 70, 2),
    ("35 faces", "\U0001f600" * 35, 1),
    ("36 faces", "\U0001f600" * 36, 2),
    ("a backtick is not in the set", "`" + "x" * 70, 2),
]


@pytest.mark.parametrize(("_label", "text", "expected"), TEXTS, ids=[row[0] for row in TEXTS])
def test_segments(_label, text, expected):
    assert segments(text) == expected
