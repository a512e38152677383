"""The words that work everywhere, at every kind of step."""

from __future__ import annotations

import pytest

from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TextPhone
from tests.conversations.steps import ASKING, STEPS, stand_at

ANYWHERE = pytest.mark.parametrize("step", STEPS)
WHERE_WE_ASK = pytest.mark.parametrize("step", ASKING)


@ANYWHERE
@pytest.mark.parametrize(("said", "reply"), [("HELP", sayings.HELP), ("who is this?", sayings.WHO_WE_ARE)])
async def test_help_and_who_answer_and_the_question_stays_open(
    sms: TextPhone, bank: Bank, step: str, said: str, reply: str
) -> None:
    here = await stand_at(step, sms, bank)
    await sms.says(said)
    sms.reads(reply)
    assert await bank.tasks() == []
    if here.question:
        await sms.says(here.answer)
        sms.reads(here.onward)


async def test_help_is_help_on_the_menu_where_a_choice_speaks_of_help(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("MENU")
    await phone.says("help")
    phone.reads(sayings.MENU, sayings.HELP)
    await phone.says("who helps me")
    phone.reads(sayings.NO_HELPERS)


@ANYWHERE
async def test_call_asks_for_a_good_time_and_then_our_question_again(sms: TextPhone, bank: Bank, step: str) -> None:
    here = await stand_at(step, sms, bank)
    await sms.says("can someone call me")
    sms.reads(sayings.WHEN_TO_RING)
    await sms.says("tomorrow after 2pm")
    sms.reads(sayings.RING_THEN, *([here.question] if here.question else []))
    assert await bank.tasks() == [("call", "tomorrow after 2pm")]
    if here.question:
        await sms.says(here.answer)
        sms.reads(here.onward)


async def test_call_without_a_time(phone: Phone, bank: Bank) -> None:
    await phone.says("CALL")
    await phone.says("skip")
    phone.reads(sayings.WHEN_TO_RING, sayings.RING_ANY_TIME)
    assert await bank.kinds_of_tasks() == ["call"]


@pytest.mark.parametrize("step", [name for name, step in STEPS.items() if step.is_member])
async def test_pause_stops_what_was_not_asked_for(sms: TextPhone, bank: Bank, step: str) -> None:
    await stand_at(step, sms, bank)
    until = "Monday 14 December" if step == "a question about you" else "Monday 7 December"
    await sms.says("PAUSE")
    sms.reads(sayings.HOW_LONG)
    await sms.says("two weeks")
    sms.reads(sayings.paused(until))
    await bank.later(days=13)
    sms.reads_nothing()
    await sms.says("START")
    assert (await bank.member(sms)).paused_until is None
    sms.reads(sayings.STARTED)


@pytest.mark.parametrize("step", [name for name, step in STEPS.items() if not step.is_member])
async def test_pause_by_somebody_we_do_not_know_keeps_nothing_and_says_a_date(
    sms: TextPhone, bank: Bank, step: str
) -> None:
    await stand_at(step, sms, bank)
    await sms.says("PAUSE")
    await sms.says("1")
    sms.reads(sayings.HOW_LONG, sayings.paused("Monday 7 December"))
    assert await bank.nobody_is_known()
    await bank.later(days=13)
    sms.reads_nothing()


async def test_what_was_asked_before_a_pause_may_still_be_answered(sms: TextPhone, bank: Bank) -> None:
    await sms.joins_as_far_as_the_name()
    await sms.says("PAUSE")
    await sms.says("2")
    sms.ignores_the_rest()
    await sms.says("Asha")
    assert (await bank.member(sms)).name == "Asha"
    sms.ignores_the_rest()


async def test_paused_until_they_say(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("pause")
    await phone.says("3")
    phone.reads(sayings.HOW_LONG, sayings.NO_TEXTS_UNTIL_START)
    await bank.later(days=60)
    phone.reads_nothing()
    await phone.says("start")
    phone.reads(sayings.STARTED)
    await bank.later(days=1)
    phone.reads(sayings.LOOKS_AFTER)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("TILL AFTER XMAS", "Saturday 2 January"),
        ("until christmas", "Friday 25 December"),
        ("until january", "Friday 1 January"),
        ("till easter", "Sunday 28 March"),
        ("3 weeks", "Monday 14 December"),
        ("for six weeks please", "Monday 4 January"),
    ],
)
async def test_a_pause_until_a_day_that_they_name_is_asked_back(
    sms: TextPhone, bank: Bank, said: str, day: str
) -> None:
    await sms.joins()
    await sms.says("pause")
    await sms.says(said)
    sms.reads(sayings.HOW_LONG, sayings.pause_right(day))
    assert (await bank.member(sms)).paused_until is None
    await sms.says("yes")
    sms.reads(sayings.paused(day))
    assert (await bank.member(sms)).paused_until is not None
    assert await bank.tasks() == []


