"""Concerns and who is on call: when a shift runs, who is told in which order, and what a reading is marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bank import (
    colleague,
    concern_list,
    concerns,
    handling,
    looking_back,
    on_call,
    people,
    question_rota,
    questions,
    thread,
    threads,
    waiting,
)
from bank.colleague import Colleague
from bank.looking_back import Line
from bank.to_do import Urgency
from bank.tokens import token
from channels.message import Channel
from storage import addresses, audit, reach, shifts, staff
from storage import concerns as stored
from storage.addresses import AddressState
from storage.directory import Wanted
from storage.oneself import NOBODY
from storage.schema import Record
from storage.shifts import Times
from storage.staff import Role, StaffState
from storage.store import Store, Tx
from storage.threads import Show
from tests.bank.ashdale import ASHDALE, MORNING, Somebody, send_all

CRY = "I am not safe at home"
OFFICE = Times(frozenset(range(5)), time(9), time(17))
NIGHT = Times(frozenset({4}), time(22), time(6))
ALWAYS = Times(frozenset(range(7)), time(), time())
OUT_OF_HOURS = "+447700900955"


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("times", "now", "runs"),
    [
        (OFFICE, at(23, 9), True),
        (OFFICE, at(23, 8, 59), False),
        (OFFICE, at(23, 17), False),
        (OFFICE, at(28, 11), False),  # a Saturday
        (OFFICE, at(25, 11, month=12), False),  # a bank holiday
        (replace(OFFICE, holidays=True), at(25, 11, month=12), True),
        (NIGHT, at(27, 23), True),  # a Friday
        (NIGHT, at(28, 5, 59), True),
        (NIGHT, at(28, 6), False),
        (NIGHT, at(28, 23), False),
        (ALWAYS, at(28, 3), True),
        (Times(frozenset(range(5)), time(9), time(17)), datetime(2026, 7, 6, 8, tzinfo=UTC), True),  # 9am in London
    ],
)
def test_when_a_shift_runs(times: Times, now: datetime, runs: bool) -> None:
    assert on_call.covers(times, now, ASHDALE) is runs


def hired(tx: Tx, name: str, *times: Times, role: Role = Role.SAFEGUARDING_LEAD) -> Record:
    row = staff.add(tx, token=token(), name=name, login=name, state=StaffState.ACTIVE, last_step=0, created_at=MORNING)
    staff.give(tx, row.id, [role])
    for one in times:
        shifts.add(tx, token(), row.id, one)
    return row


def as_colleague(tx: Tx, row: Record) -> Colleague:
    return colleague.known(tx, staff.get(tx, row.id))


def cried(tx: Tx) -> tuple[Somebody, Record]:
    asha = Somebody()
    asha.joins(tx)
    asha.says(tx, CRY)
    concern = stored.open_at(tx, asha.here(tx).id)
    assert concern is not None
    return asha, concern


def names(tx: Tx, concern: Record, now: datetime, out_of_hours: str = "") -> list[str]:
    organisation = replace(ASHDALE, out_of_hours=out_of_hours)
    return [one.name if one else "out of hours" for one in on_call.ladder(tx, concern, now, organisation)]


async def test_promise_15_first_who_is_on_shift_in_order_then_out_of_hours(store: Store) -> None:
    def story(tx: Tx) -> None:
        sol, priya = hired(tx, "Sol", OFFICE), hired(tx, "Priya", OFFICE, ALWAYS)
        staff.change(tx, sol.id, {"alert_channel": "sms", "alert_address": "+447700900942"})
        hired(tx, "Mo")
        hired(tx, "Vic", ALWAYS, role=Role.COORDINATOR)
        _asha, concern = cried(tx)
        assert names(tx, concern, MORNING, OUT_OF_HOURS) == ["Sol", "Priya", "out of hours"]
        assert names(tx, concern, at(28, 3), OUT_OF_HOURS) == ["Priya", "out of hours"]
        sol_first = [one.id for one in reversed(shifts.everything(tx))]
        shifts.put_in_order(tx, sol_first)
        assert names(tx, concern, MORNING) == ["Priya", "Sol"]
        for one in shifts.everything(tx):
            shifts.remove(tx, one.id)
        assert names(tx, concern, MORNING, OUT_OF_HOURS) == ["out of hours"]
        assert names(tx, concern, MORNING) == ["Sol", "Priya", "Mo"]
        later = stored.change(tx, concern.id, {"round_at": MORNING + timedelta(minutes=15)})
        assert names(tx, later, MORNING, OUT_OF_HOURS) == ["out of hours", "Sol", "Priya", "Mo"]
        staff.change(tx, sol.id, {"state": StaffState.CLOSED})
        staff.give(tx, priya.id, [Role.COORDINATOR])
        assert names(tx, later, MORNING, OUT_OF_HOURS) == ["out of hours", "Mo"]

    await store.write(story)


async def test_promise_15_nobody_stands_in_the_order_for_what_is_about_them(store: Store) -> None:
    def story(tx: Tx) -> None:
        priya, sol = hired(tx, "Priya", OFFICE), hired(tx, "Sol", OFFICE)
        asha, concern = cried(tx)
        (person,) = reach.people_at(tx, asha.here(tx).id)
        staff.change(tx, priya.id, {"person_id": person.id})
        assert names(tx, concern, MORNING) == ["Sol"]
        assert [one.name for one in on_call.may_take(tx, concern)] == ["Sol"]
        mine = as_colleague(tx, priya)
        assert concern_list.find(tx, mine, concern.token) is None
        assert concern_list.look(tx, mine, concern.token, MORNING) is None
        assert concern_list.overview(tx, mine, MORNING).open == []
        assert [row for row in concern_list.rows(tx, mine, MORNING, ASHDALE) if row.urgency is Urgency.DANGER] == []
        assert concern_list.find(tx, as_colleague(tx, sol), concern.token) is not None

    await store.write(story)


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.SAFEGUARDING_LEAD])
async def test_promise_15_only_leads_find_it(store: Store, role: Role) -> None:
    def story(tx: Tx) -> None:
        _asha, concern = cried(tx)
        somebody = as_colleague(tx, hired(tx, "Sam", role=role))
        assert concern_list.find(tx, somebody, concern.token) is None
        assert Urgency.DANGER not in {row.urgency for row in concern_list.rows(tx, somebody, MORNING, ASHDALE)}

    await store.write(story)


async def test_promise_15_a_colleague_sees_danger_that_we_missed(store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = as_colleague(tx, hired(tx, "Sam", role=Role.COORDINATOR))
        asha = Somebody()
        asha.joins(tx)
        send_all(tx)
        asha.says(tx, "the bus was late again")
        here = asha.here(tx)
        (person,) = reach.people_at(tx, here.id)
        concern = concerns.raise_by_staff(tx, here, person, sam, "She told me more on the phone", MORNING, ASHDALE)
        again = concerns.raise_by_staff(tx, here, person, sam, "Again", MORNING, ASHDALE)
        assert again.id == concern.id
        assert asha.here(tx).held == "danger"
        assert not sam.sees(person_id=person.id, held=asha.here(tx).held)
        (message,) = stored.messages(tx, concern.id, 10)
        assert (message.text, message.heard, message.judged) == ("the bus was late again", False, "missed")
        assert asha.heard(tx)[-1].wording == "safety.safe.text"
        assert concern_list.counts(tx, NOBODY) == concern_list.Counts(raised=0, right=0, wrong=0, missed=1)
        assert {row.act for row in audit.everything(tx)} >= {"concern_raised"}

    await store.write(story)


async def test_who_wrote_long_ago_is_not_answered_when_a_colleague_raises_it(store: Store) -> None:
    def story(tx: Tx) -> list[str]:
        sam = as_colleague(tx, hired(tx, "Sam", role=Role.COORDINATOR))
        asha = Somebody()
        asha.joins(tx)
        send_all(tx)
        later = MORNING + timedelta(days=3)
        concerns.raise_by_staff(tx, asha.here(tx), None, sam, "Her sister rang", later, ASHDALE)
        return [row.wording for row in asha.heard(tx) if row.wording.startswith("safety.")]

    assert await store.write(story) == []


async def test_every_reading_can_be_marked_and_is_counted(store: Store) -> None:
    def story(tx: Tx) -> None:
        priya = as_colleague(tx, hired(tx, "Priya"))
        asha, concern = cried(tx)
        asha.says(tx, "the bus was late")
        silent, heard = stored.messages(tx, concern.id, 10)
        assert (heard.heard, silent.heard) == (True, False)
        assert not concerns.judge(tx, concern, heard, priya, "missed", MORNING)
        assert not concerns.judge(tx, concern, silent, priya, "wrong", MORNING)
        assert concerns.judge(tx, concern, heard, priya, "wrong", MORNING)
        assert concerns.judge(tx, concern, silent, priya, "missed", MORNING)
        assert concern_list.counts(tx, NOBODY) == concern_list.Counts(raised=1, right=0, wrong=1, missed=1)
        assert concerns.judge(tx, concern, heard, priya, "right", MORNING)
        assert concern_list.counts(tx, NOBODY) == concern_list.Counts(raised=1, right=1, wrong=0, missed=1)

    await store.write(story)


async def test_two_concerns_hold_what_they_share_until_both_are_let_go(store: Store) -> None:
    """A phone of one's own, and one that two share: each raised by itself."""

    def story(tx: Tx) -> None:
        priya = as_colleague(tx, hired(tx, "Priya"))
        asha, first = cried(tx)
        ben, second = cried(tx)
        (person,) = reach.people_at(tx, ben.here(tx).id)
        reach.join(tx, address_id=asha.here(tx).id, person_id=person.id, since=MORNING)
        stored.hold(tx, second.id, [asha.here(tx).id])
        concerns.release(tx, first, priya, "It was a film", MORNING, ASHDALE)
        assert asha.here(tx).held == ben.here(tx).held == "danger"
        concerns.release(tx, second, priya, "It was a film too", MORNING, ASHDALE)
        assert asha.here(tx).held is None
        assert ben.here(tx).held is None
        assert {one.held for one in reach.people_at(tx, asha.here(tx).id)} == {None}

    await store.write(story)


