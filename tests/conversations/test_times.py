"""TIMES: people say between which times our texts suit them, and what they did not ask for keeps to it."""

from __future__ import annotations

import pytest

from bank import hours
from storage import people, told
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TelegramPhone, TextPhone
from tests.conversations.steps import STEPS, stand_at

MEMBERS = [name for name, step in STEPS.items() if step.is_member]
STRANGERS = [name for name in STEPS if name not in MEMBERS]


async def kept(bank: Bank, phone: Phone) -> str | None:
    return hours.kept(await bank.member(phone))


@pytest.mark.parametrize("step", MEMBERS)
async def test_times_is_heard_everywhere_and_then_our_question_comes_again(
    sms: TextPhone, bank: Bank, step: str
) -> None:
    here = await stand_at(step, sms, bank)
    await sms.says("Times please")
    await sms.says("2")
    sms.reads(sayings.WHEN_TO_TEXT, sayings.texts_come("9am", "12 noon"), *([here.question] if here.question else []))
    assert await kept(bank, sms) == "09:00-12:00"
    assert await bank.tasks() == []
    if here.question:
        await sms.says(here.answer)
        sms.reads(here.onward)


@pytest.mark.parametrize("step", STRANGERS)
async def test_times_of_a_stranger_keep_nothing(sms: TextPhone, bank: Bank, step: str) -> None:
    here = await stand_at(step, sms, bank)
    await sms.says("TIMES")
    sms.reads(sayings.NOBODY_JOINED, *([here.question] if here.question else []))
    assert await bank.nobody_is_known()


@pytest.mark.parametrize(
    ("said", "begins", "ends", "columns"),
    [
        ("1", "9am", "7pm", (540, 1140)),
        ("any time", "9am", "7pm", (540, 1140)),
        ("morning", "9am", "12 noon", (540, 720)),
        ("3", "12 noon", "5pm", (720, 1020)),
        ("Evenings please", "5pm", "7pm", (1020, 1140)),
    ],
)
async def test_each_choice_is_said_back_and_kept(
    phone: Phone, bank: Bank, said: str, begins: str, ends: str, columns: tuple[int, int]
) -> None:
    await phone.joins()
    await phone.says("times")
    await phone.says(said)
    phone.reads(sayings.WHEN_TO_TEXT, sayings.texts_come(begins, ends))
    person = await bank.member(phone)
    assert (person.text_from, person.text_until) == columns
    source = (await bank.asks(lambda tx: told.of(tx, person.id)))["hours"]
    assert source.message_id == (await bank.heard(phone))[-1].id


