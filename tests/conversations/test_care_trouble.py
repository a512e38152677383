"""Trouble with care: whom to ring, at once, and passed on only if they want that; nothing that was open is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bank import care
from flows.care_trouble import CARE_TROUBLE
from flows.grammar import Choose, Say
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.heard_as import heard_as
from tests.conversations.phones import Phone, TextPhone
from tests.conversations.steps import STEPS, stand_at

TROUBLE, MORE = "No carer came this morning", "and my payment is three weeks late too"
LINE = "03069 990100 (8am to 6pm)"


@pytest.fixture(autouse=True)
def hears_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    """These two messages are read as trouble with care, however they would be read."""
    heard_as(monkeypatch, {TROUBLE, MORE}, lambda visit: care.take(visit, visit.text))


@pytest.fixture(autouse=True)
def with_a_line(bank: Bank) -> None:
    has_line(bank, LINE)


def has_line(bank: Bank, line: str) -> None:
    bank.organisation = replace(bank.organisation, care_line=line, owners={"care": "Customer care lead"})


def said(step: str, by: str = "5pm", line: str = LINE) -> str:
    told = CARE_TROUBLE.steps[step]
    assert isinstance(told, (Choose, Say))
    text = told.text.text.format(by=by, care_line=line)
    return sayings.numbered(text, ["Yes", "No"]) if isinstance(told, Choose) else text


async def test_the_number_at_once_and_a_person_by_when_we_say(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await sms.says(TROUBLE)
    sms.reads(said("ring"))
    assert await bank.tasks() == [("read", None)]  # a person reads it whatever they answer
    await sms.says("yes please")
    sms.reads(said("passed"))
    _read, task = await bank.open_tasks()
    assert (task.kind, task.words, task.owner) == ("care", TROUBLE, "Customer care lead")
    assert task.due_at.astimezone(bank.organisation.zone).hour == 17
    assert task.message_id == (await bank.heard(sms))[-2].id


@pytest.mark.parametrize("step", STEPS)
async def test_what_was_open_comes_back(sms: TextPhone, bank: Bank, step: str) -> None:
    stood = await stand_at(step, sms, bank)
    await sms.says(TROUBLE)
    sms.reads(said("ring"))
    await sms.says("1")
    again = [stood.question] if stood.question else []
    sms.reads(said("passed"), *again)
    if stood.question:
        await sms.says(stood.answer)
        sms.reads(stood.onward)


@pytest.mark.parametrize("no", ["2", "no", "no thank you", "SKIP"])
async def test_no_passes_nothing_on_and_the_message_is_kept(phone: Phone, bank: Bank, no: str) -> None:
    await phone.says(TROUBLE)
    await phone.says(no)
    phone.reads(said("ring"), said("kept"))
    assert await bank.tasks() == [("read", None)]  # a person reads it whatever they answer
    assert (await bank.heard(phone))[0].text == TROUBLE
    assert (await bank.dispositions(phone))[0] == "flow"


async def test_more_of_it_while_we_ask_belongs_to_the_rest(sms: TextPhone, bank: Bank) -> None:
    await sms.says(TROUBLE)
    await sms.says(MORE)
    await sms.says("yes")
    sms.reads(said("ring"), said("ring"), said("passed"))
    assert ("care", f"{TROUBLE}\n{MORE}") in await bank.tasks()


async def test_without_a_number_only_the_question(sms: TextPhone, bank: Bank) -> None:
    has_line(bank, "")
    await sms.says(TROUBLE)
    await sms.says("yes")
    sms.reads(said("ask"), said("passed"))


async def test_left_unanswered_a_person_reads_it(sms: TextPhone, bank: Bank) -> None:
    await sms.says(TROUBLE)
    sms.reads(said("ring"))
    await bank.later(days=2)
    assert await bank.kinds_of_tasks() == ["read"]


async def test_after_stop_it_is_kept_in_silence(sms: TextPhone, bank: Bank) -> None:
    await sms.says("STOP")
    sms.reads(sayings.STOPPED)
    await sms.says(TROUBLE)
    sms.reads_nothing()
    assert await bank.kinds_of_tasks() == ["read"]


async def test_danger_goes_first(sms: TextPhone, bank: Bank) -> None:
    await sms.says(TROUBLE)
    sms.reads(said("ring"))
    await sms.says("I can't cope, he hits me")
    sms.reads(sayings.DANGER)
    assert sorted(await bank.kinds_of_tasks()) == ["read", "safeguarding"]  # what they told before is read too
