"""CANCEL, END, QUIT and YES answer a question; whatever providers make of them, they never change consent."""

from __future__ import annotations

import pytest

from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TextPhone
from tests.conversations.steps import ASKING, stand_at


@pytest.mark.parametrize("step", ASKING)
@pytest.mark.parametrize("word", ["CANCEL", "END", "quit"])
async def test_promise_12_no_word_of_refusal_withdraws_consent(
    sms: TextPhone, bank: Bank, step: str, word: str
) -> None:
    await stand_at(step, sms, bank)
    before = await bank.consents(sms)
    await sms.says(word)
    sms.ignores_the_rest()
    assert await bank.consents(sms) == before
    assert not await bank.is_stopped(sms)
    assert (await bank.dispositions(sms))[-1] == "flow"
    await sms.says("HELP")
    sms.reads(sayings.HELP)


@pytest.mark.parametrize("step", [name for name in ASKING if name != "the agreement"])
async def test_promise_12_yes_gives_no_consent_where_it_was_not_asked_for(
    sms: TextPhone, bank: Bank, step: str
) -> None:
    here = await stand_at(step, sms, bank)
    before = await bank.consents(sms)
    await sms.says("YES", opt_out="START")
    assert await bank.consents(sms) == before
    sms.reads(here.onward if here.answer == "yes" else sayings.check("Yes"))


async def test_promise_12_yes_to_the_agreement_is_that_agreement(sms: TextPhone, bank: Bank) -> None:
    await stand_at("the agreement", sms, bank)
    await sms.says("YES", opt_out="START")
    sms.reads(sayings.NAME)
    assert [entry.words for entry in await bank.ledger(sms)] == [sayings.AGREE] * 2


async def test_promise_12_nothing_is_called_cancel(phone: Phone, bank: Bank) -> None:
    await stand_at("the name", phone, bank)
    await phone.says("CANCEL")
    phone.ignores_the_rest()
    assert (await bank.member(phone)).name != "Cancel"


@pytest.mark.parametrize("word", ["CANCEL", "END", "QUIT"])
async def test_the_same_words_stop_us_where_nothing_was_asked(sms: TextPhone, bank: Bank, word: str) -> None:
    await sms.joins()
    await sms.says(word)
    sms.reads(sayings.STOPPED)
    assert await bank.is_stopped(sms)
