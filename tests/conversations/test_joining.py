"""Joining: each way through it, on every channel."""

from __future__ import annotations

import pytest

from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TelegramPhone, TextPhone

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


@ON_BOTH
async def test_a_member_in_three_replies(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    phone.reads(sayings.WELCOME)
    await phone.says("yes")
    phone.reads(sayings.AGREE)
    await phone.says("1")
    phone.reads(sayings.NAME)
    await phone.says("Asha")
    phone.reads(sayings.thanks("Asha"))
    assert (await bank.member(phone)).name == "Asha"
    assert await bank.consents(phone) == [("bank", True), ("messages", True)]
    assert await bank.dispositions(phone) == ["word", "flow", "flow", "flow"]
    assert await bank.tasks() == []


@pytest.mark.parametrize("words", ["I SAW YOUR POSTER. ID LIKE TO JOIN", "I look after my mum. How do I join?"])
async def test_a_wish_in_one_sentence_of_several_begins_it(sms: TextPhone, bank: Bank, words: str) -> None:
    await sms.says(words)
    await sms.says("yes")
    sms.reads(sayings.WELCOME, sayings.AGREE)


async def test_who_does_not_wish_to_join_is_not_asked_to(sms: TextPhone, bank: Bank) -> None:
    await sms.says("I saw your poster. I don't want to join")
    assert sayings.WELCOME not in [bubble.screen for bubble in sms.unread]
    sms.ignores_the_rest()
    assert await bank.nobody_is_known()


async def test_a_member_by_buttons(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.says("/start")
    telegram.reads(sayings.WELCOME)
    await telegram.presses("Yes")
    telegram.reads(sayings.AGREE)
    await telegram.presses("Yes, and I am 18 or over")
    telegram.reads(sayings.NAME)
    await telegram.says("asha")
    telegram.reads(sayings.thanks("Asha"))
    assert len(bank.pockets["telegram"].acknowledged) == 2


@pytest.mark.parametrize("reply", ["2", "tell me more", "more please", "Tell me more"])
async def test_more_is_told_and_then_asked_again(sms: TextPhone, reply: str) -> None:
    await sms.says("JOIN")
    await sms.says(reply)
    sms.reads(sayings.WELCOME, sayings.ABOUT)
    await sms.says("yes please")
    sms.reads(sayings.AGREE)
    await sms.says(reply)
    sms.reads(sayings.KEEPING)
    await sms.says("yes, I am 44")
    sms.reads(sayings.NAME)


@pytest.mark.parametrize("reply", ["3", "no", "No thanks", "not for me ta", "nope x"])
async def test_no_is_no_at_the_first_question(sms: TextPhone, bank: Bank, reply: str) -> None:
    await sms.says("JOIN")
    await sms.says(reply)
    sms.reads(sayings.WELCOME, sayings.DECLINED)
    await bank.later(days=29)
    sms.reads_nothing()
    assert await bank.nobody_is_known()


@pytest.mark.parametrize("reply", ["3", "no", "no sorry"])
async def test_no_is_no_at_the_agreement(sms: TextPhone, bank: Bank, reply: str) -> None:
    await sms.says("JOIN")
    await sms.says("1")
    await sms.says(reply)
    sms.reads(sayings.WELCOME, sayings.AGREE, sayings.DECLINED)
    assert await bank.nobody_is_known()


@pytest.mark.parametrize("reply", ["I'm 16", "im only 15", "yes but I am 17"])
async def test_under_18_is_thanked_and_a_person_reads(sms: TextPhone, bank: Bank, reply: str) -> None:
    await sms.says("JOIN")
    await sms.says(reply)
    sms.reads(sayings.WELCOME, sayings.YOUNG)
    assert await bank.tasks() == [("under_18", reply)]
    assert await bank.nobody_is_known()


async def test_under_18_at_the_agreement(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.says("yes")
    await phone.says("yes but im 16")
    phone.reads(sayings.WELCOME, sayings.AGREE, sayings.YOUNG)
    assert await bank.kinds_of_tasks() == ["under_18"]
    assert await bank.nobody_is_known()


async def test_a_bare_ok_is_checked_before_it_counts(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.says("ok")
    phone.reads(sayings.WELCOME, sayings.check("Yes"))
    await phone.says("yes")
    phone.reads(sayings.AGREE)
    await phone.says("k")
    phone.reads(sayings.check("Yes, and I am 18 or over"))
    assert await bank.nobody_is_known()
    await phone.says("1")
    phone.reads(sayings.NAME)
    assert await bank.consents(phone) == [("bank", True), ("messages", True)]


async def test_no_to_the_check_asks_the_question_again(phone: Phone) -> None:
    await phone.says("JOIN")
    await phone.says("👍🏽")
    phone.reads(sayings.WELCOME, sayings.check("Yes"))
    await phone.says("no")
    phone.reads(sayings.WELCOME)
    await phone.says("3")
    phone.reads(sayings.DECLINED)


async def test_a_yes_with_a_question_counts_and_a_person_will_answer(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.says("yes please, do i get paid for this")
    phone.reads(sayings.WELCOME, f"{sayings.WILL_ANSWER}\n{sayings.AGREE}")
    assert await bank.questions() == ["yes please, do i get paid for this"]
    assert await bank.dispositions(phone) == ["word", "flow"]
    await phone.says("1")
    phone.reads(sayings.NAME)


async def test_a_yes_with_a_question_counts_and_the_question_is_not_lost(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.says("yes what do i get paid?")
    phone.reads(sayings.WELCOME, f"{sayings.WILL_ANSWER}\n{sayings.AGREE}")
    assert await bank.questions() == ["yes what do i get paid?"]


async def test_a_question_alone_is_passed_on_and_ours_asked_again(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.says("what number bus goes to the town hall")
    phone.reads(sayings.WELCOME, f"{sayings.WILL_ANSWER}\n{sayings.WANTS}")
    assert await bank.questions() == ["what number bus goes to the town hall"]
    assert await bank.dispositions(phone) == ["word", "question"]


async def test_two_misses_bring_a_person_and_then_silence(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.says("qwerty teapot")
    phone.reads(sayings.WELCOME, f"{sayings.HINT_3}\n1 Yes\n2 Tell me more\n3 No")
    await phone.says("rhubarb crumble")
    phone.reads(sayings.PERSON_WILL_READ)
    await phone.says("gooseberry fool")
    phone.reads_nothing()
    assert await bank.kinds_of_tasks() == ["read"]
    assert await bank.dispositions(phone) == ["word", "flow", "inbox", "inbox"]
    await phone.says("yes")
    phone.reads(sayings.AGREE)


async def test_back_from_the_name_to_the_agreement_and_then_no(phone: Phone, bank: Bank) -> None:
    await phone.joins_as_far_as_the_name()
    await phone.says("BACK")
    phone.reads(sayings.AGREE)
    await phone.says("no")
    phone.reads(sayings.DECLINED)
    assert await bank.members(phone) == []
    assert (await bank.consents(phone))[-1] == ("bank", False)
    await bank.later(days=20)
    phone.reads_nothing()


@pytest.mark.parametrize("reply", ["no", "I am 16"])
async def test_back_twice_and_then_no_is_no_as_well(sms: TextPhone, bank: Bank, reply: str) -> None:
    await sms.joins_as_far_as_the_name()
    await sms.says("back")
    await sms.says("back")
    sms.reads(sayings.AGREE, sayings.WELCOME)
    await sms.says(reply)
    sms.reads(sayings.DECLINED if reply == "no" else sayings.YOUNG)
    assert await bank.members(sms) == []
    assert (await bank.consents(sms))[-1] == ("bank", False)


async def test_back_and_then_more_changes_nothing(phone: Phone, bank: Bank) -> None:
    await phone.joins_as_far_as_the_name()
    await phone.says("back")
    await phone.says("tell me more")
    phone.reads(sayings.AGREE, sayings.KEEPING)
    assert await bank.consents(phone) == [("bank", True), ("messages", True)]
    await phone.says("yes")
    phone.reads(sayings.NAME)
    assert len(await bank.members(phone)) == 1


async def test_back_and_yes_again_is_one_member(phone: Phone, bank: Bank) -> None:
    await phone.joins_as_far_as_the_name()
    await phone.says("back")
    await phone.says("yes")
    await phone.says("Asha")
    phone.reads(sayings.AGREE, sayings.NAME, sayings.thanks("Asha"))
    assert (await bank.member(phone)).name == "Asha"


async def test_the_name_may_be_skipped(phone: Phone, bank: Bank) -> None:
    await phone.joins_as_far_as_the_name()
    await phone.says("skip")
    phone.reads(sayings.NAMELESS)
    assert (await bank.member(phone)).name is None


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("my name is asha", "Asha"),
        ("ASHA", "Asha"),
        ("Its Asha x", "Asha"),
        ("José", "José"),
        ("o'neil", "O'Neil"),
        ("Mary Jane", "Mary Jane"),
        ("Łucja", "Łucja"),
        ("আশা", "আশা"),
    ],
)
async def test_a_name_is_kept_as_its_owner_writes_it(sms: TextPhone, bank: Bank, said: str, kept: str) -> None:
    await sms.joins_as_far_as_the_name()
    await sms.says(said)
    sms.reads(sayings.thanks(kept))
    assert (await bank.member(sms)).name == kept


async def test_join_again_when_on_the_list_already(phone: Phone, bank: Bank) -> None:
    await phone.joins("Asha")
    await phone.says("JOIN")
    await phone.says("yes")
    phone.reads(sayings.WELCOME, f"{sayings.WHO_JOINED}\n1 Asha\n2 Somebody else")
    await phone.says("Asha")
    phone.reads(sayings.ALREADY)
    assert (await bank.member(phone)).name == "Asha"
    assert await bank.consents(phone) == [("bank", True), ("messages", True)]


async def test_no_to_joining_again_changes_nothing(phone: Phone, bank: Bank) -> None:
    await phone.joins("Asha")
    await phone.says("JOIN")
    await phone.says("no")
    phone.reads(sayings.WELCOME, sayings.DECLINED)
    assert (await bank.member(phone)).name == "Asha"
    assert await bank.consents(phone) == [("bank", True), ("messages", True)]


@pytest.mark.parametrize(("reply", "ring"), [("yes", True), ("2", False), ("Yes, ring me", True)])
async def test_a_home_phone_is_asked_whether_to_ring(bank: Bank, reply: str, ring: bool) -> None:
    phone = bank.phone("sms", "+441632960123")
    await phone.says("JOIN")
    await phone.says("yes")
    await phone.says("yes")
    phone.reads(sayings.WELCOME, sayings.AGREE, sayings.RING)
    await phone.says(reply)
    phone.reads(sayings.NAME)
    assert (await bank.member(phone)).ring is ring
