"""Getting to know a member: one question a week, none that they have answered, none while they pause."""

from __future__ import annotations

import pytest

from storage.needs import needs
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TextPhone


async def test_one_question_a_week_each_answered(phone: Phone, bank: Bank) -> None:
    await bank.until(4, 1, 11, year=2027)  # eight Mondays without a bank holiday
    await phone.joins("Asha")
    await bank.later(days=6)
    phone.reads_nothing()
    answers = [
        (sayings.LOOKS_AFTER, "yes my mum", sayings.THANKS_ABOUT_YOU),
        (sayings.TOPICS, "1 3 5", sayings.THANKS_TOPICS),
        (sayings.PLACE, "NG5 1AB", sayings.THANKS_PLACE),
        (sayings.WAYS, "online and by phone", sayings.THANKS_ABOUT_YOU),
        (sayings.NEEDS, "large print please", sayings.THANKS_NEEDS),
        (sayings.SKILLS, "baking and spreadsheets", sayings.THANKS_ABOUT_YOU),
        (sayings.SUPPORT, "someone to go with", sayings.THANKS_ABOUT_YOU),
        (sayings.PROMOTIONS, "no thanks", sayings.ONLY_OURS),
    ]
    await bank.later(days=1)
    for question, answer, reply in answers:
        phone.reads(question)
        await phone.says(answer)
        phone.reads(reply)
        await bank.later(days=6)
        phone.reads_nothing()
        await bank.later(days=1)
    await bank.later(days=30)
    phone.reads_nothing()
    person = await bank.member(phone)
    assert (person.looks_after, person.district, person.support) == ("yes", "NG5", "company")
    assert person.skills == "baking and spreadsheets"
    assert await bank.topics(phone) == ["complaints", "home_care", "money"]
    assert await bank.ways(phone) == ["online", "phone"]
    assert await bank.count(needs) == 1
    assert await bank.tasks() == []


async def test_silence_is_no_answer_and_the_next_question_comes_a_week_later(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await bank.later(days=7)
    phone.reads(sayings.LOOKS_AFTER)
    await bank.later(days=7)
    phone.reads(sayings.TOPICS)
    await phone.says("1")
    phone.reads(sayings.THANKS_TOPICS)
    assert (await bank.member(phone)).looks_after is None


async def test_what_was_told_already_is_not_asked(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("menu")
    await phone.says("2")
    await phone.says("all")
    phone.ignores_the_rest()
    await bank.later(days=7)
    phone.reads(sayings.LOOKS_AFTER)
    await phone.says("no")
    phone.ignores_the_rest()
    await bank.later(days=7)
    phone.reads(sayings.PLACE)


async def test_they_may_tell_us_sooner(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("menu")
    await phone.says("1")
    phone.reads(sayings.MENU, sayings.LOOKS_AFTER)
    await phone.says("no")
    phone.reads(sayings.THANKS_ABOUT_YOU)
    await bank.later(days=7)
    phone.reads(sayings.TOPICS)


async def test_no_question_while_they_pause(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("pause")
    await phone.says("two months")
    phone.ignores_the_rest()
    await bank.later(days=60)
    phone.reads_nothing()
    await bank.later(days=2)
    phone.reads(sayings.LOOKS_AFTER)


async def test_no_question_after_stop(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("STOP")
    phone.reads(sayings.STOPPED)
    await bank.later(days=60)
    phone.reads_nothing()


async def test_no_question_on_sunday_nor_at_night(sms: TextPhone, bank: Bank) -> None:
    await bank.until(29, 11, 12)
    await sms.joins()
    await bank.until(6, 12, 12)
    sms.reads_nothing()
    await bank.until(7, 12, 7)
    sms.reads_nothing()
    await bank.until(7, 12, 9)
    sms.reads(sayings.LOOKS_AFTER)


async def test_a_question_skipped_is_not_asked_again(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await bank.later(days=7)
    await phone.says("rather not say")
    phone.reads(sayings.LOOKS_AFTER, sayings.SKIPPED)
    await bank.later(days=7)
    phone.reads(sayings.TOPICS)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("1 3 5", ["complaints", "home_care", "money"]),
        ("1,3 and 5", ["complaints", "home_care", "money"]),
        ("1 & 2", ["carers", "home_care"]),
        ("135", ["complaints", "home_care", "money"]),
        ("ALL", ["carers", "complaints", "home_care", "information", "money"]),
        ("all of them please", ["carers", "complaints", "home_care", "information", "money"]),
        ("charges and money", ["money"]),
        ("Care at home, clear information", ["home_care", "information"]),
        ("3", ["money"]),
    ],
)
async def test_several_topics_in_one_reply(sms: TextPhone, bank: Bank, said: str, kept: list[str]) -> None:
    await sms.joins()
    await bank.puts_question(sms, "topics")
    await sms.says(said)
    sms.reads(sayings.THANKS_TOPICS)
    assert await bank.topics(sms) == kept


@pytest.mark.parametrize(
    ("said", "district", "place"),
    [
        ("NG5 1AB", "NG5", None),
        ("ng51ab", "NG5", None),
        ("NG5", "NG5", None),
        ("my postcode is NG5 1AB", "NG5", None),
        ("14 Mill Lane, NG5 1AB", "NG5", None),
        ("Mansfield", None, "Mansfield"),
        ("I live near Mansfield", None, "Mansfield"),
    ],
)
async def test_only_the_district_is_kept(
    sms: TextPhone, bank: Bank, said: str, district: str | None, place: str | None
) -> None:
    await sms.joins()
    await bank.puts_question(sms, "place")
    await sms.says(said)
    sms.reads(sayings.THANKS_PLACE)
    person = await bank.member(sms)
    assert (person.district, person.place) == (district, place)
    assert "people" not in await bank.remembers("1AB")


@pytest.mark.parametrize("name", ["needs", "skills"])
@pytest.mark.parametrize("said", ["nothing thanks", "no"])
async def test_nothing_is_an_answer_and_we_do_not_say_that_it_is_noted(
    phone: Phone, bank: Bank, name: str, said: str
) -> None:
    await phone.joins()
    await bank.puts_question(phone, name)
    await phone.says(said)
    phone.reads("That is fine. You can tell us another time.")
    assert await bank.count(needs) == 0
    assert (await bank.member(phone)).skills is None


async def test_an_interpreter_is_what_they_need_and_no_language_to_write_in(sms: Phone, bank: Bank) -> None:
    await sms.joins()
    await bank.puts_question(sms, "needs")
    await sms.says("BSL please")
    sms.reads("Thank you. We have noted it, and will plan for it each time.")
    assert await bank.count(needs) == 1


async def test_a_question_waits_for_what_they_are_in_the_middle_of(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await bank.later(days=6, hours=23)
    await phone.says("CALL")
    phone.reads(sayings.WHEN_TO_RING)
    await bank.later(hours=2)
    phone.reads_nothing()
    await phone.says("tonight")
    phone.reads(sayings.RING_THEN)
