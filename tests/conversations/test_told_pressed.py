"""Buttons under what people were told answer it for as long as words do, whatever else is open by then."""

from __future__ import annotations

import pytest

from storage.commitments import Event
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone
from tests.conversations.promised import DONE, TEXT, became, happens, is_told, members, promised, said, state


@pytest.fixture(params=["whatsapp", "telegram"])
def buttons(bank: Bank, request: pytest.FixtureRequest) -> Phone:
    return bank.phone(request.param)


async def test_nine_days_later(bank: Bank, buttons: Phone) -> None:
    await members(bank, buttons)
    row = await promised(bank, buttons)
    await is_told(bank)
    buttons.reads(TEXT)
    await bank.until(10, 12, 10)
    await buttons.presses("Yes")
    buttons.reads("Thank you for telling us. We will text you what comes of it.")
    assert await became(bank, buttons, row) == ["promised told yes"]


async def test_while_something_else_is_asked(bank: Bank, buttons: Phone) -> None:
    await members(bank, buttons)
    done = await happens(bank, await said(bank, buttons), Event.DONE)
    await is_told(bank)
    buttons.reads(DONE)
    await bank.until(10, 12, 10)
    other = await promised(bank, buttons, title="Bus times")
    await is_told(bank)
    buttons.ignores_the_rest()
    await buttons.presses("No", on=-2)
    buttons.reads("We are sorry. We will look at it again. What is still not right?")
    await buttons.says("The old bill came")
    assert await state(bank, done) == "open"
    assert await became(bank, buttons, other) == ["promised told"]
    assert buttons.unread[-1].screen.endswith("Is that what you meant?\n1 Yes 2 No")
    buttons.ignores_the_rest()


async def test_another_mind_after_the_conversation_is_over(bank: Bank, buttons: Phone) -> None:
    await members(bank, buttons)
    done = await happens(bank, await said(bank, buttons), Event.DONE)
    await is_told(bank)
    await buttons.presses("Yes")
    buttons.ignores_the_rest()
    await bank.later(days=2)
    await buttons.presses("No")
    buttons.reads("We are sorry. We will look at it again. What is still not right?")
    assert await state(bank, done) == "open"


async def test_after_fourteen_days_it_has_passed(bank: Bank, buttons: Phone) -> None:
    await members(bank, buttons)
    row = await promised(bank, buttons)
    await is_told(bank)
    await bank.until(16, 12, 10)
    buttons.ignores_the_rest()
    await buttons.presses("Yes")
    buttons.reads("That question has passed. Thank you all the same. To see what you can do, text MENU.")
    assert await became(bank, buttons, row) == ["promised told"]
