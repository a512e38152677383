"""Two messages wait for an answer: a name tells which one is meant, else we ask; the answer is never lost."""

from __future__ import annotations

import pytest

from flows.picked import PICKED
from flows.placed import PLACED
from flows.which import WHICH
from storage import invitations, places
from storage.schema import Record
from storage.store import Tx
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TelegramPhone
from tests.conversations.telling import a_project, a_word_for, answers, asks_all, interest, invites, standings, step

PLACE = step(PLACED, "place")
WHICH_ONE = sayings.numbered(step(WHICH, "ask"), ["Carers panel", "Home care leaflet"])
ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
PANEL = "Ashdale Council: join the carers panel. STOP ends texts. Would you like to take part?"


def places_in(tx: Tx, project: Record) -> list[Record]:
    return places.in_project(tx, project.id)


def invitation_of(tx: Tx, row: Record, person: Record) -> Record:
    found = invitations.of(tx, row.id, person.id)
    assert found is not None
    return found


async def two_ask(phone: Phone, bank: Bank) -> tuple[Record, Record]:
    leaflet = await a_project(bank)
    panel = await a_project(bank, "Carers panel")
    await invites(bank, leaflet)
    await invites(bank, panel, PANEL)
    phone.ignores_the_rest()
    return leaflet, panel


@ON_BOTH
async def test_we_ask_which_and_keep_the_answer(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    leaflet, panel = await two_ask(phone, bank)
    await phone.says("yes")
    phone.reads(WHICH_ONE)
    await phone.says("the leaflet")
    phone.reads(PLACE)
    assert await answers(bank, leaflet, phone) == ["yes"]
    assert await answers(bank, panel, phone) == [None]
    await phone.says("no")
    phone.reads(interest("no"))
    assert await answers(bank, panel, phone) == ["no"]
    assert await answers(bank, leaflet, phone) == ["yes"]


@pytest.mark.parametrize("said", ["yes to the leaflet", "the leaflet one, count me in", "LEAFLET yes"])
async def test_a_name_tells_which(phone: Phone, bank: Bank, said: str) -> None:
    await phone.joins()
    leaflet, panel = await two_ask(phone, bank)
    await phone.says(said)
    phone.reads(PLACE)
    assert (await answers(bank, leaflet, phone), await answers(bank, panel, phone)) == (["yes"], [None])


async def test_a_button_tells_which(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.joins()
    leaflet, panel = await two_ask(telegram, bank)
    await telegram.presses("Not for me", on=0)
    telegram.reads(interest("no"))
    assert (await answers(bank, leaflet, telegram), await answers(bank, panel, telegram)) == (["no"], [None])


async def test_its_word_opens_that_one(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    leaflet, panel = await two_ask(phone, bank)
    await a_word_for(bank, panel, "PANEL")
    await phone.says("PANEL")
    phone.reads(interest("aim", project="Carers panel"))
    await phone.says("yes")
    phone.reads(step(PLACED, "place", project="Carers panel"))
    assert (await answers(bank, leaflet, phone), await answers(bank, panel, phone)) == ([None], ["yes"])


async def test_a_shared_phone_asks_whose_answer_it_is(phone: Phone, bank: Bank) -> None:
    await phone.joins("Asha")
    for reply in ("JOIN", "yes", "somebody else", "yes", "Ben"):
        await phone.says(reply)
    phone.ignores_the_rest()
    project = await a_project(bank)
    await invites(bank, project)
    phone.ignores_the_rest()
    await phone.says("yes")
    phone.reads(sayings.who(sayings.WHO_ARE_YOU, "Asha", "Ben"))
    await phone.says("Ben")
    phone.reads(PLACE)
    await phone.says("no")
    phone.reads(sayings.who(sayings.WHO_ARE_YOU, "Asha", "Ben"))
    await phone.says("Asha")
    phone.reads(interest("no"))
    asha, ben = await bank.members(phone)
    stands = {row.person_id: row.state for row in await bank.asks(lambda tx: places_in(tx, project))}
    assert stands == {ben.id: "place"}
    assert asha.id not in stands


async def test_choices_of_a_coordinator_s_own(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    row = await asks_all(bank, "When suits you? STOP ends texts.", "Monday", "Tuesday", "No day")
    phone.ignores_the_rest()
    await phone.says("tuesday is best")
    phone.reads(step(PICKED, "thanks"))
    person = await bank.member(phone)
    invitation = await bank.asks(lambda tx: invitation_of(tx, row, person))
    assert invitation.answer == "c2"
    await phone.says("sorry, monday")
    phone.reads(step(PICKED, "thanks"))
    invitation = await bank.asks(lambda tx: invitation_of(tx, row, person))
    assert invitation.answer == "c1"


async def test_choices_by_a_button(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.joins()
    row = await asks_all(bank, "When suits you? STOP ends texts.", "Monday", "Tuesday")
    telegram.ignores_the_rest()
    await telegram.presses("Tuesday")
    telegram.reads(step(PICKED, "thanks"))
    person = await bank.member(telegram)
    assert (await bank.asks(lambda tx: invitation_of(tx, row, person))).answer == "c2"


async def test_an_invitation_and_a_choice(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    leaflet = await a_project(bank)
    await invites(bank, leaflet)
    await asks_all(bank, "When suits you? STOP ends texts.", "Monday", "Tuesday")
    phone.ignores_the_rest()
    await phone.says("tuesday")
    phone.ignores_the_rest()
    assert await standings(bank, leaflet, [phone]) == [None]
