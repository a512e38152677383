"""Many at once: a poster is read out in a full hall, and every message is taken in, on either database."""

from __future__ import annotations

import asyncio
from functools import partial
from itertools import cycle

from bank import claims, delivery, intake
from bot import rounds
from channels.message import Accepted
from storage import codes, messages_in, outbox
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING, Somebody

CROWD = 60


async def test_sixty_strangers_answer_one_poster(store: Store, stores: list[Store]) -> None:
    """Each counts the same code up: nobody is turned away, and nobody is counted twice."""

    def poster(tx: Tx) -> None:
        codes.add(tx, code="OAK", label="Poster at Oak Hall", language=None, created_at=MORNING)

    await store.write(poster)
    crowd = [Somebody() for _ in range(CROWD)]
    taken = await asyncio.gather(
        *(
            own.write(lambda tx, one=one: intake.take(tx, one.said[0], MORNING, ASHDALE))  # type: ignore[misc]
            for own, one in zip(cycle(stores), written(crowd), strict=False)
        )
    )
    assert [one.repeat for one in taken] == [False] * CROWD
    assert (await store.read(codes.everyone))[0].starts == CROWD
    assert await store.read(messages_in.tally) == {"word": CROWD}


def written(crowd: list[Somebody]) -> list[Somebody]:
    for one in crowd:
        one.writes("JOIN OAK")
    return crowd


async def test_members_write_while_upkeep_and_the_sender_work(stores: list[Store]) -> None:
    store, upkeep, *webs = stores
    members = [Somebody() for _ in range(25)]
    for one in members:
        await store.write(one.joins)
        one.said.clear()
        one.writes("HELP")
        one.writes("my bus was late today")
    busy = asyncio.Event()

    async def keeps_working() -> None:
        while not busy.is_set():
            await rounds.go(upkeep, MORNING, ASHDALE)
            claimed = await store.write(lambda tx: claims.claim(tx, "sms", MORNING, 32, ASHDALE))
            went = {one.id: Accepted(f"SM-out-{one.id}") for one in claimed}
            await store.write(partial(delivery.settle, outcomes=went, now=MORNING, organisation=ASHDALE))

    working = asyncio.create_task(keeps_working())
    messages = [message for one in members for message in one.said]
    await asyncio.gather(
        *(
            web.write(lambda tx, one=one: intake.take(tx, one, MORNING, ASHDALE))  # type: ignore[misc]
            for web, one in zip(cycle(webs), messages, strict=False)
        )
    )
    busy.set()
    await working
    assert sum((await store.read(messages_in.tally)).values()) == 25 * 6
    assert "unknown" not in await store.read(outbox.tally)
