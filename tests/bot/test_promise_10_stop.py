"""STOP is seen just before each call that had to wait for its turn, and nothing is claimed after it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bank.limits import Limits
from storage import addresses, outbox
from storage.outbox import OutState
from storage.store import Store, Tx
from tests.bank.ashdale import Somebody
from tests.bank.members import claimed, written_to_all
from tests.bank.posting import joined
from tests.bot.own_time import Drain

TEN_A_SECOND = Limits(per_second=10)


@asynccontextmanager
async def draining(store: Store) -> AsyncIterator[Drain]:
    drain = Drain.of(store, TEN_A_SECOND)
    try:
        yield drain
    finally:
        await drain.stops()


def five_are_written_to(tx: Tx) -> list[Somebody]:
    people = [joined(tx) for _ in range(5)]
    written_to_all(tx)
    return people


@pytest.mark.parametrize("word", ["STOP", "LEAVE", "please stop texting me"])
async def test_promise_10_a_stop_while_a_claimed_message_waits_for_its_turn(store: Store, word: str) -> None:
    people = await store.write(five_are_written_to)
    async with draining(store) as drain:
        await drain.as_far_as_it_can()
        assert [one.address for one in people if drain.provider.called(one.address)] == [people[0].address]
        assert (await store.read(outbox.tally))["sending"] == 4, "claimed, and each waits for its turn"
        third = people[2]
        await store.write(lambda tx: third.says(tx, word))
        await drain.runs(3)
        texts = [message.text for _at, message in drain.provider.calls if message.address == third.address]
        assert "News for everybody." not in texts
        called = {message.address for _at, message in drain.provider.calls if message.text.startswith("News")}
        assert called == {one.address for one in people if one is not third}
        assert OutState.CANCELED in await store.write(third.states)


async def test_promise_10_everybody_stops_and_no_call_is_begun(store: Store) -> None:
    people = await store.write(five_are_written_to)
    async with draining(store) as drain:
        await drain.as_far_as_it_can()
        for one in people[1:]:
            await store.write(lambda tx, one=one: one.says(tx, "STOP"))  # type: ignore[misc]
        stopped_at = drain.seconds.at
        await drain.runs(3)
        late = [at for at, message in drain.provider.calls if message.text.startswith("News") and at > stopped_at]
        assert late == []


async def test_promise_10_nothing_is_claimed_after_a_stop_however_it_was_queued(store: Store) -> None:
    def story(tx: Tx) -> list[str]:
        asha = joined(tx)
        written_to_all(tx)
        asha.says(tx, "STOP")
        person_rows = [row for row in asha.heard(tx) if row.broadcast_id is not None]
        # As if another work had queued it at the very moment of the STOP.
        tx.execute(
            outbox.messages_out.update()
            .where(outbox.messages_out.c.id == person_rows[0].id)
            .values(state=OutState.QUEUED, settled_at=None)
        )
        assert addresses.get(tx, asha.here(tx).id).state == "stopped"
        return [one.message.text[:16] for one in claimed(tx)]

    assert await store.write(story) == ["We have stopped."]
