"""RSVPs: the latest clear answer counts, a place is a seat, guests have what is left, and all else follows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bank import arrangements, rsvps
from bank.invitations import By, CannotEnter
from bank.tokens import token
from storage import audit, invitations, meetings, people, reminders
from storage import rsvps as kept
from storage.arrangements import ArrangementKind
from storage.invitations import Answer
from storage.meetings import MeetingState, Way
from storage.people import PersonState
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Store, Tx
from storage.told import How
from tests import looking
from tests.bank import leaflet
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.rsvp_space import STARTS, a_space, everybody, says, stand

LATER = MORNING + timedelta(hours=1)
COMING, WAITING = RsvpState.COMING, RsvpState.WAITING


async def test_the_latest_clear_answer_counts_and_every_one_is_kept(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str], list[str], list[RsvpState | None]]:
        meeting, (asha,) = a_space(tx), everybody(tx, 1)
        stood = [says(tx, meeting, asha, one) for one in (Answer.MAYBE, Answer.YES, Answer.NO)]
        given = [row.answer for row in kept.answers(tx, meeting.id, asha.id)]
        return [one.state for one in stood], given, [one.before for one in stood]

    states, given, before = await store.write(story)
    assert states == ["maybe", "coming", "not_coming"]
    assert given == ["maybe", "yes", "no"]
    assert before == [None, "maybe", "coming"]


async def test_who_comes_when_it_is_full_waits_in_order(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str | None], list[int]]:
        meeting, all_ = a_space(tx, capacity=1), everybody(tx, 3)
        stood = [says(tx, meeting, one) for one in all_]
        return stand(tx, meeting, all_), [one.number for one in stood]

    assert await store.write(story) == (["coming", "waiting", "waiting"], [0, 1, 2])


async def test_a_yes_said_twice_keeps_the_place_and_the_turn(lite_store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str | None], list[int]]:
        meeting, all_ = a_space(tx, capacity=1), everybody(tx, 3)
        for one in (*all_, *reversed(all_)):
            says(tx, meeting, one)
        return stand(tx, meeting, all_), [row.turn for row in kept.in_meeting(tx, meeting.id)]

    assert await lite_store.write(story) == (["coming", "waiting", "waiting"], [1, 2, 3])


async def test_who_says_no_and_then_yes_has_a_new_turn(lite_store: Store) -> None:
    def story(tx: Tx) -> list[int]:
        meeting, (_asha, ben, cara) = a_space(tx, capacity=1), everybody(tx, 3)
        for one in (_asha, ben, cara):
            says(tx, meeting, one)
        says(tx, meeting, ben, Answer.NO)
        return [says(tx, meeting, ben).number, says(tx, meeting, cara).number]

    assert await lite_store.write(story) == [2, 1]


async def test_guests_have_the_seats_that_are_left(store: Store) -> None:
    def story(tx: Tx) -> list[tuple[str, int, int]]:
        meeting, (asha, ben, cara) = a_space(tx, capacity=4), everybody(tx, 3)
        asked = ((asha, 1), (ben, 3), (cara, 0))
        stood = [says(tx, meeting, who, guests=guests) for who, guests in asked]
        return [(one.state, one.rsvp.guests, one.left_out) for one in stood]

    assert await store.write(story) == [("coming", 1, 0), ("coming", 1, 2), ("waiting", 0, 0)]


async def test_a_guest_is_never_let_in_before_somebody_who_waits(lite_store: Store) -> None:
    def story(tx: Tx) -> tuple[int, int]:
        meeting, (asha, ben, cara) = a_space(tx, capacity=2), everybody(tx, 3)
        for one in (asha, ben, cara):
            says(tx, meeting, one)
        says(tx, meeting, ben, Answer.NO)
        stood = rsvps.beside(tx, meeting, asha.id, LATER, ASHDALE, guests=1)
        assert stood is not None
        return stood.rsvp.guests, stood.left_out

    assert await lite_store.write(story) == (0, 1)


async def test_guests_who_stay_at_home_free_their_seats(lite_store: Store) -> None:
    def story(tx: Tx) -> list[str]:
        meeting, (asha, ben) = a_space(tx, capacity=2), everybody(tx, 2)
        says(tx, meeting, asha, guests=1)
        first = says(tx, meeting, ben).state
        says(tx, meeting, asha, guests=0)
        return [first, says(tx, meeting, ben).state]

    assert await lite_store.write(story) == ["waiting", "coming"]


async def test_a_smaller_room_throws_nobody_out(lite_store: Store) -> None:
    def story(tx: Tx) -> list[str | None]:
        meeting, all_ = a_space(tx, capacity=2), everybody(tx, 3)
        for one in all_[:2]:
            says(tx, meeting, one)
        meetings.change(tx, meeting.id, {"capacity": 1})
        for one in all_:
            says(tx, meeting, one)
        return stand(tx, meeting, all_)

    assert await lite_store.write(story) == ["coming", "coming", "waiting"]


async def test_what_they_said_beside_a_yes_stays_until_they_do_not_come(store: Store) -> None:
    def story(tx: Tx) -> list[tuple[bool, str | None, str | None]]:
        meeting, (asha,) = a_space(tx, way=Way.HYBRID), everybody(tx, 1)
        rows = [
            says(tx, meeting, asha, late=True, note="At three", way=Way.ONLINE).rsvp,
            says(tx, meeting, asha).rsvp,
            says(tx, meeting, asha, Answer.NO).rsvp,
            says(tx, meeting, asha).rsvp,
        ]
        return [(row.late, row.note, row.way) for row in rows]

    said = (True, "At three", "online")
    assert await store.write(story) == [said, said, (False, None, None), (False, None, None)]


async def test_what_does_not_belong_to_an_answer_is_refused(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        meeting, (asha,) = a_space(tx), everybody(tx, 1)
        says(tx, meeting, asha, colour="blue")

    with pytest.raises(TypeError, match="an answer has no colour"):
        await lite_store.write(story)


async def test_an_answer_is_the_answer_to_every_invitation_to_the_meeting(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str | None], str | None]:
        meeting, (asha, ben) = a_space(tx), everybody(tx, 2)
        asked = {"meeting_id": meeting.id, "invited_at": MORNING}
        theirs = [invitations.add(tx, token=token(), person_id=asha.id, **asked) for _ in range(2)]
        other = invitations.add(tx, token=token(), person_id=ben.id, **asked)
        says(tx, meeting, asha, Answer.MAYBE)
        return [looking.invitation(tx, one.id).answer for one in theirs], looking.invitation(tx, other.id).answer

    assert await store.write(story) == (["maybe", "maybe"], None)


async def test_what_they_need_and_their_reminders_follow_the_answer(store: Store) -> None:
    def story(tx: Tx) -> list[tuple[int, bool]]:
        meeting, (asha,) = a_space(tx), everybody(tx, 1)
        found = []
        for one in (Answer.YES, Answer.MAYBE, Answer.YES):
            says(tx, meeting, asha, one)
            if not found:
                arrangements.begin(tx, meeting, asha, MORNING, ASHDALE, kind=ArrangementKind.BSL, by=By())
            to_do = len(arrangements.unsettled(tx, meeting))
            found.append((to_do, bool(reminders.of(tx, meeting.id, asha.id))))
        return found

    planned = await store.write(story)
    assert planned[:2] == [(1, True), (0, False)]
    assert planned[2][1]


async def test_who_waits_has_no_reminder_and_nothing_to_arrange(lite_store: Store) -> None:
    def story(tx: Tx) -> list[Record]:
        meeting, (asha, ben) = a_space(tx, capacity=1), everybody(tx, 2)
        says(tx, meeting, asha)
        says(tx, meeting, ben)
        return reminders.of(tx, meeting.id, ben.id)

    assert await lite_store.write(story) == []


async def test_a_colleague_enters_an_answer_and_the_audit_says_so(store: Store) -> None:
    def story(tx: Tx) -> tuple[str, int | None, str | None, list[object]]:
        meeting, (asha,) = a_space(tx, capacity=5), everybody(tx, 1)
        robin = leaflet.hired(tx, "Robin")
        stood = rsvps.enter(tx, robin, meeting, asha, Answer.YES, How.PHONE, MORNING, ASHDALE, guests=2)
        rows = [audit.opened(tx, row.details) for row in audit.everything(tx) if row.act == "rsvp_changed"]
        return stood.state, stood.rsvp.entered_by, stood.rsvp.how, rows

    state, entered_by, how, rows = await store.write(story)
    assert (state, how) == ("coming", "phone")
    assert entered_by is not None
    assert rows == [{"state": [None, "coming"], "how": "phone"}]


@pytest.mark.parametrize(
    ("change", "answer", "why"),
    [
        ({"state": MeetingState.CANCELED}, "yes", "This meeting is cancelled"),
        ({"state": MeetingState.DRAFT}, "yes", "This meeting is not open yet"),
        ({"ends_at": MORNING}, "yes", "This meeting is over"),
        ({}, "later", "Choose their answer"),
    ],
)
async def test_what_cannot_be_entered_says_why(
    lite_store: Store, change: dict[str, object], answer: str, why: str
) -> None:
    def story(tx: Tx) -> None:
        meeting, (asha,) = a_space(tx, **change), everybody(tx, 1)
        rsvps.enter(tx, leaflet.hired(tx, "Robin"), meeting, asha, answer, How.PHONE, MORNING, ASHDALE)

    with pytest.raises(CannotEnter, match=why):
        await lite_store.write(story)


async def test_who_left_has_no_answer_entered(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        meeting, (asha,) = a_space(tx), everybody(tx, 1)
        gone = people.change(tx, asha.id, {"state": PersonState.LEFT})
        rsvps.enter(tx, leaflet.hired(tx, "Robin"), meeting, gone, Answer.YES, How.PHONE, MORNING, ASHDALE)

    with pytest.raises(CannotEnter, match="They are not a member any more"):
        await lite_store.write(story)


async def test_what_is_coming_up_leaves_out_what_is_over_or_canceled(store: Store) -> None:
    def story(tx: Tx) -> list[tuple[str, str]]:
        (asha,) = everybody(tx, 1)
        days = {"2026-12-10": {}, "2026-12-04": {"state": MeetingState.CANCELED}, "2026-12-03": {}}
        for number, (day, more) in enumerate(days.items()):
            at = STARTS + timedelta(days=7 if number == 0 else 0)
            row = a_space(tx, on_day=day, starts_at=at, ends_at=at + timedelta(hours=2), **more)
            says(tx, row, asha, Answer.NO if number == 0 else Answer.YES)
        over = a_space(tx, ends_at=MORNING)
        says(tx, over, asha)
        return [(meeting.on_day, row.state) for meeting, row in rsvps.upcoming(tx, [asha.id], MORNING)]

    assert await store.write(story) == [("2026-12-03", "coming"), ("2026-12-10", "not_coming")]
