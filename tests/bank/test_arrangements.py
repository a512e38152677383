"""Arrangements: begun by a yes, due in time, carried into every meeting; ready only when all is settled."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bank import (
    arrangement_change,
    arrangement_times,
    arrangement_today,
    arrangements,
    arranging,
    erasure,
    meeting_change,
    needs_review,
)
from bank.arrangement_change import CannotArrange
from bank.colleague import Colleague
from bank.invitations import By
from bank.lacking import NotYet
from storage import arrangements as kept
from storage import audit, meetings, needs, people
from storage.arrangements import ArrangementKind, ArrangementState
from storage.invitations import Answer
from storage.meetings import MeetingState
from storage.schema import Record
from storage.staff import Role
from storage.store import Store, Tx
from storage.told import How
from tests.bank import leaflet
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.rsvp_space import a_space, everybody, says

A_DAY = timedelta(days=1)


def needing(tx: Tx, *words: str, number: int = 1) -> list[Record]:
    """So many members who need these at every meeting, in their words."""
    found = everybody(tx, number)
    for person in found:
        for one in words:
            needs.add(tx, person_id=person.id, words=one, at=MORNING)
    return found


def theirs(tx: Tx, meeting: Record, person: Record) -> dict[str, str]:
    return {row.kind: row.state for row in kept.of(tx, meeting.id, person.id)}


def sam(tx: Tx, *roles: Role) -> Colleague:
    return leaflet.hired(tx, "Sam", *(roles or (Role.COORDINATOR,)))


def begin(tx: Tx, meeting: Record, person: Record, **what: Any) -> list[Record]:
    return arrangements.begin(tx, meeting, person, MORNING, ASHDALE, by=By(), **what)


async def test_a_yes_begins_all_that_is_known_once(store: Store) -> None:
    def story(tx: Tx) -> tuple[dict[str, str], list[str]]:
        told = "BSL interpreter, big print", "large print", "a window seat", "nothing else"
        meeting, (asha,) = a_space(tx), needing(tx, *told)
        says(tx, meeting, asha)
        says(tx, meeting, asha, late=True)
        return theirs(tx, meeting, asha), [row.due_on for row in kept.of(tx, meeting.id, asha.id)]

    found, due = await store.write(story)
    assert found == {"bsl": "to_do", "large_print": "to_do", "other": "to_do"}
    assert due[:2] == ["2026-11-12", "2026-11-26"], "15 and 5 working days before Thursday 3 December"


async def test_words_become_a_need_for_every_meeting_without_why(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str], dict[str, str], list[str]]:
        meeting, (asha,) = a_space(tx), everybody(tx, 1)
        says(tx, meeting, asha)
        begin(tx, meeting, asha, words="ground floor because of my MS")
        begin(tx, meeting, asha, words="Ground floor")
        begin(tx, meeting, asha, kind=ArrangementKind.SITTING)
        words = [row.words for row in kept.of(tx, meeting.id, asha.id)]
        return [row.words for row in needs.of(tx, asha.id)], theirs(tx, meeting, asha), words

    known, found, words = await store.write(story)
    assert known == ["ground floor"], "cover is for this meeting only"
    assert found == {"step_free": "to_do", "sitting": "to_do"}
    assert words == ["ground floor", ""]


async def test_who_does_not_come_needs_nothing_and_what_is_booked_is_canceled_by_a_person(store: Store) -> None:
    def story(tx: Tx) -> tuple[dict[str, str], list[str], dict[str, str]]:
        meeting, (asha,) = a_space(tx), needing(tx, "taxi", "big print")
        says(tx, meeting, asha)
        taxi = next(row for row in kept.of(tx, meeting.id, asha.id) if row.kind == ArrangementKind.TRANSPORT)
        colleague = sam(tx)
        arrangement_change.book(tx, colleague, taxi, None, MORNING)
        says(tx, meeting, asha, Answer.NO)
        gone = theirs(tx, meeting, asha)
        todo = [row.todo for row in arrangement_today.rows(tx, colleague, MORNING, ASHDALE)]
        assert [row.id for row in kept.booked_in_vain(tx, MORNING, 9)] == [taxi.id]
        says(tx, meeting, asha)
        return gone, todo, theirs(tx, meeting, asha)

    gone, todo, again = await store.write(story)
    assert gone == {"transport": "booked", "large_print": "not_needed"}
    assert todo == ["They do not come: cancel what is booked. Transport. Carers' space"]
    assert again == {"transport": "booked", "large_print": "to_do"}


async def test_what_is_booked_for_a_meeting_that_is_canceled_is_canceled_by_a_person(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str], list[str], str]:
        meeting, (asha,) = a_space(tx), needing(tx, "taxi", "big print")
        says(tx, meeting, asha)
        taxi = next(row for row in kept.of(tx, meeting.id, asha.id) if row.kind == ArrangementKind.TRANSPORT)
        colleague = sam(tx)
        booked = arrangement_change.book(tx, colleague, taxi, None, MORNING)
        meeting_change.cancel(tx, colleague, meeting, {"en": "The hall is closed."}, MORNING, ASHDALE)
        todo = [row.todo for row in arrangement_today.rows(tx, colleague, MORNING, ASHDALE)]
        with pytest.raises(CannotArrange):
            arrangement_change.talked(tx, colleague, booked, None, MORNING)
        off = arrangement_change.not_needed(tx, colleague, booked, None, MORNING)
        return todo, [row.todo for row in arrangement_today.rows(tx, colleague, MORNING, ASHDALE)], off.state

    todo, after, state = await store.write(story)
    assert todo == ["The meeting is cancelled: cancel what is booked. Transport. Carers' space"]
    assert (after, state) == ([], "not_needed")


async def test_a_meeting_is_ready_only_when_all_is_arranged_or_talked_about(store: Store) -> None:
    def story(tx: Tx) -> tuple[tuple[str, ...], str, str, int]:
        meeting, (asha, ben) = a_space(tx), needing(tx, "taxi", number=2)
        colleague = sam(tx)
        people.change(tx, asha.id, {"name": "Asha"})
        people.change(tx, ben.id, {"name": "Ben"})
        says(tx, meeting, asha)
        says(tx, meeting, ben, Answer.MAYBE)
        with pytest.raises(NotYet) as missing:
            arrangements.ready(tx, colleague, meeting, MORNING)
        (taxi,) = arrangements.unsettled(tx, meeting)
        arrangement_change.could_not(tx, colleague, taxi, None, MORNING)
        with pytest.raises(NotYet):
            arrangements.ready(tx, colleague, meeting, MORNING)
        arrangement_change.talked(tx, colleague, kept.get(tx, taxi.id), "Her son drives", MORNING)
        ready = arrangements.ready(tx, colleague, meeting, MORNING)
        says(tx, meeting, ben)
        acts = [row.act for row in audit.everything(tx)]
        return missing.value.reasons, ready.state, meetings.get(tx, meeting.id).state, acts.count("arrangement_changed")

    lacks, ready, after, changes = await store.write(story)
    assert lacks == ("Transport, for Asha",)
    assert ready == MeetingState.READY
    assert after == MeetingState.OPEN, "somebody else needs a taxi now"
    assert changes == 2


async def test_what_stands_so_or_is_over_cannot_be_changed(store: Store) -> None:
    def story(tx: Tx) -> None:
        meeting, (asha,) = a_space(tx), needing(tx, "taxi")
        colleague = sam(tx)
        says(tx, meeting, asha)
        (taxi,) = kept.of(tx, meeting.id, asha.id)
        booked = arrangement_change.book(tx, colleague, taxi, None, MORNING)
        with pytest.raises(CannotArrange, match="stands so already"):
            arrangement_change.book(tx, colleague, booked, None, MORNING)
        meetings.change(tx, meeting.id, {"state": MeetingState.OVER})
        with pytest.raises(CannotArrange, match="over, or cancelled"):
            arrangement_change.talked(tx, colleague, booked, None, MORNING)

    await store.write(story)


async def test_what_a_colleague_takes_off_the_list_is_not_arranged(store: Store) -> None:
    def story(tx: Tx) -> tuple[dict[str, str], dict[str, str], list[int | None]]:
        meeting, (asha,) = a_space(tx), everybody(tx, 1)
        colleague = sam(tx)
        says(tx, meeting, asha)
        arranging.add(tx, colleague, asha, "taxi", How.PHONE, MORNING, ASHDALE)
        before = theirs(tx, meeting, asha)
        (need,) = arranging.arrange(tx, asha)
        arranging.remove(tx, colleague, asha, need.name, How.PHONE, MORNING)
        return before, theirs(tx, meeting, asha), [row.need_id for row in kept.of(tx, meeting.id, asha.id)]

    before, after, linked = await store.write(story)
    assert before == {"transport": "to_do"}
    assert after == {"transport": "not_needed"}
    assert linked == [None]


async def test_who_is_erased_leaves_nothing_to_arrange(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, int]:
        meeting, (asha,) = a_space(tx), needing(tx, "taxi")
        says(tx, meeting, asha)
        erasure.erase_person(tx, asha.id, MORNING)
        return len(kept.in_meeting(tx, meeting.id)), needs.count(tx, asha.id)

    assert await store.write(story) == (0, 0)


async def test_an_invitation_inside_a_lead_time_is_warned_of(store: Store) -> None:
    def story(tx: Tx) -> tuple[object, object]:
        meeting, persons = a_space(tx), [*needing(tx, "BSL", number=2), *needing(tx, "taxi", "easy read")]
        soon = arrangements.late_for(tx, meeting, persons, MORNING, ASHDALE)
        return soon, arrangements.late_for(tx, meeting, persons, MORNING - 30 * A_DAY, ASHDALE)

    soon, early = await store.write(story)
    assert soon == {ArrangementKind.BSL: 2, ArrangementKind.EASY_READ: 1}
    assert early == {}


async def test_lead_times_are_counted_in_working_days_and_can_be_changed(store: Store) -> None:
    def story(tx: Tx) -> tuple[date, bool, bool, int]:
        meeting = a_space(tx, on_day="2026-12-29")
        ada = sam(tx, Role.ADMINISTRATOR)
        days = arrangement_times.days(tx)[ArrangementKind.TRANSPORT]
        first = arrangement_times.change(tx, ada, {ArrangementKind.TRANSPORT: 8}, MORNING)
        again = arrangement_times.change(tx, ada, {ArrangementKind.TRANSPORT: 8}, MORNING)
        return (
            arrangement_times.due_on(meeting, days, ASHDALE),
            first,
            again,
            arrangement_times.days(tx)[ArrangementKind.TRANSPORT],
        )

    due, first, again, number = await store.write(story)
    assert due == date(2026, 12, 18), "25 and 28 December are holidays"
    assert (first, again, number) == (True, False, 8)


async def test_a_meeting_that_is_moved_has_to_be_booked_again(store: Store) -> None:
    def story(tx: Tx) -> tuple[str, str]:
        meeting, (asha,) = a_space(tx), needing(tx, "taxi")
        says(tx, meeting, asha)
        (taxi,) = kept.of(tx, meeting.id, asha.id)
        arrangement_change.book(tx, sam(tx), taxi, None, MORNING)
        moved = meetings.change(tx, meeting.id, {"on_day": "2026-12-17"})
        arrangements.moved(tx, moved, MORNING, ASHDALE)
        row = kept.get(tx, taxi.id)
        return row.state, row.due_on

    assert await store.write(story) == (ArrangementState.TO_DO, "2026-12-10")


async def test_today_shows_what_has_to_be_booked_now(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[tuple[str, str, bool]], list[object], list[object]]:
        meeting, (asha,) = a_space(tx), needing(tx, "BSL", "taxi", "food")
        people.change(tx, asha.id, {"name": "Asha"})
        says(tx, meeting, asha)
        shown = arrangement_today.rows(tx, sam(tx), MORNING, ASHDALE)
        people.change(tx, asha.id, {"held": "danger"})
        held = arrangement_today.rows(tx, sam_again(tx), MORNING, ASHDALE)
        viewer = arrangement_today.rows(tx, leaflet.hired(tx, "Vi", Role.VIEWER), MORNING, ASHDALE)
        return [(row.todo, row.who, row.overdue) for row in shown], [row.who for row in held], list(viewer)

    shown, held, viewer = await store.write(story)
    assert shown == [
        ("Book: BSL interpreter. Carers' space", "Asha", True),
        ("Book: Transport. Carers' space", "Asha", False),
    ]
    assert held == ["", ""]
    assert viewer == []


def sam_again(tx: Tx) -> Colleague:
    return leaflet.hired(tx, "Sami", Role.COORDINATOR)


async def test_what_is_known_is_checked_once_a_year(store: Store) -> None:
    def story(tx: Tx) -> list[str]:
        meeting, (asha,) = a_space(tx), needing(tx, "big print", "ground floor as I have MS", "a window seat")

        def known(row: Record) -> str:
            return arrangements.to_check(tx, row, meeting, MORNING, "en", ASHDALE)

        said = [known(asha)]
        arrangements.checked(tx, asha, MORNING)
        said.append(known(people.get(tx, asha.id)))
        arrangements.checked(tx, asha, MORNING - 366 * A_DAY)
        said.append(known(people.get(tx, asha.id)))
        return said

    in_words = "large print, no steps, what else you told us"
    assert await store.write(story) == [in_words, "", in_words]


async def test_the_review_is_for_those_who_told_us_a_year_ago_and_need_something(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], list[int]]:
        old, new, none = needing(tx, number=3)
        for person, words, days in ((old, "taxi", 400), (new, "taxi", 30), (none, "nothing", 400)):
            needs.add(tx, person_id=person.id, words=words, at=MORNING - days * A_DAY)
        due = list(needs_review.to_ask(tx, MORNING, ASHDALE, 10))
        for one in due:
            needs_review.ask(tx, MORNING, ASHDALE, one)
        return [row - old.id for row in due], list(needs_review.to_ask(tx, MORNING, ASHDALE, 10))

    assert await store.write(story) == ([0, 2], [])
