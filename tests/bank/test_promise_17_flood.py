"""A flood from one sender: a thousand texts in ten seconds are all kept, and cost hardly any replies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bank import intake
from channels.message import Kind
from storage import messages_in
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING, Somebody

FLOOD, WINDOW = 1000, timedelta(seconds=10)
MOST = 2
PICTURE: dict[str, Any] = {"kind": Kind.MEDIA, "media": 1}

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
