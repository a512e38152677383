"""A provider may deliver a message again, or five times at the same moment: it has one effect."""

from __future__ import annotations

import pytest

from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TextPhone

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


@ON_BOTH
async def test_promise_3_five_copies_of_each_message_of_a_join(phone: Phone, bank: Bank) -> None:
    for said in ("JOIN", "yes", "yes", "Asha"):
        await bank.receives(phone.writes(said), copies=5)
    phone.reads(sayings.WELCOME, sayings.AGREE, sayings.NAME, sayings.thanks("Asha"))
    assert await bank.consents(phone) == [("bank", True), ("messages", True)]
    assert len(await bank.heard(phone)) == 4


@ON_BOTH
async def test_promise_3_a_first_message_in_five_copies_is_one_address(phone: Phone, bank: Bank) -> None:
    await bank.receives(phone.writes("the lift is broken"), copies=5)
    phone.reads(sayings.kept())
    assert len(await bank.heard(phone)) == 1
    assert await bank.kinds_of_tasks() == ["read"]


@ON_BOTH
@pytest.mark.parametrize(
    ("said", "reply"), [("STOP", sayings.STOPPED), ("I can't cope", sayings.DANGER), ("LEAVE", sayings.left())]
)
async def test_promise_3_what_is_grave_is_done_once(sms: TextPhone, bank: Bank, said: str, reply: str) -> None:
    await sms.joins()
    await bank.receives(sms.writes(said), copies=5)
    sms.reads(reply)
    assert len(await bank.tasks()) <= 1


async def test_promise_3_a_repeat_a_day_later_changes_nothing(phone: Phone, bank: Bank) -> None:
    await phone.says("JOIN")
    await phone.says("yes")
    again = phone.writes("yes")
    await bank.receives(again)
    await bank.later(hours=23)
    await phone.says("Asha")
    phone.ignores_the_rest()
    await bank.later(hours=23)
    await bank.receives(again)
    phone.reads_nothing()
    assert (await bank.member(phone)).name == "Asha"


async def test_promise_3_many_strangers_at_once(bank: Bank) -> None:
    phones = [bank.phone("sms") for _ in range(20)]
    await bank.receives_together([phone.writes("JOIN") for phone in phones for _ in range(2)])
    for phone in phones:
        phone.ignores_the_rest()
        assert len(phone.all) == 1  # two different messages that both say JOIN in a moment: the question, once
