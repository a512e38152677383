"""A meeting that is over, who came to it, and what they told us of it."""

from __future__ import annotations

from typing import Any

from bank import attendance
from bank.colleague import Colleague
from bank.tokens import token
from storage import feedback, people, reminders, rsvps, staff
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Tx
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone

# What stands before the first question, and the questions of our own set for a meeting.
HELLO = "Ashdale Council: thank you for coming to Carers' space. SKIP leaves a question out. STOP ends texts."
HOW = "How was it? Reply 1 (bad) to 5 (very good), or just say it."
HEARD = "Did you feel heard?\n1 Yes\n2 In part\n3 No"
GOOD = "What was one good thing about it?"
CHANGE = "What is one thing that we should change?"
NEEDS = "Did you have what you needed there?\n1 Yes\n2 No"
MISSING = "We are sorry. What was missing? A person will read what you write."
LAST_WORDS = "Thank you. We read every answer. We will tell you what we do because of it."


async def colleague(bank: Bank) -> Colleague:
    login, now = token(), bank.now()
    values = {"name": "Sam Field", "login": login, "state": StaffState.ACTIVE, "last_step": 0, "created_at": now}
    row = await bank.does(lambda tx: staff.add(tx, token=token(), **values))
    return Colleague(row.id, row.token, row.name, frozenset({(Role.COORDINATOR, "")}))


async def ticked(bank: Bank, meeting: Record, came: list[Phone], stayed_away: list[Phone] | None = None) -> None:
    """A colleague ticks who came; of who did not, that they did not."""
    sam = await colleague(bank)
    there = {(await bank.member(phone)).token for phone in came}
    away = {(await bank.member(phone)).token for phone in stayed_away or []}
    await bank.does(
        lambda tx: attendance.tick(tx, sam, meeting, there | away, [], there, bank.now(), bank.organisation)
    )


async def told(bank: Bank, meeting: Record, phone: Phone) -> dict[str, Any] | None:
    """What whoever has this phone told of it, by question; None: nothing."""
    row = await given(bank, meeting, phone)
    return await bank.asks(lambda tx: feedback.answers_of(tx, row.id)) if row is not None else None


async def given(bank: Bank, meeting: Record, phone: Phone) -> Record | None:
    """The row of it."""
    person = await bank.member(phone)

    def look(tx: Tx) -> Record | None:
        asked = feedback.of_meeting(tx, meeting.id)
        return feedback.of_person(tx, asked.id, person.id) if asked is not None else None

    return await bank.asks(look)


async def asking(bank: Bank, meeting: Record, phone: Phone) -> str:
    """What became of the row by which they were to be asked: "sent", "planned", or why it was left out."""
    person = await bank.member(phone)
    rows = await bank.asks(lambda tx: reminders.of(tx, meeting.id, person.id))
    (row,) = (one for one in rows if one.step == "feedback")
    return str(row.why or row.state)


async def had_needs(bank: Bank, meeting: Record, phone: Phone) -> str | None:
    person = await bank.member(phone)
    row = await bank.asks(lambda tx: rsvps.of(tx, meeting.id, person.id))
    return row.had_needs if row is not None else None


async def pauses(bank: Bank, phone: Phone, **until: Any) -> None:
    person = await bank.member(phone)
    await bank.does(lambda tx: people.change(tx, person.id, until))
