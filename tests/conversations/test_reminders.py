"""Reminders: of what somebody said yes to, on its day, in one message, with what helps this person and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bank import reminders, rsvps
from bank.reminder_plan import DAY as DAY_BEFORE
from bank.reminder_plan import HOURS as HOURS_BEFORE
from bank.reminder_plan import THANKS as THANKS_AFTER
from bank.reminder_plan import WEEK as WEEK_BEFORE
from bank.reminder_plan import as_json
from bank.tokens import token
from storage import meetings, people, reach
from storage import rsvps as kept
from storage.arrangements import ArrangementKind, ArrangementState
from storage.invitations import Answer
from storage.meetings import MeetingState, Way
from storage.people import PersonState
from storage.schema import Record
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting
from tests.conversations.phones import Phone
from tests.conversations.reminded import arranged, asks_nothing_else, became, coming, is_helped, says

WHERE = "Oak Hall, Station Road, by Aldi"
CLOSING = "If you can't come, just text us."
WEEK = f"Ashdale Council: Carers' space is on Thursday 3 December at 2pm, {WHERE}. {CLOSING}"
DAY = f"Ashdale Council: see you on Thursday 3 December at 2pm, {WHERE}. {CLOSING}"
NOW = f"Ashdale Council: see you today at 2pm, {WHERE}. {CLOSING}"
THANKS = "Ashdale Council: thank you for coming to Carers' space. If you want to tell us about it, just text us."
# The plan of a meeting after which people are thanked, and not asked how it was.
WITH_THANKS = as_json((WEEK_BEFORE, DAY_BEFORE, HOURS_BEFORE, THANKS_AFTER))
LINK = {"link": {"en": "meet.ashdale.example/space"}, "dial_in": {"en": "03069 990123"}}


async def came(bank: Bank, phone: Phone, meeting: Record, there: bool | None) -> None:
    """It is over, and somebody ticked whether they were there."""
    person = await bank.member(phone)

    def tick(tx: Any) -> None:
        found = kept.of(tx, meeting.id, person.id)
        assert found is not None
        kept.change(tx, found.id, {"came": there})

    await bank.does(tick)


async def test_a_week_a_day_and_two_hours_before_each_on_its_minute(bank: Bank, phone: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, phone, meeting)
    await bank.until(26, 11, 9, 59)
    phone.reads_nothing()
    await bank.until(26, 11, 10)
    phone.reads(WEEK)
    await bank.until(2, 12, 10)
    phone.reads(DAY)
    await bank.until(3, 12, 12)
    phone.reads(NOW)
    await bank.until(3, 12, 18)
    phone.reads_nothing()


async def test_in_polish(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    asks_nothing_else(bank)
    await sms.says("DOŁĄCZ")
    for reply in ("1", "1", "Ania"):
        await sms.says(reply)
    sms.ignores_the_rest()
    person = await bank.member(sms)
    assert person.language == "pl"
    await says(bank, sms, meeting)
    await bank.until(2, 12, 10)
    week, day = (bubble.screen for bubble in sms.unread)
    assert "Spotkanie opiekunów" in week
    assert "czwartek 3 grudnia" in day
    assert "Oak Hall, Station Road, by Aldi" in day
    assert day.endswith("Jeśli nie możesz przyjść, po prostu napisz do nas.")
    sms.ignores_the_rest()


async def test_what_is_booked_for_them_is_named(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    await arranged(bank, sms, meeting)
    await arranged(bank, sms, meeting, ArrangementKind.TRANSPORT, ArrangementState.TO_DO)
    await bank.until(2, 12, 9)
    sms.ignores_the_rest()
    await bank.until(2, 12, 10)
    sms.reads(DAY.replace(CLOSING, f"Your BSL interpreter is booked. {CLOSING}"))


async def test_a_link_for_who_joins_online_and_a_place_for_who_comes(bank: Bank) -> None:
    near, far = bank.phone("sms"), bank.phone("sms")
    meeting = await a_meeting(bank, way=Way.HYBRID, words=LINK)
    for phone, way in ((near, Way.IN_PERSON), (far, Way.ONLINE)):
        await coming(bank, phone)
        await says(bank, phone, meeting, way=way)
    await bank.until(2, 12, 9)
    for phone in (near, far):
        phone.ignores_the_rest()
    await bank.until(2, 12, 10)
    await bank.until(3, 12, 12)
    near.reads(DAY, NOW)
    how = f"{CLOSING}\nTo join, open meet.ashdale.example/space\nTo join by phone, ring 03069 990123"
    far.reads(
        f"Ashdale Council: Carers' space is online, on Thursday 3 December at 2pm. {how}",
        f"Ashdale Council: Carers' space is online today at 2pm. {how}",
    )


@pytest.mark.parametrize("answer", [Answer.NO, Answer.MAYBE])
async def test_nothing_to_who_does_not_surely_come(bank: Bank, sms: Phone, answer: Answer) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    await says(bank, sms, meeting, answer)
    await bank.until(3, 12, 18)
    assert not [one for one in sms.unread if "see you" in one.screen or "is on" in one.screen]
    sms.ignores_the_rest()


async def test_nothing_to_who_waits_for_a_place(bank: Bank) -> None:
    meeting = await a_meeting(bank, capacity=1)
    has, waits = bank.phone("sms"), bank.phone("sms")
    for phone in (has, waits):
        await coming(bank, phone, meeting)
    await bank.until(3, 12, 13)
    has.reads(WEEK, DAY, NOW)
    waits.reads_nothing()


async def test_two_that_fall_together_are_one_message(bank: Bank, sms: Phone) -> None:
    """Two meetings on one day; the second is an hour after the first."""
    first = await a_meeting(bank)
    second = await a_meeting(bank, "Reading group", at_time="16:00", way=Way.ONLINE, words=LINK)
    await coming(bank, sms, first, second)
    await bank.until(26, 11, 11)
    sms.ignores_the_rest()
    await bank.until(2, 12, 10)
    await bank.until(3, 12, 12)
    await bank.until(3, 12, 15)
    how = "To join, open meet.ashdale.example/space\nTo join by phone, ring 03069 990123"
    also = f"Also online: Reading group, Thursday 3 December at 4pm.\n{how}\n{CLOSING}"
    sms.reads(
        DAY.replace(f" {CLOSING}", f"\n{also}"),
        NOW.replace(f" {CLOSING}", f"\n{also}"),
    )
    assert await became(bank, second) == ["week joined", "day joined", "hours joined", "feedback planned"]


async def test_a_morning_meeting_s_last_reminder_does_not_say_again_what_they_read_that_day(
    bank: Bank, sms: Phone
) -> None:
    meeting = await a_meeting(bank, at_time="10:00")
    await coming(bank, sms, meeting)
    await bank.until(2, 12, 9, 59)
    sms.ignores_the_rest()
    await bank.until(2, 12, 10)
    sms.reads(DAY.replace("2pm", "10am"))
    await bank.until(3, 12, 12)
    sms.reads_nothing()


async def test_who_says_yes_after_the_day_s_reminder_gets_the_last_one_the_evening_before(
    bank: Bank, sms: Phone
) -> None:
    meeting = await a_meeting(bank, at_time="10:00")
    await bank.until(2, 12, 12)
    await coming(bank, sms, meeting)
    await bank.until(2, 12, 18, 44)
    sms.ignores_the_rest()
    await bank.until(2, 12, 18, 45)
    sms.reads(DAY.replace("2pm", "10am"))
    await bank.until(3, 12, 12)
    sms.reads_nothing()


async def test_own_hours_move_it_earlier_and_new_ones_move_it_again(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting, text_from=17 * 60)
    await bank.until(26, 11, 17)
    sms.reads(WEEK)
    await bank.until(1, 12, 18, 44)
    sms.reads_nothing()
    await bank.until(1, 12, 18, 45)
    sms.reads(DAY)
    await sms.says("only text me in the mornings")
    await sms.says("1")
    sms.ignores_the_rest()
    await bank.until(3, 12, 11, 44)
    sms.reads_nothing()
    await bank.until(3, 12, 11, 45)
    sms.reads(NOW)


async def test_who_said_yes_just_now_needs_no_reminder_at_once(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms)
    await bank.until(2, 12, 9, 30)
    await says(bank, sms, meeting)
    await bank.until(2, 12, 18)
    sms.reads_nothing()
    await bank.until(3, 12, 12)
    sms.reads(NOW)


async def test_a_meeting_s_own_plan_goes_before_that_of_its_kind(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank, plan=[{"step": "day", "days": 2, "at": "16:30"}])
    await coming(bank, sms, meeting)
    await bank.until(1, 12, 16, 30)
    sms.reads(DAY)
    await bank.until(5, 12, 12)
    sms.reads_nothing()


async def test_nothing_to_who_is_paused_and_why_is_kept(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting, paused_until=bank.now() + timedelta(days=60))
    await bank.until(3, 12, 13)
    sms.reads_nothing()
    assert await became(bank, meeting) == ["week paused", "day paused", "hours paused", "feedback planned"]


async def test_who_stopped_our_texts_there_is_reminded_where_they_did_not(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    await sms.says("STOP")
    sms.ignores_the_rest()
    await bank.until(26, 11, 12)
    sms.reads_nothing()
    assert (await became(bank, meeting))[0] == "week no_address"


async def test_two_on_one_phone_are_told_whom_it_is_for(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    here, asha = await bank.address(sms), await bank.member(sms)
    ben = await bank.does(lambda tx: _shares(tx, bank, here.id))
    await bank.does(lambda tx: _comes(tx, bank, meeting, ben))
    await bank.until(26, 11, 10)
    assert asha.name == "Asha"
    sms.reads(f"For Asha.\n{WEEK}", f"For Ben.\n{WEEK}")


def _shares(tx: Any, bank: Bank, address_id: int) -> Record:
    about = {"state": PersonState.MEMBER, "language": "en", "name": "Ben"}
    ben = people.add(tx, token=token(), **about, joined_at=bank.now(), asked_at=bank.now())
    reach.join(tx, address_id=address_id, person_id=ben.id, since=bank.now())
    return ben


def _comes(tx: Any, bank: Bank, meeting: Record, person: Record) -> None:
    rsvps.answer(tx, meeting, person, Answer.YES, bank.now(), bank.organisation)


async def test_who_helps_them_with_their_meetings_is_told_too(bank: Bank) -> None:
    sms, helper = bank.phone("sms"), bank.phone("sms")
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    await is_helped(bank, sms, helper)
    await bank.until(26, 11, 10)
    sms.reads(WEEK)
    helper.reads(
        f"Ashdale Council: Asha said yes to Carers' space. It is on Thursday 3 December at 2pm, {WHERE}. "
        "You need not reply. To end these texts, send STOP."
    )
    await bank.until(3, 12, 12)
    helper.reads(
        f"Ashdale Council: Asha said yes to Carers' space. It is on Thursday 3 December at 2pm, {WHERE}. "
        "You need not reply. To end these texts, send STOP.",
        f"Ashdale Council: Asha said yes to Carers' space. It is today at 2pm, {WHERE}. "
        "You need not reply. To end these texts, send STOP.",
    )
    sms.ignores_the_rest()


async def test_a_helper_who_stops_hears_no_more_of_it(bank: Bank) -> None:
    sms, helper = bank.phone("sms"), bank.phone("sms")
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    await is_helped(bank, sms, helper)
    await bank.until(26, 11, 10)
    sms.reads(WEEK)
    await helper.says("STOP")
    helper.ignores_the_rest()
    await bank.until(2, 12, 10)
    assert sms.unread[-1].screen == DAY
    sms.ignores_the_rest()
    helper.reads_nothing()


async def test_outside_whatsapp_s_hours_the_general_template_carries_the_whole_text(bank: Bank) -> None:
    phone = bank.phone("whatsapp")
    meeting = await a_meeting(bank)
    await coming(bank, phone, meeting)
    await bank.until(26, 11, 10)
    (read,) = phone.unread
    assert (read.message.in_window, read.message.text) == (False, WEEK)
    phone.ignores_the_rest()


async def test_thanks_the_day_after_to_who_came(bank: Bank) -> None:
    there, away, unknown = bank.phone("sms"), bank.phone("sms"), bank.phone("sms")
    meeting = await a_meeting(bank, plan=WITH_THANKS)
    for phone in (there, away, unknown):
        await coming(bank, phone, meeting)
    await bank.until(3, 12, 17)
    for phone in (there, away, unknown):
        phone.ignores_the_rest()
    await came(bank, there, meeting, there=True)
    await came(bank, away, meeting, there=False)
    await bank.until(4, 12, 9, 59)
    there.reads_nothing()
    await bank.until(4, 12, 10)
    there.reads(THANKS)
    await bank.until(8, 12, 10)
    away.reads_nothing()
    unknown.reads_nothing()
    thanks = [one for one in await became(bank, meeting) if one.startswith("thanks")]
    assert sorted(thanks) == ["thanks not_there", "thanks sent", "thanks unticked"]


async def test_thanks_wait_for_the_list_of_who_came(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank, plan=WITH_THANKS)
    await coming(bank, sms, meeting)
    await bank.until(4, 12, 15)
    sms.ignores_the_rest()
    await came(bank, sms, meeting, there=True)
    await bank.until(5, 12, 10)
    sms.reads(THANKS)


async def test_who_had_something_arranged_is_asked_whether_they_had_it(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank, plan=WITH_THANKS)
    await coming(bank, sms, meeting)
    await arranged(bank, sms, meeting)
    await bank.until(3, 12, 17)
    sms.ignores_the_rest()
    await came(bank, sms, meeting, there=True)
    await bank.until(4, 12, 10)
    sms.reads(
        "Ashdale Council: thank you for coming to Carers' space. Did you have what you needed there?\n1 Yes\n2 No"
    )


async def test_a_canceled_meeting_reminds_nobody(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    await bank.does(lambda tx: meetings.change(tx, meeting.id, {"state": MeetingState.CANCELED}))
    await bank.until(3, 12, 13)
    sms.reads_nothing()
    assert set(await became(bank, meeting)) == {"week canceled", "day canceled", "hours canceled", "feedback planned"}


async def test_a_moved_meeting_moves_every_reminder(bank: Bank, sms: Phone) -> None:
    meeting = await a_meeting(bank)
    await coming(bank, sms, meeting)
    later = {"on_day": "2026-12-10", "starts_at": meeting.starts_at + timedelta(days=7)}
    later["ends_at"] = meeting.ends_at + timedelta(days=7)

    def move(tx: Any) -> None:
        reminders.replan(tx, meetings.change(tx, meeting.id, later), bank.now(), bank.organisation)

    await bank.does(move)
    await bank.until(3, 12, 9, 59)
    sms.reads_nothing()
    await bank.until(3, 12, 10)
    await bank.until(9, 12, 10)
    await bank.until(10, 12, 13)
    sms.reads(*(text.replace("3 December", "10 December") for text in (WEEK, DAY, NOW)))
