"""Promise 4: of what nobody knows whether it went, Twilio's own list knows. Nothing goes twice, and nothing is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot import doubts
from channels.fakes.callbacks import Callbacks
from channels.fakes.fault import Drop, Fault, LoseAnswer
from channels.fakes.script import Script
from tests.bot.town import HandNow, Town, fake_telegram, fake_twilio, settled_in

ASHA = "+447700900121"
SILENT = Callbacks(())

At = Callable[[Fault], AbstractAsyncContextManager[Town]]


@pytest.fixture
def town_where(tmp_path: Path, database_url: str) -> At:
    """A town with one clock, where the first text to Asha meets this fault, and no callback ever comes."""

    @asynccontextmanager
    async def town(fault: Fault) -> AsyncIterator[Town]:
        now = HandNow()
        twilio = fake_twilio(clock=now, script=Script().on(1, fault).always(SILENT))
        async with settled_in(tmp_path, twilio, fake_telegram(), now, HEARD_DATABASE__URL=database_url) as settled:
            yield settled

    return town


async def passes(town: Town, minutes: int) -> int:
    """Minutes go by, and each has its look. How many messages were settled."""
    settled = 0
    for _minute in range(minutes):
        town.now.move(minutes=1)
        settled += await doubts.settle(town.house)
        await town.house.drain()
    return settled


async def test_promise_4_what_twilio_took_is_settled_and_not_sent_again(town_where: At) -> None:
    async with town_where(LoseAnswer()) as town:
        await town.texts(ASHA, "JOIN")
        await town.house.drain()
        assert await town.states(ASHA) == ["unknown"]
        assert await passes(town, 10) == 1
        (row,) = await town.heard(ASHA)
        assert row.state in {"accepted", "sent", "delivered"}
        assert row.provider_id == town.got(ASHA)[0].id
        assert len(town.got(ASHA)) == 1


async def test_promise_4_what_twilio_never_had_is_sent_once_more(town_where: At) -> None:
    async with town_where(Drop()) as town:
        await town.texts(ASHA, "JOIN")
        await town.house.drain()
        assert (await town.states(ASHA), town.got(ASHA)) == (["unknown"], [])
        assert await passes(town, 4) == 0
        assert await passes(town, 6) == 1
        assert await town.states(ASHA) == ["accepted"]
        assert len(town.got(ASHA)) == 1


async def test_an_old_question_does_not_come_after_a_newer_one(town_where: At) -> None:
    async with town_where(Drop()) as town:
        await town.texts(ASHA, "JOIN")
        await town.house.drain()
        await town.texts(ASHA, "HELP")
        await town.house.drain()
        await passes(town, 10)
        assert await town.states(ASHA) == ["failed", "accepted"]
        assert len(town.got(ASHA)) == 1


async def test_one_text_sent_twice_in_our_words_is_not_taken_for_the_lost_one(town_where: At) -> None:
    """The same words went before, under a name that we know."""
    async with town_where(LoseAnswer()) as town:
        await town.texts(ASHA, "HELP")
        await town.house.drain()
        await passes(town, 2)
        await town.texts(ASHA, "HELP")
        await town.house.drain()
        await passes(town, 2)
        names = [row.provider_id for row in await town.heard(ASHA)]
        assert len(set(names)) == len(names) == len(town.got(ASHA))


async def test_what_is_about_danger_is_for_a_person_then(town_where: At) -> None:
    async with town_where(Drop()) as town:
        await town.texts(ASHA, "my husband hits me")
        await town.house.drain()
        await passes(town, 10)
        assert (await town.states(ASHA), town.got(ASHA)) == (["failed"], [])


async def test_where_twilio_has_one_that_we_cannot_name_nothing_is_sent_again(town_where: At) -> None:
    """It may be the lost one in other words: nobody knows, and it is not looked up for ever."""
    async with town_where(LoseAnswer()) as town:
        await town.texts(ASHA, "JOIN")
        await town.house.drain()
        (entry,) = town.got(ASHA)
        object.__setattr__(entry, "text", "")  # as where the account keeps no words at Twilio
        assert await passes(town, 10) == 1
        (row,) = await town.heard(ASHA)
        assert (row.state, row.problem, len(town.got(ASHA))) == ("unknown", "not_listed", 1)
