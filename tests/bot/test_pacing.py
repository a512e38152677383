"""Six hundred messages through a bot that may send thirty a second: all arrive, and none is used up by waiting."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.sender import Sender
from channels.message import Accepted, Message, Outcome, TryLater
from channels.telegram.limits import Buckets
from channels.telegram.problems import PACED
from storage import outbox
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING, Somebody

MANY = 600


class Bot:
    """Keeps to the real limits, by a clock that is moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.got: set[str] = set()
        self.offered = 0
        self._buckets = Buckets(lambda: self.seconds)

    def now(self) -> datetime:
        return MORNING + timedelta(seconds=self.seconds)

    async def send(self, message: Message) -> Outcome:
        self.offered += 1
        if wait := self._buckets.wait_for(message.address):
            whole = self._buckets.bot_wait() >= wait
            return TryLater(PACED, timedelta(seconds=wait), whole_sender=whole, paced=True)
        self.got.add(message.address)
        return Accepted(message.address)


async def test_many_messages_to_as_many_chats_all_arrive(store: Store) -> None:
    def fill(tx: Tx) -> None:
        for number in range(MANY):
            chat = Somebody(address=str(7_000_000 + number))
            chat.says(tx, "HELP")

    await store.write(fill)
    bot = Bot()
    sender = Sender("sms", bot, store, bot.now, lambda: ASHDALE)  # type: ignore[arg-type]
    for _ in range(25):
        await sender.drain()
        bot.seconds += 1.05
    assert await store.read(outbox.tally) == {"accepted": MANY}
    assert len(bot.got) == MANY
    assert bot.offered < 1.2 * MANY
