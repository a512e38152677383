"""A flood from one sender: a thousand texts in ten seconds are all kept, and cost hardly any replies."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

import pytest

from bank import claims, intake
from channels.message import Kind
from storage import messages_in
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING, Somebody

FLOOD, WINDOW = 1000, timedelta(seconds=10)
MOST, OTHERS = 2, 40
PICTURE: dict[str, Any] = {"kind": Kind.MEDIA, "media": 1}


@dataclass
class Statements:
    """How many were asked of the database."""

    number: int = 0

    def one(self, _text: str) -> None:
        self.number += 1


@contextmanager
def counted(tx: Tx) -> Iterator[Statements]:
    statements, driver = Statements(), tx.connection.dbapi_connection
    assert driver is not None
    driver.set_trace_callback(statements.one)  # SQLite's own, so that prepared ones are counted too
    yield statements
    driver.set_trace_callback(None)


KINDS = [
    pytest.param(("blah blah",), {}, MOST, id="words that mean nothing"),
    pytest.param(("a", "bb", "ccc dd", "🙂🙂", "12345"), {}, MOST, id="different words that mean nothing"),
    pytest.param(("",), PICTURE, MOST, id="pictures"),
    pytest.param(("thanks",), {}, MOST, id="thanks"),
    pytest.param(("I am out of the office until Monday.",), {}, MOST, id="an automatic reply"),
    pytest.param(("he hits me",), {}, MOST, id="danger, each of which a person sees"),
    pytest.param(("hello",), {}, MOST, id="greetings"),
    pytest.param(("HELP",), {}, MOST, id="HELP"),
    pytest.param(("STOP",), {}, MOST, id="STOP"),
    pytest.param(("JOIN",), {}, MOST, id="JOIN"),
    pytest.param(("MENU",), {}, MOST, id="MENU"),
    pytest.param(("HELP", "MENU", "BACK"), {}, MOST, id="several words"),
    pytest.param(("JOIN", "MENU"), {}, 10, id="words that each move the conversation, until it is no conversation"),
]


@pytest.mark.parametrize(("texts", "more", "most"), KINDS)
async def test_promise_17_a_flood_costs_hardly_any_replies(
    lite_store: Store, texts: tuple[str, ...], more: dict[str, Any], most: int
) -> None:
    def flood(tx: Tx) -> tuple[int, int]:
        somebody, before = Somebody(), sum(messages_in.tally(tx).values())
        for number in range(FLOOD):
            message = somebody.writes(texts[number % len(texts)], **more)
            intake.take(tx, message, MORNING + WINDOW * number / FLOOD, ASHDALE)
        return sum(messages_in.tally(tx).values()) - before, len(somebody.heard(tx))

    kept, replies = await lite_store.write(flood)
    assert kept == FLOOD
    assert replies <= most


async def test_promise_17_others_are_answered_with_no_more_work_than_before(lite_store: Store) -> None:
    """And their answers are in the very next claim: the flood has left next to nothing in front of them."""

    def story(tx: Tx) -> tuple[list[int], list[int], list[float], list[float]]:
        def turns(now: datetime) -> tuple[list[int], list[float]]:
            made, took = [], []
            for _ in range(OTHERS):
                somebody, before = Somebody(), statements.number
                message, began = somebody.writes("JOIN"), time.process_time()
                intake.take(tx, message, now, ASHDALE)
                took.append(time.process_time() - began)
                made.append(statements.number - before)
            return made, took

        with counted(tx) as statements:
            turns(MORNING)  # whatever is done once only is done
            calm, calm_seconds = turns(MORNING)
            loud, half = Somebody(), FLOOD // 2
            for number in range(half):
                intake.take(tx, loud.writes(f"blah {number}"), MORNING + WINDOW * number / FLOOD, ASHDALE)
            flooded, flooded_seconds = turns(MORNING + WINDOW / 2)
            for number in range(half, FLOOD):
                intake.take(tx, loud.writes(f"blah {number}"), MORNING + WINDOW * number / FLOOD, ASHDALE)
        claimed = claims.claim(tx, "sms", MORNING + WINDOW, 3 * OTHERS + MOST, ASHDALE)
        assert len(claimed) >= 3 * OTHERS
        return calm, flooded, calm_seconds, flooded_seconds

    calm, flooded, calm_seconds, flooded_seconds = await lite_store.write(story)
    assert flooded == calm
    assert median(flooded_seconds) <= 1.5 * median(calm_seconds)
