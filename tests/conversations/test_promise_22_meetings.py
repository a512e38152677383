"""Promise 22, through the doors: a hundred say yes at once to a meeting with ten places, and are told the truth."""

from __future__ import annotations

from collections import Counter

import pytest

from storage import addresses
from storage import rsvps as kept
from storage.schema import Record
from storage.store import Tx
from tests.bank.members import crowd
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting, invites_to
from tests.conversations.phones import Phone

MANY, PLACES = 100, 10
ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
COMES, IN_LINE = "Thank you. We have noted that you come:", "it is full just now. You are number "


async def hundred(bank: Bank, **more: object) -> tuple[Record, list[Phone]]:
    """A hundred members with a phone each, invited to a meeting with ten places."""

    def join(tx: Tx) -> list[str]:
        return [str(addresses.get(tx, one).address) for one in crowd(tx, MANY)]

    phones = [bank.phone("sms", address) for address in await bank.does(join)]
    meeting = await a_meeting(bank, capacity=PLACES, **more)
    await invites_to(bank, meeting)
    for phone in phones:
        phone.ignores_the_rest()
    return meeting, phones


def told(phones: list[Phone]) -> list[str]:
    """What each of them reads: something, all of them."""
    found = ["\n".join(bubble.screen for bubble in phone.unread) for phone in phones]
    assert all(found)
    for phone in phones:
        phone.ignores_the_rest()
    return found


@ON_BOTH
async def test_promise_22_a_hundred_yes_at_once_get_exactly_ten_places(bank: Bank) -> None:
    meeting, phones = await hundred(bank)
    await bank.receives_together([phone.writes("Yes") for phone in phones])
    rows = await bank.asks(lambda tx: kept.in_meeting(tx, meeting.id))
    assert [row.turn for row in rows] == list(range(1, MANY + 1))
    assert [row.state for row in rows] == ["coming"] * PLACES + ["waiting"] * (MANY - PLACES)
    texts = told(phones)
    assert Counter(text.startswith(COMES) for text in texts) == {True: PLACES, False: MANY - PLACES}
    numbers = [int(text.partition(IN_LINE)[2].partition(" ")[0]) for text in texts if IN_LINE in text]
    assert sorted(numbers) == list(range(1, MANY - PLACES + 1))


@ON_BOTH
async def test_promise_22_guests_are_counted_and_nobody_is_told_of_a_seat_that_is_not_there(bank: Bank) -> None:
    meeting, phones = await hundred(bank)
    said = ["yes, me and my sister" if number % 2 else "yes" for number in range(MANY)]
    await bank.receives_together([phone.writes(text) for phone, text in zip(phones, said, strict=True)])
    rows = await bank.asks(lambda tx: kept.in_meeting(tx, meeting.id))
    coming = [row for row in rows if row.state == "coming"]
    assert sum(1 + row.guests for row in coming) == PLACES
    assert [row.state for row in rows] == ["coming"] * len(coming) + ["waiting"] * (MANY - len(coming))
    texts = told(phones)
    assert sum(text.startswith(COMES) for text in texts) == len(coming)
    assert sum("One guest comes with you." in text for text in texts) == sum(row.guests for row in coming)
