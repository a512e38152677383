"""Who writes, on a phone that several share: a question that we put to one of them does not tell."""

from __future__ import annotations

import pytest

from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TextPhone

ASHA_OR_BEN = sayings.who(sayings.WHO_ARE_YOU, "Asha", "Ben")


async def both_join(phone: Phone, second: str = "Ben") -> None:
    await phone.joins("Asha")
    for reply in ("JOIN", "yes", "somebody else", "yes", second):
        await phone.says(reply)
    phone.ignores_the_rest()


async def asha_is_asked(phone: Phone, bank: Bank) -> None:
    await both_join(phone)
    await bank.later(days=7)
    phone.reads(f"For Asha.\n{sayings.LOOKS_AFTER}")


async def test_the_question_says_whom_it_is_for_and_the_answer_is_theirs(phone: Phone, bank: Bank) -> None:
    await asha_is_asked(phone, bank)
    await phone.says("yes")
    phone.reads(sayings.THANKS_ABOUT_YOU)
    asha, ben = await bank.members(phone)
    assert (asha.looks_after, ben.looks_after) == ("yes", None)


async def test_who_has_no_name_is_named_kindly(sms: TextPhone, bank: Bank) -> None:
    await both_join(sms, second="SKIP")
    await bank.later(days=14)
    sms.reads(f"For Asha.\n{sayings.LOOKS_AFTER}", f"For the person who joined before.\n{sayings.LOOKS_AFTER}")


@pytest.mark.parametrize(
    ("word", "then"),
    [("PAUSE", sayings.HOW_LONG), ("MY DETAILS", sayings.SAFE_TO_READ), ("LEAVE", sayings.left("Monday 14 December"))],
)
async def test_a_word_while_asha_is_asked_may_be_bens(sms: TextPhone, bank: Bank, word: str, then: str) -> None:
    await asha_is_asked(sms, bank)
    await sms.says(word)
    sms.reads(ASHA_OR_BEN)
    await sms.says("Ben")
    sms.reads(then, *([f"For Asha.\n{sayings.LOOKS_AFTER}"] if word == "LEAVE" else []))


async def test_ben_leaves_while_asha_is_asked(phone: Phone, bank: Bank) -> None:
    await asha_is_asked(phone, bank)
    await phone.says("LEAVE")
    await phone.says("Ben")
    assert (await bank.member(phone)).name == "Asha"
    phone.ignores_the_rest()
    await phone.says("yes")
    phone.reads(sayings.THANKS_ABOUT_YOU)
    assert (await bank.member(phone)).looks_after == "yes"


async def test_asha_leaves_and_her_question_goes_with_her(phone: Phone, bank: Bank) -> None:
    await asha_is_asked(phone, bank)
    await phone.says("LEAVE")
    await phone.says("Asha")
    phone.reads(ASHA_OR_BEN, sayings.left("Monday 14 December"))
    await phone.says("MY DETAILS")
    await phone.says("yes")
    phone.reads(sayings.SAFE_TO_READ, sayings.details("Ben", "not told yet", "not told yet", 0))


async def test_through_the_menu_too_we_ask_who_writes(phone: Phone, bank: Bank) -> None:
    await asha_is_asked(phone, bank)
    await phone.says("MENU")
    await phone.says("3")
    phone.reads(sayings.MENU, ASHA_OR_BEN)


async def test_the_last_word_is_what_is_done_once_we_know_who(phone: Phone, bank: Bank) -> None:
    await both_join(phone)
    await phone.says("PAUSE")
    await phone.says("LEAVE")
    await phone.says("Asha")
    phone.reads(ASHA_OR_BEN, ASHA_OR_BEN, sayings.left())
    assert (await bank.member(phone)).name == "Ben"


async def test_a_stranger_on_a_members_phone_who_will_not_join_does_not_make_them_leave(
    phone: Phone, bank: Bank
) -> None:
    await phone.joins("Asha")
    await phone.says("JOIN")
    await phone.says("LEAVE")
    phone.reads(sayings.WELCOME, sayings.who(sayings.WHO_ARE_YOU, "Asha"))
    assert (await bank.member(phone)).name == "Asha"


async def test_one_question_a_week_for_the_phone_and_each_in_turn(sms: TextPhone, bank: Bank) -> None:
    await bank.until(4, 1, 11, year=2027)  # seven Mondays without a bank holiday
    await both_join(sms)
    asked = []
    for _day in range(7 * 5):
        await bank.later(days=1)
        asked.append([bubble.screen.partition(".")[0] for bubble in sms.unread])
        if sms.unread:
            sms.ignores_the_rest()
            await sms.says("SKIP")
            sms.reads(sayings.SKIPPED)
    assert [day for day, read in enumerate(asked, 1) if read] == [7, 14, 21, 28, 35]
    assert [read for read in asked if read] == [[f"For {name}"] for name in ("Asha", "Ben", "Asha", "Ben", "Asha")]


async def test_start_ends_only_the_pause_of_who_writes(phone: Phone, bank: Bank) -> None:
    await both_join(phone)
    for name in ("Asha", "Ben"):
        await phone.says("PAUSE")
        await phone.says(name)
        await phone.says("two months")
    phone.ignores_the_rest()
    await phone.says("START")
    phone.reads(ASHA_OR_BEN)
    await phone.says("Ben")
    phone.reads(sayings.STARTED)
    asha, ben = await bank.members(phone)
    assert asha.paused_until is not None
    assert ben.paused_until is None


async def test_where_one_has_paused_start_is_theirs(phone: Phone, bank: Bank) -> None:
    await both_join(phone)
    for reply in ("PAUSE", "Ben", "two months", "START"):
        await phone.says(reply)
    phone.reads(ASHA_OR_BEN, sayings.HOW_LONG, sayings.paused("Saturday 23 January"), sayings.STARTED)
    assert [one.paused_until for one in await bank.members(phone)] == [None, None]


async def test_start_does_not_bring_back_who_left_while_another_is_a_member(phone: Phone, bank: Bank) -> None:
    await both_join(phone)
    for reply in ("LEAVE", "Asha", "PAUSE", "two weeks", "START"):
        await phone.says(reply)
    phone.reads(ASHA_OR_BEN, sayings.left(), sayings.HOW_LONG, sayings.paused("Monday 7 December"), sayings.STARTED)
    assert (await bank.member(phone)).name == "Ben"
    assert [(entry.purpose, entry.given) for entry in await bank.ledger(phone)][-1] == ("bank", False)


async def test_where_all_left_start_brings_back_who_left_last(phone: Phone, bank: Bank) -> None:
    await both_join(phone)
    for reply in ("LEAVE", "Asha", "LEAVE"):
        await phone.says(reply)
    await bank.later(days=1)
    await phone.says("START")
    phone.reads(ASHA_OR_BEN, sayings.left(), sayings.left(), sayings.STARTED)
    assert (await bank.member(phone)).name == "Ben"


async def test_leave_on_a_stopped_phone_of_two_is_done_by_a_person(phone: Phone, bank: Bank) -> None:
    await both_join(phone)
    await phone.says("STOP")
    await phone.says("LEAVE")
    phone.reads(sayings.STOPPED, sayings.kept())
    assert await bank.tasks() == [("read", "LEAVE")]
