"""The breaker: while our own set-up is wrong, messages wait, one tries now and then, and Today says what to mend."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from bank import trouble
from bank.limits import NONE
from bank.to_do import Urgency
from bot.breaker import Breaker
from channels.fakes.fault import Refuse
from channels.fakes.script import Script
from channels.message import Accepted, Concern, Outcome, Problem, Refused
from channels.twilio.outcomes import declined
from channels.twilio.problems import TABLE
from storage import outbox
from storage.staff import Role
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING, Somebody
from tests.bank.members import crowd, written_to_all
from tests.bank.posting import tell
from tests.bank.several_ways import hired
from tests.bank.test_promise_8_replies_overtake import a_stranger
from tests.bot.own_time import Drain, Seconds
from tests.bot.test_promise_4_sender import town_with
from tests.bot.town import OUR_WHATSAPP, Town

ASHA = "+447700900101"
OURS = Refused(Problem("21606", Concern.CONFIGURATION, "The number we send from is not ours."), whole_sender=True)


@asynccontextmanager
async def draining(store: Store) -> AsyncIterator[Drain]:
    drain = Drain.of(store, NONE)
    try:
        yield drain
    finally:
        await drain.stops()


def gaps(times: list[float]) -> list[float]:
    return [round(after - before) for before, after in pairwise(times)]


async def test_a_mistake_of_ours_puts_messages_back_and_one_tries_now_and_then(store: Store) -> None:
    """After 30 seconds, then after twice as long each time, and never longer than ten minutes."""
    await store.write(lambda tx: [tell(tx, a_stranger(tx), "an answer") for _ in range(3)])
    async with draining(store) as drain:
        drain.provider.answer = lambda _message: OURS
        await drain.as_far_as_it_can()
        assert len(drain.provider.calls) == 3, "these had been claimed together"
        assert await store.read(outbox.tally) == {"queued": 3}
        await drain.runs(2700)
        assert gaps(drain.provider.times[2:]) == [30, 60, 120, 240, 480, 600, 600]
        rows = await store.read(lambda tx: list(tx.execute(outbox.messages_out.select())))
        assert {(row.state, row.attempts, row.problem) for row in rows} <= {("queued", 0, "21606"), ("queued", 0, None)}


async def test_it_closes_when_one_is_accepted_and_all_go(store: Store) -> None:
    people = await store.write(lambda tx: [a_stranger(tx) for _ in range(20)])
    await store.write(lambda tx: [tell(tx, one, "an answer") for one in people])
    async with draining(store) as drain:
        drain.provider.answer = lambda _message: OURS
        await drain.runs(31)
        drain.provider.answer = lambda _message: None
        refused_so_far = len(drain.provider.calls)
        await drain.runs(61)
        assert len(drain.provider.calls) - refused_so_far == 20
        assert await store.read(outbox.tally) == {"accepted": 20}
        assert drain.sender._breaker.is_open is False


async def test_many_calls_that_were_under_way_together_count_as_one_mistake() -> None:
    seconds = Seconds()
    breaker = Breaker("sms", seconds)
    for _ in range(32):
        breaker.judge(OURS)
    seconds.move(29.9)
    assert breaker.room(10) == 0
    seconds.move(0.1)
    assert breaker.room(10) == 1


async def test_one_tries_at_a_time() -> None:
    seconds = Seconds()
    breaker = Breaker("sms", seconds)
    breaker.judge(OURS)
    seconds.move(30)
    assert breaker.room(10, calling=True) == 0
    assert breaker.room(10) == 1
    assert breaker.room(0) == 0
    breaker.judge(Accepted("SM1"))
    assert breaker.room(10, calling=True) == 10


def to_do(tx: Tx, role: Role) -> list[tuple[Urgency, str, str]]:
    return [(row.urgency, row.todo, row.who) for row in trouble.rows(tx, hired(tx, role.value, role), MORNING, ASHDALE)]


async def test_today_tells_the_team_what_to_mend(store: Store) -> None:
    await store.write(lambda tx: tell(tx, a_stranger(tx), "an answer"))
    async with draining(store) as drain:
        assert await store.write(lambda tx: to_do(tx, Role.COORDINATOR)) == []
        drain.provider.answer = lambda _message: OURS
        await drain.as_far_as_it_can()
    expected = [(Urgency.PROVIDER, "Messages do not go out: see why", "Texts (SMS)")]
    assert await store.write(lambda tx: to_do(tx, Role.ADMINISTRATOR)) == expected
    assert await store.write(lambda tx: to_do(tx, Role.VIEWER)) == []


ONE_NUMBER = {"21408", "21604", "21608", "21910", "63015"}


@pytest.mark.parametrize(
    "code", sorted(code for code, (concern, _) in TABLE.items() if concern is Concern.CONFIGURATION)
)
def test_only_a_mistake_that_stops_every_message_stops_the_sender(code: str) -> None:
    breaker = Breaker("sms", Seconds())
    outcome: Outcome = declined(400, code, {})
    judged = breaker.judge(outcome)
    assert breaker.is_open is (code not in ONE_NUMBER)
    assert (judged is outcome) is (code in ONE_NUMBER)


@pytest.mark.parametrize("concern", [one for one in Concern if one is not Concern.CONFIGURATION])
def test_what_is_about_one_message_never_stops_the_sender(concern: Concern) -> None:
    breaker = Breaker("sms", Seconds())
    refused = Refused(Problem("1", concern, "What the operator reads."))
    assert breaker.judge(refused) is refused
    assert not breaker.is_open


async def whatsapps(town: Town, number: str, text: str) -> None:
    webhook = f"{town.url}/webhooks/twilio/message"
    await town.twilio.person_sends(f"whatsapp:{number}", text, to=f"whatsapp:{OUR_WHATSAPP}", webhook_url=webhook)


async def test_a_wrong_number_for_texts_does_not_stop_whatsapp(tmp_path: Path) -> None:
    """And both go on when it is mended."""
    async with town_with(tmp_path, Script().to(ASHA, Refuse(21606), times=2)) as town:
        seconds = Seconds()
        town.house.senders["sms"]._breaker = Breaker("sms", seconds)
        await town.texts(ASHA, "HELP")
        await whatsapps(town, ASHA, "HELP")
        await town.house.drain()
        assert (await town.states(ASHA), len(town.got(f"whatsapp:{ASHA}"))) == (["queued"], 1)
        for wait, got in ((30, 0), (59, 0), (1, 1)):
            seconds.move(wait)
            town.now.move(seconds=wait)
            await town.house.drain()
            assert len(town.got(ASHA)) == got


async def test_a_country_that_is_switched_off_fails_that_message_only(tmp_path: Path) -> None:
    ben = "+447700900102"
    async with town_with(tmp_path, Script().to(ASHA, Refuse(21408), times=1)) as town:
        await town.texts(ASHA, "HELP")
        await town.texts(ben, "HELP")
        await town.house.drain()
        assert (await town.states(ASHA), len(town.got(ben))) == (["failed"], 1)


async def test_a_wrong_token_at_the_provider_refuses_nobody_for_good(tmp_path: Path) -> None:
    async with town_with(tmp_path, HEARD_TWILIO__API_KEY="SK-wrong", HEARD_TWILIO__API_SECRET="wrong") as town:
        await town.texts(ASHA, "HELP")
        await town.house.drain()
        (row,) = await town.heard(ASHA)
        assert (row.state, row.problem, row.attempts) == ("queued", "20003", 0)


async def test_a_broadcast_waits_behind_the_breaker_and_is_not_lost(store: Store) -> None:
    def fill(tx: Tx) -> Somebody:
        crowd(tx, 40)
        written_to_all(tx)
        return a_stranger(tx)

    await store.write(fill)
    async with draining(store) as drain:
        drain.provider.answer = lambda _message: OURS
        await drain.runs(600)
        assert await store.read(outbox.tally) == {"queued": 40}
        assert len(drain.provider.calls) <= 32 + 5
