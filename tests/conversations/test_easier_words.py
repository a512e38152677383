"""Easier words: the same again where we have it, a person where we have not, and never an answer lost."""

from __future__ import annotations

import pytest

from bank.facts import Facts, organisation_facts
from flows import everywhere
from flows.about_you import THANKS
from flows.grammar import Ask, Choose, Say
from flows.join import JOIN
from language.wording import SOURCE_LANGUAGE, Words
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TextPhone
from tests.conversations.steps import stand_at

EASY = "en_GB@simple"


def easy(bank: Bank, words: Words, language: str = EASY, **values: str) -> str:
    known = {**Facts(organisation_facts(bank.organisation, bank.now(), language)), **values}
    return bank.organisation.catalogs.render(words, language, known)


def easy_step(bank: Bank, step: str) -> str:
    """A step of joining in easier words, which must differ from the usual ones."""
    asked = JOIN.steps[step]
    assert isinstance(asked, (Ask, Choose, Say))
    assert easy(bank, asked.text) != easy(bank, asked.text, SOURCE_LANGUAGE)
    choices = asked.choices if isinstance(asked, Choose) else ()
    assert isinstance(choices, tuple)
    labels = [easy(bank, choice.label) for choice in choices if choice.label is not None]
    return sayings.numbered(easy(bank, asked.text), labels)


@pytest.mark.parametrize(
    "said",
    [
        "say that more simply",
        "too many long words",
        "I don't understand this",
        "easy words please",
        "Sorry but I really don't understand this text, too many long words",
        "simple english please",
    ],
)
async def test_the_open_question_again_in_easier_words(sms: TextPhone, bank: Bank, said: str) -> None:
    await stand_at("the agreement", sms, bank)
    await sms.says(said)
    sms.reads(f"{easy(bank, everywhere.PLAINER)}\n{easy_step(bank, 'agree')}")
    assert await bank.kinds_of_tasks() == ["plain"]
    await sms.says("1")
    sms.reads(easy_step(bank, "name"))
    member = await bank.member(sms)
    assert member.language == "en"
    assert [entry.words for entry in await bank.ledger(sms)] == [
        f"{easy(bank, everywhere.PLAINER)}\n{easy_step(bank, 'agree')}"
    ] * 2


async def test_easier_words_stay_until_they_are_sent_away(sms: TextPhone, bank: Bank) -> None:
    await stand_at("a question about you", sms, bank)
    await sms.says("easier words")
    sms.ignores_the_rest()
    await sms.says("yes")
    sms.reads(easy(bank, THANKS))
    await bank.later(days=7)
    assert [row.language for row in await bank.said(sms)][-1] == EASY
    sms.ignores_the_rest()
    await sms.says("normal words")
    (screen,) = [bubble.screen for bubble in sms.unread]
    assert screen.startswith(easy(bank, everywhere.NORMAL_AGAIN, SOURCE_LANGUAGE))
    assert (await bank.said(sms))[-1].language == "en"
    sms.ignores_the_rest()


async def test_english_from_the_list_brings_our_usual_words_back(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await sms.says("LANGUAGE")
    (question,) = [bubble.screen for bubble in sms.unread]
    assert "1 English\n2 English, simple words\n3 Polski" in question
    sms.ignores_the_rest()
    await sms.says("2")
    sms.reads(easy(bank, everywhere.LANGUAGE_SET))
    assert (await bank.member(sms)).language == "en"
    await sms.says("LANGUAGE")
    sms.ignores_the_rest()
    await sms.says("1")
    sms.reads(easy(bank, everywhere.LANGUAGE_SET, SOURCE_LANGUAGE))
    assert not (await bank.address(sms)).plain


async def test_what_was_said_last_where_nothing_is_open(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await sms.says("WHO ARE YOU")
    sms.reads(sayings.WHO_WE_ARE)
    await sms.says("what does that mean")
    sms.reads(f"{easy(bank, everywhere.PLAINER)}\n{easy(bank, everywhere.WHO_WE_ARE)}")
    assert await bank.tasks() == [("plain", sayings.WHO_WE_ARE)]


async def test_asked_twice_there_is_nothing_easier_and_a_person_writes(sms: TextPhone, bank: Bank) -> None:
    await stand_at("the agreement", sms, bank)
    await sms.says("simpler words")
    sms.ignores_the_rest()
    await sms.says("I still don't understand")
    sms.reads(easy(bank, everywhere.PLAINER_LATER, by="5pm"))
    assert await bank.kinds_of_tasks() == ["plain"]
    await sms.says("1")
    sms.reads(easy_step(bank, "name"))


async def test_a_language_without_easier_words_has_a_person(phone: Phone, bank: Bank) -> None:
    await phone.says("chcę dołączyć")
    phone.reads(bank.polish("welcome"))
    await phone.says("nie rozumiem")
    phone.reads(easy(bank, everywhere.PLAINER_LATER, "pl"))
    assert await bank.kinds_of_tasks() == ["plain"]
    await phone.says("tak")
    phone.reads(bank.polish("agree"))


@pytest.mark.parametrize("said", ["easy read", "Easy words please", "plain english"])
async def test_easier_words_are_an_answer_where_we_ask_what_they_need(sms: TextPhone, bank: Bank, said: str) -> None:
    await sms.joins()
    await bank.puts_question(sms, "needs")
    await sms.says(said)
    (thanks,) = [bubble.screen for bubble in sms.unread]
    assert thanks == "Thank you. We wrote it down. We will do it each time."
    sms.ignores_the_rest()
    assert await bank.tasks() == []
    assert (await bank.address(sms)).plain


@pytest.mark.parametrize(("said", "onward"), [("yes", sayings.AGREE), ("No", sayings.DECLINED)])
async def test_an_answer_beside_it_is_taken(sms: TextPhone, bank: Bank, said: str, onward: str) -> None:
    await sms.says("JOIN")
    await sms.says(f"{said}. but too many long words")
    assert "plain" not in await bank.kinds_of_tasks()
    assert onward in [bubble.screen for bubble in sms.unread] or "Just to check" in sms.unread[-1].screen
    sms.ignores_the_rest()


async def test_it_is_answered_though_the_question_came_a_moment_ago(sms: TextPhone, bank: Bank) -> None:
    for said in ("JOIN", "too many long words"):
        await bank.receives(sms.writes(said))
    sms.reads(sayings.WELCOME, f"{easy(bank, everywhere.PLAINER)}\n{easy_step(bank, 'welcome')}")


async def test_the_question_about_danger_in_easier_words_is_still_about_danger(sms: TextPhone, bank: Bank) -> None:
    """Whoever watches over it knows its messages by the beginning of their keys."""
    await sms.says("I can't cope, he hits me")
    sms.reads(sayings.DANGER)
    await sms.says("I don't understand this")
    sms.ignores_the_rest()
    assert [row.wording for row in await bank.said(sms)] == ["safety.safe.text", "safety.safe.plain.text"]
    await sms.says("1")
    sms.reads("Thank you. A person will text you.")
    assert await bank.kinds_of_tasks() == ["safeguarding", "plain", "safeguarding"]
