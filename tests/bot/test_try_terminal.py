"""`heard try`: a phone in the terminal, talked to through a pipe."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal import Ended, heard


def talk(*lines: str, channel: str = "sms", language: str = "en", home: Path) -> Ended:
    words = ("try", "--channel", channel, "--language", language)
    return heard(*words, data=home / "var", text="\n".join(lines).encode(), TMPDIR=str(home), NO_COLOR="1")


def said_in_order(output: str, *parts: str) -> None:
    place = 0
    for part in parts:
        found = output.find(part, place)
        assert found >= 0, f"{part!r} is missing after:\n{output[:place]}\nin:\n{output[place:]}"
        place = found + len(part)


def test_somebody_joins_by_text(tmp_path: Path) -> None:
    done = talk("join", "yes", "1", "Asha", "/quit", "not read any more", home=tmp_path)
    assert done.code == 0
    said_in_order(
        done.out,
        "A new person's SMS, with Ashdale Council. To begin, write: JOIN",
        "You, ",
        "  join",
        "Ashdale Council, ",
        "  1 Yes\n  2 Tell me more\n  3 No",
        "GSM-7, 1 text (155 characters)",
        "Thank you, Asha.",
    )
    assert "not read any more" not in done.out


def test_buttons_and_time_on_telegram(tmp_path: Path) -> None:
    lines = ("/start", "!9", "!1", "/later tomorrow", "/later 1d", "/later morning")
    done = talk(*lines, channel="telegram", home=tmp_path)
    assert done.code == 0
    said_in_order(
        done.out,
        "To begin, write: /start",
        "  !1 Yes\n  !2 Tell me more\n  !3 No",
        "There is no button 9.",
        "  Yes\n",
        "!1 Yes, and I am 18 or over",
        "How long? /later 1h",
        "It is ",
        "You began to join us.",
    )
    assert "GSM-7" not in done.out


def test_nothing_of_it_is_kept(tmp_path: Path) -> None:
    talk("join", home=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"channel": "fax"}, "There is no channel called fax. There are: sms, whatsapp, telegram."),
        ({"language": "tlh"}, "We cannot write in tlh yet. There are: en"),
    ],
)
def test_a_mistake_is_one_plain_sentence(given: dict[str, str], sentence: str, tmp_path: Path) -> None:
    done = talk("join", home=tmp_path, **given)
    assert done.code == 2
    assert sentence in done.err
    assert "Traceback" not in done.err
