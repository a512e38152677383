"""A phone's thread as its screen shows it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bank.phones import Line
from channels.message import Channel, Message, Shown
from console.try_thread import ERASED, bubbles, carried

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (Shown("Thank you.", encoding="GSM-7", segments=1), "GSM-7, 1 text (10 characters)"),
        (Shown("ą" * 71, encoding="UCS-2", segments=2), "UCS-2, 2 texts (71 characters)"),
        (Shown("Thank you."), ""),
    ],
)
def test_what_a_text_takes_is_said_in_words(shown: Shown, words: str) -> None:
    assert carried(shown) == words


def show(message: Message) -> Shown:
    return Shown(message.text)


def test_each_day_is_named_once_as_people_here_know_it() -> None:
    late = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)  # half past midnight in London, in summer
    lines = [Line(late - timedelta(hours=1), "a"), Line(late, "b"), Line(late + timedelta(minutes=1), "c")]
    assert [(one.day, one.clock) for one in bubbles(lines, show, LONDON)] == [
        ("Monday 1 June", "11.30pm"),
        ("Tuesday 2 June", "12.30am"),
        ("", "12.31am"),
    ]


def test_what_was_erased_is_one_bubble() -> None:
    ours = Line(NOON, message=Message("t", "try-sms", Channel.SMS, "try-a", "We have stopped."))
    thread = bubbles([Line(NOON), Line(NOON), ours, Line(NOON), Line(NOON, "hello")], show, LONDON)
    assert [one.text for one in thread] == [ERASED, "We have stopped.", ERASED, "hello"]
    assert [one.erased for one in thread] == [True, False, True, False]
