"""Twilio may answer STOP, START and HELP itself: our record agrees, and nobody is answered twice."""

from __future__ import annotations

import pytest

from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import TextPhone
from tests.conversations.steps import STEPS, stand_at


@pytest.mark.parametrize("step", STEPS)
async def test_a_stop_that_was_answered_is_obeyed_in_silence(sms: TextPhone, bank: Bank, step: str) -> None:
    await stand_at(step, sms, bank)
    await sms.says("STOP", opt_out="STOP")
    sms.reads_nothing()
    assert await bank.is_stopped(sms)
    assert (await bank.consents(sms))[-1] == ("messages", False)
    await bank.later(days=40)
    sms.reads_nothing()


async def test_a_start_that_was_answered_is_obeyed_in_silence(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await sms.says("STOP", opt_out="STOP")
    await sms.says("START", opt_out="START")
    sms.reads_nothing()
    assert not await bank.is_stopped(sms)
    assert (await bank.consents(sms))[-1] == ("messages", True)
    await bank.later(days=7)
    sms.reads(sayings.LOOKS_AFTER)


async def test_a_help_that_was_answered_is_left_at_that(sms: TextPhone, bank: Bank) -> None:
    await sms.says("JOIN")
    await sms.says("HELP", opt_out="HELP")
    sms.reads(sayings.WELCOME)
    assert await bank.dispositions(sms) == ["word", "word"]
    await sms.says("yes")
    sms.reads(sayings.AGREE)


async def test_a_yes_that_the_provider_took_for_start_is_an_answer(sms: TextPhone, bank: Bank) -> None:
    await sms.says("JOIN")
    await sms.says("YES", opt_out="START")
    sms.reads(sayings.WELCOME, sayings.AGREE)
    assert await bank.nobody_is_known()


async def test_leave_works_after_a_stop_that_the_provider_answered(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await sms.says("STOP", opt_out="STOP")
    await sms.says("LEAVE")
    sms.reads(sayings.left())
    assert await bank.members(sms) == []
