"""Machines write too: they are kept, met with silence, and never talked to in circles."""

from __future__ import annotations

import pytest

from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TextPhone
from tests.conversations.steps import STEPS, stand_at

DRIVING = "I'm driving with Driving Focus turned on. I'll see your message when I get where I'm going."


@pytest.mark.parametrize("step", STEPS)
async def test_one_automatic_reply_is_met_with_silence(sms: TextPhone, bank: Bank, step: str) -> None:
    here = await stand_at(step, sms, bank)
    await sms.says(DRIVING)
    sms.reads_nothing()
    assert (await bank.dispositions(sms))[-1] == "automatic"
    assert await bank.tasks() == []
    if here.question:
        await sms.says(here.answer)
        sms.reads(here.onward)


async def test_two_in_a_row_bring_a_day_of_silence(phone: Phone, bank: Bank) -> None:
    await phone.says(DRIVING)
    await phone.says(DRIVING)
    await phone.says("hello")
    phone.reads_nothing()
    await bank.later(hours=25)
    await phone.says("hello")
    phone.reads(sayings.GREETING)


async def test_two_with_sense_between_them_are_not_in_a_row(phone: Phone, bank: Bank) -> None:
    await phone.says(DRIVING)
    await phone.says("JOIN")
    await phone.says(DRIVING)
    await phone.says("yes")
    phone.reads(sayings.WELCOME, sayings.AGREE)


async def test_danger_breaks_that_silence(phone: Phone, bank: Bank) -> None:
    await phone.says(DRIVING)
    await phone.says(DRIVING)
    await phone.says("help me, mum is not breathing")
    phone.reads(sayings.DANGER)
    assert await bank.kinds_of_tasks() == ["safeguarding"]


async def test_stop_is_obeyed_in_that_silence(phone: Phone, bank: Bank) -> None:
    await phone.says(DRIVING)
    await phone.says(DRIVING)
    await phone.says("STOP")
    phone.reads(sayings.STOPPED)
    assert await bank.is_stopped(phone)


@pytest.mark.parametrize(
    "shape", ['Liked "{}"', 'Loved "{}"', 'Reacted 👍 to "{}"', 'Removed a like from "{}"', "👍 to “{}”"]
)
async def test_a_reaction_that_quotes_our_stop_line_is_silence_and_no_stop(
    sms: TextPhone, bank: Bank, shape: str
) -> None:
    await sms.says("JOIN")
    await sms.says("1")
    sms.ignores_the_rest()
    await sms.says(shape.format(sayings.AGREE))
    sms.reads_nothing()
    assert not await bank.is_stopped(sms)
    assert await bank.nobody_is_known()
    assert (await bank.dispositions(sms))[-1] == "automatic"
    await sms.says("1")
    sms.reads(sayings.NAME)


async def test_promise_16_five_replies_an_hour_that_bring_nothing_forward(phone: Phone, bank: Bank) -> None:
    for _ in range(12):
        await phone.says("hello")
    phone.reads(*[sayings.GREETING] * 5)
    assert await bank.dispositions(phone) == ["word"] * 12
    await bank.later(hours=1, minutes=1)
    await phone.says("hello")
    phone.reads(sayings.GREETING)


async def test_promise_16_no_circle_with_a_machine_that_our_tables_do_not_know(phone: Phone) -> None:
    await phone.says("JOIN")
    for number in range(12):
        await phone.says(f"Ticket {number} was opened. Our menu: 7 billing 8 repairs 9 other")
    assert len(phone.unread) <= 6
    phone.ignores_the_rest()
