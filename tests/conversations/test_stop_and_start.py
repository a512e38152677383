"""STOP stops, whatever was going on, and START starts again."""

from __future__ import annotations

import asyncio

import pytest

from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TextPhone
from tests.conversations.steps import STEPS, stand_at

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
PLAIN = ["stop please", "Please stop texting me", "take me off your list", "leave me alone", "no more texts thanks"]


@pytest.mark.parametrize("step", STEPS)
async def test_stop_is_confirmed_once_and_then_nothing(sms: TextPhone, bank: Bank, step: str) -> None:
    await stand_at(step, sms, bank)
    await sms.says("STOP")
    sms.reads(sayings.STOPPED)
    assert await bank.is_stopped(sms)
    assert (await bank.consents(sms))[-1] == ("messages", False)
    await bank.later(days=40)
    sms.reads_nothing()


@pytest.mark.parametrize("said", PLAIN)
@pytest.mark.parametrize("step", ["no question, a stranger", "the agreement", "the name", "a question about you"])
async def test_stop_in_plain_words(sms: TextPhone, bank: Bank, step: str, said: str) -> None:
    await stand_at(step, sms, bank)
    await sms.says(said)
    sms.reads(sayings.STOPPED)
    assert await bank.is_stopped(sms)
    assert (await bank.ledger(sms))[-1].words == said


@ON_BOTH
async def test_promise_10_what_was_queued_is_canceled_with_the_stop_itself(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    for said in ("menu", "help", "who is this"):
        await bank.takes_in(phone.writes(said))
    assert [row.state for row in await bank.said(phone)][-3:] == ["queued"] * 3
    await bank.takes_in(phone.writes("STOP"))
    assert [row.state for row in await bank.said(phone)][-4:] == ["canceled"] * 3 + ["queued"]
    await bank.drains()
    phone.reads(sayings.STOPPED)


async def test_promise_21_a_question_due_is_not_sent_after_a_stop_between(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await bank.later(days=6, hours=23)
    bank.now.move(bank.now.until(30, 11, 11, 2))
    await bank.plans()
    assert (await bank.said(sms))[-1].state == "queued"
    await bank.takes_in(sms.writes("stop"))
    await bank.drains()
    sms.reads(sayings.STOPPED)


async def test_two_phones_do_not_stop_each_other(bank: Bank) -> None:
    one, other = bank.phone("sms"), bank.phone("sms")
    await asyncio.gather(one.says("JOIN"), other.says("JOIN"))
    await one.says("STOP")
    one.reads(sayings.WELCOME, sayings.STOPPED)
    await bank.later(days=1)
    other.reads(sayings.WELCOME, sayings.REMINDER)


async def test_start_brings_a_member_back(phone: Phone, bank: Bank) -> None:
    await phone.joins("Asha")
    await phone.says("STOP")
    await bank.later(days=100)
    await phone.says("START")
    phone.reads(sayings.STOPPED, sayings.STARTED)
    assert (await bank.member(phone)).name == "Asha"
    assert await bank.consents(phone) == [("bank", True), ("messages", True), ("messages", False), ("messages", True)]
    await bank.later(days=1)
    phone.reads(sayings.LOOKS_AFTER)


@pytest.mark.parametrize("word", ["START", "JOIN"])
async def test_a_stranger_who_stopped_is_asked_to_join_when_they_come_back(sms: TextPhone, word: str) -> None:
    await sms.says("JOIN")
    await sms.says("STOP")
    await sms.says(word)
    sms.reads(sayings.WELCOME, sayings.STOPPED, sayings.WELCOME)
    await sms.says("yes")
    sms.reads(sayings.AGREE)


async def test_after_stop_what_they_write_is_read_and_answered_with_silence(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("STOP")
    await phone.says("you lot still owe me for the bus")
    phone.reads(sayings.STOPPED)
    assert await bank.kinds_of_tasks() == ["read"]
    assert (await bank.dispositions(phone))[-1] == "inbox"


async def test_stop_twice_is_confirmed_each_time_they_ask_and_no_more(phone: Phone, bank: Bank) -> None:
    await phone.says("STOP")
    await phone.says("stop")
    phone.reads(sayings.STOPPED, sayings.STOPPED)
    assert await bank.is_stopped(phone)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("is there a bus stop near", sayings.asked()),
        ("don't stop texting me, I like it", sayings.kept()),
        ("the number 4 stops running at 8", sayings.kept()),
        ("can I stop by on Tuesday", sayings.asked()),
    ],
)
async def test_not_every_stop_is_a_stop(sms: TextPhone, bank: Bank, said: str, told: str) -> None:
    await sms.joins()
    await sms.says(said)
    sms.reads(told)
    assert not await bank.is_stopped(sms)
    assert await bank.consents(sms) == [("bank", True), ("messages", True)]
