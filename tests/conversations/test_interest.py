"""Interest: a message to many asks, and people answer in one reply, in their own words or by a button."""

from __future__ import annotations

from typing import Any

import pytest

from flows import everywhere
from flows.placed import PLACED
from storage.schema import Record
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TelegramPhone, TextPhone
from tests.conversations.telling import INVITATION, a_project, answers, closes, interest, invites, standings, step

PLACE = step(PLACED, "place")
CLOSED = everywhere.PROJECT_CLOSED.text
INTERESTED_AGAIN = sayings.numbered("Would you like to take part?", ["I'm interested", "Tell me more", "Not for me"])


async def is_invited(phone: Phone, bank: Bank, **project: Any) -> Record:
    await phone.joins()
    row = await a_project(bank, **project)
    await invites(bank, row)
    phone.reads(INVITATION)
    return row


@pytest.mark.parametrize(
    "said", ["1", "yes", "count me in", "go on then", "ok put me down", "I'm interested", "YES!!!"]
)
async def test_a_yes_in_any_words(phone: Phone, bank: Bank, said: str) -> None:
    project = await is_invited(phone, bank)
    await phone.says(said)
    phone.reads(PLACE)
    assert await answers(bank, project, phone) == ["yes"]
    assert await standings(bank, project, [phone]) == ["place"]
    assert (await bank.dispositions(phone))[-1] == "flow"


@pytest.mark.parametrize("said", ["3", "no", "not for me", "no thanks", "cant make it", "pass"])
async def test_a_no_in_any_words(phone: Phone, bank: Bank, said: str) -> None:
    project = await is_invited(phone, bank)
    await phone.says(said)
    phone.reads(interest("no"))
    assert await answers(bank, project, phone) == ["no"]
    assert await standings(bank, project, [phone]) == [None]


@pytest.mark.parametrize("said", ["not now", "maybe later", "ask me again", "not at the moment, mum is ill"])
async def test_not_now_is_no_refusal(phone: Phone, bank: Bank, said: str) -> None:
    project = await is_invited(phone, bank)
    await phone.says(said)
    phone.reads(interest("later"))
    assert await answers(bank, project, phone) == ["later"]


async def test_tell_me_more_one_screen_at_a_time(phone: Phone, bank: Bank) -> None:
    project = await is_invited(phone, bank)
    for screen in ("what", "paid", "say"):
        await phone.says("tell me more")
        phone.reads(interest(screen))
    assert "Pay may change benefits" in interest("paid")
    assert "Tell me more" not in interest("say")
    assert await answers(bank, project, phone) == [None]
    await phone.says("1")
    phone.reads(PLACE)
    assert await answers(bank, project, phone) == ["yes"]


async def test_after_the_last_screen_more_is_a_question_for_a_person(phone: Phone, bank: Bank) -> None:
    await is_invited(phone, bank)
    for said in ("2", "2", "2", "can you tell me more about the hall?"):
        await phone.says(said)
    assert phone.unread[-1].screen.startswith(sayings.WILL_ANSWER)
    phone.ignores_the_rest()
    assert await bank.questions() == ["can you tell me more about the hall?"]


async def test_without_pay_it_says_so(phone: Phone, bank: Bank) -> None:
    await is_invited(phone, bank, paid=False, payment=None)
    for said in ("2", "2"):
        await phone.says(said)
    assert "There is no pay." in phone.unread[-1].screen
    assert "benefits" not in phone.unread[-1].screen
    phone.ignores_the_rest()


async def test_a_question_beside_a_yes_loses_neither(phone: Phone, bank: Bank) -> None:
    project = await is_invited(phone, bank)
    await phone.says("yes please, is there parking?")
    phone.reads(sayings.WILL_ANSWER, PLACE)
    assert await answers(bank, project, phone) == ["yes"]
    assert await bank.questions() == ["yes please, is there parking?"]


async def test_a_question_instead_of_an_answer_leaves_the_question_open(phone: Phone, bank: Bank) -> None:
    project = await is_invited(phone, bank)
    await phone.says("is there parking?")
    phone.reads(f"{sayings.WILL_ANSWER}\n{INTERESTED_AGAIN}")
    assert await bank.questions() == ["is there parking?"]
    (asked,) = await bank.open_questions()
    assert asked.project_id == project.id
    await phone.says("1")
    phone.reads(PLACE)
    assert await answers(bank, project, phone) == ["yes"]


async def test_ok_is_asked_back(phone: Phone, bank: Bank) -> None:
    project = await is_invited(phone, bank)
    await phone.says("ok")
    phone.reads(sayings.check("I'm interested"))
    assert await answers(bank, project, phone) == [None]
    await phone.says("yes")
    phone.reads(PLACE)


@pytest.mark.parametrize("said", ["thanks", "ta duck", "x", "👍 to “help staff rewrite”"])
async def test_thanks_answer_nothing(phone: Phone, bank: Bank, said: str) -> None:
    project = await is_invited(phone, bank)
    await phone.says(said)
    phone.reads_nothing()
    assert await answers(bank, project, phone) == [None]
    await phone.says("yes")
    phone.reads(PLACE)


async def test_a_greeting_is_greeted(phone: Phone, bank: Bank) -> None:
    await is_invited(phone, bank)
    await phone.says("hello")
    phone.reads(sayings.GREETING)
    await phone.says("yes")
    phone.reads(PLACE)


async def test_what_cannot_be_read_gets_a_hint_soon_and_a_person_later(phone: Phone, bank: Bank) -> None:
    await is_invited(phone, bank)
    await phone.says("purple")
    assert phone.unread[-1].screen.startswith(sayings.HINT_3)
    phone.ignores_the_rest()
    await phone.says("no")
    phone.reads(interest("no"))


