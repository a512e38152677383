"""CANCEL, END, QUIT and YES about a meeting answer it and free a place; they never change consent."""

from __future__ import annotations

import pytest

from storage.schema import Record
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting, coming, invites_to, noted, said, stand
from tests.conversations.phones import TextPhone

_NO = ["CANCEL", "END", "quit", "Cancel please", "cancel my place"]
_STOPS = ["STOP", "no thanks, please stop texting me", "take me off your list"]


async def is_asked(sms: TextPhone, bank: Bank, **meeting: object) -> Record:
    await sms.joins()
    row = await a_meeting(bank, **meeting)
    await invites_to(bank, row)
    sms.ignores_the_rest()
    return row


@pytest.mark.parametrize("word", _NO)
async def test_promise_12_no_word_of_refusal_to_a_meeting_withdraws_consent(
    sms: TextPhone, bank: Bank, word: str
) -> None:
    meeting = await is_asked(sms, bank)
    before = await bank.consents(sms)
    await sms.says(word)
    sms.reads(said("no"))
    assert await stand(bank, meeting, sms) == ["not_coming"]
    assert await bank.consents(sms) == before
    assert not await bank.is_stopped(sms)


@pytest.mark.parametrize("first", ["yes", "not sure"])
@pytest.mark.parametrize("word", _NO)
async def test_promise_12_cancel_frees_the_place_and_nothing_else(
    sms: TextPhone, bank: Bank, first: str, word: str
) -> None:
    meeting = await is_asked(sms, bank)
    await sms.says(first)
    sms.ignores_the_rest()
    before = await bank.consents(sms)
    await sms.says(word)
    sms.reads(said("no"))
    assert await stand(bank, meeting, sms) == ["not_coming"]
    assert await bank.consents(sms) == before
    assert not await bank.is_stopped(sms)


@pytest.mark.parametrize("word", _NO)
async def test_promise_12_cancel_midway_is_an_answer_too(sms: TextPhone, bank: Bank, word: str) -> None:
    meeting = await is_asked(sms, bank, guests=True)
    await sms.says("yes")
    sms.reads(coming("how_many"))
    before = await bank.consents(sms)
    await sms.says(word)
    sms.reads(said("no"))
    assert await stand(bank, meeting, sms) == ["not_coming"]
    assert await bank.consents(sms) == before


async def test_promise_12_yes_gives_no_consent(sms: TextPhone, bank: Bank) -> None:
    meeting = await is_asked(sms, bank)
    before = await bank.consents(sms)
    await sms.says("YES", opt_out="START")
    sms.reads(noted())
    assert await stand(bank, meeting, sms) == ["coming"]
    assert await bank.consents(sms) == before


async def test_once_it_is_answered_with_no_the_words_stop_us(sms: TextPhone, bank: Bank) -> None:
    await is_asked(sms, bank)
    await sms.says("no")
    await sms.says("END")
    sms.reads(said("no"), sayings.STOPPED)


@pytest.mark.parametrize("words", _STOPS)
async def test_stop_stays_stop(sms: TextPhone, bank: Bank, words: str) -> None:
    meeting = await is_asked(sms, bank)
    await sms.says(words)
    sms.reads(sayings.STOPPED)
    assert await bank.is_stopped(sms)
    assert await stand(bank, meeting, sms) == [None]
