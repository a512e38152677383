"""Cost: segments are counted as Twilio counts them, and nothing ever costs more than the check said it could."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bank import broadcast_going, broadcasts
from bank.broadcast_check import check
from bank.broadcast_words import LONGEST_NAME, Script, called, segments
from channels.message import Channel
from language.sms import length
from storage import broadcasts as kept
from storage.store import Store, Tx
from tests.bank.ashdale import MORNING
from tests.bank.members import crowd, sent
from tests.bank.writing import FREELY, PRICE, PRICED, WORDS, gone, manner, written
from tests.language.counted import TABLE


@pytest.mark.parametrize(("text", "encoding", "units", "count"), TABLE)
async def test_promise_23_the_check_and_the_charge_count_as_twilio_does(
    lite_store: Store, text: str, encoding: str, units: int, count: int
) -> None:
    """The very text goes: nobody of the team could write it so, but the count must hold for whatever they write."""
    found = length(text)
    assert (found.encoding, found.units, found.segments) == (encoding, units, count)

    def story(tx: Tx) -> tuple[int, int, int]:
        crowd(tx, 2)
        row = written(tx, {"en": text})
        (cost,) = check(tx, row, MORNING, FREELY, manners=manner).costs
        kept.change(tx, row.id, {"state": "queueing"})
        went = all_of(tx, row.id)
        return cost.usual, cost.tenths, went

    assert await lite_store.write(story) == (count, 2 * count * PRICE, 2 * count * PRICE)


def all_of(tx: Tx, row_id: int) -> int:
    """What was charged, once it all went."""
    while broadcasts.queue_more(tx, row_id, MORNING, FREELY):
        pass
    for sender in Channel:
        while sent(tx, own=PRICED, sender=sender, whose=FREELY):
            pass
    return int(kept.get(tx, row_id).spent)


async def test_promise_23_what_was_shown_is_what_is_charged(store: Store) -> None:
    """Two languages, on three channels, with choices, at one price for a segment and for a message."""
    prices = dict.fromkeys(Channel, PRICE)

    def story(tx: Tx) -> tuple[int, int, int]:
        for channel in Channel:
            crowd(tx, 3, channel)
            crowd(tx, 2, channel, language="pl")
        words = {tag: text.replace("{name}", "") for tag, text in WORDS.items()}
        row = written(tx, words, choices=({"en": "Yes", "pl": "Tak"}, {"en": "No", "pl": "Nie"}))
        told = check(tx, row, MORNING, FREELY, manners=manner, prices=prices)
        broadcast_going.let_go(tx, None, row, MORNING, FREELY, manners=manner, prices=prices)
        return all_of(tx, row.id), told.tenths, kept.get(tx, row.id).counted["tenths"]

    charged, shown, counted = await store.write(story)
    assert charged == shown == counted


async def test_promise_23_a_name_in_other_letters_is_counted_before_it_goes(lite_store: Store) -> None:
    def story(tx: Tx) -> tuple[int, int, int]:
        crowd(tx, 1, name="Ŵilliam")
        row = gone(tx, {"en": WORDS["en"] + " " + "Bring what you like to show. " * 3})
        (cost,) = check(tx, row, MORNING, FREELY, manners=manner).costs
        assert "Ŵilliam" in next(one.message.text for one in sent(tx, own=PRICED, whose=FREELY))
        return cost.usual * PRICE, kept.get(tx, row.id).spent, cost.tenths

    usual, spent, most = await lite_store.write(story)
    assert usual < spent <= most


_TEXTS = st.text(alphabet="ab €ŵ😀\u0301{\n", max_size=120).map(lambda text: text.replace("{", "{name}"))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(_TEXTS, st.text(max_size=40))
async def test_promise_23_no_name_ever_makes_it_dearer_than_was_said(text: str, name: str) -> None:
    class Row:
        kind, words, choices, formats, counted = "message", {"en": text}, None, None, None

    script = Script.now(Row(), FREELY, None)  # type: ignore[arg-type]  a stand-in for a row
    assert segments(script.for_one("en", name, None, sms=True)) <= script.most("en", None)


@given(st.text())
def test_promise_23_a_name_takes_no_more_room_than_was_kept_for_it(name: str) -> None:
    assert len(called(name).encode("utf-16-le")) // 2 <= LONGEST_NAME
