"""PROJECTS, and a project's own word: people find what is open by themselves. A stranger joins first."""

from __future__ import annotations

import pytest

from flows import everywhere
from flows.placed import PLACED
from flows.projects import PROJECTS
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TelegramPhone
from tests.conversations.telling import a_project, a_word_for, answers, closes, interest, standings, step

NOTHING = step(PROJECTS, "none")
ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
PLACE = step(PLACED, "place")


def listed(*titles: str) -> str:
    return sayings.numbered(step(PROJECTS, "ask"), titles)


@pytest.mark.parametrize("said", ["PROJECTS", "any projects?", "what can I do", "what's on", "/projects"])
async def test_nothing_is_open(phone: Phone, said: str) -> None:
    await phone.joins()
    await phone.says(said)
    phone.reads(NOTHING)


async def test_one_is_picked_and_more_is_told(phone: Phone, bank: Bank) -> None:
    project = await a_project(bank)
    await a_project(bank, "Carers panel")
    await phone.joins()
    await phone.says("PROJECTS")
    phone.reads(listed("Carers panel", "Home care leaflet"))
    await phone.says("the leaflet")
    phone.reads(interest("aim"))
    await phone.says("2")
    phone.reads(interest("what"))
    await phone.says("yes")
    phone.reads(PLACE)
    assert await answers(bank, project, phone) == ["yes"]
    assert await standings(bank, project, [phone]) == ["place"]
    await phone.says("PROJECTS")
    phone.reads(listed("Carers panel"))
    await phone.says("SKIP")
    phone.reads(step(PROJECTS, "left"))


async def test_from_the_menu(phone: Phone, bank: Bank) -> None:
    await a_project(bank)
    await phone.joins()
    await phone.says("MENU")
    phone.reads(sayings.MENU)
    await phone.says("See what is open")
    phone.reads(listed("Home care leaflet"))
    await phone.says("SKIP")
    phone.ignores_the_rest()


@ON_BOTH
async def test_a_stranger_sees_what_is_public_and_joins_before_anything_is_kept(phone: Phone, bank: Bank) -> None:
    project = await a_project(bank, public=True)
    await a_project(bank, "Not for the street")
    await phone.says("PROJECTS")
    phone.reads(listed("Home care leaflet"))
    await phone.says("1")
    phone.reads(sayings.WELCOME)
    assert await bank.nobody_is_known()
    for said in ("yes", "yes", "Asha"):
        await phone.says(said)
    phone.reads(sayings.AGREE, sayings.NAME, sayings.thanks("Asha"), interest("aim"))
    await phone.says("yes")
    phone.reads(PLACE)
    assert await answers(bank, project, phone) == ["yes"]


async def test_a_stranger_reads_the_same_as_a_member_where_nothing_is_open(bank: Bank) -> None:
    stranger, member = bank.phone("sms"), bank.phone("sms")
    await member.joins()
    for one in (stranger, member):
        await one.says("PROJECTS")
        one.reads(NOTHING)


@pytest.mark.parametrize("said", ["LEAFLET", "leaflet", "JOIN LEAFLET", "Leaflet."])
async def test_a_member_texts_its_word(phone: Phone, bank: Bank, said: str) -> None:
    project = await a_project(bank)
    await a_word_for(bank, project, "LEAFLET")
    await phone.joins()
    await phone.says(said)
    phone.reads(interest("aim"))
    assert await bank.code("LEAFLET") == (1, 0)
    await phone.says("count me in")
    phone.reads(PLACE)
    assert await standings(bank, project, [phone]) == ["place"]


@pytest.mark.parametrize("said", ["LEAFLET", "JOIN LEAFLET"])
async def test_a_stranger_texts_its_word(phone: Phone, bank: Bank, said: str) -> None:
    project = await a_project(bank)
    await a_word_for(bank, project, "LEAFLET")
    await phone.says(said)
    phone.reads(sayings.WELCOME)
    for reply in ("yes", "yes", "SKIP"):
        await phone.says(reply)
    phone.reads(sayings.AGREE, sayings.NAME, sayings.NAMELESS, interest("aim"))
    assert await bank.code("LEAFLET") == (1, 1)
    await phone.says("not now")
    phone.reads(interest("later"))
    assert await answers(bank, project, phone) == ["later"]


async def test_a_deep_link(telegram: TelegramPhone, bank: Bank) -> None:
    project = await a_project(bank)
    await a_word_for(bank, project, "LEAFLET")
    await telegram.joins()
    await telegram.says("/start LEAFLET")
    telegram.reads(interest("aim"))
    await telegram.presses("I'm interested")
    telegram.reads(PLACE)
    assert await answers(bank, project, telegram) == ["yes"]


async def test_the_word_of_a_project_that_has_closed(phone: Phone, bank: Bank) -> None:
    project = await a_project(bank)
    await a_word_for(bank, project, "LEAFLET")
    await phone.joins()
    await closes(bank, project)
    await phone.says("LEAFLET")
    phone.reads(everywhere.PROJECT_CLOSED.text)


async def test_a_word_that_answers_the_open_question_is_an_answer(phone: Phone, bank: Bank) -> None:
    project = await a_project(bank)
    await a_word_for(bank, project, "YES")
    await phone.joins()
    await bank.puts_question(phone, "looks_after")
    await phone.says("yes")
    phone.reads(sayings.THANKS_ABOUT_YOU)


async def test_on_a_shared_phone_we_ask_who_writes(phone: Phone, bank: Bank) -> None:
    project = await a_project(bank)
    await a_word_for(bank, project, "LEAFLET")
    await phone.joins("Asha")
    for reply in ("JOIN", "yes", "somebody else", "yes", "Ben"):
        await phone.says(reply)
    phone.ignores_the_rest()
    await phone.says("LEAFLET")
    phone.reads(sayings.who(sayings.WHO_ARE_YOU, "Asha", "Ben"))
    await phone.says("Ben")
    phone.reads(interest("aim"))
    await phone.says("yes")
    phone.reads(PLACE)


async def test_in_polish(phone: Phone) -> None:
    await phone.joins()
    await phone.says("po polsku")
    phone.ignores_the_rest()
    await phone.says("PROJEKTY")
    assert len(phone.unread) == 1
    assert "PROJE" in phone.unread[0].screen
    phone.ignores_the_rest()
