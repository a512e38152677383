"""Odd messages: kept, answered kindly or with silence, and each with exactly one disposition."""

from __future__ import annotations

import pytest

from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TelegramPhone, TextPhone
from tests.conversations.steps import ASKING, stand_at

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
MARKS = "\u202ehello\u202c there \u200f\u200b"
ODD = {
    "a picture of a word": ("🧩🧩", None),
    "only a full stop": (".", None),
    "a kiss": ("xx", None),
    "laughter": ("hahaha 😂", None),
    "thanks": ("thank you x", None),
    "a thumb": ("👍", None),
    "ten thousand letters": ("Your poster came down in the wind. " * 286, sayings.kept()),
    "a NUL": ("somebody fix\x00 the lift", sayings.kept()),
    "control characters": ("the lift\x07\x1b[2J is broken", sayings.kept()),
    "marks of direction": (f"{MARKS} the lift", sayings.kept()),
    "braces": ("{name} {0} %s the lift", sayings.kept()),
    "a tag": ("<b>the lift</b><script>alert(1)</script>", sayings.kept()),
    "zeros": ("00000", sayings.kept()),
}


@ON_BOTH
@pytest.mark.parametrize("odd", ODD)
async def test_where_nothing_was_asked(sms: TextPhone, bank: Bank, odd: str) -> None:
    text, reply = ODD[odd]
    await sms.says(text)
    sms.reads(*([reply] if reply else []))
    (heard,) = await bank.heard(sms)
    assert heard.disposition == ("inbox" if reply else "automatic")
    assert heard.text == text.replace("\x00", "")
    assert await bank.kinds_of_tasks() == (["read"] if reply else [])


@pytest.mark.parametrize("odd", ODD)
async def test_where_something_was_asked_nothing_is_taken_for_an_answer(sms: TextPhone, bank: Bank, odd: str) -> None:
    text, _reply = ODD[odd]
    await stand_at("the agreement", sms, bank)
    await sms.says(text)
    assert len(sms.unread) <= 1
    sms.ignores_the_rest()
    assert await bank.nobody_is_known()
    await sms.says("1")
    sms.reads(sayings.NAME)


async def test_an_empty_text_is_silence(sms: TextPhone, bank: Bank) -> None:
    await sms.says("")
    await sms.says("   ")
    sms.reads_nothing()
    assert await bank.dispositions(sms) == ["automatic", "automatic"]


async def test_a_picture_alone_is_kept_for_a_person(phone: Phone, bank: Bank) -> None:
    await phone.sends_a_picture()
    phone.reads(sayings.kept_media())
    assert await bank.kinds_of_tasks() == ["read"]
    assert await bank.dispositions(phone) == ["inbox"]


@pytest.mark.parametrize("step", ASKING)
async def test_a_picture_in_a_conversation_leaves_the_question_open(sms: TextPhone, bank: Bank, step: str) -> None:
    here = await stand_at(step, sms, bank)
    await sms.sends_a_picture()
    sms.reads(sayings.kept_media())
    await sms.says(here.answer)
    sms.reads(here.onward)


async def test_a_picture_with_an_answer_is_an_answer_and_is_seen(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.sends_a_picture("yes")
    phone.reads(sayings.WELCOME, sayings.AGREE)
    assert await bank.dispositions(phone) == ["word", "flow"]


async def test_a_very_long_name_is_no_name(phone: Phone, bank: Bank) -> None:
    await stand_at("the name", phone, bank)
    await phone.says("a" * 9000)
    assert all(len(bubble.screen) < 400 for bubble in phone.unread)
    phone.ignores_the_rest()


async def test_promise_25_half_a_character_is_kept_as_a_dead_letter_and_the_next_is_handled(
    telegram: TelegramPhone, bank: Bank
) -> None:
    await telegram.says("hello \ud83d")
    telegram.reads_nothing()
    bank.dead_letters_expected = 1
    await telegram.says("JOIN")
    telegram.reads(sayings.WELCOME)


async def test_a_letter_we_cannot_read_is_asked_which_language(sms: TextPhone, bank: Bank) -> None:
    await sms.says("المصعد معطل")
    assert sms.unread[-1].screen.startswith("Which language shall we write in?")
    assert "العربية" in sms.unread[-1].screen
    sms.ignores_the_rest()