async def test_a_day_that_we_heard_wrong_leads_back_to_the_choices(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    for said in ("pause", "after the holidays", "no", "two weeks"):
        await sms.says(said)
    sms.reads(
        sayings.HOW_LONG,
        sayings.pause_right("Saturday 2 January"),
        sayings.HOW_LONG,
        sayings.paused("Monday 7 December"),
    )


async def test_pause_may_be_thought_better_of(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("pause")
    await phone.says("skip")
    phone.reads(sayings.HOW_LONG, sayings.NOT_PAUSED)
    assert (await bank.member(phone)).paused_until is None


@pytest.mark.parametrize(
    ("step", "asked"),
    [
        ("the first question", sayings.WELCOME),
        ("the agreement", sayings.WELCOME),
        ("a check", sayings.WELCOME),
        ("the name", sayings.AGREE),
        ("a question about you", sayings.LOOKS_AFTER),
        ("no question, a member", sayings.MENU),
        ("no question, a stranger", sayings.MENU),
    ],
)
async def test_back_asks_the_question_before(sms: TextPhone, bank: Bank, step: str, asked: str) -> None:
    await stand_at(step, sms, bank)
    await bank.later(minutes=1)
    await sms.says("BACK")
    sms.reads(asked)


async def test_back_from_a_check_asks_the_question_that_was_checked(phone: Phone, bank: Bank) -> None:
    await stand_at("the agreement", phone, bank)
    await phone.says("ok")
    await phone.says("back")
    phone.reads(sayings.check("Yes, and I am 18 or over"), sayings.AGREE)


@pytest.mark.parametrize(
    ("step", "reply"),
    [
        ("the first question", f"{sayings.NEEDED}\n{sayings.WANTS}"),
        ("the agreement", f"{sayings.NEEDED}\n{sayings.AGREE_AGAIN}"),
        ("a check", f"{sayings.NEEDED}\n{sayings.WANTS}"),
        ("the name", sayings.NAMELESS),
        ("a question about you", sayings.SKIPPED),
        ("no question, a member", sayings.kept()),
        ("no question, a stranger", sayings.kept()),
    ],
)
async def test_skip_goes_on_where_it_can(sms: TextPhone, bank: Bank, step: str, reply: str) -> None:
    await stand_at(step, sms, bank)
    await sms.says("SKIP")
    sms.reads(reply)
    assert await bank.kinds_of_tasks() == (["read"] if reply == sayings.kept() else [])


@ANYWHERE
async def test_menu_and_from_it_to_a_person(sms: TextPhone, bank: Bank, step: str) -> None:
    here = await stand_at(step, sms, bank)
    await sms.says("menu")
    sms.reads(sayings.MENU)
    await sms.says("6")
    sms.reads(sayings.WHEN_TO_RING)
    await sms.says("mornings")
    sms.reads(sayings.RING_THEN, *([here.question] if here.question else []))
    assert await bank.tasks() == [("call", "mornings")]


async def test_the_menu_leads_a_stranger_to_joining(phone: Phone) -> None:
    await phone.says("MENU")
    await phone.says("1")
    phone.reads(sayings.MENU, sayings.WELCOME)


async def test_the_menu_leads_a_member_to_their_topics(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("MENU")
    await phone.says("change my topics")
    phone.reads(sayings.MENU, sayings.TOPICS)
    await phone.says("2 and 3")
    phone.reads(sayings.THANKS_TOPICS)
    assert await bank.topics(phone) == ["carers", "money"]


@WHERE_WE_ASK
async def test_my_details_are_confirmed_first_and_the_question_comes_back(
    sms: TextPhone, bank: Bank, step: str
) -> None:
    here = await stand_at(step, sms, bank)
    assert here.question
    await sms.says("my details")
    sms.reads(sayings.SAFE_TO_READ)
    await sms.says("no")
    sms.reads(sayings.NOT_READ_OUT, here.question)


async def test_my_details_say_name_topics_and_area_and_count_the_needs(phone: Phone, bank: Bank) -> None:
    await phone.joins("Asha")
    await bank.tells(phone, topics="2 3", place="NG5 1AB", needs="large print because of my macular degeneration")
    await phone.says("what do you hold about me")
    phone.reads(sayings.SAFE_TO_READ)
    await phone.says("yes")
    (told,) = [bubble.screen for bubble in phone.unread]
    phone.reads(sayings.details("Asha", "Support for carers, Charges and money", "NG5", 1))
    assert "print" not in told
    assert "1AB" not in told


async def test_my_details_of_a_member_who_told_us_nothing_yet(phone: Phone) -> None:
    await phone.joins(None)
    await phone.says("MY DETAILS")
    await phone.says("1")
    phone.reads(sayings.SAFE_TO_READ, sayings.details("not told yet", "not told yet", "not told yet", 0))


async def test_my_details_of_a_stranger(phone: Phone) -> None:
    await phone.says("MY DETAILS")
    await phone.says("yes")
    phone.reads(sayings.SAFE_TO_READ, sayings.NOBODY_JOINED)
