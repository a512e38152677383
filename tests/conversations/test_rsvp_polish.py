"""RSVPs of somebody who reads Polish: asked, answered and told in Polish."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows.coming import COMING, NOTED
from flows.grammar import Ask, Choose, Flow, Say
from flows.rsvp import RSVP
from storage import arrangements
from storage.schema import Record
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.gathering import TEXT, a_meeting, invites_to, rsvp, stand
from tests.conversations.phones import Phone

ASKS = "Ashdale Council: {meeting}. {day}, {time}, {where}. STOP kończy SMS-y. Czy przyjdziesz?"
ABOUT = {
    "meeting": "Spotkanie opiekunów",
    "day": "czwartek 3 grudnia",
    "time": "14.00",
    "where": "Oak Hall, Station Road, by Aldi",
}


async def is_asked(phone: Phone, bank: Bank, **meeting: Any) -> Record:
    for reply in ("JOIN", "polski", "tak", "tak", "Ewa"):
        await phone.says(reply)
    row = await a_meeting(bank, **meeting)
    await invites_to(bank, row, {"en": TEXT, "pl": ASKS})
    phone.ignores_the_rest()
    return row


def polish(bank: Bank, flow: Flow, name: str, **values: str) -> str:
    """A step as it is read in Polish. It must differ from the English."""
    step, known = flow.steps[name], {**ABOUT, **values}
    assert isinstance(step, (Ask, Choose, Say))
    render = bank.organisation.catalogs.render
    text = render(step.text, "pl", known)
    assert text != render(step.text, "en", known)
    labels = step.choices if isinstance(step, Choose) and isinstance(step.choices, tuple) else ()
    return sayings.numbered(text, [render(one.label, "pl", {}) for one in labels if one.label is not None])


def noted(bank: Bank, **values: str) -> str:
    return polish(bank, NOTED, "in_person", rsvp_next="Przypomnimy.", **values)


async def test_they_are_asked_and_say_yes(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("tak, chętnie")
    phone.reads(noted(bank))
    assert await stand(bank, meeting, phone) == ["coming"]


@pytest.mark.parametrize("words", ["nie dam rady", "niestety nie mogę", "2"])
async def test_no(phone: Phone, bank: Bank, words: str) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says(words)
    phone.reads(polish(bank, RSVP, "no"))
    assert await stand(bank, meeting, phone) == ["not_coming"]


async def test_yes_but_late(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("tak, ale się spóźnię")
    phone.reads(noted(bank), "Przyjdziesz później.")
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert (row.state, row.late) == ("coming", True)


async def test_guests(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank, guests=True)
    await phone.says("tak")
    phone.reads(polish(bank, COMING, "how_many"))
    await phone.says("dwie")
    phone.reads(noted(bank), "Przyjdą z Tobą 2 osoby.")
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert row.guests == 2


async def test_a_maybe_is_asked_again_on_the_day_that_they_name(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("jeszcze nie wiem")
    phone.reads(polish(bank, RSVP, "may_we", ask_day="poniedziałek 30 listopada"))
    await phone.says("w piątek")
    phone.reads(polish(bank, RSVP, "will_ask", ask_day="piątek 27 listopada"))
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert row.ask_at.date() == date(2026, 11, 27)


async def test_for_want_of_cover(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("może, jeśli ktoś zostanie z mamą")
    phone.reads(polish(bank, RSVP, "cover"))
    await phone.says("tak")
    phone.reads(polish(bank, RSVP, "will_look", ask_day="poniedziałek 30 listopada"))
    assert [row.kind for row in await bank.asks(lambda tx: arrangements.in_meeting(tx, meeting.id))] == ["sitting"]


async def test_the_latest_clear_answer_wins(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("tak")
    phone.ignores_the_rest()
    await phone.says("przepraszam, jednak nie mogę")
    phone.reads(polish(bank, RSVP, "no"))
    assert await stand(bank, meeting, phone) == ["not_coming"]


async def test_who_cannot_wait_comes(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("nie mogę się doczekać!")
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == ["coming"]


@pytest.mark.parametrize(("words", "guests"), [("dwie córki", 2), ("dwoje dzieci", 2), ("tylko asystent", 0)])
async def test_how_many_they_bring(phone: Phone, bank: Bank, words: str, guests: int) -> None:
    meeting = await is_asked(phone, bank, guests=True)
    await phone.says("tak")
    phone.ignores_the_rest()
    await phone.says(words)
    phone.ignores_the_rest()
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert (row.state, row.guests) == ("coming", guests)


async def test_if_they_find_cover_is_a_maybe_and_asks_nothing(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("jak znajdę opiekę")
    phone.reads(polish(bank, RSVP, "cover"))
    assert await stand(bank, meeting, phone) == ["maybe"]
    assert await bank.questions() == []
