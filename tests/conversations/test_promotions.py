"""What other organisations offer: asked once, kept with the words that were shown, and taken back as easily."""

from __future__ import annotations

import pytest

from storage import consents
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TextPhone
from tests.conversations.written_to_many import knows_all, sends

OFFER = "Ashdale Council here. Ashdale Carers offer free swimming. STOP ends texts."


async def ledger(bank: Bank, phone: Phone) -> list[tuple[bool, bool, str]]:
    person = await bank.member(phone)
    entries = await bank.asks(lambda tx: consents.history(tx, person_id=person.id))
    return [(one.given, one.shown, one.words) for one in entries if one.purpose == "promotions"]


async def agrees(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await bank.puts_question(phone, "promotions")
    await phone.says("yes")
    phone.reads(sayings.THANKS_PROMOTIONS)
    await knows_all(bank, phone)


async def test_a_yes_is_in_the_ledger_with_the_words_that_were_shown(phone: Phone, bank: Bank) -> None:
    await agrees(phone, bank)
    assert (await bank.member(phone)).promotions
    assert await ledger(bank, phone) == [(True, True, sayings.PROMOTIONS)]


@pytest.mark.parametrize(("said", "reply"), [("no", sayings.ONLY_OURS), ("skip", sayings.SKIPPED)])
async def test_anything_but_a_yes_agrees_to_nothing(phone: Phone, bank: Bank, said: str, reply: str) -> None:
    await phone.joins()
    await bank.puts_question(phone, "promotions")
    await phone.says(said)
    phone.reads(reply)
    assert not (await bank.member(phone)).promotions
    assert await ledger(bank, phone) == []


async def test_a_yes_that_is_not_clear_is_asked_back(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await bank.puts_question(sms, "promotions")
    await sms.says("ok")
    sms.reads(sayings.check("Yes"))
    assert not (await bank.member(sms)).promotions
    await sms.says("yes")
    sms.reads(sayings.THANKS_PROMOTIONS)
    ((given, shown, words),) = await ledger(bank, sms)
    assert (given, shown) == (True, True)
    assert words.startswith(sayings.PROMOTIONS)


@pytest.mark.parametrize("said", ["NO ADVERTS", "only council things please"])
async def test_it_is_taken_back_by_text(sms: TextPhone, bank: Bank, said: str) -> None:
    await agrees(sms, bank)
    await sms.says(said)
    await sms.says("no")
    sms.reads(sayings.PROMOTIONS, sayings.ONLY_OURS)
    assert not (await bank.member(sms)).promotions
    assert (await ledger(bank, sms))[1:] == [(False, False, "no")]


async def test_the_menu_leads_there_too(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    for said in ("menu", "texts and news", "what others offer", "yes"):
        await phone.says(said)
    phone.reads(sayings.MENU, sayings.RHYTHM, sayings.PROMOTIONS, sayings.THANKS_PROMOTIONS)
    assert (await bank.member(phone)).promotions


async def test_offers_go_to_those_who_agreed_and_to_nobody_else(sms: TextPhone, bank: Bank) -> None:
    other = bank.phone("sms")
    await other.joins("Ben")
    await knows_all(bank, other)
    await agrees(sms, bank)
    await bank.later(days=7)
    await sends(bank, OFFER, promotion=True)
    sms.reads(OFFER)
    other.reads_nothing()


async def test_a_no_in_the_meantime_counts(sms: TextPhone, bank: Bank) -> None:
    await agrees(sms, bank)  # we asked today: the offer waits for next week
    await sends(bank, OFFER, promotion=True)
    for said in ("no adverts", "no"):
        await sms.says(said)
    sms.ignores_the_rest()
    await bank.later(days=8)
    sms.reads_nothing()
