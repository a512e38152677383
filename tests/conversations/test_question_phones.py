"""A colleague answers a question from a phone of their own: with a code that comes when asked for, and holds once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bank import question_phone, question_rota
from bank.question_rota import Texts
from storage import addresses, people, staff
from storage.staff import Role, StaffState
from tests.conversations import sayings
from tests.conversations.answering_desk import Desk, hire
from tests.conversations.banks import Bank
from tests.conversations.phones import TextPhone

PARKING = "is there parking at the town hall?"
ALERT = "Heard: a question for you, due by Wednesday 25 November. To answer by text, reply ANSWER."
SENT = "Heard: your answer is on its way. Thank you."
NOT_RIGHT = "Heard: nothing was sent. The code is wrong or too old, or no answer came with it. Reply ANSWER."
NONE_WAITS = "Heard: no question waits that you can answer by text. The others are on your Questions page."
_CODE = re.compile(r"Reply ([A-Z0-9]{6}) and your answer")


class Own:
    """Somebody's own phone, known to us, beside the desk where they work."""

    def __init__(self, desk: Desk, phone: TextPhone) -> None:
        self.desk = desk
        self.phone = phone

    async def texts(self, texts: Texts) -> None:
        who, now = self.desk.who, self.desk.bank.now()
        await self.desk.bank.does(lambda tx: question_rota.set_phone(tx, who, texts, now))

    async def code(self) -> str:
        await self.phone.says("ANSWER")
        found = _CODE.search(self.phone.unread[-1].screen)
        assert found
        self.phone.ignores_the_rest()
        return found[1]


@pytest.fixture
async def own(bank: Bank) -> Own:
    """Their phone has been in touch once, and has all new questions."""
    phone = bank.phone("sms")
    assert isinstance(phone, TextPhone)
    await phone.says("hello")
    phone.ignores_the_rest()
    phoned = {"alert_channel": "sms", "alert_address": phone.address}
    who = await bank.does(lambda tx: hire(tx, Role.COORDINATOR, **phoned))
    now = bank.now()
    await bank.does(lambda tx: question_rota.set_default_owner(tx, who, who.token, now))
    made = Own(Desk(bank, who), phone)
    await made.texts(Texts.NO_WORDS)
    return made


async def asks(bank: Bank, words: str = PARKING) -> TextPhone:
    phone = bank.phone("sms")
    assert isinstance(phone, TextPhone)
    await phone.joins("Asha")
    await phone.says(words)
    phone.ignores_the_rest()
    return phone


async def test_told_then_a_code_then_the_answer(bank: Bank, own: Own) -> None:
    asha = await asks(bank)
    own.phone.reads(ALERT)
    code = await own.code()
    await own.phone.says(f"{code} Yes, behind it. If you cannot find it, call 999 of course not!")
    own.phone.reads(SENT)
    asha.reads(
        "Ashdale Council here, about your question: Yes, behind it. If you cannot find it, call 999 of course not!"
    )
    assert await bank.questions() == []
    assert "safeguarding" not in await bank.kinds_of_tasks()


async def test_without_the_wish_for_words_neither_words_nor_name_are_in_it(bank: Bank, own: Own) -> None:
    await asks(bank)
    await own.phone.says("answer")
    for bubble in own.phone.unread:
        assert "parking" not in bubble.screen
        assert "Asha" not in bubble.screen
    own.phone.ignores_the_rest()


async def test_with_the_wish_the_words_are_in_it_and_no_name(bank: Bank, own: Own) -> None:
    await own.texts(Texts.WORDS)
    await asks(bank)
    own.phone.reads(f"{ALERT}\nThey ask: {PARKING}")


async def test_who_does_not_want_it_is_not_texted(bank: Bank, own: Own) -> None:
    await own.texts(Texts.NONE)
    await asks(bank)
    await own.phone.says("ANSWER")
    assert all("Heard:" not in bubble.screen for bubble in own.phone.unread)
    own.phone.ignores_the_rest()


async def test_a_code_holds_once(bank: Bank, own: Own) -> None:
    asha = await asks(bank)
    await asha.says("and does the 23 bus stop there?")
    own.phone.ignores_the_rest()
    code = await own.code()
    await own.phone.says(f"{code} Yes.")
    await own.phone.says(f"{code} No.")
    own.phone.reads(SENT, NOT_RIGHT)
    assert len(await bank.questions()) == 1
    asha.ignores_the_rest()


async def test_a_code_holds_ten_minutes(bank: Bank, own: Own) -> None:
    await asks(bank)
    own.phone.ignores_the_rest()
    code = await own.code()
    bank.now.move(question_phone.CODE_HOLDS)
    await own.phone.says(f"{code} Yes.")
    own.phone.reads(NOT_RIGHT)
    assert await bank.questions() == [PARKING]