async def test_the_newest_answer_counts(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    for said in ("times", "2", "times", "4"):
        await phone.says(said)
    phone.ignores_the_rest()
    assert await kept(bank, phone) == "17:00-19:00"


async def test_times_may_be_thought_better_of(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("times")
    await phone.says("skip")
    phone.reads(sayings.WHEN_TO_TEXT, sayings.SAME_TIMES)
    assert await kept(bank, phone) is None


async def test_who_thinks_of_a_pause_may_choose_times_instead(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("pause")
    await phone.says("4")
    await phone.says("2")
    phone.reads(sayings.HOW_LONG, sayings.WHEN_TO_TEXT, sayings.texts_come("9am", "12 noon"))
    assert (await bank.member(phone)).paused_until is None


@pytest.mark.parametrize(
    ("said", "begins", "ends", "hours_kept"),
    [
        ("please only text me after 6", "6pm", "7pm", "18:00-19:00"),
        ("Only text me in the mornings please", "9am", "12 noon", "09:00-12:00"),
        ("don't text me before 10", "10am", "7pm", "10:00-19:00"),
        ("No texts after 5.30 please", "9am", "5.30pm", "09:00-17:30"),
        ("could you only text me between 2 and half past 4", "2pm", "4.30pm", "14:00-16:30"),
        ("dont text me until 10am", "10am", "7pm", "10:00-19:00"),
        ("Don't text me in the mornings", "12 noon", "7pm", "12:00-19:00"),
    ],
)
async def test_a_plain_wish_is_asked_back_before_it_changes_anything(
    sms: TextPhone, bank: Bank, said: str, begins: str, ends: str, hours_kept: str
) -> None:
    await sms.joins()
    await sms.says(said)
    sms.reads(sayings.only_then(begins, ends))
    assert await kept(bank, sms) is None
    await sms.says("yes")
    sms.reads(sayings.texts_come(begins, ends))
    assert await kept(bank, sms) == hours_kept
    assert not await bank.is_stopped(sms)
    assert await bank.tasks() == []


async def test_a_wish_that_was_heard_wrong_leads_to_the_choices(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("only text me after 2")
    await phone.says("no")
    await phone.says("not before 3")
    phone.reads(sayings.only_then("2pm", "7pm"), sayings.WHEN_TO_TEXT, sayings.only_then("3pm", "7pm"))
    await phone.says("afternoons")
    phone.reads(sayings.texts_come("12 noon", "5pm"))
    assert await kept(bank, phone) == "12:00-17:00"


@pytest.mark.parametrize(
    "said",
    [
        "don't text me after 9",
        "dont text me at night pls",
        "dont text me while im at work",
        "only text me after 8pm",
        "please dont text me this late",
    ],
)
async def test_a_wish_that_does_not_say_which_hours_brings_the_choices(sms: TextPhone, bank: Bank, said: str) -> None:
    await sms.joins()
    await sms.says(said)
    sms.reads(sayings.WHEN_TO_TEXT)
    assert await kept(bank, sms) is None


@pytest.mark.parametrize("said", ["not before 10", "after 6", "in the mornings", "text me after 6"])
async def test_what_may_be_about_something_else_is_for_a_person(sms: TextPhone, bank: Bank, said: str) -> None:
    await sms.joins()
    await sms.says(said)
    assert await bank.kinds_of_tasks() == ["read"]
    sms.reads(sayings.kept())


@pytest.mark.parametrize(
    "said",
    [
        "don't text me",
        "stop texting me",
        "don't text me ever again",
        "no more texts",
        "don't text me today",
        "stop texting me in the mornings or at all",
    ],
)
async def test_a_stop_is_a_stop(sms: TextPhone, bank: Bank, said: str) -> None:
    await sms.joins()
    await sms.says("TIMES")
    await sms.says(said)
    sms.reads(sayings.WHEN_TO_TEXT, sayings.STOPPED)
    assert await bank.is_stopped(sms)


async def test_a_wish_while_something_else_is_asked_waits_for_no_one(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await bank.later(days=7)
    await sms.says("only text me after 5")
    await sms.says("1")
    sms.reads(
        sayings.LOOKS_AFTER,
        sayings.only_then("5pm", "7pm"),
        sayings.texts_come("5pm", "7pm"),
        sayings.LOOKS_AFTER,
    )
    await sms.says("no")
    sms.reads(sayings.THANKS_ABOUT_YOU)


async def test_a_wish_in_polish(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.joins()
    await telegram.says("po polsku")
    telegram.ignores_the_rest()
    await telegram.says("proszę pisać tylko po 17")
    await telegram.says("tak")
    (asked, done) = [bubble.screen for bubble in telegram.unread]
    telegram.ignores_the_rest()
    assert asked.startswith("Czy mamy pisać tylko od 17.00 do 19.00?")
    assert "od 17.00 do 19.00" in done
    assert await kept(bank, telegram) == "17:00-19:00"
    await telegram.says("GODZINY")
    await telegram.says("rano")
    telegram.ignores_the_rest()
    assert await kept(bank, telegram) == "09:00-12:00"


async def test_on_a_shared_phone_it_is_asked_whose_times_they_are(sms: TextPhone, bank: Bank) -> None:
    await sms.joins("Asha")
    for reply in ("JOIN", "1", "2", "1", "Ben"):
        await sms.says(reply)
    sms.ignores_the_rest()
    await sms.says("TIMES")
    sms.reads(sayings.who(sayings.WHO_ARE_YOU, "Asha", "Ben"))
    await sms.says("Ben")
    await sms.says("4")
    sms.reads(sayings.WHEN_TO_TEXT, sayings.texts_come("5pm", "7pm"))
    assert [hours.kept(one) for one in await bank.members(sms)] == [None, "17:00-19:00"]


async def test_our_question_waits_for_the_time_that_suits_them(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await sms.says("TIMES")
    await sms.says("evenings")
    sms.ignores_the_rest()
    await bank.until(30, 11, 16, 59)
    sms.reads_nothing()
    await sms.says("who is this?")
    sms.reads(sayings.WHO_WE_ARE)
    await bank.until(30, 11, 17)
    sms.reads(sayings.LOOKS_AFTER)


@pytest.mark.parametrize(
    ("joined", "early", "in_time"),
    [
        ((21, 3, 12), (30, 3, 16, 59), (30, 3, 17, 0)),  # the clocks go forward on 28 March; Monday is Easter Monday
        ((24, 10, 12), (1, 11, 16, 59), (1, 11, 17, 0)),  # and back on 31 October
    ],
    ids=["into summer", "into winter"],
)
async def test_5pm_is_5pm_after_the_clocks_change(
    sms: TextPhone,
    bank: Bank,
    joined: tuple[int, int, int],
    early: tuple[int, int, int, int],
    in_time: tuple[int, int, int, int],
) -> None:
    await bank.until(*joined, year=2027)
    await sms.joins()
    await sms.says("TIMES")
    await sms.says("4")
    sms.ignores_the_rest()
    await bank.until(*early, year=2027)
    sms.reads_nothing()
    await bank.until(*in_time, year=2027)
    sms.reads(sayings.LOOKS_AFTER)


async def test_who_leaves_takes_their_times_with_them(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    for said in ("times", "2"):
        await phone.says(said)
    person = await bank.member(phone)
    await phone.says("LEAVE")
    phone.ignores_the_rest()
    await bank.later(days=15)
    gone = await bank.asks(lambda tx: people.get(tx, person.id))
    assert (gone.text_from, gone.text_until) == (None, None)
    assert await bank.asks(lambda tx: told.of(tx, person.id)) == {}
