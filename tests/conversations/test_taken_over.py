"""A colleague answers instead of the flow, types in what was spoken, or says that it is spam."""

from __future__ import annotations

import pytest

from bank.replying import CannotWrite
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.colleagues import Somebody
from tests.conversations.phones import Phone, TextPhone


def read_back(words: str, how: str = "heard your voice note as") -> str:
    return f'Ashdale Council here. We {how}:\n"{words}"\nIf that is wrong, just text us.'


async def test_while_a_colleague_answers_the_flow_is_silent(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    phone.reads(sayings.WELCOME)
    priya = await Somebody.at(bank)
    await priya.takes_over(phone)

    await phone.says("yes")
    await phone.says("HELP")
    await phone.says("thanks")
    phone.reads_nothing()
    assert (await bank.dispositions(phone))[1:] == ["inbox"] * 3
    assert await bank.kinds_of_tasks() == ["read"]

    await priya.writes(phone, "Priya at Ashdale Council here. What would you like to know?")
    phone.reads("Priya at Ashdale Council here. What would you like to know?")
    assert await bank.kinds_of_tasks() == [], "answered is read"


async def test_on_handing_back_the_open_question_is_asked_again(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    phone.reads(sayings.WELCOME)
    priya = await Somebody.at(bank)
    await priya.takes_over(phone)
    await phone.says("what is this?")
    await priya.hands_back(phone)
    phone.reads(sayings.WELCOME)
    await phone.says("1")
    phone.reads(sayings.AGREE)


async def test_with_nothing_open_handing_back_says_nothing(phone: Phone, bank: Bank) -> None:
    await phone.joins("Asha")
    priya = await Somebody.at(bank)
    await priya.takes_over(phone)
    await priya.hands_back(phone)
    phone.reads_nothing()
    await phone.says("MENU")
    assert len(await bank.said(phone)) > 4
    phone.ignores_the_rest()


async def test_stop_works_while_a_colleague_answers(phone: Phone, bank: Bank) -> None:
    await phone.joins("Asha")
    priya = await Somebody.at(bank)
    await priya.takes_over(phone)
    await phone.says("STOP")
    phone.reads(sayings.STOPPED)
    assert await bank.is_stopped(phone)
    assert (await bank.address(phone)).taken_by is None
    with pytest.raises(CannotWrite, match="They sent STOP"):
        await priya.writes(phone, "Priya here. Are you sure?")


async def test_start_works_while_a_colleague_answers(phone: Phone, bank: Bank) -> None:
    await phone.joins("Asha")
    await phone.says("STOP")
    phone.ignores_the_rest()
    priya = await Somebody.at(bank)
    await priya.takes_over(phone)
    await phone.says("START")
    phone.reads(sayings.STARTED)
    assert not await bank.is_stopped(phone)
    assert (await bank.address(phone)).taken_by == priya.known.id, "nothing was asked, and she goes on"
    assert await bank.kinds_of_tasks() == ["read"], "she sees that they are back"
    await priya.writes(phone, "Priya at Ashdale Council here. Good to have you back.")
    phone.reads("Priya at Ashdale Council here. Good to have you back.")


async def test_start_ends_a_pause_while_a_colleague_answers(phone: Phone, bank: Bank) -> None:
    await phone.joins("Asha")
    await phone.says("PAUSE")
    await phone.says("1")
    phone.ignores_the_rest()
    await (await Somebody.at(bank)).takes_over(phone)
    await phone.says("START")
    phone.reads(sayings.STARTED)
    assert (await bank.member(phone)).paused_until is None
    await phone.says("START")
    phone.reads_nothing()


@pytest.mark.parametrize("before", [(), ("STOP",)])
async def test_join_works_while_a_colleague_answers(phone: Phone, bank: Bank, before: tuple[str, ...]) -> None:
    await phone.says("your poster came down in the wind")
    for word in before:
        await phone.says(word)
    phone.ignores_the_rest()
    await (await Somebody.at(bank)).takes_over(phone)
    await phone.says("JOIN")
    assert not await bank.is_stopped(phone)
    assert (await bank.address(phone)).taken_by is None, "their answers are heard"
    phone.ignores_the_rest()
    await phone.says("1")
    await phone.says("1")
    phone.ignores_the_rest()
    assert len(await bank.members(phone)) == 1


async def test_leave_works_while_a_colleague_answers(phone: Phone, bank: Bank) -> None:
    await phone.joins("Asha")
    await (await Somebody.at(bank)).takes_over(phone)
    await phone.says("LEAVE")
    assert "We have taken you off our list." in (await bank.said(phone))[-1].text
    phone.ignores_the_rest()
    assert (await bank.address(phone)).taken_by is None


async def test_a_start_that_was_typed_in_gives_no_consent(sms: TextPhone, bank: Bank) -> None:
    await sms.joins("Asha")
    await sms.sends_a_picture()
    await sms.says("STOP")
    sms.ignores_the_rest()
    priya = await Somebody.at(bank)
    await priya.takes_over(sms)
    await priya.types_in(sms, "START")
    assert await bank.is_stopped(sms)
    sms.ignores_the_rest()


async def test_words_of_danger_are_heard_while_a_colleague_answers(phone: Phone, bank: Bank) -> None:
    await phone.joins("Asha")
    priya = await Somebody.at(bank)
    await priya.takes_over(phone)
    await phone.says("my son hits me every day")
    phone.reads(sayings.DANGER)
    assert (await bank.address(phone)).taken_by is None, "their answer to it is heard"
    assert not await priya.sees(phone), "only the leads do"
    await phone.says("2")
    phone.reads_nothing()
    assert (await bank.address(phone)).unsafe_until is not None


async def test_no_reminder_goes_while_a_colleague_answers(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    phone.reads(sayings.WELCOME)
    priya = await Somebody.at(bank)
    await priya.takes_over(phone)
    await bank.later(days=4)
    phone.reads_nothing()


async def test_a_voice_note_that_was_typed_in_moves_the_flow(sms: TextPhone, bank: Bank) -> None:
    await sms.joins_as_far_as_the_name()
    await sms.sends_a_picture()
    sms.ignores_the_rest()
    priya = await Somebody.at(bank)
    await priya.types_in(sms, "Asha")
    sms.reads(read_back("Asha"), sayings.thanks("Asha"))
    assert (await bank.member(sms)).name == "Asha"
    last = (await bank.heard(sms))[-1]
    assert (last.text, last.entered_by, last.disposition) == ("Asha", priya.known.id, "flow")


async def test_an_agreement_needs_their_own_yes_by_text(sms: TextPhone, bank: Bank) -> None:
    await sms.says("JOIN")
    await sms.says("1")
    await sms.sends_a_picture()
    sms.ignores_the_rest()
    priya = await Somebody.at(bank)
    await priya.types_in(sms, "yes")
    sms.reads(read_back("yes"), sayings.AGREE)
    assert await bank.nobody_is_known()
    await sms.says("1")
    assert len(await bank.members(sms)) == 1
    sms.ignores_the_rest()


async def test_a_cry_in_a_voice_note_is_not_read_back(sms: TextPhone, bank: Bank) -> None:
    await sms.joins("Asha")
    await sms.sends_a_picture()
    sms.ignores_the_rest()
    priya = await Somebody.at(bank)
    await priya.types_in(sms, "he hits me, please help")
    sms.reads(sayings.DANGER)
    assert "safeguarding" in await bank.kinds_of_tasks()


async def test_a_stop_in_a_voice_note_is_obeyed(sms: TextPhone, bank: Bank) -> None:
    await sms.joins("Asha")
    await sms.sends_a_picture()
    sms.ignores_the_rest()
    await (await Somebody.at(bank)).types_in(sms, "STOP")
    assert await bank.is_stopped(sms)
    sms.ignores_the_rest()


async def test_once_it_is_typed_in_nobody_is_asked_to_read_it(sms: TextPhone, bank: Bank) -> None:
    await sms.joins("Asha")
    await sms.sends_a_picture()
    sms.ignores_the_rest()
    assert await bank.kinds_of_tasks() == ["read"]
    await (await Somebody.at(bank)).types_in(sms, "MEETINGS")
    sms.ignores_the_rest()
    assert await bank.kinds_of_tasks() == []


async def test_what_else_they_wrote_is_still_to_be_read(sms: TextPhone, bank: Bank) -> None:
    await sms.joins("Asha")
    await sms.sends_a_picture()
    await sms.says("my neighbour has a new fence")
    await sms.sends_a_picture()
    sms.ignores_the_rest()
    priya = await Somebody.at(bank)
    for words in ("MEETINGS", "MENU"):
        await priya.types_in(sms, words)
    sms.ignores_the_rest()
    assert await bank.kinds_of_tasks() == ["read"]


async def test_what_fits_nothing_stays_to_be_read(sms: TextPhone, bank: Bank) -> None:
    await sms.sends_a_picture()
    sms.reads(sayings.kept_media())
    await (await Somebody.at(bank)).types_in(sms, "a dog in a garden", "picture")
    sms.reads(read_back("a dog in a garden", "read what you sent as"))
    assert await bank.kinds_of_tasks() == ["read"]


async def test_spam_is_kept_and_answered_by_nobody(phone: Phone, bank: Bank) -> None:
    await phone.says("cheap loans for you today")
    phone.ignores_the_rest()
    priya = await Somebody.at(bank)
    await priya.marks_as_spam(phone)
    await phone.says("cheap loans, JOIN now")
    await phone.says("JOIN")
    await phone.says("HELP")
    phone.reads_nothing()
    assert (await bank.dispositions(phone))[1:] == ["automatic"] * 3
    assert await bank.kinds_of_tasks() == []
    await phone.says("STOP")
    phone.reads_nothing()
    assert await bank.is_stopped(phone)


async def test_danger_is_heard_from_what_was_marked_as_spam(phone: Phone, bank: Bank) -> None:
    await phone.says("cheap loans for you today")
    phone.ignores_the_rest()
    await (await Somebody.at(bank)).marks_as_spam(phone)
    await phone.says("my son hits me every day")
    phone.reads(sayings.DANGER)
    assert (await bank.address(phone)).spam is None
