"""LESS: people ask for fewer texts, and get fewer. A STOP stays a STOP."""

from __future__ import annotations

import pytest

from bank.lacking import NotYet
from storage import consents, people, told
from storage.people import ONLY_THE_NEWS
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TelegramPhone, TextPhone
from tests.conversations.steps import STEPS, stand_at
from tests.conversations.written_to_many import INVITATION, NEWS, knows_all, sends, sends_news

MEMBERS = [name for name, step in STEPS.items() if step.is_member]
STRANGERS = [name for name in STEPS if name not in MEMBERS]


async def days_apart(bank: Bank, phone: Phone) -> int | None:
    return (await bank.member(phone)).days_apart  # type: ignore[no-any-return]  a row may be anything


async def wants(phone: Phone, choice: str) -> None:
    await phone.says("LESS")
    await phone.says(choice)
    phone.ignores_the_rest()


@pytest.mark.parametrize("step", MEMBERS)
async def test_less_is_heard_everywhere_and_then_our_question_comes_again(
    sms: TextPhone, bank: Bank, step: str
) -> None:
    here = await stand_at(step, sms, bank)
    await sms.says("please text me less")
    await sms.says("1")
    sms.reads(sayings.HOW_OFTEN, sayings.EVERY_TWO_WEEKS, *([here.question] if here.question else []))
    assert await days_apart(bank, sms) == 14
    assert await bank.tasks() == []
    if here.question:
        await sms.says(here.answer)
        sms.reads(here.onward)


@pytest.mark.parametrize("step", STRANGERS)
async def test_less_of_a_stranger_keeps_nothing_and_says_how_to_stop(sms: TextPhone, bank: Bank, step: str) -> None:
    here = await stand_at(step, sms, bank)
    await sms.says("too many texts")
    sms.reads(sayings.NOBODY_TO_STOP, *([here.question] if here.question else []))
    assert await bank.nobody_is_known()


@pytest.mark.parametrize(
    ("said", "reply", "days"),
    [
        ("every two weeks", sayings.EVERY_TWO_WEEKS, 14),
        ("2", sayings.MONTHLY, 31),
        ("3", sayings.ONLY_NEWS, ONLY_THE_NEWS),
        ("as before", sayings.AS_BEFORE, None),
        ("skip", sayings.NOT_LESS, None),
    ],
)
async def test_each_choice_is_said_back_and_kept(
    phone: Phone, bank: Bank, said: str, reply: str, days: int | None
) -> None:
    await phone.joins()
    await phone.says("ask me less")
    await phone.says(said)
    phone.reads(sayings.HOW_OFTEN, reply)
    person = await bank.member(phone)
    assert person.days_apart == days
    noted = await bank.asks(lambda tx: told.of(tx, person.id))
    assert ("days_apart" in noted) is (said != "skip")
    if said != "skip":
        assert noted["days_apart"].message_id == (await bank.heard(phone))[-1].id


