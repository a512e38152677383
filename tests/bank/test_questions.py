"""Questions, by themselves: whose they are, when they climb, and by when they are answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bank import answers, asked_questions, audit, question_rota, questions, ready_answers, rota
from bank.answers import CannotAnswer
from bank.colleague import Colleague, known
from bank.tokens import token
from storage import addresses, question_list, staff, stock_answers
from storage import audit as audit_kept
from storage import questions as kept
from storage.question_list import Part
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING, Somebody

LONDON = ZoneInfo("Europe/London")
START, END = datetime(2026, 11, 1, tzinfo=UTC), datetime(2028, 11, 1, tzinfo=UTC)
MOMENTS = st.datetimes(START.replace(tzinfo=None), END.replace(tzinfo=None), timezones=st.just(UTC))
PARKING = "is there parking?"


def hire(tx: Tx, *roles: Role, **more: Any) -> Colleague:
    values = {"name": "Sam Field", "login": token(), "state": StaffState.ACTIVE, "last_step": 0} | more
    row = staff.add(tx, token=token(), created_at=MORNING, **values)
    staff.give(tx, row.id, roles or [Role.COORDINATOR])
    return known(tx, row)


def asked(tx: Tx, words: str = PARKING, **about: Any) -> Record:
    """A question of a new member; `about` changes the address first."""
    who = Somebody()
    who.joins(tx)
    if about:
        addresses.change(tx, who.here(tx).id, about)
    who.says(tx, words)
    return kept.open_at(tx, who.here(tx).id)[0]


@given(MOMENTS, st.integers(1, 10))
def test_the_promise_is_so_many_whole_working_days(now: datetime, days: int) -> None:
    own = replace(ASHDALE, days_to_answer=days)
    by = rota.answer_by(now, own)
    here = now.astimezone(LONDON).date()
    between = (here + timedelta(days=number) for number in range(1, (by.date() - here).days + 1))
    assert sum(rota.is_working_day(day, own.hours) for day in between) == days
    assert rota.is_working_day(by.date(), own.hours)
    assert by.time() == own.hours.closes


@given(MOMENTS, MOMENTS)
def test_it_climbs_one_working_day_after_it_was_due(asked_at: datetime, now: datetime) -> None:
    due = rota.answer_by(asked_at, ASHDALE)
    climbs = rota.working_days_after(due.date(), 1, ASHDALE)
    assert (due < questions.climbs_before(now, ASHDALE)) is (climbs <= now)


async def test_whose_it_is(store: Store) -> None:
    def work(tx: Tx) -> None:
        looks_after, usual = hire(tx), hire(tx, Role.ADMINISTRATOR)
        viewer, gone = hire(tx, Role.VIEWER), hire(tx, state=StaffState.CLOSED)
        assert asked(tx).owner_id is None
        assert asked(tx, assigned_to=looks_after.id).owner_id == looks_after.id
        question_rota.set_default_owner(tx, usual, usual.token, MORNING)
        assert asked(tx).owner_id == usual.id
        assert asked(tx, assigned_to=viewer.id).owner_id == usual.id
        assert asked(tx, assigned_to=gone.id).owner_id == usual.id
        question_rota.set_default_owner(tx, usual, viewer.token, MORNING)
        assert asked(tx).owner_id is None

    await store.write(work)


async def test_every_list_leaves_out_what_they_may_not_see(store: Store) -> None:
    def work(tx: Tx) -> None:
        lead = hire(tx, Role.SAFEGUARDING_LEAD)
        own = asked(tx)
        other = hire(tx, person_id=own.person_id)
        held = asked(tx)
        addresses.change(tx, held.address_id, {"held": "danger"})
        for who, seen in ((lead, {own.id, held.id}), (other, set()), (hire(tx), {own.id})):
            assert {one.id for one in asked_questions.listed(tx, who, Part.OPEN, 1).rows} == seen
            assert asked_questions.counts(tx, who)[Part.OPEN] == len(seen)
            assert len(questions.rows(tx, who, MORNING, ASHDALE)) == len(seen)
            for one in (own, held):
                assert (asked_questions.find(tx, who, one.token) is not None) is (one.id in seen)
        assert questions.rows(tx, hire(tx, Role.VIEWER), MORNING, ASHDALE) == []

    await store.write(work)


async def test_a_list_has_pages(store: Store) -> None:
    def work(tx: Tx) -> None:
        who, row = hire(tx), asked(tx)
        for number in range(60):
            asking = kept.Asking(None, row.address_id, None, f"question {number}?", None, "en")
            kept.add(
                tx, asking, token=token(), state="open", opened_at=MORNING, due_at=MORNING + timedelta(days=number)
            )
        first, second = (asked_questions.listed(tx, who, Part.OPEN, number) for number in (1, 2))
        assert (len(first.rows), first.more, len(second.rows), second.more) == (50, True, 11, False)
        assert [one.due_at for one in first.rows] == sorted(one.due_at for one in first.rows)
        assert len(answers.similar(tx, who, first.rows[5])) == answers.MOST_SHOWN

    await store.write(work)


async def test_every_change_is_in_the_audit_and_no_words_are(store: Store) -> None:
    def work(tx: Tx) -> None:
        who, other = hire(tx), hire(tx)
        for do in (
            lambda row: answers.answer(tx, who, [row], {"en": "Behind it."}, MORNING, ASHDALE),
            lambda row: answers.close(tx, who, row, "They were thanking us", MORNING),
            lambda row: answers.give(tx, who, row, other.token, MORNING, ASHDALE),
            lambda row: answers.put_off(tx, who, row, (MORNING + timedelta(days=3)).date(), MORNING, ASHDALE),
            lambda row: asked_questions.note_seen(tx, who, row, MORNING),
        ):
            row = question_list.find(tx, asked(tx).token, questions.seer(who))
            before = len(list(audit_kept.everything(tx)))
            do(row)
            added = list(audit_kept.everything(tx))[before:]
            assert row.token in {one.about for one in added}
            assert all("parking" not in str(one.details) and "Behind" not in str(one.details) for one in added)
        assert audit.verify(tx)[1] is None

    await store.write(work)


async def test_it_is_not_given_to_who_may_not_answer_it(store: Store) -> None:
    def work(tx: Tx) -> None:
        who, row = hire(tx), asked(tx)
        found = question_list.find(tx, row.token, questions.seer(who))
        assert found is not None
        for wrong in (hire(tx, Role.VIEWER), hire(tx, state=StaffState.CLOSED), hire(tx, person_id=row.person_id)):
            with pytest.raises(CannotAnswer):
                answers.give(tx, who, found, wrong.token, MORNING, ASHDALE)
        with pytest.raises(CannotAnswer):
            answers.give(tx, who, found, "nobody", MORNING, ASHDALE)

    await store.write(work)


async def test_who_comes_second_cannot_answer_again(store: Store) -> None:
    def work(tx: Tx) -> None:
        who, row = hire(tx), asked(tx)
        answers.answer(tx, who, [answers.open_one(tx, who, row.token)], {"en": "Behind it."}, MORNING, ASHDALE)
        with pytest.raises(CannotAnswer, match="already"):
            answers.open_one(tx, who, row.token)

    await store.write(work)


async def test_stock_answers_are_offered_in_their_language_the_likeliest_first(store: Store) -> None:
    def work(tx: Tx) -> None:
        for title, asks, language in (
            ("Parking", ["Is there parking?"], "en"),
            ("Blue badges", ["Is there parking for blue badges?"], "en"),
            ("Parking, in Polish", ["is there parking"], "pl"),
            ("Pay", ["Do I get paid?"], "en"),
        ):
            stock_answers.add(
                tx, token=token(), title=title, words={language: "Yes."}, safe=False, asks=asks, created_at=MORNING
            )
        offered = [one.title for one in ready_answers.offered(tx, "is there parking", "en")]
        assert offered == ["Parking", "Blue badges"]

    await store.write(work)
