"""What was promised because of what people said, as the console would have made it, and what they are told of it."""

from __future__ import annotations

from typing import Any

from bank import commitment_confirmed, commitment_tellings
from bank.tokens import token
from storage import commitments, tellings
from storage.commitments import CommitmentKind, CommitmentState, Event, What, commitment_replies
from storage.schema import Record
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone
from tests.conversations.reminded import asks_nothing_else

HEARD, WILL = "our bills are hard to read", "rewrite them with carers"
TEXT = (
    "Ashdale Council: you said our bills are hard to read. We will rewrite them with carers by Friday 29 January. "
    "STOP ends texts. Is that what you meant?\n1 Yes 2 No"
)
DONE = (
    "Ashdale Council: you said our bills are hard to read. The new bill goes out from today. "
    "STOP ends texts. Is it done, as you see it?\n1 Yes 2 No 3 I can't tell"
)
_AFTER = {
    Event.PROMISED: CommitmentState.OPEN,
    Event.MOVED: CommitmentState.OPEN,
    Event.CANNOT: CommitmentState.CANNOT,
    Event.DONE: CommitmentState.DONE,
    Event.KEPT: CommitmentState.KEPT,
    Event.NOT_CONFIRMED: CommitmentState.NOT_CONFIRMED,
    Event.STOPPED: CommitmentState.STOPPED,
}
_CHANGES = {Event.MOVED: What.MOVED, Event.STOPPED: What.STOPPED, Event.DONE: What.DONE}


async def members(bank: Bank, *phones: Phone, names: tuple[str, ...] = ("Asha", "Ben", "Carol")) -> None:
    """Members who are asked nothing else, and who have had no text for a while."""
    asks_nothing_else(bank)
    for phone, name in zip(phones, names, strict=False):
        await phone.joins(name)
    await bank.until(1, 12, 9)
    for phone in phones:
        phone.ignores_the_rest()


async def said(bank: Bank, *phones: Phone, title: str = "Easier bills", **words: Any) -> Record:
    """What these people said is written down, and to be promised by Friday 29 January. Nobody is told yet."""
    return await said_by(bank, *[await bank.member(phone) for phone in phones], title=title, **words)


async def said_by(bank: Bank, *people: Record, title: str = "Easier bills", **words: Any) -> Record:
    """The same, of people without a phone of their own."""
    written = {"title": title, "heard": HEARD, "will": WILL, "why": "", "outcome": "", **words}

    def work(tx: Any) -> Record:
        row = commitments.add(
            tx,
            token=token(),
            kind=CommitmentKind.CANNOT if written["why"] else CommitmentKind.WILL,
            state=CommitmentState.DRAFT,
            words={name: {"en": one} if isinstance(one, str) else one for name, one in written.items() if one},
            first_on="2027-01-29",
            due_on="2027-01-29",
            created_at=bank.now(),
            changed_at=bank.now(),
        )
        for person in people:
            commitments.add_source(tx, commitment_id=row.id, person_id=person.id, at=bank.now())
        return row

    return await bank.does(work)


async def happens(bank: Bank, row: Record, event: Event = Event.PROMISED, why: str = "", **values: Any) -> Record:
    """It happens to it now; it is for the clock to tell people."""

    def work(tx: Any) -> Record:
        changed = {"state": _AFTER[event], "changed_at": bank.now(), **values}
        if event is Event.DONE:
            outcome = {"outcome": {"en": "The new bill goes out from today."}}
            changed |= {"done_at": bank.now(), "words": {**row.words, **outcome}}
        now = commitments.change(tx, row.id, changed)
        if event in _CHANGES:
            commitments.note_change(tx, row.id, _CHANGES[event], bank.now(), why={"en": why} if why else None)
        commitment_tellings.happened(tx, now, event, bank.now())
        return now

    return await bank.does(work)


async def promised(bank: Bank, *phones: Phone, title: str = "Easier bills", **words: Any) -> Record:
    """It is promised to these, who said it."""
    return await happens(bank, await said(bank, *phones, title=title, **words), Event.PROMISED)


async def is_told(bank: Bank) -> None:
    """The hour in which more might happen is over."""
    await bank.later(minutes=61)


async def state_of(bank: Bank, person: Record, *rows: Record) -> list[str]:
    """How what they are to be told of each of these stands."""
    table = tellings.tellings
    which = table.c.person_id == person.id, table.c.commitment_id.in_([row.id for row in rows])
    found = await bank.asks(lambda tx: list(tx.execute(table.select().where(*which).order_by(table.c.commitment_id))))
    return [one.state for one in found]


async def confirms(bank: Bank, row: Record, phone: Phone, *, yes: bool) -> None:
    """Whoever has this phone has told us whether it is done."""
    person = await bank.member(phone)
    await bank.does(
        lambda tx: commitment_confirmed.confirmed(
            tx, row, person, yes=yes, now=bank.now(), organisation=bank.organisation
        )
    )


async def state(bank: Bank, row: Record) -> str:
    """How it stands now."""
    return str((await bank.asks(lambda tx: commitments.get(tx, row.id))).state)


async def replies(bank: Bank, row: Record) -> list[tuple[str, str | None]]:
    """What people said to it: what it means, and their words."""
    found = commitment_replies.select().where(commitment_replies.c.commitment_id == row.id)
    rows = await bank.asks(lambda tx: list(tx.execute(found.order_by(commitment_replies.c.id))))
    return [(one.means, one.words) for one in rows]


async def became(bank: Bank, phone: Phone, row: Record) -> list[str]:
    """What became of all that whoever has this phone was to be told of it: "promised told yes"."""
    person = await bank.member(phone)
    table = tellings.tellings
    which = table.c.person_id == person.id, table.c.commitment_id == row.id
    rows = await bank.asks(lambda tx: list(tx.execute(table.select().where(*which).order_by(table.c.id))))
    return [" ".join(one for one in (row.event, row.why or row.state, row.answer) if one) for row in rows]
