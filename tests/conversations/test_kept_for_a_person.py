"""What no conversation was waiting for is kept for a person, and answered once with a true time."""

from __future__ import annotations

import pytest

from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TextPhone

POSTER = "your poster came down in the wind"


async def test_it_is_kept_and_answered_once(phone: Phone, bank: Bank) -> None:
    await phone.says(POSTER)
    await phone.says("third time this month it was windy")
    await phone.says("not even to look")
    phone.reads(sayings.kept())
    assert await bank.kinds_of_tasks() == ["read"]
    assert await bank.dispositions(phone) == ["inbox"] * 3


async def test_who_is_on_the_list_is_not_bidden_to_join_it(phone: Phone, bank: Bank) -> None:
    """The words are those that a stranger reads: they tell nobody who is on it."""
    await phone.joins("Asha")
    await phone.says("I use a wheelchair")
    phone.reads("Thank you. A person will read this by 5pm. To see more, text MENU. If you are new to us, text JOIN.")


async def test_once_the_time_has_passed_it_is_answered_again(phone: Phone, bank: Bank) -> None:
    await phone.says(POSTER)
    await bank.until(24, 11, 10)
    await phone.says("it is still down")
    phone.reads(sayings.kept(), sayings.kept())


@pytest.mark.parametrize(
    ("day", "month", "hour", "minute", "by"),
    [
        (24, 11, 7, 30, "5pm"),
        (24, 11, 9, 0, "5pm"),
        (24, 11, 15, 0, "5pm"),
        (24, 11, 15, 1, "12 noon, Wednesday 25 November"),
        (24, 11, 23, 30, "12 noon, Wednesday 25 November"),
        (27, 11, 16, 0, "12 noon, Monday 30 November"),
        (28, 11, 10, 0, "12 noon, Monday 30 November"),
        (29, 11, 23, 59, "12 noon, Monday 30 November"),
        (24, 12, 14, 0, "5pm"),
        (24, 12, 16, 0, "12 noon, Tuesday 29 December"),
        (25, 12, 11, 0, "12 noon, Tuesday 29 December"),
        (27, 12, 11, 0, "12 noon, Tuesday 29 December"),
        (28, 12, 11, 0, "12 noon, Tuesday 29 December"),
        (31, 12, 16, 30, "12 noon, Monday 4 January"),
    ],
)
async def test_the_time_is_true_whenever_they_write(
    sms: TextPhone, bank: Bank, day: int, month: int, hour: int, minute: int, by: str
) -> None:
    bank.now.move(bank.now.until(day, month, hour, minute))
    await sms.says(POSTER)
    sms.reads(sayings.kept(by))
    (item,) = await bank.open_tasks()
    assert item.due_at > bank.now()


async def test_a_member_is_answered_like_everybody(phone: Phone, bank: Bank) -> None:
    await phone.joins("Asha")
    await phone.says(POSTER)
    phone.reads(sayings.kept())
    assert "To join us" not in sayings.kept(), "nobody who has joined is told to join"
    (item,) = await bank.open_tasks()
    assert item.person_id == (await bank.member(phone)).id


@pytest.mark.parametrize("said", ["hello", "Hiya x", "good morning", "👋"])
async def test_a_greeting_is_greeted(sms: TextPhone, bank: Bank, said: str) -> None:
    await sms.says(said)
    sms.reads(sayings.GREETING)
    assert await bank.tasks() == []


@pytest.mark.parametrize("said", ["thanks", "ta duck", "ok", "cheers xx"])
async def test_thanks_are_met_with_silence(sms: TextPhone, bank: Bank, said: str) -> None:
    await sms.joins()
    await sms.says(said)
    sms.reads_nothing()
    assert (await bank.dispositions(sms))[-1] == "automatic"
