"""Perhaps a stop: one question, asked once. Yes does what STOP does; the second time a person reads it."""

from __future__ import annotations

from itertools import cycle

import pytest

from bank import consent
from flows import everywhere
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.heard_as import heard_as
from tests.conversations.phones import TextPhone
from tests.conversations.steps import ASKING, STEPS, stand_at

UNSURE = "I have had about enough of phones"
QUESTION = sayings.numbered("Do you want us to stop texting you?", ["Yes, stop", "No"])
GOES_ON = "That is fine. We will go on as before."
PERSON_READS = everywhere.UNSURE_OF_STOP.text.format(by="5pm")


@pytest.fixture(autouse=True)
def is_unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    """One message is read as perhaps a stop, however it would be read."""
    heard_as(monkeypatch, {UNSURE}, consent.ask_if_stop)


@pytest.mark.parametrize(("step", "yes"), list(zip(STEPS, cycle(["1", "yes", "Yes, stop", "STOP"]), strict=False)))
async def test_yes_does_what_stop_does(sms: TextPhone, bank: Bank, step: str, yes: str) -> None:
    await stand_at(step, sms, bank)
    await sms.says(UNSURE)
    await sms.says(yes)
    sms.reads(QUESTION, sayings.STOPPED)
    assert await bank.is_stopped(sms)
    assert (await bank.consents(sms))[-1] == ("messages", False)
    await bank.later(days=60)
    sms.reads_nothing()
    await sms.says("START")
    sms.ignores_the_rest()
    assert not await bank.is_stopped(sms)


@pytest.mark.parametrize("step", ASKING)
async def test_no_goes_back_to_what_was_open(sms: TextPhone, bank: Bank, step: str) -> None:
    stood = await stand_at(step, sms, bank)
    await sms.says(UNSURE)
    await sms.says("no")
    sms.reads(QUESTION, GOES_ON, stood.question or "")
    assert not await bank.is_stopped(sms)
    await sms.says(stood.answer)
    sms.reads(stood.onward)


async def test_it_is_never_asked_twice(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await sms.says(UNSURE)
    await sms.says("2")
    sms.reads(QUESTION, GOES_ON)
    await sms.says(UNSURE)
    sms.reads(PERSON_READS)
    assert await bank.kinds_of_tasks() == ["read"]
    await sms.says("STOP")
    sms.reads(sayings.STOPPED)


async def test_said_again_while_we_ask_a_person_reads_it(sms: TextPhone, bank: Bank) -> None:
    await sms.says(UNSURE)
    await sms.says(UNSURE)
    sms.reads(QUESTION, PERSON_READS)
    assert await bank.kinds_of_tasks() == ["read"]
    await sms.says("1")
    sms.reads(sayings.STOPPED)


async def test_left_unanswered_a_person_reads_it(sms: TextPhone, bank: Bank) -> None:
    await sms.says(UNSURE)
    sms.reads(QUESTION)
    await bank.later(days=4)
    assert await bank.kinds_of_tasks() == ["read"]
    assert not await bank.is_stopped(sms)
