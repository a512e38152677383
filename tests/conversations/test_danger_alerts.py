"""Somebody may be in danger: the named lead is alerted on their own phone, and the next, until somebody takes it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bank import alarms, replying
from bank.replying import CannotWrite
from channels.message import Channel, Concern, Incoming, Outcome, Problem, Refused, Unknown
from storage import outbox, people, reach, staff
from storage.outbox import Priority
from storage.shifts import Times
from storage.staff import Role
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.leads import ALWAYS, OFFICE, PAGES, hire
from tests.conversations.phones import Phone, TelegramPhone, TextPhone
from tests.conversations.written_to_many import knows_all

CRY = "my husband hits me"
EVENING = Times(frozenset({4}), time(18), time(20))
OUT_OF_HOURS = "+447700900955"
MINUTE = timedelta(minutes=1)
REFUSED = Refused(Problem("30003", Concern.ADDRESS, "Nobody can be reached there."))
NOBODY_KNOWS = Unknown(Problem("timeout", Concern.AMBIGUOUS, "Nobody knows."))


ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


@ON_BOTH
async def test_promise_15_at_5_55_on_a_friday_it_climbs_the_rota_until_somebody_takes_it(
    sms: TextPhone, bank: Bank
) -> None:
    duty = bank.phone("sms", OUT_OF_HOURS)
    bank.organisation = replace(bank.organisation, out_of_hours=OUT_OF_HOURS)
    priya, sol = await hire(bank, "Priya", times=OFFICE), await hire(bank, "Sol", times=EVENING)
    await sms.joins()
    await bank.until(27, 11, 17, 55)
    sms.ignores_the_rest()
    await sms.says(CRY)
    sms.reads(sayings.danger_closed("12 noon, Monday 30 November"))
    await bank.keeps_up()
    priya.reads_an_alert(1, of=2)
    sol.phone.reads_nothing()

    await bank.later(minutes=14)
    sol.phone.reads_nothing()
    await bank.later(minutes=1)  # it is ten past six: Priya has gone home
    sol.reads_an_alert(2, of=3)

    await bank.later(minutes=15)
    (text,) = duty.unread
    assert text.screen.startswith("Heard: somebody may be in danger. Nobody at Ashdale Council has taken it yet.")
    assert "3rd of 3 alerts." in text.screen
    duty.ignores_the_rest()

    await sol.takes()
    await bank.later(days=2)
    for phone in (priya.phone, sol.phone, duty, sms):
        phone.reads_nothing()
    assert [(one.who, one.became) for one in (await priya.opens()).alerts] == [
        ("Priya", "Sent"),
        ("Sol", "Sent"),
        ("The out-of-hours service", "Sent"),
    ]


@pytest.mark.parametrize("seconds", [0, 5, 20, 60])
async def test_promise_15_the_lead_is_alerted_within_a_minute_however_often_the_clock_ticks(
    sms: TextPhone, bank: Bank, seconds: int
) -> None:
    priya = await hire(bank, "Priya", times=ALWAYS)
    await sms.says(CRY)
    sms.reads(sayings.DANGER)
    bank.now.move(timedelta(seconds=seconds) - timedelta(seconds=min(seconds, 15)))
    await bank.keeps_up()
    await bank.keeps_up()
    priya.reads_an_alert(1, of=1)


async def test_promise_15_ticks_that_were_missed_are_made_up_for_with_one_alert(sms: TextPhone, bank: Bank) -> None:
    priya, sol = await hire(bank, "Priya", times=ALWAYS), await hire(bank, "Sol", times=ALWAYS)
    await sms.says(CRY)
    sms.ignores_the_rest()
    bank.now.move(300 * MINUTE)
    await bank.keeps_up()
    priya.reads_an_alert(1, of=2)
    sol.phone.reads_nothing()


@pytest.mark.parametrize("outcome", [REFUSED, NOBODY_KNOWS])
async def test_promise_15_an_alert_that_fails_climbs_at_once(sms: TextPhone, bank: Bank, outcome: Outcome) -> None:
    priya, sol = await hire(bank, "Priya", times=ALWAYS), await hire(bank, "Sol", times=ALWAYS)
    await sms.says(CRY)
    sms.ignores_the_rest()
    bank.pockets["sms"].script.append(outcome)
    await bank.keeps_up()
    priya.phone.reads_nothing()
    sol.reads_an_alert(2, of=2)
    shown = (await priya.opens()).alerts
    assert [(one.who, one.failed) for one in shown] == [("Priya", True), ("Sol", False)]


async def test_promise_15_where_every_alert_fails_it_goes_on_without_a_storm(sms: TextPhone, bank: Bank) -> None:
    priya = await hire(bank, "Priya", times=ALWAYS)
    await sms.says(CRY)
    sms.ignores_the_rest()
    bank.pockets["sms"].script += [NOBODY_KNOWS, NOBODY_KNOWS]
    await bank.keeps_up()
    await bank.later(minutes=15)
    await bank.later(minutes=15)
    assert len((await priya.opens()).alerts) == 3
    priya.reads_an_alert(3, of=3)


async def test_promise_15_who_has_no_phone_on_record_is_passed_over(sms: TextPhone, bank: Bank) -> None:
    priya, sol = await hire(bank, "Priya", times=ALWAYS), await hire(bank, "Sol", times=ALWAYS)
    await bank.does(lambda tx: staff.change(tx, priya.row.id, {"alert_channel": None, "alert_address": None}))
    await sms.says(CRY)
    sms.ignores_the_rest()
    await bank.keeps_up()
    sol.reads_an_alert(2, of=2)


async def test_promise_15_with_an_empty_rota_every_lead_is_alerted_in_turn(sms: TextPhone, bank: Bank) -> None:
    priya, sol = await hire(bank, "Priya"), await hire(bank, "Sol")
    vic = await hire(bank, "Vic", Role.COORDINATOR, times=ALWAYS)
    await sms.says(CRY)
    sms.ignores_the_rest()
    await bank.keeps_up()
    priya.reads_an_alert(1, of=2)
    await bank.later(minutes=15)
    sol.reads_an_alert(2, of=2)
    vic.phone.reads_nothing()


async def test_promise_15_alerts_hold_no_name_and_no_word(telegram: TelegramPhone, bank: Bank) -> None:
    priya = await hire(bank, "Priya", times=ALWAYS)
    await telegram.joins("Maggie")
    await telegram.says(f"{CRY} on Oak Street")
    telegram.ignores_the_rest()
    await bank.keeps_up()
    (bubble,) = priya.phone.unread
    assert not re.search("maggie|husband|oak|street|telegram", bubble.screen, re.IGNORECASE)
    priya.phone.ignores_the_rest()


async def test_promise_15_a_lead_is_never_told_of_what_is_about_herself(sms: TextPhone, bank: Bank) -> None:
    """Neither where the console knows her record, nor where it only knows her own phone."""
    priya, sol = await hire(bank, "Priya", times=ALWAYS, phone=sms), await hire(bank, "Sol", times=ALWAYS)
    await sms.joins("Priya")
    await sms.says(CRY)
    sms.reads(sayings.DANGER)
    await bank.keeps_up()
    sms.reads_nothing()
    sol.reads_an_alert(1, of=1)
    assert await priya.sees() == []
    assert len(await sol.sees()) == 1


async def test_promise_15_nor_of_what_came_from_another_phone_of_hers(sms: TextPhone, bank: Bank) -> None:
    priya, sol = await hire(bank, "Priya", times=ALWAYS), await hire(bank, "Sol", times=ALWAYS)
    await sms.joins("Priya")
    person = await bank.member(sms)
    await bank.does(lambda tx: staff.change(tx, priya.row.id, {"person_id": person.id}))
    await sms.says(CRY)
    sms.ignores_the_rest()
    await bank.keeps_up()
    for number in (1, 2, 3):
        sol.reads_an_alert(number, of=number)
        await bank.later(minutes=15)
    priya.phone.reads_nothing()
    assert await priya.sees() == []
    sol.phone.ignores_the_rest()


@ON_BOTH
async def test_promise_15_taken_by_text_with_the_code_which_holds_once(sms: TextPhone, bank: Bank) -> None:
    priya = await hire(bank, "Priya", times=ALWAYS)
    await sms.says(CRY)
    sms.ignores_the_rest()
    await bank.keeps_up()
    code = priya.reads_an_alert(1, of=1)
    await priya.phone.says(f"Taken {code}.")
    priya.phone.reads(f"Heard: thank you, it is yours. Please open {PAGES}/safeguarding")
    assert (await priya.opens()).summary.taken_by == "Priya"
    await priya.phone.says(f"TAKEN {code}")
    priya.phone.reads(f"Heard: that code does not work, or it is too late for it. Please open {PAGES}/safeguarding")
    await bank.later(hours=3)
    priya.phone.reads_nothing()


@pytest.mark.parametrize("what", ["too late", "from another phone", "after five wrong ones"])
async def test_promise_15_a_code_does_not_hold(sms: TextPhone, bank: Bank, what: str) -> None:
    priya, sol = await hire(bank, "Priya", times=ALWAYS), await hire(bank, "Sol", times=ALWAYS)
    await sms.says(CRY)
    sms.ignores_the_rest()
    await bank.keeps_up()
    code = priya.reads_an_alert(1, of=2)
    if what == "too late":
        bank.now.move(11 * MINUTE)
    if what == "after five wrong ones":
        for _ in range(5):
            await priya.phone.says(f"TAKEN {(int(code) + 1) % 10**7:07}")
    writer = sol.phone if what == "from another phone" else priya.phone
    await writer.says(f"TAKEN {code}")
    assert not (await priya.opens()).summary.taken_by
    priya.phone.ignores_the_rest()
    sol.phone.ignores_the_rest()


@pytest.mark.parametrize("text", ["JOIN", "hello", "what is this", "1", "TAKEN", "MENU"])
async def test_a_colleague_s_own_phone_begins_no_conversation(sms: TextPhone, bank: Bank, text: str) -> None:
    priya = await hire(bank, "Priya", times=ALWAYS)
    await bank.keeps_up()
    await priya.phone.says(text)
    await bank.later(days=10)
    priya.phone.reads_nothing()
    assert await bank.nobody_is_known()
    assert await bank.kinds_of_tasks() == ["read"]


async def test_a_phone_that_is_no_colleague_s_any_more_is_anybody_s(sms: TextPhone, bank: Bank) -> None:
    priya = await hire(bank, "Priya", times=ALWAYS)
    await bank.keeps_up()
    await bank.does(lambda tx: staff.change(tx, priya.row.id, {"alert_channel": None, "alert_address": None}))
    await priya.phone.says("JOIN")
    priya.phone.reads(sayings.WELCOME)


async def test_promise_15_new_words_about_danger_reach_who_has_it_in_hand(sms: TextPhone, bank: Bank) -> None:
    sol, priya = await hire(bank, "Sol", times=ALWAYS), await hire(bank, "Priya", times=ALWAYS)
    await sms.says(CRY)
    await bank.keeps_up()
    sol.reads_an_alert(1, of=2)
    await priya.takes()
    await sms.says("he is hitting me again")
    await bank.later(minutes=20)
    priya.phone.reads_nothing()
    await sms.says("help me he is back")
    sms.reads(sayings.DANGER)
    await bank.keeps_up()
    priya.reads_an_alert(2, of=3)
    sol.phone.reads_nothing()


@ON_BOTH
async def test_promise_15_what_was_queued_is_not_sent_and_nothing_is_until_it_is_let_go(
    sms: TextPhone, bank: Bank
) -> None:
    priya = await hire(bank, "Priya", times=ALWAYS)
    await sms.joins()
    address, person = await bank.address(sms), await bank.member(sms)

    async def remind(**more: object) -> None:
        row = {
            "address_id": address.id,
            "person_id": person.id,
            "sender": "sms",
            "priority": Priority.INVITATION,
            "wording": "meeting.reminder",
            "language": "en",
            "text": "See you on Thursday",
            "state": "queued",
            "due_at": bank.now() + MINUTE,
            "created_at": bank.now(),
        }
        await bank.does(lambda tx: outbox.queue(tx, token=f"row{bank.now().timestamp()}{len(more)}", **{**row, **more}))

    await remind()
    await sms.says(CRY)
    sms.reads(sayings.DANGER)
    await remind(priority=Priority.REPLY)  # whoever puts it there, it does not go
    await remind(priority=Priority.BULK, due_at=bank.now() + timedelta(days=8))
    await bank.later(days=7)
    sms.reads_nothing()
    assert [row.state for row in (await bank.said(sms))[-2:]] == ["canceled", "queued"]

    await priya.takes()
    await priya.writes("This is Priya from the council. Can we talk?")
    sms.reads("This is Priya from the council. Can we talk?")
    await sms.says("yes please, at 3")
    await sms.says("MENU")
    sms.reads_nothing()
    assert (await bank.dispositions(sms))[-2:] == ["held", "held"]
    assert [one.text for one in (await priya.opens()).messages] == ["MENU", "yes please, at 3", CRY]

    await knows_all(bank, sms)  # the short question of the week would take its place
    await priya.lets_go()
    await bank.later(days=2)
    assert sms.unread[0].screen == "See you on Thursday"  # broadcasts go on
    sms.ignores_the_rest()
    await sms.says("HELP")
    sms.reads(sayings.HELP)
    assert (await bank.member(sms)).held is None
    assert await bank.kinds_of_tasks() == []
    priya.phone.ignores_the_rest()


async def test_promise_15_every_way_to_reach_them_is_held(bank: Bank) -> None:
    """They write from one phone: nothing automatic reaches them on another."""
    priya = await hire(bank, "Priya", times=ALWAYS)
    one, other = bank.phone("sms"), bank.phone("telegram")
    await one.joins("Asha")
    await other.joins("Asha too")
    person, second = await bank.member(one), await bank.address(other)
    await bank.does(lambda tx: reach.join(tx, address_id=second.id, person_id=person.id, since=bank.now()))
    await one.says(CRY)
    one.reads(sayings.DANGER)
    await other.says("MENU")
    other.reads_nothing()
    assert len(await priya.sees()) == 1
    await priya.lets_go()
    await other.says("HELP")
    other.reads(sayings.HELP)


async def test_promise_15_not_safe_to_text_means_nothing_at_all_until_a_lead_says_so(
    sms: TextPhone, bank: Bank
) -> None:
    priya = await hire(bank, "Priya", times=ALWAYS)
    await sms.joins()
    await sms.says(CRY)
    await sms.says("no")
    sms.reads(sayings.DANGER)
    await priya.takes()
    with pytest.raises(CannotWrite):
        await priya.writes("Are you safe?")
    await bank.later(days=60)
    with pytest.raises(CannotWrite):
        await priya.writes("Are you safe?")
    sms.reads_nothing()
    await priya.says_unsafe(unsafe=False)
    await priya.writes("Are you safe?")
    sms.reads("Are you safe?")


async def test_promise_15_what_one_of_us_wrote_does_not_go_where_it_is_unsafe_meanwhile(
    sms: TextPhone, bank: Bank
) -> None:
    priya = await hire(bank, "Priya", times=ALWAYS)
    await sms.says(CRY)
    sms.reads(sayings.DANGER)
    await priya.takes()
    me, address = await priya.as_colleague(), await bank.address(sms)
    await bank.does(lambda tx: replying.write(tx, me, address, "Are you safe?", bank.now(), bank.organisation))
    await bank.takes_in(sms.writes("he reads my phone"))
    await bank.drains()
    sms.reads_nothing()


@pytest.mark.parametrize("answer", ["maybe", "he is outside", "what?", "later"])
async def test_promise_15_an_unclear_answer_is_not_asked_back(sms: TextPhone, bank: Bank, answer: str) -> None:
    await sms.says(CRY)
    await sms.says(answer)
    await sms.says(answer)
    sms.reads(sayings.DANGER)


async def test_promise_15_leave_while_held_is_obeyed_and_erases_nothing_until_it_is_let_go(
    sms: TextPhone, bank: Bank
) -> None:
    priya = await hire(bank, "Priya", times=ALWAYS)
    await sms.joins()
    await sms.says(CRY)
    await sms.says("LEAVE")
    sms.reads(sayings.DANGER)
    assert await bank.members(sms) == []
    await bank.later(days=40)
    assert "messages_in" in await bank.remembers(CRY)
    await priya.lets_go()
    await bank.later(days=20)
    assert await bank.remembers(CRY) == []
    sms.reads_nothing()
    priya.phone.ignores_the_rest()


async def test_promise_15_a_stranger_s_words_are_kept_while_held_and_erased_in_time(sms: TextPhone, bank: Bank) -> None:
    priya = await hire(bank, "Priya", times=ALWAYS)
    await sms.says(CRY)
    sms.reads(sayings.DANGER)
    await bank.later(days=90)
    assert "messages_in" in await bank.remembers(CRY)
    await priya.lets_go()
    await bank.later(days=31)
    assert await bank.remembers(CRY) == []
    priya.phone.ignores_the_rest()


async def test_promise_15_after_it_was_let_go_a_cry_is_a_cry_again(phone: Phone, bank: Bank) -> None:
    priya = await hire(bank, "Priya", times=ALWAYS)
    await phone.says(CRY)
    phone.reads(sayings.DANGER)
    await bank.keeps_up()
    priya.reads_an_alert(1, of=1)
    await priya.lets_go()
    await phone.says(CRY)
    phone.reads(sayings.DANGER)
    await bank.keeps_up()
    priya.reads_an_alert(1, of=1)


async def test_promise_15_a_death_that_nobody_saw_to_is_still_held_after_it(sms: TextPhone, bank: Bank) -> None:
    priya = await hire(bank, "Priya", times=ALWAYS)
    await sms.joins()
    await sms.says("my mum died yesterday")
    sms.ignores_the_rest()
    await sms.says(CRY)
    await priya.lets_go()
    assert (await bank.member(sms)).held == "bereavement"
    sms.ignores_the_rest()


async def test_what_became_a_dead_letter_and_may_be_danger_is_alerted_too(bank: Bank) -> None:
    priya = await hire(bank, "Priya", times=ALWAYS)
    letter = Incoming("sms", Channel.SMS, "+447700900777", provider_id="SM1", text=CRY)
    await bank.does(lambda tx: alarms.not_taken_in(tx, letter, bank.now(), bank.organisation))
    await bank.keeps_up()
    priya.reads_an_alert(1, of=1)
    shown = await priya.opens()
    assert shown.concern.why == f"+447700900777: {CRY}"
    await priya.lets_go()


async def test_people_and_addresses_are_marked(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await sms.says(CRY)
    sms.ignores_the_rest()
    person = await bank.member(sms)
    assert (await bank.address(sms)).held == "danger"
    assert await bank.asks(lambda tx: people.get(tx, person.id).held) == "danger"
