"""CANCEL, END, QUIT and YES to an invitation answer it; whatever providers make of them, they never change consent."""

from __future__ import annotations

import pytest

from flows.placed import PLACED
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import TextPhone
from tests.conversations.telling import a_project, answers, interest, invites, step

_NO = ["CANCEL", "END", "quit", "Cancel please"]
_STOPS = ["STOP", "no thanks, please stop texting me", "take me off your list", "yes no more texts"]


async def is_invited(sms: TextPhone, bank: Bank) -> object:
    await sms.joins()
    project = await a_project(bank)
    await invites(bank, project)
    sms.ignores_the_rest()
    return project


@pytest.mark.parametrize("word", _NO)
async def test_promise_12_no_word_of_refusal_withdraws_consent(sms: TextPhone, bank: Bank, word: str) -> None:
    project = await is_invited(sms, bank)
    before = await bank.consents(sms)
    await sms.says(word)
    sms.reads(interest("no"))
    assert await answers(bank, project, sms) == ["no"]  # type: ignore[arg-type]  any phone will do
    assert await bank.consents(sms) == before
    assert not await bank.is_stopped(sms)


async def test_promise_12_yes_gives_no_consent(sms: TextPhone, bank: Bank) -> None:
    project = await is_invited(sms, bank)
    before = await bank.consents(sms)
    await sms.says("YES", opt_out="START")
    sms.reads(step(PLACED, "place"))
    assert await answers(bank, project, sms) == ["yes"]  # type: ignore[arg-type]  any phone will do
    assert await bank.consents(sms) == before


@pytest.mark.parametrize("word", ["CANCEL", "cancel my place"])
async def test_promise_12_cancel_gives_back_a_place_and_no_consent(sms: TextPhone, bank: Bank, word: str) -> None:
    project = await is_invited(sms, bank)
    await sms.says("yes")
    sms.ignores_the_rest()
    before = await bank.consents(sms)
    await sms.says(word)
    sms.reads(interest("no"))
    assert await answers(bank, project, sms) == ["no"]  # type: ignore[arg-type]  any phone will do
    assert await bank.consents(sms) == before


async def test_once_it_is_answered_with_no_the_words_stop_us(sms: TextPhone, bank: Bank) -> None:
    await is_invited(sms, bank)
    await sms.says("no")
    await sms.says("END")
    sms.reads(interest("no"), sayings.STOPPED)


@pytest.mark.parametrize("said", _STOPS)
async def test_promise_11_stop_in_a_sentence_stops_there_too(sms: TextPhone, bank: Bank, said: str) -> None:
    project = await is_invited(sms, bank)
    await sms.says(said)
    sms.reads(sayings.STOPPED)
    assert await bank.is_stopped(sms)
    assert await answers(bank, project, sms) == [None]  # type: ignore[arg-type]  any phone will do
