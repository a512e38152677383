"""Callbacks of many messages, before the answer to the call and after it, in any order: each finds its own message."""

from __future__ import annotations

from pathlib import Path

from channels.fakes.callbacks import EARLY, NORMAL, TWICE, shuffled
from channels.fakes.fault import LoseAnswer
from channels.fakes.script import Script
from storage import outbox
from storage.schema import Record
from storage.store import Tx
from tests.bot.test_promise_4_sender import town_with

MANY = 60
KINDS = (EARLY, NORMAL, TWICE, shuffled(1, 0))


async def test_promise_6_all_of_many_callbacks_find_their_message(tmp_path: Path) -> None:
    script = Script()
    phones = [f"+4477009{number:05}" for number in range(MANY)]
    for number, phone in enumerate(phones):
        script.to(phone, KINDS[number % len(KINDS)])
        if number % 10 == 0:
            script.to(phone, LoseAnswer())  # then a callback is all that we ever hear
    async with town_with(tmp_path, script) as town:
        for phone in phones:
            await town.texts(phone, "HELP")
        await town.house.drain()
        await town.twilio.settled()

        def rows(tx: Tx) -> list[Record]:
            return list(tx.execute(outbox.messages_out.select()))

        told = await town.house.store.read(rows)
        assert town.twilio.callbacks.lost == 0
        assert [row.state for row in told] == ["delivered"] * MANY
        by_token = {row.token: row.provider_id for row in told}
        for phone in phones:
            (entry,) = town.got(phone)
            (token,) = [one for one in by_token if one in entry.parameters["StatusCallback"]]
            assert by_token.pop(token) == entry.id
