"""CALENDAR: who comes to a meeting puts it in the calendar of their phone, by a link, and on Telegram by a file."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bank import calendar, meeting_news, rsvps, wall_time
from storage import meetings, people
from storage.invitations import Answer
from storage.meetings import MeetingState
from storage.schema import Record
from storage.store import Tx
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting, rsvp
from tests.conversations.phones import Phone, TelegramPhone, TextPhone


async def comes(bank: Bank, phone: Phone, meeting: Record, answer: Answer = Answer.YES) -> str:
    """They answer it; the link of their calendar file, should they ask for it."""
    person = await bank.member(phone)
    await bank.does(lambda tx: rsvps.answer(tx, meeting, person, answer, bank.now(), bank.organisation))
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    return calendar.link(row, bank.organisation)


async def opened(bank: Bank, link: str) -> str | None:
    """What is behind it."""
    name = link.rpartition("/")[2]
    file = await bank.asks(lambda tx: calendar.open_(tx, name, bank.now(), bank.organisation))
    return file.decode() if file is not None else None


@pytest.mark.parametrize(
    "said", ["CALENDAR", "can you send me a calendar link please", "add it to my calendar", "calender"]
)
async def test_a_link_that_gives_the_meeting(phone: TextPhone, bank: Bank, said: str) -> None:
    await phone.joins()
    link = await comes(bank, phone, await a_meeting(bank))
    await phone.says(said)
    phone.reads(f"Carers' space, Thursday 3 December, 2pm. To put it in your calendar, open this: {link}")
    file = await opened(bank, link)
    assert file is not None
    assert "SUMMARY;LANGUAGE=en:Carers' space" in file
    person = await bank.member(phone)
    assert person.name is None or person.name not in file


async def test_on_telegram_the_file_comes_too(bank: Bank) -> None:
    phone = bank.phone("telegram")
    assert isinstance(phone, TelegramPhone)
    await phone.joins()
    link = await comes(bank, phone, await a_meeting(bank))
    await phone.says("calendar")
    file = phone.unread[-1].message.file
    phone.ignores_the_rest()
    assert file is not None
    assert (file.name, file.kind) == ("meeting.ics", "text/calendar")
    uid = next(line for line in (await opened(bank, link) or "").splitlines() if line.startswith("UID:"))
    assert uid in file.content.decode().splitlines()


async def test_it_gives_the_meeting_as_it_is_then(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await phone.joins()
    link = await comes(bank, phone, meeting)
    await phone.says("calendar")
    phone.ignores_the_rest()
    changed = {"state": MeetingState.CANCELED, "sequence": 1}
    await bank.does(lambda tx: meetings.change(tx, meeting.id, changed))
    file = await opened(bank, link)
    assert file is not None
    assert "METHOD:CANCEL" in file
    assert "STATUS:CANCELLED" in file
    assert "SEQUENCE:1" in file


async def test_who_said_no_since_has_it_canceled_and_back_with_another_yes(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await phone.joins()
    link = await comes(bank, phone, meeting)
    await phone.says("calendar")
    phone.ignores_the_rest()
    said = []
    for answer in (None, Answer.NO, Answer.YES):
        if answer is not None:
            await comes(bank, phone, meeting, answer)
        lines = (await opened(bank, link) or "").splitlines()
        said.append([line for line in lines if line.startswith(("METHOD", "STATUS", "SEQUENCE"))])
    assert [sorted(one) for one in said] == [
        ["METHOD:PUBLISH", "SEQUENCE:0", "STATUS:CONFIRMED"],
        ["METHOD:CANCEL", "SEQUENCE:1", "STATUS:CANCELLED"],
        ["METHOD:PUBLISH", "SEQUENCE:2", "STATUS:CONFIRMED"],
    ]


async def test_a_meeting_that_moves_tells_where_the_calendar_has_it_from(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await phone.joins()
    link = await comes(bank, phone, meeting)
    await phone.says("calendar")
    phone.ignores_the_rest()
    later = {"at_time": "14:30", **wall_time.moments("2026-12-03", "14:30", "Europe/London", 120), "sequence": 1}
    before = meeting

    def moves(tx: Tx) -> None:
        after = meetings.change(tx, meeting.id, later)
        meeting_news.changed(tx, before, after, large=False, now=bank.now(), organisation=bank.organisation)

    await bank.does(moves)
    await bank.keeps_up()
    assert phone.unread[-1].screen.endswith(f"For your calendar, open {link}")
    assert "2.30pm" in phone.unread[-1].screen
    phone.ignores_the_rest()
    file = await opened(bank, link)
    assert file is not None
    assert "T143000" in file


async def test_nobody_opens_what_was_not_asked_for_or_has_ended(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    link = await comes(bank, phone, await a_meeting(bank))
    assert await opened(bank, link) is None
    await phone.says("calendar")
    phone.ignores_the_rest()
    assert await opened(bank, link) is not None
    assert await opened(bank, f"{link}x") is None
    bank.now.move(timedelta(days=24))
    assert await opened(bank, link) is None


async def test_the_link_holds_until_after_a_meeting_that_was_moved_far_ahead(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await phone.joins()
    link = await comes(bank, phone, meeting)
    await phone.says("calendar")
    phone.ignores_the_rest()
    moved = {"on_day": "2027-01-14", **wall_time.moments("2027-01-14", "14:00", "Europe/London", 120)}
    await bank.does(lambda tx: meetings.change(tx, meeting.id, moved))
    bank.now.move(timedelta(days=40))
    assert "T140000" in (await opened(bank, link) or "")


async def test_who_has_left_has_no_calendar_any_more(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    link = await comes(bank, phone, await a_meeting(bank))
    await phone.says("calendar")
    phone.ignores_the_rest()
    await phone.says("LEAVE")
    phone.ignores_the_rest()
    assert await opened(bank, link) is None


async def test_nothing_to_put_there(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await phone.joins()
    await phone.says("calendar")
    phone.reads(sayings.NO_CALENDAR)
    await comes(bank, phone, meeting, Answer.NO)
    await phone.says("calendar")
    phone.reads(sayings.NO_CALENDAR)


async def test_erasure_takes_the_file_too(phone: Phone, bank: Bank) -> None:
    bank_phone = bank.phone("telegram")
    await bank_phone.joins()
    link = await comes(bank, bank_phone, await a_meeting(bank))
    await bank_phone.says("calendar")
    bank_phone.ignores_the_rest()
    person = await bank.member(bank_phone)
    await bank_phone.says("LEAVE")
    bank_phone.ignores_the_rest()
    await bank.later(days=40)
    assert await bank.asks(lambda tx: people.by_token(tx, person.token)) is None
    assert await opened(bank, link) is None


async def test_in_polish(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("Polski")
    phone.ignores_the_rest()
    link = await comes(bank, phone, await a_meeting(bank))
    await phone.says("kalendarz")
    assert phone.unread[-1].screen.startswith("Spotkanie opiekunów, czwartek 3 grudnia, 14.00.")
    assert phone.unread[-1].screen.endswith(link)
    phone.ignores_the_rest()
    file = await opened(bank, link)
    assert file is not None
    assert "Spotkanie opiekunów" in file
