"""Promise 24, for meetings: after ten minutes away typed answers are handled, and stale buttons are answered kindly."""

from __future__ import annotations

import pytest

from bank import rsvps
from channels.message import Request
from storage import meetings
from storage.invitations import Answer
from storage.meetings import MeetingState
from storage.schema import Record
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting, invites_to, rsvp, stand
from tests.conversations.phones import TelegramPhone, WhatsAppPhone

AN_OUTAGE = {"minutes": 10}
BUTTONS = pytest.mark.parametrize("kind", ["telegram", "whatsapp"])


async def is_invited(bank: Bank, kind: str) -> tuple[TelegramPhone | WhatsAppPhone, Record]:
    phone = bank.phone(kind)
    assert isinstance(phone, TelegramPhone | WhatsAppPhone)
    await phone.joins()
    meeting = await a_meeting(bank)
    await invites_to(bank, meeting)
    phone.ignores_the_rest()
    return phone, meeting


async def after_an_outage(bank: Bank, *requests: Request) -> None:
    """The provider has kept these for ten minutes, and posts them together."""
    await bank.later(**AN_OUTAGE)
    await bank.receives_together(requests)


@BUTTONS
async def test_typed_answers_are_handled(bank: Bank, kind: str) -> None:
    phone, meeting = await is_invited(bank, kind)
    await after_an_outage(bank, phone.writes("yes"))
    assert "Thank you. We have noted that you come" in phone.unread[-1].screen
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == ["coming"]
    await after_an_outage(bank, phone.writes("can't make Thursday"))
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == ["not_coming"]


@BUTTONS
async def test_a_button_that_was_pressed_in_the_outage_still_answers(bank: Bank, kind: str) -> None:
    phone, meeting = await is_invited(bank, kind)
    await after_an_outage(bank, phone.press("Yes"))
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == ["coming"]


@BUTTONS
@pytest.mark.parametrize("state", [MeetingState.CANCELED, MeetingState.OVER])
async def test_a_button_of_a_meeting_that_is_not_any_more(bank: Bank, kind: str, state: MeetingState) -> None:
    phone, meeting = await is_invited(bank, kind)
    pressed = phone.press("Yes")
    await bank.does(lambda tx: meetings.change(tx, meeting.id, {"state": state}))
    await after_an_outage(bank, pressed)
    (told,) = phone.unread
    assert "Thank you" in told.screen
    assert "error" not in told.screen.lower()
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == [None]


@BUTTONS
async def test_a_button_of_a_meeting_that_has_begun(bank: Bank, kind: str) -> None:
    phone, meeting = await is_invited(bank, kind)
    pressed = phone.press("Yes")
    await bank.until(3, 12, 14, 5)
    phone.ignores_the_rest()
    await bank.receives(pressed)
    assert "Thank you" in phone.unread[0].screen
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == [None]


@BUTTONS
async def test_the_same_button_again_changes_nothing(bank: Bank, kind: str) -> None:
    phone, meeting = await is_invited(bank, kind)
    again = phone.press("Yes")
    await phone.presses("Yes")
    before = await rsvp(bank, meeting, phone)
    phone.ignores_the_rest()
    await after_an_outage(bank, again)
    assert all("error" not in bubble.screen.lower() for bubble in phone.unread)
    phone.ignores_the_rest()
    after = await rsvp(bank, meeting, phone)
    assert before is not None
    assert after is not None
    assert (after.state, after.turn) == (before.state, before.turn) == ("coming", before.turn)


@BUTTONS
async def test_another_button_of_an_answered_invitation_is_a_change_of_mind(bank: Bank, kind: str) -> None:
    phone, meeting = await is_invited(bank, kind)
    other = phone.press("No")
    await phone.presses("Yes")
    phone.ignores_the_rest()
    await after_an_outage(bank, other)
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == ["not_coming"]


@BUTTONS
async def test_a_button_of_an_offer_that_went_on(bank: Bank, kind: str) -> None:
    phone, meeting = await is_invited(bank, kind)
    person, now, organisation = await bank.member(phone), bank.now(), bank.organisation
    await bank.does(lambda tx: rsvps.answer(tx, meeting, person, Answer.NO, now, organisation))
    await bank.does(lambda tx: meetings.change(tx, meeting.id, {"capacity": 0}))
    await after_an_outage(bank, phone.press("Yes"))
    (told,) = phone.unread
    assert "number 1 in line" in told.screen
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == ["waiting"]