async def test_today_shows_it_to_every_lead_until_it_is_taken_and_then_to_who_has_it(store: Store) -> None:
    def story(tx: Tx) -> None:
        priya, sol = hired(tx, "Priya"), hired(tx, "Sol")
        _asha, concern = cried(tx)

        def told(who: Record, minutes: int = 0) -> list[tuple[str, bool]]:
            now = MORNING + timedelta(minutes=minutes)
            shown = concern_list.rows(tx, as_colleague(tx, who), now, ASHDALE)
            return [(row.todo, row.overdue) for row in shown if row.urgency is Urgency.DANGER]

        assert told(priya) == told(sol) == [("Somebody may be in danger: take it", False)]
        assert told(sol, 15) == [("Somebody may be in danger: take it", True)]
        concerns.take(tx, concern, sol.id, MORNING)
        assert told(priya) == []
        assert told(sol) == [("You have this in hand: see how they are", False)]

    await store.write(story)


async def test_numbers_that_nobody_checked_for_90_days_are_on_today(store: Store) -> None:
    def story(tx: Tx) -> list[list[str]]:
        people = [hired(tx, "Priya"), hired(tx, "Alex", role=Role.ADMINISTRATOR), hired(tx, "Vic", role=Role.VIEWER)]
        checked = replace(ASHDALE, numbers_checked=MORNING.date() - timedelta(days=91), out_of_hours=OUT_OF_HOURS)
        return [[row.todo for row in concern_list.rows(tx, as_colleague(tx, one), MORNING, checked)] for one in people]

    told = "Check the numbers that we give in a crisis: nobody has for 91 days"
    assert await store.write(story) == [[told], [told], []]


