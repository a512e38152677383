"""Told in Polish: in the words that were written in Polish, or else in English words within a Polish text."""

from __future__ import annotations

from storage.commitments import Event
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone
from tests.conversations.promised import happens, is_told, replies, said, state
from tests.conversations.reminded import asks_nothing_else

HEARD = {"en": "our bills are hard to read", "pl": "nasze rachunki są niejasne"}
WILL = {"en": "rewrite them with carers", "pl": "napiszemy je od nowa z opiekunami"}


async def ania(bank: Bank, phone: Phone) -> None:
    asks_nothing_else(bank)
    for reply in ("DOŁĄCZ", "1", "1", "Ania"):
        await phone.says(reply)
    await bank.until(1, 12, 9)
    phone.ignores_the_rest()


async def test_it_is_not_what_they_meant(bank: Bank, sms: Phone) -> None:
    await ania(bank, sms)
    row = await happens(bank, await said(bank, sms, heard=HEARD, will=WILL))
    await is_told(bank)
    sms.reads(
        "Ashdale Council: mówisz: nasze rachunki są niejasne. Obiecujemy: napiszemy je od nowa z opiekunami, "
        "do: piątek 29 stycznia. STOP kończy SMS-y. Czy o to chodziło?\n1 Tak 2 Nie"
    )
    await sms.says("nie o to mi chodziło")
    sms.reads("Dziękujemy za wiadomość. O co chodziło? Człowiek to przeczyta.")
    await sms.says("O listy ze szpitala")
    assert await replies(bank, row) == [("not_meant", "O listy ze szpitala")]
    sms.ignores_the_rest()


async def test_it_is_still_the_same(bank: Bank, sms: Phone) -> None:
    await ania(bank, sms)
    row = await happens(bank, await said(bank, sms, heard=HEARD, will=WILL), Event.DONE)
    await is_told(bank)
    (read,) = (bubble.screen for bubble in sms.unread)
    assert read.endswith("1 Tak 2 Nie 3 Nie umiem ocenić")
    sms.ignores_the_rest()
    await sms.says("nadal to samo, przyszedł stary rachunek")
    (read,) = (bubble.screen for bubble in sms.unread)
    assert read.startswith("Dziękujemy za wiadomość. Sprawa jest znów otwarta.")
    sms.ignores_the_rest()
    assert await state(bank, row) == "open"


async def test_thanks(bank: Bank, sms: Phone) -> None:
    await ania(bank, sms)
    await happens(bank, await said(bank, sms, heard=HEARD, will=WILL))
    await is_told(bank)
    sms.ignores_the_rest()
    await sms.says("Dziękuję bardzo")
    sms.reads("Dziękujemy za wiadomość. To nam pomaga.")
