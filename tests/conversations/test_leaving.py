"""LEAVE: hidden at once, erased after the days of grace, and all of it back if they think better of it."""

from __future__ import annotations

import pytest

from storage import people, tasks
from storage.people import PersonState
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TextPhone
from tests.conversations.steps import STEPS, stand_at
from tests.conversations.telling import a_project, asks_all, invites

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


@pytest.mark.parametrize("step", STEPS)
async def test_leave_is_confirmed_and_then_nothing(sms: TextPhone, bank: Bank, step: str) -> None:
    await stand_at(step, sms, bank)
    await sms.says("LEAVE")
    sms.reads(sayings.left("Monday 14 December" if step == "a question about you" else "Monday 7 December"))
    assert await bank.members(sms) == []
    assert (await bank.consents(sms))[-1] == ("bank", False)
    await bank.later(days=40)
    sms.reads_nothing()


@ON_BOTH
async def test_who_left_is_erased_after_fourteen_days(phone: Phone, bank: Bank) -> None:
    await phone.joins("Zebedee")
    await bank.tells(phone, place="NG5 1AB", needs="a Zebedee seat", skills="Zebedee songs")
    await phone.says("delete my details")
    phone.reads(sayings.left())
    await bank.later(days=13, hours=23)
    assert "people" in await bank.remembers("Zebedee")
    await bank.later(hours=2)
    assert await bank.remembers("Zebedee") == []
    assert await bank.remembers("1AB") == []
    assert await bank.remembers(phone.address) == []
    assert await bank.asks(lambda tx: people.count(tx, PersonState.ERASED)) == 1
    phone.reads_nothing()


@ON_BOTH
async def test_start_before_that_brings_everything_back(phone: Phone, bank: Bank) -> None:
    await phone.joins("Asha")
    await bank.tells(phone, topics="2 3", place="NG5 1AB", needs="large print")
    await phone.says("LEAVE")
    await bank.later(days=13)
    await phone.says("START")
    phone.reads(sayings.left(), sayings.STARTED)
    person = await bank.member(phone)
    assert (person.name, person.district) == ("Asha", "NG5")
    assert await bank.topics(phone) == ["carers", "money"]
    assert not await bank.is_stopped(phone)
    assert ("bank", True) in (await bank.consents(phone))[-2:]
    await bank.later(days=20)
    assert (await bank.member(phone)).name == "Asha"
    phone.ignores_the_rest()


@ON_BOTH
async def test_who_left_is_not_rung_about_a_message_to_many(sms: TextPhone, bank: Bank) -> None:
    await sms.joins("Zebedee")
    person = await bank.member(sms)
    await bank.does(lambda tx: people.change(tx, person.id, {"ring": True}))
    await asks_all(bank, "{council}: which day, {name}? STOP ends texts.", "Monday", "Tuesday")
    assert await bank.kinds_of_tasks() == ["call"]
    await sms.says("LEAVE")
    assert await bank.kinds_of_tasks() == []
    await bank.later(days=15)
    assert await bank.remembers("Zebedee") == []
    sms.ignores_the_rest()


async def test_who_left_is_not_rung_about_their_place(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await invites(bank, await a_project(bank))
    for reply in ("yes", "STOP"):
        await sms.says(reply)
    assert await bank.kinds_of_tasks() == ["call"]
    await sms.says("LEAVE")
    assert await bank.kinds_of_tasks() == []
    sms.ignores_the_rest()


async def test_a_call_to_ask_holds_back_no_erasure(sms: TextPhone, bank: Bank) -> None:
    await sms.joins("Zebedee")
    person = await bank.member(sms)
    await bank.does(lambda tx: people.change(tx, person.id, {"ring": True}))
    await asks_all(bank, "{council}: which day, {name}? STOP ends texts.", "Monday", "Tuesday")
    (task,) = await bank.open_tasks()
    await sms.says("LEAVE")
    await bank.does(lambda tx: tasks.change(tx, task.id, {"closed_at": None}))
    await bank.later(days=15)
    assert await bank.remembers("Zebedee") == []
    sms.ignores_the_rest()


async def test_start_after_that_begins_anew(phone: Phone, bank: Bank) -> None:
    await phone.joins("Asha")
    await phone.says("LEAVE")
    await bank.later(days=15)
    await phone.says("START")
    phone.reads(sayings.left(), sayings.WELCOME)
    assert await bank.members(phone) == []


async def test_join_after_leave_brings_them_back_or_begins_anew(phone: Phone, bank: Bank) -> None:
    await phone.joins("Asha")
    await phone.says("LEAVE")
    await phone.says("JOIN")
    phone.reads(sayings.left(), sayings.WELCOME)
    await phone.says("yes")
    await phone.says("yes")
    await phone.says("Asha")
    phone.reads(sayings.AGREE, sayings.NAME, sayings.thanks("Asha"))
    await bank.later(days=20)
    phone.ignores_the_rest()
    assert (await bank.member(phone)).name == "Asha"
    assert (await bank.address(phone)).address == phone.address


async def test_leave_is_about_the_person_and_stop_about_the_phone(bank: Bank) -> None:
    phone = bank.phone("sms")
    await phone.joins("Asha")
    await phone.says("STOP")
    phone.reads(sayings.STOPPED)
    assert (await bank.member(phone)).name == "Asha"
    await phone.says("LEAVE")
    phone.reads(sayings.left())
    assert await bank.members(phone) == []


@pytest.mark.parametrize(
    "said", ["I'll leave it there thanks", "can I leave early on Thursday", "she's on maternity leave"]
)
async def test_not_every_leave_is_a_leave(sms: TextPhone, bank: Bank, said: str) -> None:
    await sms.joins()
    await sms.says(said)
    sms.ignores_the_rest()
    assert len(await bank.members(sms)) == 1