async def test_where_nobody_can_be_alerted_those_who_keep_the_rota_are_told(store: Store) -> None:
    def story(tx: Tx) -> None:
        alex, vic = hired(tx, "Alex", role=Role.ADMINISTRATOR), hired(tx, "Vic", role=Role.COORDINATOR)
        priya, sol = hired(tx, "Priya"), hired(tx, "Sol")

        def told(who: Record, out_of_hours: str = "") -> list[str]:
            organisation = replace(ASHDALE, out_of_hours=out_of_hours)
            return [row.todo for row in concern_list.rows(tx, as_colleague(tx, who), MORNING, organisation)]

        nobody = ["Nobody can be alerted when somebody may be in danger: see to the rota"]
        assert (told(alex), told(priya), told(vic)) == (nobody, nobody, [])
        assert told(alex, OUT_OF_HOURS) == []
        given(tx, priya, "+447700900950")
        only_one = ["Only one lead can be alerted when somebody may be in danger: see to the rota"]
        assert (told(alex), told(sol), told(vic)) == (only_one, only_one, [])
        given(tx, sol, "+447700900951")
        assert told(alex) == told(priya) == []
        phone = Somebody("+447700900951")
        phone.says(tx, "hello")
        addresses.change(tx, phone.here(tx).id, {"state": AddressState.DEAD})
        assert told(alex) == only_one, "a phone that does not work alerts nobody"

    await store.write(story)


