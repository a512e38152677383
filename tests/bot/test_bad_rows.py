"""One bad row is one bad row: it is set aside and said, and everybody else gets what is theirs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import LargeBinary, Table, literal, update
from structlog.testing import capture_logs

from bank import alarms, claims, delivery, intake
from bank.chore import Chore
from bank.organisation import Organisation
from bot import rounds
from bot.receive import Receiver
from bot.sender import Sender
from channels.message import Accepted, Message, Outcome
from storage import conversations, dead_letters, outbox, people
from storage.store import Store, Tx
from storage.tasks import TaskKind
from tests import looking
from tests.bank.ashdale import ASHDALE, MORNING, Somebody
from tests.bank.test_upkeep import DAY, a_member, in_the_middle, left

CRY = "I am not safe at home"


class Phone:
    """An adapter whose messages arrive at once."""

    def __init__(self) -> None:
        self.got: list[str] = []

    async def send(self, message: Message) -> Outcome:
        self.got.append(message.address)
        return Accepted(f"SM{len(self.got)}")

    async def acknowledge(self, incoming: Any) -> None:
        """Not asked for here."""


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
def sender(store: Store, phone: Phone) -> Sender:
    return Sender("sms", phone, store, lambda: MORNING, lambda: ASHDALE)  # type: ignore[arg-type]


def spoil(tx: Tx, table: Table, column: str, row_id: int) -> None:
    """Write bytes that no key of ours has sealed."""
    spoilt = literal(b"never sealed", LargeBinary)
    tx.execute(update(table).where(table.c.id == row_id).values({table.c[column]: spoilt}))


async def three_are_to_be_told(store: Store) -> list[Somebody]:
    phones = [Somebody() for _ in range(3)]
    for one in phones:
        await store.write(lambda tx, one=one: one.says(tx, "JOIN"))  # type: ignore[misc]
    return phones


@pytest.mark.parametrize(
    ("table", "column", "which"),
    [
        (outbox.messages_out, "text", lambda row, here: row),
        (outbox.messages_out, "options", lambda row, here: row),
        (outbox.messages_out.metadata.tables["addresses"], "address", lambda row, here: here),
    ],
)
async def test_a_row_that_cannot_be_read_is_set_aside_and_the_others_go(
    store: Store, sender: Sender, phone: Phone, table: Table, column: str, which: Callable[[int, int], int]
) -> None:
    asha, ben, carys = await three_are_to_be_told(store)

    def break_ben(tx: Tx) -> None:
        row = ben.heard(tx)[0]
        spoil(tx, table, column, which(row.id, row.address_id))

    await store.write(break_ben)
    await sender.drain()
    assert phone.got == [asha.address, carys.address]
    assert await store.read(outbox.tally) == {"accepted": 2, "failed": 1}


async def test_a_spoilt_answer_about_danger_is_told_to_a_person(store: Store, sender: Sender) -> None:
    asha = Somebody()
    await store.write(lambda tx: asha.says(tx, CRY))
    await store.write(lambda tx: spoil(tx, outbox.messages_out, "text", asha.heard(tx)[-1].id))
    await sender.drain()
    assert alarms.NOT_HEARD in [task.words for task in await store.read(looking.open_tasks)]


async def test_what_became_of_the_others_is_stored(store: Store, sender: Sender, phone: Phone) -> None:
    """Storing one outcome fails, after the calls: nobody else's is forgotten, and that one ends as unknown."""
    _asha, ben, _carys = await three_are_to_be_told(store)
    calls = phone.send

    async def send(message: Message) -> Outcome:
        if message.address == ben.address:
            await store.write(lambda tx: spoil(tx, outbox.messages_out, "provider_id", ben.heard(tx)[0].id))
        return await calls(message)

    phone.send = send  # type: ignore[method-assign]
    await sender.drain()
    assert await store.read(outbox.tally) == {"accepted": 2, "sending": 1}
    assert len(phone.got) == 3
    await store.write(lambda tx: delivery.release(tx, MORNING + DAY, ASHDALE))
    assert await store.read(outbox.tally) == {"accepted": 2, "unknown": 1}


