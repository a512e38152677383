"""WHAT IS: a word of care in one plain sentence, and the open question again."""

from __future__ import annotations

import pytest

from flows.shipped import SHIPPED
from language import glossary
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import TextPhone
from tests.conversations.steps import stand_at


@pytest.mark.parametrize(
    ("said", "entry"),
    [
        ("what is co-production?", "co_production"),
        ("What does safeguarding mean", "safeguarding"),
        ("hi, whats a PA pls", "pa"),
        ("I don't know what a direct payment is", "direct_payment"),
        ("respite meaning?", "respite"),
    ],
)
async def test_a_word_and_the_open_question_in_one_message(sms: TextPhone, bank: Bank, said: str, entry: str) -> None:
    await stand_at("the agreement", sms, bank)
    await sms.says(said)
    sms.reads(f"{glossary.meaning(entry, 'en')}\n{sayings.AGREE}")
    assert await bank.tasks() == []
    await sms.says("1")
    sms.reads(sayings.NAME)


async def test_in_polish(sms: TextPhone, bank: Bank) -> None:
    await sms.says("chcę dołączyć")
    await sms.says("co to jest safeguarding?")
    meaning = glossary.meaning("safeguarding", "pl")
    assert meaning != glossary.meaning("safeguarding", "en")
    texts = "\n".join(bubble.screen for bubble in sms.unread)
    assert meaning in texts
    assert texts.endswith(bank.polish("welcome"))
    sms.ignores_the_rest()


async def test_where_nothing_is_open(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await sms.says("what is a hub?")
    sms.reads(glossary.meaning("hub", "en"))
    assert await bank.tasks() == []


async def test_a_word_that_is_not_ours_is_a_question_for_a_person(sms: TextPhone, bank: Bank) -> None:
    await stand_at("the first question", sms, bank)
    await sms.says("what is a hovercraft?")
    sms.reads(f"{sayings.WILL_ANSWER}\n{sayings.WANTS}")
    assert await bank.questions() == ["what is a hovercraft?"]


async def test_an_answer_beside_the_question_is_not_lost(sms: TextPhone, bank: Bank) -> None:
    await stand_at("the first question", sms, bank)
    await sms.says("yes. what is co-production?")
    sms.reads(f"{sayings.WILL_ANSWER}\n{sayings.AGREE}")
    assert await bank.questions() == ["yes. what is co-production?"]


async def test_it_is_answered_though_the_question_came_a_moment_ago(sms: TextPhone, bank: Bank) -> None:
    for said in ("JOIN", "what is co-production?", "what is a hub?"):
        await bank.receives(sms.writes(said))
    meanings = [glossary.meaning(entry, "en") for entry in ("co_production", "hub")]
    sms.reads(sayings.WELCOME, *(f"{means}\n{sayings.WELCOME}" for means in meanings))


def test_every_key_fits_its_column() -> None:
    """64 characters, as storage.types.Code has it; the last part is "text", "again" or "check"."""
    steps = [f"{flow.name}.{step}" for flow in SHIPPED.values() for step in flow.steps]
    assert max(len(f"{step}.{entry}.check") for step in steps for entry in glossary._entries("en")) <= 64