async def test_a_new_code_ends_the_one_before(bank: Bank, own: Own) -> None:
    await asks(bank)
    own.phone.ignores_the_rest()
    first, second = await own.code(), await own.code()
    await own.phone.says(f"{first} Yes.")
    own.phone.reads(NOT_RIGHT)
    await own.phone.says(f"{second.lower()}: Yes.")
    own.phone.reads(SENT)
    assert await bank.questions() == []
    for phone in bank.phones:
        phone.ignores_the_rest()


async def test_from_any_other_phone_a_code_is_nothing(bank: Bank, own: Own) -> None:
    asha = await asks(bank)
    own.phone.ignores_the_rest()
    code = await own.code()
    await asha.says(f"{code} Yes.")
    await asha.says("ANSWER")
    assert all("Heard:" not in bubble.screen for bubble in asha.unread)
    asha.ignores_the_rest()
    assert PARKING in await bank.questions()


async def test_after_five_wrong_codes_none_is_taken_for_an_hour(bank: Bank, own: Own) -> None:
    await asks(bank)
    own.phone.ignores_the_rest()
    for _ in range(question_phone.MOST_AN_HOUR):
        await own.phone.says("A2A2A2 No.")
    own.phone.ignores_the_rest()
    code = await own.code()
    await own.phone.says(f"{code} Yes.")
    own.phone.reads_nothing()
    assert await bank.questions() == [PARKING]
    await bank.later(hours=1, minutes=1)
    own.phone.ignores_the_rest()
    code = await own.code()
    await own.phone.says(f"{code} Yes.")
    own.phone.reads(SENT)
    for phone in bank.phones:
        phone.ignores_the_rest()


async def test_no_more_than_five_codes_an_hour(bank: Bank, own: Own) -> None:
    await asks(bank)
    own.phone.ignores_the_rest()
    for _ in range(question_phone.MOST_AN_HOUR + 3):
        await own.phone.says("ANSWER")
    assert len(own.phone.unread) == question_phone.MOST_AN_HOUR
    own.phone.ignores_the_rest()


async def test_who_left_the_team_cannot_answer(bank: Bank, own: Own) -> None:
    await asks(bank)
    own.phone.ignores_the_rest()
    code = await own.code()
    await bank.does(lambda tx: staff.change(tx, own.desk.who.id, {"state": StaffState.CLOSED}))
    await own.phone.says(f"{code} Yes.")
    own.phone.ignores_the_rest()
    assert PARKING in await bank.questions()


async def test_a_code_sent_before_somebody_else_answered_sends_nothing(bank: Bank, own: Own) -> None:
    asha = await asks(bank)
    own.phone.ignores_the_rest()
    code = await own.code()
    await own.desk.answers("Yes, behind it.", PARKING)
    await own.phone.says(f"{code} No.")
    own.phone.reads("Heard: your answer could not be sent. Please open the question on your Questions page.")
    asha.reads("Ashdale Council here, about your question: Yes, behind it.")


async def test_of_what_is_held_for_danger_nothing_goes_to_a_phone(bank: Bank, own: Own) -> None:
    phone = bank.phone("sms")
    await phone.joins("Asha")
    person = await bank.member(phone)
    await bank.does(lambda tx: people.change(tx, person.id, {"held": "danger"}))
    await phone.says(PARKING)
    await own.phone.says("ANSWER")
    own.phone.reads(NONE_WAITS)
    phone.ignores_the_rest()


async def test_polish_needs_the_console(bank: Bank, own: Own) -> None:
    ewa = await asks(bank)
    own.phone.ignores_the_rest()
    person = await bank.member(ewa)
    await bank.does(lambda tx: people.change(tx, person.id, {"language": "pl"}))
    await own.phone.says("ANSWER")
    own.phone.reads(NONE_WAITS)


async def test_at_night_they_are_not_texted(bank: Bank, own: Own) -> None:
    bank.now.move(bank.now.until(23, 11, 22))
    await asks(bank)
    own.phone.reads_nothing()
    await bank.until(24, 11, 9, 1)
    own.phone.reads(ALERT)


async def test_once_late_they_hear_of_it_again(bank: Bank, own: Own) -> None:
    await asks(bank)
    own.phone.reads(ALERT)
    await bank.until(27, 11, 9, 1)
    own.phone.reads(ALERT)
    await bank.later(days=5)
    for phone in bank.phones:
        phone.ignores_the_rest()


async def test_a_phone_that_stopped_us_is_left_alone(bank: Bank, own: Own) -> None:
    await own.phone.says("STOP")
    own.phone.reads(sayings.STOPPED)
    await asks(bank)
    own.phone.reads_nothing()


async def test_a_number_that_was_erased_meanwhile_is_not_texted(bank: Bank, own: Own) -> None:
    here = await bank.address(own.phone)
    await bank.does(lambda tx: addresses.change(tx, here.id, {"address": None}))
    await asks(bank)
    own.phone.reads_nothing()
    assert timedelta(minutes=10) == question_phone.CODE_HOLDS
