"""FORMAT: easy read, BSL, audio or large print, asked for in people's own words, and what comes of it."""

from __future__ import annotations

import pytest

from storage import told
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TelegramPhone, TextPhone
from tests.conversations.written_to_many import sends

FORMATS = [
    ("LARGE PRINT", "large print", "large_print", sayings.LARGE_PRINT),
    ("can you send it in large print please?", "large print", "large_print", sayings.LARGE_PRINT),
    ("Easy read please", "easy read", "easy_read", sayings.EASY_READ),
    ("do you have this in easy read?", "easy read", "easy_read", sayings.EASY_READ),
    ("BSL", "BSL videos", "bsl", sayings.BSL),
    ("is there a BSL version", "BSL videos", "bsl", sayings.BSL),
    ("audio please", "audio recordings", "audio", sayings.AUDIO),
]


async def kept(bank: Bank, phone: Phone) -> str | None:
    return (await bank.member(phone)).format  # type: ignore[no-any-return]  a row may be anything


@pytest.mark.parametrize(("said", "wished", "form", "reply"), FORMATS)
async def test_a_wish_is_asked_back_and_kept_after_a_yes(
    sms: TextPhone, bank: Bank, said: str, wished: str, form: str, reply: str
) -> None:
    await sms.joins()
    await sms.says(said)
    sms.reads(sayings.format_right(wished))
    assert await kept(bank, sms) is None
    await sms.says("yes please")
    answer = [bubble.screen for bubble in sms.unread]
    sms.ignores_the_rest()
    person = await bank.member(sms)
    assert person.format == form
    source = (await bank.asks(lambda tx: told.of(tx, person.id)))["format"]
    assert source.message_id == (await bank.heard(sms))[-1].id
    assert len(answer) == 1
    if form != "easy_read":  # whose answer comes in easier words
        assert answer == [reply]


async def test_easy_read_begins_with_easier_words_in_our_texts(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    for said in ("easy read", "yes"):
        await sms.says(said)
    sms.ignores_the_rest()
    assert (await bank.address(sms)).plain


async def test_large_print_goes_by_post_so_a_person_asks_where_to(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    for said in ("large print", "1"):
        await sms.says(said)
    sms.ignores_the_rest()
    ((kind, words),) = await bank.tasks()
    assert kind == "print"
    assert words is not None
    assert "large print" in words


async def test_a_no_keeps_nothing(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("large print")
    await phone.says("no")
    phone.reads(sayings.format_right("large print"), sayings.SAME_FORMAT)
    assert await kept(bank, phone) is None
    assert await bank.tasks() == []


async def test_format_offers_all_of_them_and_the_way_back(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("FORMAT")
    await phone.says("as audio recordings")
    phone.reads(sayings.WHICH_FORMAT, sayings.AUDIO)
    assert await kept(bank, phone) == "audio"
    await phone.says("format")
    await phone.says("5")
    phone.reads(sayings.WHICH_FORMAT, sayings.TEXTS_ONLY)
    assert await kept(bank, phone) is None


async def test_of_a_stranger_nothing_is_kept(sms: TextPhone, bank: Bank) -> None:
    await sms.says("large print please")
    sms.ignores_the_rest()
    await sms.says("FORMAT")
    sms.reads(sayings.NOBODY_JOINED)
    assert await bank.nobody_is_known()


@pytest.mark.parametrize("said", ["large print please", "BSL", "easy read"])
async def test_where_we_ask_what_they_need_it_is_the_answer(sms: TextPhone, bank: Bank, said: str) -> None:
    await sms.joins()
    await bank.puts_question(sms, "needs")
    await sms.says(said)
    assert len(sms.unread) == 1
    sms.ignores_the_rest()
    assert await kept(bank, sms) is None


async def test_what_they_are_good_at_may_be_sign_language(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await bank.puts_question(sms, "skills")
    await sms.says("sign language")
    sms.reads(sayings.THANKS_ABOUT_YOU)
    assert (await bank.member(sms)).skills == "sign language"


async def test_while_something_else_is_asked_it_comes_again_after_it(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await bank.later(days=7)
    sms.reads(sayings.LOOKS_AFTER)
    await sms.says("large print please")
    await sms.says("yes")
    sms.reads(sayings.format_right("large print"), sayings.LARGE_PRINT, sayings.LOOKS_AFTER)


async def test_on_a_shared_phone_it_is_asked_whose_it_is(sms: TextPhone, bank: Bank) -> None:
    await sms.joins("Asha")
    for reply in ("JOIN", "1", "2", "1", "Ben"):
        await sms.says(reply)
    sms.ignores_the_rest()
    await sms.says("large print please")
    sms.reads(sayings.who(sayings.WHO_ARE_YOU, "Asha", "Ben"))
    await sms.says("Ben")
    await sms.says("4")
    sms.reads(sayings.WHICH_FORMAT, sayings.LARGE_PRINT)
    assert [one.format for one in await bank.members(sms)] == [None, "large_print"]


async def test_what_we_write_to_many_then_says_where_it_is(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    for said in ("BSL", "yes"):
        await sms.says(said)
    sms.ignores_the_rest()
    await sends(
        bank, "Ashdale Council here. The hall is open. STOP ends texts.", formats={"bsl": "https://ashdale.example/b"}
    )
    (text,) = (bubble.screen for bubble in sms.unread)
    sms.ignores_the_rest()
    assert "https://ashdale.example/b" in text


async def test_in_polish(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.joins()
    for said in ("po polsku", "czy macie to dużym drukiem?", "tak"):
        await telegram.says(said)
    telegram.ignores_the_rest()
    assert await kept(bank, telegram) == "large_print"
