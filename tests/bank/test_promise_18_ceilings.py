"""Ceilings: what nobody asked for never costs more in a day, or in one broadcast, than it may. Answers always go."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bank import broadcast_going, broadcasts, delivery
from bank.limits import Limits
from channels.message import Accepted, Concern, Outcome
from storage import broadcasts as kept
from storage import outbox, spending
from storage.broadcasts import BroadcastState
from storage.keys import KeyRing
from storage.outbox import Priority
from storage.store import Store, Tx, open_store
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.members import begun, claimed, crowd, sent, written_to_all
from tests.bank.posting import LATER, UNKNOWN, joined, refused, tell
from tests.bank.test_promise_8_replies_overtake import a_stranger

DAY = timedelta(days=1)
TODAY = MORNING.date().isoformat()
TWO_SEGMENTS = ("Some long news. " * 30)[:300]
# Tenths of a penny: a segment costs 4p, a day 2 pounds.
FIFTY_A_DAY = Limits(price=40, a_day=2000)
PRICED = Limits(price=40)
NO_CAP = replace(ASHDALE, most_a_week=0)


@pytest.mark.parametrize(("text", "most", "cost"), [("News.", 50, 2000), (TWO_SEGMENTS, 25, 2000)])
@pytest.mark.parametrize("at_once", [7, 100])
async def test_promise_18_a_day_costs_no_more_than_it_may(
    lite_store: Store, text: str, most: int, cost: int, at_once: int
) -> None:
    def story(tx: Tx) -> tuple[int, int, dict[str, int]]:
        crowd(tx, 80)
        written_to_all(tx, text)
        went = [one for _ in range(30) for one in sent(tx, limit=at_once, own=FIFTY_A_DAY)]
        return len(went), spending.of(tx, "sms", TODAY), outbox.tally(tx)

    assert await lite_store.write(story) == (most, cost, {"accepted": most, "queued": 80 - most})


async def test_promise_18_a_day_s_ceiling_holds_on_both_databases_and_the_rest_goes_the_next_day(store: Store) -> None:
    ten_a_day = Limits(price=40, a_day=419)  # nineteen tenths of a penny are left, and buy nothing

    def story(tx: Tx) -> tuple[list[int], list[int]]:
        crowd(tx, 25)
        written_to_all(tx)
        days = [[len(sent(tx, MORNING + day * DAY, own=ten_a_day)) for _ in range(3)] for day in range(3)]
        return [sum(day) for day in days], [spending.of(tx, "sms", f"2026-11-{23 + day}") for day in range(3)]

    assert await store.write(story) == ([10, 10, 5], [400, 400, 200])


async def test_promise_18_answers_and_safety_go_though_the_day_s_money_is_gone(store: Store) -> None:
    nothing_left = Limits(price=40, a_day=40)

    def story(tx: Tx) -> tuple[int, list[str]]:
        asha, ben = a_stranger(tx), a_stranger(tx)
        crowd(tx, 3)
        written_to_all(tx)
        went = len(sent(tx, own=nothing_left))
        tell(tx, asha, "an answer")
        tell(tx, ben, "about safety", Priority.SAFETY)
        return went, [one.message.text for one in sent(tx, own=nothing_left)]

    assert await store.write(story) == (1, ["an answer", "about safety"])


async def test_promise_18_what_answers_cost_is_not_there_for_news(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, int]:
        people = [joined(tx) for _ in range(3)]
        crowd(tx, 20)
        for one in people:
            tell(tx, one, "an answer")
        written_to_all(tx)
        went = sent(tx, own=Limits(price=40, a_day=400))
        return len(went), sum(one.message.text == "an answer" for one in went)

    assert await store.write(story) == (10, 3)


@pytest.mark.parametrize(
    ("outcome", "spent"),
    [
        pytest.param(Accepted("SM1"), 40, id="taken"),
        pytest.param(UNKNOWN, 40, id="perhaps taken"),
        pytest.param(refused(Concern.CONTENT), 0, id="refused"),
        pytest.param(LATER, 0, id="put off"),
    ],
)
async def test_promise_18_what_the_provider_did_not_take_costs_nothing(
    store: Store, outcome: Outcome, spent: int
) -> None:
    def story(tx: Tx) -> tuple[int, int]:
        crowd(tx, 1)
        news = written_to_all(tx, ceiling=1000)
        (one,) = claimed(tx, own=PRICED)
        assert (spending.of(tx, "sms", TODAY), kept.get(tx, news).spent) == (40, 40)
        delivery.settle(tx, {one.id: outcome}, MORNING, ASHDALE)
        return spending.of(tx, "sms", TODAY), kept.get(tx, news).spent

    assert await store.write(story) == (spent, spent)


async def test_promise_18_what_a_stop_took_back_costs_nothing_and_another_may_go(store: Store) -> None:
    one_a_day = Limits(price=40, a_day=40)

    def story(tx: Tx) -> tuple[int, int]:
        asha = joined(tx)
        written_to_all(tx)
        (one,) = claimed(tx, own=one_a_day)
        asha.says(tx, "STOP")
        delivery.settle(tx, {one.id: LATER}, MORNING, ASHDALE)
        assert asha.states(tx)[-2] == "canceled"
        crowd(tx, 2)
        written_to_all(tx)
        spent = spending.of(tx, "sms", TODAY)
        return spent, sum(
            sent_one.message.text.startswith("News") for sent_one in sent(tx, own=Limits(price=1, a_day=40))
        )

    assert await store.write(story) == (0, 2)


async def test_promise_18_a_broadcast_costs_no_more_than_it_may_and_nothing_else_waits_for_it(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str], dict[str, int], str]:
        crowd(tx, 30)
        first = written_to_all(tx, "First.", ceiling=400)
        written_to_all(tx, "Second.")
        went = [one.message.text for _ in range(12) for one in sent(tx, limit=5, own=PRICED, whose=NO_CAP)]
        return went, outbox.tally(tx), kept.get(tx, first).state

    went, tally, state = await store.write(story)
    assert went == ["First."] * 10 + ["Second."] * 30
    assert tally == {"accepted": 40, "held": 20}
    assert state == BroadcastState.HELD


async def test_promise_18_what_is_held_goes_on_when_somebody_lets_it(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, int, dict[str, int]]:
        crowd(tx, 30)
        news = written_to_all(tx, ceiling=400)
        assert len(sent(tx, own=PRICED)) == 10
        assert sent(tx, MORNING + DAY, own=PRICED) == []
        while broadcasts.release(tx, news, ceiling=1000):
            pass
        while broadcasts.queue_more(tx, news, MORNING, ASHDALE):
            pass
        went = len(sent(tx, own=PRICED))
        return went, kept.get(tx, news).spent, outbox.tally(tx)

    assert await store.write(story) == (15, 1000, {"accepted": 25, "held": 5})


async def test_promise_18_somebody_stops_a_broadcast_and_nobody_more_gets_it(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, list[object], int]:
        crowd(tx, 10)
        news = begun(tx, {"en": "News."}, MORNING)
        assert broadcasts.queue_more(tx, news, MORNING, ASHDALE, most=4)
        sent(tx, limit=1)
        broadcast_going.hold(tx, None, kept.get(tx, news), MORNING)
        more = broadcasts.queue_more(tx, news, MORNING, ASHDALE)
        assert not more
        stopped: list[object] = list(sent(tx))
        broadcasts.release(tx, news, None)
        while broadcasts.queue_more(tx, news, MORNING, ASHDALE):
            pass
        return outbox.tally(tx)["accepted"], stopped, len(sent(tx))

    assert await store.write(story) == (1, [], 9)


async def test_promise_18_two_senders_at_once_do_not_spend_the_same_money(
    store: Store, database_url: str, keys: KeyRing
) -> None:
    """One broadcast, members on two channels, each channel drained by a process of its own."""
    other = open_store(database_url, keys)

    def begin(tx: Tx) -> int:
        crowd(tx, 40)
        crowd(tx, 40, "whatsapp")
        return written_to_all(tx, ceiling=1000)

    async def drained(whose: Store, sender: str) -> int:
        went = 0
        for _ in range(10):
            went += len(await whose.write(lambda tx: claimed(tx, limit=3, own=PRICED, sender=sender)))
        return went

    try:
        news = await store.write(begin)
        went = await asyncio.gather(drained(store, "sms"), drained(other, "whatsapp"))
        assert sum(went) == 25
        assert (await store.read(lambda tx: kept.get(tx, news))).spent == 1000
    finally:
        await other.close()


@pytest.mark.parametrize("at_once", [3, 50])
async def test_promise_18_with_names_of_all_lengths_it_costs_no_more_than_it_may(store: Store, at_once: int) -> None:
    """Each message is charged as it goes, and some take more segments than others."""
    text = "{council}: hello {name}. " + "We meet on Tuesday. " * 6 + "{stop}"
    names = ("Jo", "Bartholomew", "Ŵilliam", None)

    def story(tx: Tx) -> tuple[int, bool, str]:
        for name in names * 5:
            crowd(tx, 1, name=name)
        news = written_to_all(tx, text, ceiling=1000)
        went = [one for _ in range(20) for one in sent(tx, limit=at_once, own=PRICED, whose=NO_CAP)]
        row = kept.get(tx, news)
        return row.spent, row.spent == 40 * sum(one.units for one in went), row.state

    spent, fits, state = await store.write(story)
    assert spent <= 1000
    assert (fits, state) == (True, BroadcastState.HELD)