async def test_less_may_be_taken_back(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await wants(phone, "2")
    await wants(phone, "4")
    assert await days_apart(bank, phone) is None


@pytest.mark.parametrize(
    "said",
    ["too many texts, stop", "Too many texts. STOP", "stop, you text too often", "no more texts", "stop texting me"],
)
async def test_a_stop_is_a_stop(sms: TextPhone, bank: Bank, said: str) -> None:
    await sms.joins()
    await sms.says(said)
    sms.reads(sayings.STOPPED)
    assert await bank.is_stopped(sms)
    assert await days_apart(bank, sms) is None


@pytest.mark.parametrize("said", ["less pain today", "I have less time than I had", "not so often as my sister"])
async def test_what_is_about_something_else_is_for_a_person(sms: TextPhone, bank: Bank, said: str) -> None:
    await sms.joins()
    await sms.says(said)
    assert await bank.kinds_of_tasks() == ["read"]
    sms.reads(sayings.kept())


async def test_pause_offers_less_too(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("pause")
    await phone.says("5")
    await phone.says("once a month")
    phone.reads(sayings.HOW_LONG, sayings.HOW_OFTEN, sayings.MONTHLY)
    person = await bank.member(phone)
    assert (person.days_apart, person.paused_until) == (31, None)


async def test_the_menu_leads_to_all_about_texts(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("menu")
    await phone.says("texts and news")
    await phone.says("get fewer texts")
    await phone.says("1")
    phone.reads(sayings.MENU, sayings.RHYTHM, sayings.HOW_OFTEN, sayings.EVERY_TWO_WEEKS)
    assert await days_apart(bank, phone) == 14


async def test_our_weekly_questions_come_every_two_weeks_then(sms: TextPhone, bank: Bank) -> None:
    await bank.until(4, 1, 11, year=2027)  # Mondays without a bank holiday
    await sms.joins()
    await wants(sms, "1")
    await bank.later(days=7)
    sms.reads(sayings.LOOKS_AFTER)
    await bank.later(days=13)
    sms.reads_nothing()
    await bank.later(days=1)
    sms.reads(sayings.TOPICS)


async def test_who_wants_only_the_news_gets_nothing_else(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await wants(sms, "3")
    person = await bank.member(sms)
    assert person.digest
    ledger = await bank.asks(lambda tx: consents.history(tx, person_id=person.id))
    assert (ledger[-1].purpose, ledger[-1].given, ledger[-1].shown) == ("digest", True, True)
    assert ledger[-1].words == sayings.HOW_OFTEN
    with pytest.raises(NotYet, match="It reaches nobody"):
        await sends(bank, INVITATION)
    await bank.later(days=8)
    sms.reads_nothing()
    await sends_news(bank)
    sms.reads(NEWS)
    await bank.later(days=30)
    sms.reads_nothing()


async def test_an_invitation_waits_for_the_day_from_which_they_want_one(sms: TextPhone, bank: Bank) -> None:
    await bank.until(4, 1, 11, year=2027)
    await sms.joins()
    await wants(sms, "2")
    await knows_all(bank, sms)
    await sends(bank, INVITATION)
    sms.reads(INVITATION)
    await sends(bank, "Ashdale Council here. The hall is closed. STOP ends texts.")
    await bank.later(days=30)
    sms.reads_nothing()
    await bank.later(days=1)
    sms.reads("Ashdale Council here. The hall is closed. STOP ends texts.")


async def test_what_they_ask_us_is_answered_at_once_all_the_same(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await wants(sms, "2")
    await sends(bank, INVITATION)
    sms.reads(INVITATION)
    await sms.says("HELP")
    sms.reads(sayings.HELP)


async def test_a_pause_keeps_what_is_written_to_many_away_too(sms: TextPhone, bank: Bank) -> None:
    """Both before it has gone to anybody, and while it waits for its turn."""
    other, third = bank.phone("sms"), bank.phone("sms")
    for phone in (sms, other, third):
        await phone.joins()
        await knows_all(bank, phone)
    for said in ("pause", "1"):
        await sms.says(said)
    sms.ignores_the_rest()
    await sends(bank, INVITATION)
    other.reads(INVITATION)
    await sends(bank, NEWS)  # it waits until their week has room
    for said in ("pause", "1"):
        await other.says(said)
    other.ignores_the_rest()
    await bank.later(days=8)
    await bank.later(days=7)
    third.reads(INVITATION, NEWS)
    sms.reads_nothing()
    other.reads_nothing()


async def test_my_details_say_how_often(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await wants(phone, "1")
    await phone.says("my details")
    await phone.says("yes")
    phone.reads(
        sayings.SAFE_TO_READ,
        sayings.fewer("every two weeks at most"),
        sayings.details("Asha", "not told yet", "not told yet", 0),
    )


async def test_on_a_shared_phone_it_is_asked_who_wants_less(sms: TextPhone, bank: Bank) -> None:
    await sms.joins("Asha")
    for reply in ("JOIN", "1", "2", "1", "Ben"):
        await sms.says(reply)
    sms.ignores_the_rest()
    await sms.says("not so often please")
    sms.reads(sayings.who(sayings.WHO_ARE_YOU, "Asha", "Ben"))
    await sms.says("Ben")
    await sms.says("2")
    sms.reads(sayings.HOW_OFTEN, sayings.MONTHLY)
    assert [one.days_apart for one in await bank.members(sms)] == [None, 31]


async def test_in_polish(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.joins()
    await telegram.says("po polsku")
    for said in ("piszcie rzadziej", "2"):
        await telegram.says(said)
    telegram.ignores_the_rest()
    assert await days_apart(bank, telegram) == 31


async def test_who_leaves_takes_their_wishes_with_them(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await wants(phone, "3")
    person = await bank.member(phone)
    await phone.says("LEAVE")
    phone.ignores_the_rest()
    await bank.later(days=15)
    gone = await bank.asks(lambda tx: people.get(tx, person.id))
    assert (gone.days_apart, gone.digest, gone.format, gone.promotions) == (None, False, None, False)
