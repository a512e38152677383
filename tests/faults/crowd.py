"""Who writes to Heard during the storm, and to whom a broadcast goes."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from bank.tokens import token
from channels.twilio.account import RETRY
from storage.addresses import AddressState, addresses, key_of
from storage.outbox import OutState, Priority, messages_out
from storage.people import PersonState, people
from storage.reach import reach
from storage.store import Tx
from tests.bot.town import OUR_NUMBER
from tests.end_to_end.installation import Installation

JOIN = ("JOIN", "1", "1", "Asha")
SAID = (
    "Ashdale Council here.",
    "Thank you. We will keep",
    "You have joined.",
    "Thank you, Asha.",
)
_TALKERS, _STRANGERS, _CHATTERS = 48, 12, 12  # at once
_AFTER_SILENCE = 1.0  # seconds before somebody writes again, when nobody was there
_PATIENCE = 900.0  # seconds that somebody waits for a reply
_LOOK = 0.05
_NOWHERE = "http://127.0.0.1:9/webhooks/twilio/message"
_FIRST_CHAT = 700_000_000
_FIRST_MEMBER = 1_000_000


@dataclass
class Flow:
    """How many texts may be written by now: each kill has its share of them."""

    left: int = 0
    more: asyncio.Event = field(default_factory=asyncio.Event)

    def let(self, number: int) -> None:
        self.left += number
        self.more.set()

    async def take(self) -> None:
        while self.left <= 0:
            self.more.clear()
            await self.more.wait()
        self.left -= 1


@dataclass
class Crowd:
    """`texts` by SMS, most of them by people who join and wait for each reply, and a tenth as many on Telegram."""

    there: Installation
    texts: int
    flow: Flow
    given_up: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)  # of our answers, 0 where none came

    def __post_init__(self) -> None:
        talkers = self.texts * 4 // 5 // len(JOIN)
        strangers = self.texts - talkers * len(JOIN)
        self._missed = 0
        self.talking = [f"+4477{number:08}" for number in range(talkers)]
        self.strange = [f"+4478{number:08}" for number in range(strangers)]
        self.chatting = list(range(_FIRST_CHAT, _FIRST_CHAT + self.texts // 10))

    async def write(self) -> None:
        """All of them, in the order of the flow."""
        async with asyncio.TaskGroup() as tasks:
            for waiting, does, at_once in (
                (list(self.talking), self._joins, _TALKERS),
                (list(self.strange), self._calls_out, _STRANGERS),
                (list(self.chatting), self._chats, _CHATTERS),
            ):
                for _ in range(at_once):
                    tasks.create_task(_one_by_one(waiting, does))

    async def _joins(self, number: str) -> None:
        """Four texts, each once the reply to the one before has come."""
        for turn, text in enumerate(JOIN, 1):
            await self._text(number, text)
            if not await self._gets(number, turn):
                self.given_up.append(f"{number} after {text}")
                return

    async def _calls_out(self, number: str) -> None:
        if not await self._text(number, "JOIN"):
            await asyncio.sleep(_AFTER_SILENCE)

    async def _chats(self, chat: int) -> None:
        await self.flow.take()
        await self.there.telegram.person(chat).says("/start")
        await asyncio.sleep(_LOOK)

    async def _text(self, number: str, text: str) -> bool:
        await self.flow.take()
        webhook = self.there.webhook + RETRY
        answer = await self.there.twilio.person_sends(number, text, to=OUR_NUMBER, webhook_url=webhook)
        self.statuses[answer.status] += 1
        return 200 <= answer.status < 300

    async def is_missed(self) -> str:
        """Somebody's text gets through to nobody of ours. Returns the provider's name for it."""
        self._missed += 1
        number = f"+4479{self._missed:08}"
        await self.there.twilio.person_sends(number, "JOIN", to=OUR_NUMBER, webhook_url=_NOWHERE)
        return self.there.twilio.inbox.last(OUR_NUMBER).id

    @property
    def unanswered(self) -> int:
        """How many webhooks got no 2xx."""
        return sum(count for status, count in self.statuses.items() if not 200 <= status < 300)

    async def _gets(self, number: str, replies: int) -> bool:
        deadline = time.monotonic() + _PATIENCE
        while len(self.there.twilio.book.to(number)) < replies:
            if time.monotonic() > deadline:
                return False
            await asyncio.sleep(_LOOK)
        return True


async def _one_by_one(waiting: list[Any], does: Any) -> None:
    while waiting:
        await does(waiting.pop())


def member(number: int) -> str:
    """The phone of the n-th of those whom the broadcast is for."""
    return f"+4476{number:08}"


def members(tx: Tx, texts: int, chats: range, now: datetime) -> list[tuple[int, str]]:
    """So many with a phone of their own, and those on Telegram. Their ids and channels, in no order."""
    chance = random.Random(texts)
    ways = [("sms", member(number)) for number in range(texts)] + [("telegram", str(chat)) for chat in chats]
    ids = range(_FIRST_MEMBER, _FIRST_MEMBER + len(ways))
    joined = {
        "state": PersonState.MEMBER,
        "name": "Ben",
        "language": "en",
        "joined_at": now - timedelta(hours=1),
    }
    tx.execute(insert(people), [{"id": id_, "token": token(), **joined} for id_ in ids])
    tx.execute(
        insert(addresses),
        [
            {
                "id": id_,
                "token": token(),
                "channel": channel,
                "sender": channel,
                "address": address,
                "address_key": key_of(channel, address),
                "state": AddressState.OPEN,
                "created_at": now,
                "last_in_at": now,
            }
            for id_, (channel, address) in zip(ids, ways, strict=True)
        ],
    )
    tx.execute(
        insert(reach),
        [{"address_id": id_, "person_id": id_, "since": now} for id_ in ids],
    )
    found = [(id_, channel) for id_, (channel, _address) in zip(ids, ways, strict=True)]
    chance.shuffle(found)
    return found


def broadcast(tx: Tx, those: list[tuple[int, str]], now: datetime) -> None:
    """A message that nobody asked for to each of them."""
    if those:
        tx.execute(insert(messages_out), [_message(id_, channel, now) for id_, channel in those])


def _message(id_: int, channel: str, now: datetime) -> dict[str, Any]:
    return {
        "token": token(),
        "address_id": id_,
        "person_id": id_,
        "sender": channel,
        "priority": Priority.BULK,
        "wording": "broadcast.text",
        "language": "en",
        "text": "Ashdale Council here. The day centre is closed on Friday. To stop these texts, send STOP.",
        "one_line": False,
        "last_word": False,
        "state": OutState.QUEUED,
        "due_at": now,
        "attempts": 0,
        "halted": False,
        "created_at": now,
    }
