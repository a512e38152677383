"""What Twilio took and told no more of is looked up there: once after 12 hours, once after four days."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import silent
from channels.fakes.book import Mark
from channels.fakes.callbacks import NEVER
from channels.fakes.script import Script
from storage import how_far
from tests.bot.town import HandNow, Town, fake_telegram, fake_twilio, settled_in

ASHA, BEN = "+447700900131", "+447700900132"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """One clock, and no callback ever comes."""
    now = HandNow()
    twilio = fake_twilio(clock=now, script=Script().always(NEVER))
    async with settled_in(tmp_path, twilio, fake_telegram(), now) as settled:
        yield settled


async def sent(town: Town, number: str) -> None:
    await town.texts(number, "JOIN")
    await town.house.drain()
    assert await town.states(number) == ["accepted"]


def becomes(town: Town, number: str, status: str, error: int | None = None) -> None:
    """At Twilio; nobody tells us."""
    town.got(number)[-1].history.append(Mark(status, error, town.now()))


async def test_what_became_of_it_is_found_after_twelve_hours(town: Town) -> None:
    for number in (ASHA, BEN):
        await sent(town, number)
    becomes(town, ASHA, "delivered")
    becomes(town, BEN, "undelivered", 30006)
    town.now.move(hours=11)
    assert await silent.look(town.house) == 0
    town.now.move(hours=2)
    assert await silent.look(town.house) == 2
    assert (await town.states(ASHA), await town.states(BEN)) == (["delivered"], ["failed"])
    assert await silent.look(town.house) == 0


async def test_it_is_asked_twice_in_all(town: Town) -> None:
    await sent(town, ASHA)
    town.now.move(hours=13)
    assert await silent.look(town.house) == 0
    becomes(town, ASHA, "delivered")
    town.now.move(hours=13)
    assert await silent.look(town.house) == 0
    town.now.move(days=3)
    assert await silent.look(town.house) == 1
    assert await town.states(ASHA) == ["delivered"]


async def test_what_twilio_does_not_have_stays_as_it_is_and_holds_up_nobody(town: Town) -> None:
    for number in (ASHA, BEN):
        await sent(town, number)
    becomes(town, BEN, "sent")
    object.__setattr__(town.got(ASHA)[-1], "id", "SM-of-another")
    town.now.move(hours=13)
    assert await silent.look(town.house) == 1
    assert (await town.states(ASHA), await town.states(BEN)) == (["accepted"], ["sent"])


async def test_where_twilio_does_not_answer_it_is_asked_later(town: Town) -> None:
    await sent(town, ASHA)
    becomes(town, ASHA, "delivered")
    town.now.move(hours=13)
    await town.twilio.stop()
    assert await silent.look(town.house) == 0
    at, row_id = await town.house.store.read(lambda tx: how_far.reached(tx, "silent_first"))
    assert (at, row_id) == (how_far.START, 0)
