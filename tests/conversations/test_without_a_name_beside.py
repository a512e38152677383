"""Feedback without a name, and what comes beside the answers: nothing of it is kept with who sent it, but danger."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from storage.conversations import conversations
from storage.feedback import feedback
from storage.media import media
from storage.messages_in import messages_in
from storage.tasks import tasks
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting
from tests.conversations.looking_back import HEARD, HOW, ticked
from tests.conversations.phones import Phone, TelegramPhone, TextPhone
from tests.conversations.reminded import asks_nothing_else, coming, says
from tests.conversations.test_feedback_without_a_name import asked, kept, words_of

LATER = "If you asked us something, please ask again after this. We need to know who asks."
ONLY_WORDS = "We did not keep that: a voice or a picture may show who you are. Please tell us in words."


async def rows(bank: Bank, phone: Phone) -> list[Any]:
    return [row for row in await bank.heard(phone) if (row.asked or "").startswith("feedback_")]


async def test_a_question_is_to_be_asked_again_and_waits_for_nobody(bank: Bank, sms: TextPhone) -> None:
    await asked(bank, sms)
    sms.ignores_the_rest()
    await sms.says("Why does Zofia never listen to me?")
    sms.reads(f"{LATER}\n{HOW}")
    await sms.says("Who chose that awful hall?")
    sms.reads(f"{LATER}\n{HOW}")
    await sms.says("4")
    sms.reads(HEARD)
    assert await bank.questions() == []
    assert "Zofia" not in await words_of(bank)
    assert "awful" not in await words_of(bank)


async def test_a_picture_is_not_kept_and_words_are_asked_for(bank: Bank, sms: TextPhone) -> None:
    await asked(bank, sms)
    sms.ignores_the_rest()
    await sms.sends_a_picture()
    sms.reads(f"{ONLY_WORDS}\n{HOW}")
    assert await bank.count(media) == 0
    assert await bank.kinds_of_tasks() == []
    assert [(row.media, row.kind) for row in await rows(bank, sms)] == [(0, "text")]


async def test_what_somebody_else_wrote_is_no_answer(bank: Bank, telegram: TelegramPhone) -> None:
    await asked(bank, telegram)
    telegram.ignores_the_rest()
    await telegram.forwards("Zofia: it was dreadful")
    telegram.reads(f"{HOW}")
    assert "dreadful" not in await words_of(bank)
    assert await kept(bank) == []


async def test_an_answer_that_quotes_the_question_is_one(bank: Bank) -> None:
    phone = bank.phone("whatsapp")
    await asked(bank, phone)
    question = (await bank.said(phone))[-1]
    phone.ignores_the_rest()
    await phone.says("4 and the tea was lukewarm", OriginalRepliedMessageSid=question.provider_id)
    phone.reads(HEARD)
    ((person_id, _at, _token, said),) = await kept(bank)
    assert (person_id, said["q1"]) == (None, "4")
    assert "lukewarm" not in await words_of(bank)


async def test_a_button_and_a_text_leave_the_same_behind(bank: Bank, telegram: TelegramPhone) -> None:
    await asked(bank, telegram)
    telegram.ignores_the_rest()
    await telegram.says("5")
    await telegram.presses("No")
    telegram.ignores_the_rest()
    blank = {(row.kind, row.text, row.raw, str(row.reading)) for row in await rows(bank, telegram)}
    assert blank == {("text", None, None, "{'meaning': 'feedback'}")}


@pytest.mark.parametrize("more", [(), ("Write it anew",)], ids=["in the middle", "afterwards"])
async def test_who_asks_for_it_leaves_no_item_behind(bank: Bank, sms: TextPhone, more: tuple[str, ...]) -> None:
    """They told us of anything at all, which a person would read; then they would rather not have their name on it."""
    await coming(bank, sms)
    await sms.says("FEEDBACK")
    for answer in ("Your purple leaflet is rude", *more):
        await sms.says(answer)
    sms.ignores_the_rest()
    assert "purple" in str(await bank.tasks())
    await sms.says("can this be anonymous")
    assert "We take it off what you said so far too." in sms.unread[-1].screen
    sms.ignores_the_rest()
    assert await bank.kinds_of_tasks() == []
    items = await bank.asks(lambda tx: list(tx.execute(select(tasks.c.words)).scalars()))
    assert "purple" not in f"{items} {await words_of(bank)}"
    assert [person_id for person_id, *_rest in await kept(bank)] == [None]


async def test_who_stops_in_the_middle_is_not_told_from_the_others(bank: Bank, sms: TextPhone) -> None:
    await asked(bank, sms)
    await sms.says("3")
    await sms.says("STOP")
    sms.ignores_the_rest()
    await bank.until(4, 12, 3)
    ((_person, _at, open_token, said),) = await kept(bank)
    assert (open_token, said) == (None, {"q1": "3"})
    await bank.until(20, 12, 3)
    found = await bank.asks(lambda tx: list(tx.execute(select(feedback.c.finished)).scalars()))
    assert found == [True]


async def test_danger_in_the_middle_goes_the_way_of_danger_and_the_rest_stays_without_a_name(
    bank: Bank, sms: TextPhone
) -> None:
    await asked(bank, sms)
    await sms.says("2")
    sms.ignores_the_rest()
    await sms.says("my son hits me every night, I am scared")
    sms.ignores_the_rest()
    (item,) = await bank.open_tasks()
    assert (item.kind, item.person_id) == ("safeguarding", (await bank.member(sms)).id)
    texts = await bank.asks(lambda tx: list(tx.execute(select(messages_in.c.text)).scalars()))
    assert [text for text in texts if text and "hits me" in text]
    memories = await bank.asks(lambda tx: list(tx.execute(select(conversations.c.memory)).scalars()))
    assert "feedback" not in str([one for one in memories if one])
    await bank.until(20, 12, 3)
    ((person_id, _at, open_token, said),) = await kept(bank)
    assert (person_id, open_token, said) == (None, None, {"q1": "2"})
    sms.ignores_the_rest()


NAMELESS = "Nie zachowamy przy tym Twojego imienia, chyba że komuś grozi niebezpieczeństwo."


@pytest.mark.parametrize("wish", [None, "bez mojego nazwiska"])
async def test_in_polish(bank: Bank, sms: TextPhone, wish: str | None) -> None:
    meeting = await a_meeting(bank, anonymous=wish is None)
    for reply in ("JOIN", "polski", "tak", "tak", "Ewa"):
        await sms.says(reply)
    asks_nothing_else(bank)
    await says(bank, sms, meeting)
    await bank.until(3, 12, 16)
    await ticked(bank, meeting, [sms])
    await bank.until(3, 12, 18)
    assert (NAMELESS in sms.unread[-1].screen) is (wish is None)
    if wish is not None:
        await sms.says("słabo")
        sms.ignores_the_rest()
        await sms.says(wish)
    assert NAMELESS in sms.unread[-1].screen
    sms.ignores_the_rest()
    await sms.says("Dlaczego nikt mnie nie słucha?")
    assert "Musimy wiedzieć, kto pyta." in sms.unread[-1].screen
    for answer in ("2", "nie", "różowe ciastka", "więcej krzeseł", "tak"):
        await sms.says(answer)
        sms.ignores_the_rest()
    assert [word for word in ("słabo", "ciastka", "słucha", "krzeseł") if word in await words_of(bank)] == []
    ((person_id, at, open_token, _said),) = await kept(bank)
    assert (person_id, at, open_token) == (None, None, None)
