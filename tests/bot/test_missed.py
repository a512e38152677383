"""What people sent while nobody listened: fetched from Twilio's own list, once, and answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.missed import Missed
from channels.fakes.fault import ServerError
from channels.twilio import listed
from storage import dead_letters, messages_in
from tests.bot.town import OUR_NUMBER, OUR_WHATSAPP, HandNow, Town, fake_telegram, fake_twilio, settled_in

ASHA, BEN = "+447700900121", "+447700900122"
NOWHERE = "http://127.0.0.1:9/webhooks/twilio/message"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """One clock for us and for Twilio."""
    now = HandNow()
    async with settled_in(tmp_path, fake_twilio(clock=now), fake_telegram(), now) as settled:
        yield settled


async def outage(town: Town, number: str, text: str, to: str = OUR_NUMBER) -> None:
    """A text whose webhook gets through to nobody."""
    answer = await town.twilio.person_sends(number, text, to=to, webhook_url=NOWHERE)
    assert answer.status == 0


async def taken_in(town: Town) -> int:
    return sum((await town.house.store.read(messages_in.tally)).values())


async def test_an_outage_of_ours_loses_no_text(town: Town) -> None:
    missed = Missed(town.house)
    await missed.fetch()
    await outage(town, ASHA, "JOIN")
    await outage(town, f"whatsapp:{BEN}", "JOIN", f"whatsapp:{OUR_WHATSAPP}")
    town.now.move(minutes=30)
    assert await missed.fetch() == 2
    await town.house.drain()
    assert [len(town.got(address)) for address in (ASHA, f"whatsapp:{BEN}")] == [1, 1]
    assert await missed.fetch() == 0
    assert await taken_in(town) == 2


async def test_what_came_by_its_webhook_is_not_taken_in_again(town: Town) -> None:
    missed = Missed(town.house)
    await missed.fetch()
    await town.texts(ASHA, "JOIN")
    assert await missed.fetch() == 0
    await town.house.drain()
    assert len(town.got(ASHA)) == 1


async def test_what_was_sent_before_heard_began_is_left_alone(town: Town) -> None:
    await outage(town, ASHA, "I wrote to the shop that had this number")
    assert await Missed(town.house).fetch() == 0
    town.now.move(minutes=30)
    assert await taken_in(town) == 0


async def test_those_of_one_second_come_in_the_order_in_which_they_were_sent(town: Town) -> None:
    missed = Missed(town.house)
    await missed.fetch()
    for text in ("JOIN", "yes", "1", "Asha"):
        await outage(town, ASHA, text)
    assert await missed.fetch() == 4
    await town.house.drain()
    assert town.got(ASHA)[-1].text.startswith("Thank you, Asha.")


async def test_a_list_of_many_pages_is_read_to_its_end(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listed, "_PAGE", 2)
    missed = Missed(town.house)
    await missed.fetch()
    for number in range(60):
        await outage(town, f"+447700900{number:03}", "JOIN")
    async with asyncio.timeout(20):
        assert await missed.fetch() == 60
        assert await missed.fetch() == 0


async def test_where_twilio_gives_no_list_the_next_look_finds_it(town: Town) -> None:
    missed = Missed(town.house)
    await missed.fetch()
    await outage(town, ASHA, "JOIN")
    town.twilio.list_script.on(2, ServerError())
    town.now.move(minutes=20)
    assert await missed.fetch() == 0
    town.now.move(minutes=20)
    assert await missed.fetch() == 1
    assert await town.house.store.read(dead_letters.count) == 0