async def test_days_later_what_is_no_answer_is_kept_for_a_person(phone: Phone, bank: Bank) -> None:
    project = await is_invited(phone, bank)
    await bank.later(days=4)
    phone.ignores_the_rest()
    await phone.says("my bus was late today")
    phone.reads(sayings.kept())
    await phone.says("yes")
    phone.reads(PLACE)
    assert await answers(bank, project, phone) == ["yes"]


async def test_after_thirty_days_it_is_no_answer_any_more(phone: Phone, bank: Bank) -> None:
    project = await is_invited(phone, bank)
    await bank.tells(phone)
    await bank.later(days=31)
    phone.ignores_the_rest()
    await phone.says("SKIP")
    phone.ignores_the_rest()
    await bank.later(hours=1)
    assert await answers(bank, project, phone) == [None]


async def test_a_project_that_has_closed_says_so_kindly(phone: Phone, bank: Bank) -> None:
    project = await is_invited(phone, bank)
    await closes(bank, project)
    await phone.says("yes")
    phone.reads(CLOSED)
    assert await answers(bank, project, phone) == [None]


async def test_a_button_though_another_question_is_open(telegram: TelegramPhone, bank: Bank) -> None:
    project = await is_invited(telegram, bank)
    await bank.puts_question(telegram, "looks_after")
    await telegram.presses("I'm interested")
    telegram.reads(PLACE, sayings.LOOKS_AFTER)
    assert await answers(bank, project, telegram) == ["yes"]
    await telegram.says("no")
    telegram.reads(sayings.THANKS_ABOUT_YOU)


async def test_a_quoting_reply_though_another_question_is_open(bank: Bank) -> None:
    phone = bank.phone("whatsapp")
    project = await is_invited(phone, bank)
    (sent,) = [row for row in await bank.said(phone) if row.broadcast_id is not None]
    await bank.puts_question(phone, "looks_after")
    await phone.says("not for me", OriginalRepliedMessageSid=sent.provider_id)
    phone.reads(interest("no"), sayings.LOOKS_AFTER)
    assert await answers(bank, project, phone) == ["no"]
    await phone.says("yes")
    phone.reads(sayings.THANKS_ABOUT_YOU)


async def test_the_weekly_question_that_is_open_gets_a_plain_answer(phone: Phone, bank: Bank) -> None:
    project = await is_invited(phone, bank)
    await bank.puts_question(phone, "looks_after")
    await phone.says("yes")
    phone.reads(sayings.THANKS_ABOUT_YOU)
    assert await answers(bank, project, phone) == [None]
    await phone.says("yes")
    phone.reads(PLACE)


async def test_a_button_pressed_twice_changes_nothing(telegram: TelegramPhone, bank: Bank) -> None:
    project = await is_invited(telegram, bank)
    await telegram.presses("Not for me")
    await telegram.presses("Not for me", on=0)
    telegram.reads(interest("no"), interest("no"))
    assert await answers(bank, project, telegram) == ["no"]


async def test_a_change_of_mind(phone: Phone, bank: Bank) -> None:
    project = await is_invited(phone, bank)
    await phone.says("yes")
    phone.reads(PLACE)
    await phone.says("sorry no, cant make it")
    phone.reads(interest("no"))
    assert await answers(bank, project, phone) == ["no"]
    assert await standings(bank, project, [phone]) == ["given_up"]
    await phone.says("yes")
    phone.reads(PLACE)
    assert await standings(bank, project, [phone]) == ["place"]


async def test_a_yes_again_is_only_read(phone: Phone, bank: Bank) -> None:
    project = await is_invited(phone, bank)
    await phone.says("yes")
    phone.reads(PLACE)
    await phone.says("thanks")
    phone.reads_nothing()
    assert await standings(bank, project, [phone]) == ["place"]


async def test_stop_is_stop(sms: TextPhone, bank: Bank) -> None:
    project = await is_invited(sms, bank)
    await sms.says("please stop texting me")
    sms.reads(sayings.STOPPED)
    assert await bank.is_stopped(sms)
    assert await answers(bank, project, sms) == [None]


async def test_danger_comes_first(phone: Phone, bank: Bank) -> None:
    project = await is_invited(phone, bank)
    await phone.says("yes but he hits me")
    phone.reads(sayings.DANGER)
    assert await answers(bank, project, phone) == [None]


async def test_skip_leaves_it_unanswered(phone: Phone, bank: Bank) -> None:
    project = await is_invited(phone, bank)
    await phone.says("SKIP")
    phone.reads(interest("later"))
    assert await answers(bank, project, phone) == [None]


async def test_who_was_not_invited_is_not_heard_so(bank: Bank) -> None:
    first, second = bank.phone("sms"), bank.phone("sms")
    await is_invited(first, bank)
    await second.joins("Ben")
    await second.says("yes")
    assert second.unread[-1].screen == sayings.kept()
    second.ignores_the_rest()


async def test_in_polish(phone: Phone, bank: Bank) -> None:
    project = await is_invited(phone, bank)
    await phone.says("po polsku")
    phone.ignores_the_rest()
    await phone.says("jestem zainteresowana")
    assert phone.unread[-1].screen == bank.organisation.catalogs.render(
        PLACED.steps["place"].text,
        "pl",
        {"project": "Home care leaflet"},  # type: ignore[union-attr]  it is a question
    )
    phone.ignores_the_rest()
    assert await answers(bank, project, phone) == ["yes"]
