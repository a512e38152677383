"""Inviting to a meeting: whom, in which words, nobody twice, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from bank import (
    approval_shown,
    approvals,
    broadcast_draft,
    broadcast_going,
    invited_tasks,
    meeting_calls,
    meeting_invite,
    rsvps,
    wall_time,
    who_answered,
)
from bank.audience import Rule
from bank.broadcast_check import check
from bank.broadcast_claims import CLOSED
from bank.broadcast_draft import Draft
from bank.broadcast_progress import progress
from bank.broadcast_words import segments
from bank.handling import CannotDo
from bank.tokens import token
from bank.who_answered import Given
from channels.message import numbered
from storage import broadcasts as kept
from storage import invitations, meetings, needs, people, places, reach, tasks
from storage import rsvps as rsvps_kept
from storage.approvals import Post
from storage.broadcasts import BroadcastKind
from storage.invitations import Answer
from storage.meetings import MeetingKind, MeetingState, Way
from storage.picking import Left
from storage.places import PlaceState
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Store, Tx
from storage.tasks import TaskKind
from storage.told import How
from storage.who_answered import Said
from tests import looking
from tests.bank import leaflet
from tests.bank.ashdale import ASHDALE, MORNING, number_of
from tests.bank.members import crowd, sent
from tests.bank.writing import FREELY, PRICED, let_go, manner, texts
from tests.conversations.gathering import WORDS

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def a_meeting(tx: Tx, words: Mapping[str, Mapping[str, str]] | None = None, **more: Any) -> Record:
    """Thursday 3 December at 2pm, open, in person."""
    when: dict[str, Any] = {"on_day": "2026-12-03", "at_time": "14:00", "zone": "Europe/London", "minutes": 120}
    when |= {name: more.pop(name) for name in tuple(more) if name in when}
    given = {
        "token": token(),
        "kind": MeetingKind.SPACE,
        "state": MeetingState.OPEN,
        "words": {**WORDS, **(words or {})},
        "way": Way.IN_PERSON,
        "created_at": MORNING,
        "changed_at": MORNING,
        **when,
        **wall_time.moments(**when),
    }
    return meetings.add(tx, **(given | more))


def invites(tx: Tx, meeting: Record, rule: Rule | None = None) -> Record:
    """An invitation in the words that it begins with, let go, with a row for everybody."""
    return let_go(tx, meeting_invite.begin(tx, None, meeting, rule, MORNING, FREELY))


def persons(tx: Tx, number: int, **about: Any) -> list[Record]:
    """So many members who text."""
    return [reach.people_at(tx, one)[0] for one in crowd(tx, number, **about)]


def states(tx: Tx, row: Record) -> list[Record]:
    return list(tx.execute(invitations.invitations.select().where(invitations.invitations.c.broadcast_id == row.id)))


async def test_it_says_what_when_and_where_and_asks_whether_they_come(store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 2)
        meeting = a_meeting(tx)
        row = meeting_invite.begin(tx, None, meeting, None, MORNING, FREELY)
        found = check(tx, row, MORNING, FREELY, manners=manner)
        assert (found.mend, found.notes, found.preview.reached) == ((), (), 2)
        assert found.readings["en"].text == (
            "Ashdale Council: Carers' space. Thursday 3 December, 2pm, Oak Hall, Station Road, by Aldi. "
            "We pay your fares. STOP to end. Coming?"
        )
        assert {cost.most for cost in found.costs} == {1}
        assert row.words.keys() >= {"en", "pl"}
        let_go(tx, row)
        first, _second = sent(tx, MORNING, own=PRICED, whose=FREELY)
        assert numbered(first.message).endswith("STOP to end. Coming?\n1 Yes\n2 No\n3 Not sure")
        assert {(one.meeting_id, one.project_id) for one in states(tx, row)} == {(meeting.id, None)}

    await store.write(story)


@pytest.mark.parametrize("way", list(Way))
async def test_the_words_fit_in_two_texts_however_much_is_written(lite_store: Store, way: Way) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        project = leaflet.opened(tx, sam, None)
        long = {"en": "We pay your fares there and back, and for whoever sits with the person you care for. " * 2}
        meeting = a_meeting(tx, {"expenses": long, "title": {"en": "W" * 60}}, way=way, project_id=project.id)
        for tag, text in meeting_invite.words(tx, meeting, FREELY).items():
            row = broadcast_draft.write(
                tx, None, Draft("x", {"en": text, tag: text}, BroadcastKind.INVITATION, meeting=meeting.id), MORNING
            )
            script = broadcast_draft.Script.now(row, FREELY, project, meeting)
            assert segments(script.in_words(tag)) <= 2, tag

    await lite_store.write(story)


async def test_of_a_project_it_says_how_much_say_people_have_and_both_co_chairs_say_yes(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 1)
        sam, asha = leaflet.hired(tx, "Sam"), leaflet.member(tx)
        project = leaflet.opened(tx, sam, asha)
        meeting = a_meeting(tx, project_id=project.id)
        row = meeting_invite.begin(tx, sam, meeting, None, MORNING, FREELY)
        found = check(tx, row, MORNING, FREELY, manners=manner)
        assert "You help plan it from the start. We run it." in found.readings["en"].text
        assert set(found.missing) == {Post.STAFF_CHAIR, Post.MEMBER_CHAIR}
        about = approvals.matter(tx, approvals.subject_of(row), row.id)
        assert about.project is not None
        assert about.project.id == project.id
        asked = broadcast_going.ask_approval(tx, sam, row, MORNING, FREELY, manners=manner)
        (hers,) = (one for one in asked if one.post == Post.MEMBER_CHAIR)
        shown = approval_shown.of_asking(tx, hers, asha, "en", FREELY)
        assert "Thursday 3 December, 2pm, Oak Hall" in shown, "she reads what people will read"
        alone = meeting_invite.begin(tx, sam, a_meeting(tx), None, MORNING, FREELY)
        assert check(tx, alone, MORNING, FREELY, manners=manner).missing == ()

    await lite_store.write(story)


async def test_nobody_is_invited_to_the_same_meeting_twice(store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 3)
        meeting = a_meeting(tx)
        invites(tx, meeting)
        (found_it,) = persons(tx, 1)
        rsvps.enter(tx, leaflet.hired(tx, "Sam"), meeting, found_it, Answer.NO, How.PHONE, MORNING, FREELY)
        crowd(tx, 2)
        again = meeting_invite.begin(tx, None, meeting, None, MORNING, FREELY)
        counted = check(tx, again, MORNING, FREELY, manners=manner).preview
        assert (counted.reached, counted.left, counted.people) == (2, {Left.INVITED: 4}, 6)
        gone = let_go(tx, again)
        assert len(states(tx, gone)) == 2
        assert progress(tx, gone).people == 6
        other = meeting_invite.begin(tx, None, a_meeting(tx), None, MORNING, FREELY)
        assert check(tx, other, MORNING, FREELY, manners=manner).preview.reached == 6

    await store.write(story)


async def test_who_got_nothing_of_it_may_be_invited_again(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 2)
        meeting = a_meeting(tx)
        first = invites(tx, meeting)
        broadcast_going.cancel(tx, None, first, MORNING)
        assert meeting_invite.count(tx, meeting, None, MORNING, FREELY).reached == 2

    await lite_store.write(story)


async def test_the_people_whom_it_makes_sense_to_ask(store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        project = leaflet.opened(tx, sam, None)
        last = a_meeting(tx, on_day="2026-11-05", state=MeetingState.OVER, capacity=2, project_id=project.id)
        meeting = a_meeting(tx, first_id=last.id, project_id=project.id)
        came, stayed_away, unticked, waited, placed, _nobody = persons(tx, 6)
        stood = (
            (came, RsvpState.COMING, True),
            (stayed_away, RsvpState.COMING, False),
            (unticked, RsvpState.COMING, None),
            (waited, RsvpState.WAITING, None),
        )
        for turn, (person, state, there) in enumerate(stood, 1):
            values = {"state": state, "turn": turn, "came": there, "at": MORNING, "changed_at": MORNING}
            rsvps_kept.add(tx, token=token(), meeting_id=last.id, person_id=person.id, **values)
        state = {"state": PlaceState.PLACE, "turn": 1, "told": True, "at": MORNING, "changed_at": MORNING}
        places.add(tx, project_id=project.id, person_id=placed.id, **state)
        reached = {
            one.id: meeting_invite.count(tx, meeting, one.rule, MORNING, FREELY).reached
            for one in meeting_invite.offers(tx, meeting)
        }
        assert reached == {"project": 1, "last": 2, "waited": 1, "all": 6}

    await store.write(story)


async def test_it_does_not_go_once_the_meeting_has_begun_or_is_canceled(store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 2)
        meeting = a_meeting(tx)
        row = invites(tx, meeting)
        assert row.expires_at == meeting.starts_at
        other = a_meeting(tx)
        wrong = invites(tx, other)
        meetings.change(tx, other.id, {"state": MeetingState.CANCELED})
        assert len(texts(tx)) == 2
        assert progress(tx, kept.get(tx, wrong.id)).canceled == {CLOSED: 2}
        late = meeting_invite.begin(tx, None, a_meeting(tx, on_day="2026-11-24"), None, MORNING, FREELY)
        assert not check(tx, late, MORNING, FREELY, manners=manner).mend
        (says,) = check(tx, late, MORNING + 2 * DAY, FREELY, manners=manner).mend[:1]
        assert says == "The meeting will have begun when the first may go. Choose another time."
        with pytest.raises(CannotDo):
            meeting_invite.begin(tx, None, meetings.get(tx, other.id), None, MORNING, FREELY)

    await store.write(story)


async def test_it_is_said_as_the_meeting_is_by_then(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 1)
        meeting = a_meeting(tx)
        invites(tx, meeting)
        moved = {"on_day": "2026-12-04", "at_time": "10:00"}
        then = wall_time.moments("2026-12-04", "10:00", "Europe/London", 120)
        meetings.change(tx, meeting.id, {**moved, **then})
        (text,) = texts(tx)
        assert "Friday 4 December, 10am" in text

    await lite_store.write(story)


async def test_what_there_is_no_time_to_arrange_is_told_before_it_goes(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        (asha,) = persons(tx, 1)
        needs.add(tx, person_id=asha.id, words="BSL interpreter", at=MORNING)
        meeting = a_meeting(tx)
        row = meeting_invite.begin(tx, None, meeting, None, MORNING, FREELY)
        (note,) = check(tx, row, MORNING, FREELY, manners=manner).notes
        assert "BSL interpreter. 1 of them needs it" in note
        assert meeting_invite.late(tx, meeting, None, MORNING, FREELY) == [note]
        later = a_meeting(tx, on_day="2027-03-04")
        assert meeting_invite.late(tx, later, None, MORNING, FREELY) == []

    await lite_store.write(story)


async def test_who_does_not_text_is_rung_without_a_word_of_stop(store: Store) -> None:
    def story(tx: Tx) -> None:
        leaflet.member(tx, "Dorothy", contact={"phone": "+447700900599"}, contact_key=b"x")
        meeting = a_meeting(tx)
        row = invites(tx, meeting)
        (task,) = looking.open_tasks(tx)
        assert (task.kind, task.meeting_id, task.broadcast_id) == (TaskKind.CALL, meeting.id, row.id)
        assert "Thursday 3 December, 2pm" in task.words
        assert "STOP" not in task.words
        assert task.due_at < meeting.starts_at
        to_ask = invited_tasks.of_task(tx, task, MORNING, FREELY)
        assert to_ask is not None
        assert [id_ for id_, _label in to_ask.choices] == ["yes", "no", "maybe"]
        assert ("Where", "Oak Hall, Station Road, by Aldi") in to_ask.told

    await store.write(story)


async def test_what_a_colleague_enters_is_kept_with_who_and_how(store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        dorothy = leaflet.member(tx, "Dorothy", contact={"phone": "+447700900599"}, contact_key=b"x")
        meeting = a_meeting(tx, guests=True)
        invites(tx, meeting)
        given = Given(Answer.YES, How.PHONE, guests=1, late=True, note="The bus", arrange="large print please")
        stood = who_answered.enter(tx, sam, meeting, dorothy, given, MORNING, FREELY)
        assert (stood.state, stood.rsvp.guests, stood.rsvp.late) == (RsvpState.COMING, 1, True)
        shown = who_answered.stands(tx, sam, meeting, dorothy, MORNING)
        assert [(one.answer, one.by, one.how) for one in shown.history] == [("yes", "Sam", "phone")]
        assert [one.kind for one in shown.arrange] == ["large_print"]
        assert looking.open_tasks(tx) == [], "nobody needs to ring her any more"
        who_answered.enter(tx, sam, meeting, dorothy, Given(Answer.NO, How.IN_PERSON), MORNING + HOUR, FREELY)
        assert len(who_answered.stands(tx, sam, meeting, dorothy, MORNING).history) == 2
        listed = who_answered.look(tx, sam, meeting, None, 1, MORNING)
        assert listed.counts == {Said.YES: 0, Said.WAITING: 0, Said.MAYBE: 0, Said.NO: 1, Said.NONE: 0}

    await store.write(story)


async def test_who_has_not_answered_is_rung_once_and_not_who_paused_left_or_is_held(store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        asha, ben, paused, left, held = persons(tx, 5)
        meeting = a_meeting(tx)
        invites(tx, meeting)
        texts(tx)
        rsvps.answer(tx, meeting, ben, Answer.NO, MORNING, FREELY)
        people.change(tx, paused.id, {"paused_until": MORNING + 90 * DAY})
        people.change(tx, left.id, {"state": people.PersonState.LEFT})
        people.change(tx, held.id, {"held": "danger"})
        later = MORNING + 3 * DAY
        assert meeting_calls.to_ring(tx, meeting, 7, later).people == 0
        ringing = meeting_calls.to_ring(tx, meeting, 2, later)
        assert (ringing.people, ringing.left, ringing.held) == (1, 1, 1)
        unseen = meeting_calls.to_ring(tx, meeting, 2, later, {held.id})
        assert (unseen.people, unseen.left, unseen.held) == (1, 1, 0), "who may not be seen is not counted"
        assert meeting_calls.ask(tx, sam, meeting, 2, later, FREELY) == 1
        assert meeting_calls.ask(tx, sam, meeting, 0, later + DAY, FREELY) == 0, "each once"
        (call,) = looking.open_tasks(tx)
        assert (call.person_id, call.kind, call.meeting_id) == (asha.id, TaskKind.CALL, meeting.id)
        assert "have not answered" in call.words
        assert "Carers' space" in call.words
        assert "STOP" not in call.words
        rsvps.answer(tx, meeting, asha, Answer.YES, later + HOUR, FREELY)
        assert looking.open_tasks(tx) == [], "they answered by text"
        assert number_of(tx, tasks.tasks) == 1

    await store.write(story)


async def test_a_call_is_closed_when_the_meeting_begins(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        leaflet.member(tx, "Dorothy", contact={"phone": "+447700900599"}, contact_key=b"x")
        meeting = a_meeting(tx)
        invites(tx, meeting)
        assert meeting_calls.to_close(tx, MORNING, ASHDALE, 10) == []
        (task_id,) = meeting_calls.to_close(tx, meeting.starts_at, ASHDALE, 10)
        meeting_calls.close(tx, meeting.starts_at, ASHDALE, task_id)
        assert looking.open_tasks(tx) == []

    await lite_store.write(story)
