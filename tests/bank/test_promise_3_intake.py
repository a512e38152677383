"""A message that a provider delivers again has no second effect, however close the copies come."""

from __future__ import annotations

import asyncio
from itertools import cycle

from bank import intake
from channels.message import Incoming
from storage import consents, messages_in, outbox, questions, tasks
from storage.store import Away, Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING, Somebody, number_of

MESSAGES, COPIES = 200, 5
# Each of these leaves one reply; the last two leave a question for a person or a consent as well.
TEXTS = ("JOIN", "HELP", "when does the library open", "STOP")


def counts(tx: Tx) -> dict[str, int]:
    tables = {
        "in": messages_in.messages_in,
        "out": outbox.messages_out,
        "tasks": tasks.tasks,
        "questions": questions.questions,
    }
    return {name: number_of(tx, table) for name, table in tables.items()} | {
        "consents": number_of(tx, consents.consents)
    }


async def delivered(store: Store, message: Incoming) -> bool:
    """As a provider does it: what was answered 503 is delivered once more. True for a repeat."""
    while True:
        try:
            return (await store.write(lambda tx: intake.take(tx, message, MORNING, ASHDALE))).repeat
        except Away:
            continue


async def test_promise_3_five_copies_at_once_have_one_effect(store: Store, stores: list[Store]) -> None:
    messages = [Somebody().writes(TEXTS[number % len(TEXTS)]) for number in range(MESSAGES)]

    for start in range(0, MESSAGES, 20):
        copies = messages[start : start + 20] * COPIES
        repeats = await asyncio.gather(*map(delivered, cycle(stores), copies))
        assert sum(repeats) == 20 * (COPIES - 1)
    found = await store.read(counts)
    some = MESSAGES // 4
    assert found == {"in": MESSAGES, "out": MESSAGES, "tasks": 0, "questions": some, "consents": some}


async def test_promise_3_a_repeat_long_after_has_no_effect(store: Store) -> None:
    def joined_then_repeated(tx: Tx) -> tuple[dict[str, int], dict[str, int]]:
        asha = Somebody()
        asha.joins(tx)
        before = counts(tx)
        assert all(intake.take(tx, old, MORNING, ASHDALE).repeat for old in reversed(asha.said))
        return before, counts(tx)

    before, after = await store.write(joined_then_repeated)
    assert before == after


async def test_the_same_name_from_two_senders_is_two_messages(store: Store) -> None:
    def both(tx: Tx) -> list[bool]:
        asha = Somebody()
        return [asha.says(tx, "JOIN", provider_id="SM-same", sender=sender).repeat for sender in ("sms", "try-sms")]

    assert await store.write(both) == [False, False]


async def test_five_new_messages_at_once_from_one_person_are_five_messages(store: Store, stores: list[Store]) -> None:
    asha = Somebody()
    texts = ("JOIN", "1", "1", "Asha", "MENU")
    await asyncio.gather(*map(delivered, cycle(stores), map(asha.writes, texts)))
    tally = await store.read(messages_in.tally)
    assert sum(tally.values()) == len(texts)
    assert None not in tally