def given(tx: Tx, who: Record, number: str) -> Record:
    """They are alerted on this phone."""
    return staff.change(tx, who.id, {"alert_channel": "sms", "alert_address": number})


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.WHATSAPP])
async def test_promise_15_a_lead_s_own_phone_is_themselves_though_no_record_is_linked(
    store: Store, channel: Channel
) -> None:
    """In the inbox, on Today, among people and in the audit too."""

    def story(tx: Tx) -> None:
        sol, priya = hired(tx, "Sol"), hired(tx, "Priya")
        asha = Somebody(channel=channel)
        asha.joins(tx)
        asha.says(tx, "can a person ring me", CRY)
        given(tx, priya, asha.address)
        concern, at = stored.open_at(tx, asha.here(tx).id), asha.here(tx)
        assert concern is not None
        (person,) = reach.people_at(tx, at.id)
        concerns.take(tx, concern, sol.id, MORNING)

        def sees(who: Record) -> list[bool]:
            me = as_colleague(tx, who)
            return [
                concern_list.find(tx, me, concern.token) is not None,
                thread.find(tx, me, at.token) is not None,
                bool(threads.listed(tx, me, Show.ALL).rows),
                bool(threads.with_name(tx, me, "Asha")),
                people.seen(tx, me, person.token) is not None,
                bool(people.search(tx, me, Wanted(), MORNING).people),
                bool(waiting.rows(tx, me, MORNING, ASHDALE) + questions.rows(tx, me, MORNING, ASHDALE)),
                looking_back.look(tx, me, "", "", person.token, 1, MORNING) is not None,
                any(line.act == "concern_taken" for line in _audit(tx, me)),
                me.sees(person_id=person.id, held=None),
            ]

        assert sees(sol) == [True] * 10
        assert sees(priya) == [False] * 10

    await store.write(story)


def _audit(tx: Tx, who: Colleague) -> list[Line]:
    found = looking_back.look(tx, who, "", "", "", 1, MORNING)
    assert found is not None
    return found.lines


async def test_a_thread_is_handed_to_nobody_who_may_not_see_it_or_answers_for_one_project(store: Store) -> None:
    def story(tx: Tx) -> None:
        sam, jo = hired(tx, "Sam", role=Role.COORDINATOR), hired(tx, "Jo", role=Role.COORDINATOR)
        chair = hired(tx, "Cher", role=Role.VIEWER)
        staff.give(tx, chair.id, [Role.CO_CHAIR], project="oak-hall")
        staff.give(tx, jo.id, [Role.SAFEGUARDING_LEAD], project="oak-hall")
        assert [one.name for one in handling.team(tx)] == ["Sam", "Jo"]
        asha = Somebody()
        asha.joins(tx)
        given(tx, jo, asha.address)
        found = thread.find(tx, as_colleague(tx, sam), asha.here(tx).token)
        assert found is not None
        with pytest.raises(handling.CannotDo, match="may not see"):
            handling.assign(tx, as_colleague(tx, sam), found, jo.token, MORNING)
        staff.change(tx, jo.id, {"alert_channel": None, "alert_address": None})
        handling.assign(tx, as_colleague(tx, sam), found, jo.token, MORNING)
        lead = hired(tx, "Priya")
        asha.says(tx, CRY)
        held = thread.find(tx, as_colleague(tx, lead), asha.here(tx).token)
        assert held is not None
        with pytest.raises(handling.CannotDo, match="may not see"):
            handling.assign(tx, as_colleague(tx, lead), held, jo.token, MORNING)

    await store.write(story)


async def test_a_question_from_their_own_phone_is_not_theirs_to_answer(store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = hired(tx, "Sam", role=Role.COORDINATOR)
        asha = Somebody()
        asha.joins(tx)
        here = asha.here(tx)
        (person,) = reach.people_at(tx, here.id)
        assert question_rota.may_own(tx, sam.id, here.id, person.id)
        given(tx, sam, asha.address)
        assert not question_rota.may_own(tx, sam.id, here.id, None)
        assert not question_rota.may_own(tx, sam.id, None, person.id)
        assert question_rota.able(tx, here.id, person.id) == []
        assert question_rota.able(tx) == [staff.get(tx, sam.id)]

    await store.write(story)