async def test_the_sender_survives_what_it_did_not_foresee(
    store: Store, sender: Sender, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    asha = Somebody()
    await store.write(lambda tx: asha.says(tx, "JOIN"))
    due, troubles = claims.due, [ZeroDivisionError(), ZeroDivisionError()]

    def due_after_trouble(*given: Any) -> list[int]:
        if troubles:
            sender.wake.set()
            raise troubles.pop()
        return due(*given)

    monkeypatch.setattr(claims, "due", due_after_trouble)
    stop = asyncio.Event()
    running = asyncio.create_task(sender.run(stop))
    async with asyncio.timeout(5):
        while await store.read(outbox.tally) != {"accepted": 1}:
            assert not running.done()
            await asyncio.sleep(0.01)
        stop.set()
        sender.wake.set()
        await running
    assert phone.got == [asha.address]


UPKEEP = [
    pytest.param(in_the_middle, conversations.conversations, "memory", DAY, "nudged", id="nudges"),
    pytest.param(a_member, people.people, "name", 8 * DAY, "asked", id="questions"),
]


@pytest.mark.parametrize(("who", "table", "column", "after", "kind"), UPKEEP)
async def test_one_bad_row_keeps_upkeep_from_nobody_else(
    store: Store, who: Callable[[Tx], Somebody], table: Table, column: str, after: Any, kind: str
) -> None:
    """Nor from the other kinds: who left is erased all the same."""
    for _ in range(3):
        await store.write(who)
    await store.write(left)
    await store.write(lambda tx: spoil(tx, table, column, 2))
    done = await rounds.go(store, MORNING + 15 * DAY, ASHDALE)
    assert (getattr(done, kind), done.erased) == (2, 1)
    again = await rounds.go(store, MORNING + 15 * DAY, ASHDALE)
    assert (getattr(again, kind), again.erased) == (0, 0)


async def test_a_spoilt_conversation_lapses_all_the_same(store: Store) -> None:
    await store.write(in_the_middle)
    await store.write(lambda tx: spoil(tx, conversations.conversations, "memory", 1))
    assert (await rounds.go(store, MORNING + 31 * DAY, ASHDALE)).lapsed == 1


@pytest.mark.parametrize(("text", "kind"), [(CRY, TaskKind.SAFEGUARDING), ("hello", TaskKind.READ)])
async def test_a_dead_letter_of_a_person_s_is_an_item_too(
    store: Store, phone: Phone, monkeypatch: pytest.MonkeyPatch, text: str, kind: TaskKind
) -> None:
    def poison(*_given: Any) -> intake.Taken:
        raise ZeroDivisionError

    monkeypatch.setattr(intake, "take", poison)
    receiver = Receiver(store, lambda: ASHDALE, lambda: MORNING, lambda _sender: None)
    await receiver.take([Somebody().writes(text, raw="{}")], phone)  # type: ignore[arg-type]
    assert await store.read(dead_letters.count) == 1
    assert [(task.kind, task.words) for task in await store.read(looking.open_tasks)] == [(kind, text)]


async def test_a_dead_letter_is_kept_though_the_item_cannot_be_raised(
    store: Store, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def poison(*_given: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(intake, "take", poison)
    monkeypatch.setattr(alarms, "not_taken_in", poison)
    receiver = Receiver(store, lambda: ASHDALE, lambda: MORNING, lambda _sender: None)
    await receiver.take([Somebody().writes("hello", raw="{}")], phone)  # type: ignore[arg-type]
    assert await store.read(dead_letters.count) == 1


async def test_what_is_due_for_ever_ends_and_is_logged_by_its_name(store: Store) -> None:
    sent = []

    def always(tx: Tx, now: datetime, whose: Organisation, limit: int) -> list[int]:
        return [1]

    def again(tx: Tx, now: datetime, whose: Organisation, row_id: int) -> int:
        return 1

    async def send() -> None:
        sent.append(1)

    endless = Chore("asked", always, again)
    with capture_logs() as logs:
        await rounds.to_the_end(store, lambda: MORNING, lambda: ASHDALE, send, (endless,), most=3)
    assert [(one["event"], one["chores"]) for one in logs] == [("upkeep_goes_on", [f"asked: {__name__}.again"])]
    assert len(sent) == 3


async def test_what_ends_is_done_to_its_end_without_a_word(store: Store) -> None:
    left = [3, 2, 1]
    ends = Chore("asked", lambda *_told: left[-1:], lambda *_told: left.pop())
    with capture_logs() as logs:
        await rounds.to_the_end(store, lambda: MORNING, lambda: ASHDALE, _nothing, (ends,), most=9)
    assert (left, logs) == ([], [])


async def _nothing() -> None:
    """There is nothing to send."""
