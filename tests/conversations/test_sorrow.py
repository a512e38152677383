"""A wrong number, and a death: everything stops kindly, and a person looks."""

from __future__ import annotations

import pytest

from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TextPhone
from tests.conversations.steps import STEPS, stand_at


@pytest.mark.parametrize("step", STEPS)
async def test_a_wrong_number_stops_everything(sms: TextPhone, bank: Bank, step: str) -> None:
    await stand_at(step, sms, bank)
    await sms.says("sorry you have the wrong number")
    sms.reads(sayings.WRONG_PERSON)
    assert await bank.kinds_of_tasks() == ["wrong_person"]
    assert await bank.is_stopped(sms)
    await bank.later(days=40)
    sms.reads_nothing()


async def test_a_wrong_number_is_never_told_whose_it_was(phone: Phone) -> None:
    await phone.joins("Zebedee")
    await phone.says("this isn't Zebedee")
    assert not any("Zebedee" in bubble.screen for bubble in phone.unread)
    phone.reads(sayings.WRONG_PERSON)


@pytest.mark.parametrize("step", STEPS)
async def test_a_death_stops_everything_and_brings_a_person(sms: TextPhone, bank: Bank, step: str) -> None:
    await stand_at(step, sms, bank)
    await sms.says("I'm sorry to tell you she passed away in June")
    sms.reads(sayings.bereaved())
    assert await bank.kinds_of_tasks() == ["bereavement"]
    await bank.later(days=60)
    sms.reads_nothing()


@pytest.mark.parametrize("said", ["ok thank you", "thanks", "x"])
async def test_thanks_after_it_are_met_with_silence(sms: TextPhone, bank: Bank, said: str) -> None:
    await sms.joins()
    await sms.says("he died in June")
    await sms.says(said)
    sms.reads(sayings.bereaved())
    assert await bank.kinds_of_tasks() == ["bereavement"]
