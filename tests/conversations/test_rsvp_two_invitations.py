"""Two invitations to meetings wait for an answer: a button, a quoted reply, a name or a day decides, else we ask."""

from __future__ import annotations

import pytest

from flows.which import WHICH
from storage.schema import Record
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting, invites_to, noted, rsvp, said, stand
from tests.conversations.phones import Phone, TelegramPhone
from tests.conversations.telling import a_project, answers, invites, step

PANEL = {"meeting": "Care panel", "day": "Tuesday 8 December", "time": "10am"}
WHICH_ONE = sayings.numbered(
    step(WHICH, "ask"), ["Care panel, Tuesday 8 December", "Carers' space, Thursday 3 December"]
)


async def two_ask(phone: Phone, bank: Bank) -> tuple[Record, Record]:
    await phone.joins()
    space = await a_meeting(bank)
    panel = await a_meeting(bank, "Care panel", on_day="2026-12-08", at_time="10:00")
    await invites_to(bank, space)
    await invites_to(bank, panel)
    phone.ignores_the_rest()
    return space, panel


async def test_we_ask_which_and_lose_nothing(phone: Phone, bank: Bank) -> None:
    space, panel = await two_ask(phone, bank)
    await phone.says("yes but I'll be late")
    phone.reads(WHICH_ONE)
    await phone.says("2")
    phone.reads(noted(), "You come late.")
    row = await rsvp(bank, space, phone)
    assert row is not None
    assert (row.state, row.late) == ("coming", True)
    assert await stand(bank, panel, phone) == [None]
    await phone.says("no")
    phone.reads(said("no"))
    assert await stand(bank, panel, phone) == ["not_coming"]
    assert await stand(bank, space, phone) == ["coming"]


@pytest.mark.parametrize(
    "words", ["yes to the panel", "yes to Tuesday", "can come on 8 December", "yes 8/12", "yes to the 10am"]
)
async def test_a_name_a_day_or_a_time_tells_which(phone: Phone, bank: Bank, words: str) -> None:
    space, panel = await two_ask(phone, bank)
    await phone.says(words)
    phone.reads(noted(**PANEL))
    assert await stand(bank, panel, phone) == ["coming"]
    assert await stand(bank, space, phone) == [None]


async def test_a_button_tells_which(telegram: TelegramPhone, bank: Bank) -> None:
    space, panel = await two_ask(telegram, bank)
    await telegram.presses("Not sure", on=0)
    telegram.ignores_the_rest()
    assert await stand(bank, space, telegram) == ["maybe"]
    assert await stand(bank, panel, telegram) == [None]


async def test_a_quoted_message_tells_which(bank: Bank) -> None:
    whatsapp = bank.phone("whatsapp")
    space, panel = await two_ask(whatsapp, bank)
    sent = next(row for row in await bank.said(whatsapp) if row.text and "Thursday 3 December" in row.text)
    await whatsapp.says("yes", OriginalRepliedMessageSid=sent.provider_id)
    whatsapp.reads(noted())
    assert await stand(bank, space, whatsapp) == ["coming"]
    assert await stand(bank, panel, whatsapp) == [None]


async def test_a_meeting_and_a_project(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    project = await a_project(bank)
    await invites(bank, project)
    meeting = await a_meeting(bank)
    await invites_to(bank, meeting)
    phone.ignores_the_rest()
    await phone.says("yes")
    phone.reads(sayings.numbered(step(WHICH, "ask"), ["Carers' space, Thursday 3 December", "Home care leaflet"]))
    await phone.says("the leaflet")
    phone.ignores_the_rest()
    assert await answers(bank, project, phone) == ["yes"]
    assert await stand(bank, meeting, phone) == [None]


async def test_asked_twice_to_one_meeting_is_one_question(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    meeting = await a_meeting(bank)
    await invites_to(bank, meeting)
    await invites_to(bank, meeting)
    phone.ignores_the_rest()
    await phone.says("yes")
    phone.reads(noted())


async def test_a_meeting_that_is_past_is_not_asked_about(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    past = await a_meeting(bank, "Old space", on_day="2026-11-23", at_time="10:00")
    await invites_to(bank, past)
    await bank.until(24, 11, 11)
    meeting = await a_meeting(bank)
    await invites_to(bank, meeting)
    phone.ignores_the_rest()
    await phone.says("yes")
    phone.reads(noted())
    assert await stand(bank, past, phone) == [None]


async def test_on_a_shared_phone_each_says_for_themselves(phone: Phone, bank: Bank) -> None:
    await phone.joins("Asha")
    for reply in ("JOIN", "yes", "somebody else", "yes", "Ben"):
        await phone.says(reply)
    meeting = await a_meeting(bank)
    await invites_to(bank, meeting)
    phone.ignores_the_rest()
    await phone.says("yes")
    await phone.says("Ben")
    phone.reads(sayings.who(sayings.WHO_ARE_YOU, "Asha", "Ben"), noted())
    await phone.says("no")
    phone.reads(sayings.who(sayings.WHO_ARE_YOU, "Asha", "Ben"))
    await phone.says("Asha")
    phone.reads(said("no"))
