"""Whoever has the database, its keys, its files, the log, every list and a backup cannot tell who said what.

Backups are the limit: one that was made while somebody answered holds what was erased since, until it is rotated out.
So does what the phone company keeps, and on PostgreSQL what vacuum has not taken yet (docs/data-protection.md).
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select
from structlog.testing import capture_logs

from bank import exporting
from bank import feedback as bank_feedback
from bank.exported import What, Wish
from storage import feedback, feedback_unnamed, keys, transfers
from storage.feedback import feedback as responses
from storage.messages_in import messages_in
from storage.store import Tx
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting
from tests.conversations.insider import Giver, Insider
from tests.conversations.looking_back import ticked
from tests.conversations.phones import Phone
from tests.conversations.reminded import coming

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
CHANNELS = ("sms", "sms", "whatsapp", "telegram")
FRUITS = tuple(
    "apricot bilberry cranberry damson elderberry fig gooseberry hawthorn juniper kumquat lemon medlar".split()  # noqa: SIM905
)
PLANTS = tuple(
    "acanthus begonia camellia dahlia edelweiss foxglove gentian heather iris jasmine lavender mallow".split()  # noqa: SIM905
)


async def asked_together(bank: Bank, *, anonymous: bool = True, title: str = "Carers' space") -> list[Phone]:
    """Twelve came to a meeting, and are asked how it was."""
    meeting = await a_meeting(bank, title, anonymous=anonymous)
    phones = [bank.phone(CHANNELS[at % len(CHANNELS)]) for at in range(12)]
    for phone in phones:
        await coming(bank, phone, meeting)
    await bank.until(3, 12, 16)
    await ticked(bank, meeting, phones)
    await bank.until(3, 12, 18)
    return phones


async def everybody_tells(bank: Bank, phones: list[Phone]) -> list[Giver]:
    """In an order of their own, each at their own pace, with other things between; some leave out or break off."""
    chance = Random(7)
    ratings = [str(1 + at % 5) for at in range(12)]
    answers = {
        at: [ratings[at], "123"[at % 3], f"the {FRUITS[at]}", f"less {PLANTS[at]}", "12"[at % 2]] for at in range(12)
    }
    answers[3][2] = "SKIP"
    answers[8] = answers[8][:3]  # and no more
    answers[5].insert(2, "is it true that there is a bus?")
    answers[6].insert(0, "wobble")
    turns = [at for at, said in answers.items() for _one in said]
    chance.shuffle(turns)
    for at in turns:
        await phones[at].says(answers[at].pop(0))
        phones[at].ignores_the_rest()
        if chance.random() < 0.2:
            await phones[chance.randrange(12)].says("HELP")
    for phone in phones:
        phone.ignores_the_rest()
    return [
        Giver(
            (await bank.member(phone)).id,
            (await bank.address(phone)).id,
            ({} if at == 3 else {"q3": f"the {FRUITS[at]}"}) | ({} if at == 8 else {"q4": f"less {PLANTS[at]}"}),
        )
        for at, phone in enumerate(phones)
    ]


async def it_is_over(bank: Bank, phones: list[Phone]) -> None:
    """The asking is over, and what was said counts."""
    await bank.until(20, 12, 12)
    for phone in phones:
        phone.ignores_the_rest()


async def looked_into(bank: Bank, givers: list[Giver]) -> list[str]:
    return await bank.asks(lambda tx: Insider(tx, givers).ties())


@ON_BOTH
async def test_nobody_can_tell_who_said_what(bank: Bank) -> None:
    phones = await asked_together(bank)
    givers = await everybody_tells(bank, phones)
    await it_is_over(bank, phones)
    assert await looked_into(bank, givers) == []
    said = await bank.asks(lambda tx: list(tx.execute(select(responses))))
    assert (len(said), {row.finished for row in said}) == (12, {True})


@ON_BOTH
async def test_nor_each_night_before_that(bank: Bank) -> None:
    phones = await asked_together(bank)
    givers = await everybody_tells(bank, phones)
    await bank.until(4, 12, 3)
    for phone in phones:
        phone.ignores_the_rest()
    # One of them is still in the middle of it, and their conversation knows where their answers are.
    in_the_middle = [
        "conversations.memory holds the number of a response",
        "feedback.open_token is not the same for all",
    ]
    assert await looked_into(bank, givers) == in_the_middle


@ON_BOTH
async def test_nor_of_those_who_asked_for_it_among_others(bank: Bank) -> None:
    phones = await asked_together(bank, anonymous=False)
    for phone in phones:
        await phone.says("without my name")
        phone.ignores_the_rest()
    givers = await everybody_tells(bank, phones)
    await bank.until(4, 1, 12, year=2027)
    for phone in phones:
        phone.ignores_the_rest()
    assert await looked_into(bank, givers) == []


def _add(monkeypatch: pytest.MonkeyPatch, **more: Callable[[Tx], Any]) -> None:
    """Let each response be kept with something more."""
    add = feedback.add
    monkeypatch.setattr(
        feedback, "add", lambda tx, **values: add(tx, **values | {name: of(tx) for name, of in more.items()})
    )


def _unmixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback_unnamed, "to_mix", lambda *_about: [])


def _with_a_time(monkeypatch: pytest.MonkeyPatch, bank: Bank) -> None:
    _unmixed(monkeypatch)
    _add(monkeypatch, at=lambda _tx: bank.now())


def _with_the_message(monkeypatch: pytest.MonkeyPatch, _bank: Bank) -> None:
    _unmixed(monkeypatch)
    _add(monkeypatch, id=lambda tx: tx.execute(select(func.max(messages_in.c.id))).scalar_one())


def _as_they_come(monkeypatch: pytest.MonkeyPatch, _bank: Bank) -> None:
    _unmixed(monkeypatch)
    _add(monkeypatch, id=lambda tx: tx.execute(select(func.count()).select_from(responses)).scalar_one() + 1)


def _with_the_texts(monkeypatch: pytest.MonkeyPatch, _bank: Bank) -> None:
    monkeypatch.setattr(feedback_unnamed, "blank_message", lambda *_about: None)


def _as_far_as_they_came(monkeypatch: pytest.MonkeyPatch, _bank: Bank) -> None:
    _unmixed(monkeypatch)
    leave = {"finished": True, "open_token": None}
    monkeypatch.setattr(bank_feedback, "finish", lambda tx, given: feedback.change(tx, given.id, leave))


CARELESS = [
    (_with_a_time, "feedback.at is not the same for all"),
    (_with_a_time, "the time of answers is that of"),
    (_with_the_message, "messages_in.id holds the number of a response"),
    (_as_they_come, "the number of answers is that of"),
    (_with_the_texts, "messages_in.text holds what somebody said"),
    (_as_far_as_they_came, "feedback.finished is not the same for all"),
    (_as_far_as_they_came, "feedback_answers keeps together what one person said"),
]


@pytest.mark.parametrize("careless", list(dict.fromkeys(careless for careless, _tie in CARELESS)))
async def test_the_insider_finds_what_a_careless_bank_keeps(
    bank: Bank, monkeypatch: pytest.MonkeyPatch, careless: Callable[[pytest.MonkeyPatch, Bank], None]
) -> None:
    phones = await asked_together(bank)
    careless(monkeypatch, bank)
    givers = await everybody_tells(bank, phones)
    await it_is_over(bank, phones)
    found = await looked_into(bank, givers)
    for tie in (tie for one, tie in CARELESS if one is careless):
        assert [one for one in found if one.startswith(tie)], (tie, found)


class Sealings:
    """The random beginning of everything that was sealed: where it lies in a file, so do the words."""

    def __init__(self) -> None:
        self.nonces: list[bytes] = []

    def urandom(self, many: int) -> bytes:
        self.nonces.append(os.urandom(many))
        return self.nonces[-1]


@pytest.fixture
def sealings(monkeypatch: pytest.MonkeyPatch) -> Sealings:
    found = Sealings()
    monkeypatch.setattr(keys, "os", found)
    return found


def _kept(file: Path) -> Iterator[bytes]:
    """All bytes that a database holds in columns, and not only in its file."""
    with sqlite3.connect(file) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            for row in database.execute(f'SELECT * FROM "{name}"'):  # noqa: S608  its own names
                yield from (value for value in row if isinstance(value, bytes))


async def test_no_file_remembers_what_was_erased(bank: Bank, database_url: str, sealings: Sealings) -> None:
    phones = await asked_together(bank)
    sealings.nonces.clear()
    await everybody_tells(bank, phones)
    await it_is_over(bank, phones)
    await bank.store.forget()
    file = Path(database_url.removeprefix("sqlite:///"))
    log = file.with_name(f"{file.name}-wal")
    assert not log.exists() or log.stat().st_size == 0
    backup = file.with_name("backup.db")
    with sqlite3.connect(file) as database, sqlite3.connect(backup) as copy:
        database.backup(copy)
    kept = b"".join(_kept(file))
    gone = [nonce for nonce in sealings.nonces if nonce not in kept]
    for one in (file, backup):
        raw = one.read_bytes()
        assert not [word for word in (*FRUITS, *PLANTS) if word.encode() in raw]
        assert any(nonce in raw for nonce in sealings.nonces)  # there is something to find
        assert not any(nonce in raw for nonce in gone)


async def test_the_log_remembers_without_it(bank: Bank, database_url: str, sealings: Sealings) -> None:
    phones = await asked_together(bank)
    sealings.nonces.clear()
    await everybody_tells(bank, phones)
    await it_is_over(bank, phones)
    file = Path(database_url.removeprefix("sqlite:///"))
    kept, raw = b"".join(_kept(file)), file.with_name(f"{file.name}-wal").read_bytes()
    assert any(nonce in raw for nonce in sealings.nonces if nonce not in kept)


async def test_neither_a_log_nor_a_list_says_it(bank: Bank, caplog: pytest.LogCaptureFixture) -> None:
    phones = await asked_together(bank)
    with caplog.at_level(logging.DEBUG), capture_logs() as logged:
        givers = await everybody_tells(bank, phones)
        await it_is_over(bank, phones)
    told = f"{logged} {caplog.text} {await _every_list(bank)}"
    assert not [word for giver in givers for word in giver.said.values() if word in told]


async def _every_list(bank: Bank) -> list[list[str]]:
    """All that is exported of people."""
    row = await bank.does(lambda tx: exporting.begin(tx, None, Wish(What.PEOPLE), "Everybody", bank.now()))
    while await bank.does(lambda tx: exporting.add_part(tx, row.id, bank.now(), bank.organisation)):
        pass
    found = await bank.asks(lambda tx: list(exporting.rows(tx, transfers.find(tx, row.id) or row)))
    assert len(found) > 12
    return found
