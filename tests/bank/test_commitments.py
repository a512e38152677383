"""Commitments: made, approved, promised, changed, done, and kept only by the word of those who said it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bank import (
    approvals,
    commitment_approval,
    commitment_changes,
    commitment_confirmed,
    commitments,
    erasure,
    merging,
    upkeep,
)
from bank.approvals import NotTheirs
from bank.commitment_approval import NotApproved
from bank.commitment_check import WrongState
from bank.commitment_words import exact, read, shown
from bank.commitments import Draft
from bank.lacking import NotReady
from storage import askings, feedback, people, places, who_said
from storage import audit as audit_rows
from storage import commitments as kept
from storage.approvals import How, Post, Subject
from storage.commitments import CommitmentKind, TellingState, tellings
from storage.feedback import About
from storage.people import PersonState
from storage.places import PlaceState
from storage.question_sets import question_sets
from storage.schema import Record
from storage.staff import Role
from storage.store import Store, Tx
from tests.bank import leaflet
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.promised import DUE, WORDS, agreed, drafted, history, promised, space, to_tell

both = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
DONE = {"en": "The new bills went out in January."}
CANNOT: dict[str, Any] = {
    "kind": CommitmentKind.CANNOT,
    "due_on": None,
    "words": {**WORDS, "why": {"en": "the law does not let us"}},
}


@both
async def test_it_goes_from_what_was_heard_to_what_was_kept(store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        meeting, (asha, ben) = space(tx, "Asha", "Ben")
        row = promised(tx, sam, meeting, asha)
        assert (row.state, row.first_on, row.due_on) == ("open", "2027-01-29", "2027-01-29")
        done = commitment_changes.done(tx, sam, row, DONE, MORNING)
        assert (done.state, done.words["outcome"]) == ("done", DONE)
        after = commitments.confirmed(tx, done, asha, True, MORNING, ASHDALE)
        assert (after.state, after.settled_at) == ("kept", MORNING)
        told = to_tell(tx, row)
        each = [(asha.id, "said"), (ben.id, "came")]
        assert sorted(told) == sorted(
            [("promised", *one) for one in each] + [("done", *one) for one in each] + [("kept", *each[1])]
        )
        assert history(tx, row) == ["made", "asked", "promised", "done", "kept"]
        acts = [one.act for one in audit_rows.everything(tx) if one.about == row.token]
        assert acts[0] == "commitment_added"
        assert acts.count("commitment_changed") == 4

    await store.write(story)


async def test_nothing_is_promised_before_it_is_approved(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        row = drafted(tx, sam)
        with pytest.raises(WrongState):
            commitment_approval.promise(tx, row, MORNING, ASHDALE)
        asked = commitment_approval.ask(tx, sam, row, MORNING, ASHDALE)
        with pytest.raises(NotApproved):
            commitment_approval.promise(tx, asked, MORNING, ASHDALE)
        assert upkeep.run(tx, MORNING, ASHDALE).renewed == 0
        assert to_tell(tx, row) == []
        agreed(tx, asked)
        assert upkeep.run(tx, MORNING, ASHDALE).renewed == 1
        assert kept.get(tx, row.id).state == "open"

    await lite_store.write(story)


@pytest.mark.parametrize(
    ("of_project", "led", "other", "posts"),
    [
        (True, True, False, [Post.STAFF_CHAIR, Post.MEMBER_CHAIR]),
        (True, False, False, [Post.STAFF_CHAIR, Post.SECOND]),  # the one who leads it wrote it
        (True, False, True, [Post.STAFF_CHAIR]),
        (False, False, False, [Post.SECOND]),
    ],
)
async def test_nobody_approves_alone_what_they_wrote(
    lite_store: Store, of_project: bool, led: bool, other: bool, posts: list[Post]
) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam", Role.COORDINATOR, Role.APPROVER)
        project = leaflet.led(tx, sam, leaflet.member(tx) if led else None) if of_project else None
        by = leaflet.hired(tx, "Olu") if other else leaflet.again(tx, sam.id)
        row = drafted(tx, by, project=project.token if project else "")
        assert commitment_approval.needed(tx, row) == posts
        own = (Subject.LEDGER, row.id, exact(row), Post.SECOND)
        with pytest.raises(NotTheirs):
            approvals.record(tx, *own, True, How.CONSOLE, MORNING, staff_id=by.id)

    await lite_store.write(story)


async def test_a_change_of_words_asks_anew(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        sam, olu, asha = leaflet.hired(tx, "Sam"), leaflet.hired(tx, "Olu"), leaflet.member(tx)
        project = leaflet.led(tx, sam, asha)
        row = commitment_approval.ask(tx, sam, drafted(tx, sam, project=project.token), MORNING, ASHDALE)
        agreed(tx, row)
        words = {**WORDS, "will": {"en": "throw them away"}}
        new = Draft(words, due_on=DUE, owner=sam.token)
        changed = commitments.change(tx, sam, row, new, MORNING, ASHDALE)
        assert changed.state == "waiting"
        assert commitment_approval.standing(tx, changed) == {Post.STAFF_CHAIR: None, Post.MEMBER_CHAIR: None}
        assert {one.words for one in askings.open_of(tx, Subject.LEDGER, row.id)} == {exact(changed)}
        with pytest.raises(NotApproved):
            commitment_approval.promise(tx, changed, MORNING, ASHDALE)
        # The same words, given to somebody else: what was said of them stands.
        agreed(tx, changed)
        handed = commitments.change(tx, sam, changed, replace(new, owner=olu.token), MORNING, ASHDALE)
        assert commitment_approval.is_agreed(tx, handed)
        assert history(tx, row)[-1] == "owner"

    await lite_store.write(story)


async def test_it_can_be_taken_back_as_long_as_it_is_not_promised(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        row = commitment_approval.ask(tx, sam, drafted(tx, sam), MORNING, ASHDALE)
        back = commitment_approval.take_back(tx, sam, row, MORNING)
        assert (back.state, askings.open_of(tx, Subject.LEDGER, row.id)) == ("draft", [])
        open_ = promised(tx, sam)
        for too_late in (
            lambda: commitment_approval.take_back(tx, sam, open_, MORNING),
            lambda: commitment_approval.ask(tx, sam, open_, MORNING, ASHDALE),
            lambda: commitments.change(tx, sam, open_, Draft(WORDS), MORNING, ASHDALE),
        ):
            with pytest.raises(WrongState):
                too_late()

    await lite_store.write(story)


@pytest.mark.parametrize(
    ("other", "lacks"),
    [
        ({"words": {}}, {"title-en": "Enter a short title", "heard-en": "Enter what you heard"}),
        ({"words": {**WORDS, "will": {"pl": "napiszemy"}}}, {"will-en": "Enter what you will do"}),
        ({"owner": ""}, {"owner": "Choose who sees to it"}),
        ({"due_on": None}, {"due": "Enter by when, such as 29 1 2027"}),
        ({"due_on": date(2026, 11, 20)}, {"due": "The date must be in the future"}),
        ({"due_on": date(2028, 1, 31)}, {"due": "The date must be within a year"}),
        ({"due_on": date(2027, 1, 30)}, {"due": "Nobody of ours works on Saturday 30 January. Choose a working day"}),
        ({"due_on": date(2026, 12, 25)}, {"due": "Choose a working day, such as Thursday 24 December"}),
        ({"kind": CommitmentKind.CANNOT}, {"why-en": "Enter why you can't"}),
    ],
)
async def test_what_it_lacks_is_said_in_plain_words(
    lite_store: Store, other: dict[str, Any], lacks: dict[str, str]
) -> None:
    def story(tx: Tx) -> dict[str, str]:
        sam = leaflet.hired(tx, "Sam")
        with pytest.raises(NotReady) as refused:
            commitment_approval.ask(tx, sam, drafted(tx, sam, **other), MORNING, ASHDALE)
        return refused.value.lacks

    said = await lite_store.write(story)
    assert all(words in said[field] for field, words in lacks.items())


@both
async def test_what_we_cannot_do_is_told_with_why(store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        meeting, (asha,) = space(tx, "Asha")
        row = promised(tx, sam, meeting, asha, **CANNOT)
        assert (row.state, row.first_on, row.settled_at) == ("cannot", None, MORNING)
        assert read(row, "en", ASHDALE) == (
            "You said our bills are hard to read. We can't, because the law does not let us."
        )
        assert to_tell(tx, row) == [("cannot", asha.id, "said")]

    await store.write(story)


async def test_it_reads_as_it_was_written_in_each_language(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        row = drafted(tx, sam, words={**WORDS, "heard": {"en": " our bills\nare hard to read. "}})
        assert shown(row, ASHDALE)["en"] == (
            "Bills that are easy to read\n"
            "You said our bills are hard to read. We will rewrite them with carers by Friday 29 January."
        )
        assert shown(row, ASHDALE)["pl"].startswith("Proste rachunki\n")

    await lite_store.write(story)


async def _after_done(store: Store, story: Callable[[Tx, Record, Record, Record], None]) -> None:
    def begin(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        meeting, (asha, ben) = space(tx, "Asha", "Ben")
        row = promised(tx, sam, meeting, asha)
        story(tx, commitment_changes.done(tx, sam, row, DONE, MORNING), asha, ben)

    await store.write(begin)


async def test_only_those_who_said_it_make_it_kept(lite_store: Store) -> None:
    def story(tx: Tx, row: Record, asha: Record, ben: Record) -> None:
        for said in (True, False):
            assert commitments.confirmed(tx, row, ben, said, MORNING, ASHDALE).state == "done"
        assert commitments.confirmed(tx, row, asha, True, MORNING, ASHDALE).state == "kept"

    await _after_done(lite_store, story)


async def test_one_no_opens_it_again_and_a_later_yes_does_not_make_it_kept(lite_store: Store) -> None:
    def story(tx: Tx, row: Record, asha: Record, _ben: Record) -> None:
        again = commitments.confirmed(tx, row, asha, False, MORNING, ASHDALE)
        assert (again.state, again.done_at, again.words.get("outcome")) == ("open", None, None)
        assert commitments.confirmed(tx, again, asha, True, MORNING, ASHDALE).state == "open"
        assert history(tx, row)[-2:] == ["done", "not_kept"]
        assert kept.changes(tx, row.id)[-2].why == DONE  # what was said then stays on record

    await _after_done(lite_store, story)


async def test_a_no_counts_after_anothers_yes(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        meeting, (asha, ben) = space(tx, "Asha", "Ben")
        row = commitment_changes.done(tx, sam, promised(tx, sam, meeting, asha, ben), DONE, MORNING)
        assert commitments.confirmed(tx, row, asha, True, MORNING, ASHDALE).state == "kept"
        assert commitments.confirmed(tx, row, ben, False, MORNING, ASHDALE).state == "open"

    await lite_store.write(story)


async def test_where_nobody_is_known_to_have_said_it_those_who_came_are_asked(lite_store: Store) -> None:
    """All answers were without a name, and read with their meeting."""

    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        meeting, (asha, ben) = space(tx, "Asha", "Ben")
        answer = _answer(tx, meeting, None)
        row = promised(tx, sam, meeting, answers=(answer,))
        assert row.meeting_id == meeting.id
        assert sorted(to_tell(tx, row)) == [("promised", asha.id, "said"), ("promised", ben.id, "said")]
        done = commitment_changes.done(tx, sam, row, DONE, MORNING)
        assert commitments.confirmed(tx, done, ben, True, MORNING, ASHDALE).state == "kept"

    await lite_store.write(story)


@both
async def test_where_it_was_said_at_no_meeting_those_with_a_place_in_the_project_are_asked(store: Store) -> None:
    def story(tx: Tx) -> None:
        sam, asha = leaflet.hired(tx, "Sam"), leaflet.member(tx)
        project = leaflet.opened(tx, sam, asha)
        has = {state: leaflet.member(tx, state.value) for state in PlaceState}
        for turn, (state, person) in enumerate(has.items(), 1):
            about = {"project_id": project.id, "person_id": person.id, "turn": turn, "at": MORNING}
            places.add(tx, state=state, changed_at=MORNING, **about)
        row = promised(tx, sam, project=project.token)
        told = [has[PlaceState.PLACE].id, has[PlaceState.TOOK_PART].id]
        assert sorted(to_tell(tx, row)) == [("promised", one, "said") for one in sorted(told)]
        done = commitment_changes.done(tx, sam, row, DONE, MORNING)
        assert commitments.confirmed(tx, done, has[PlaceState.WAITING], True, MORNING, ASHDALE).state == "done"
        assert commitments.confirmed(tx, done, has[PlaceState.PLACE], True, MORNING, ASHDALE).state == "kept"

    await store.write(story)


def _answer(tx: Tx, meeting: Record, person: Record | None, number: int = 4711) -> tuple[int, str]:
    """An answer to the round about this meeting."""
    asked = feedback.of_meeting(tx, meeting.id)
    if asked is None:
        asked = feedback.open_round(
            tx,
            token=f"round-{meeting.id}",
            about=About.MEETING,
            meeting_id=meeting.id,
            set_id=_a_set(tx),
            anonymous=person is None,
            opened_at=MORNING,
        )
    feedback.add(tx, id=number, round_id=asked.id, person_id=person.id if person else None, finished=True)
    feedback.answer(tx, number, "q2", "the bills are awful")
    return number, "q2"


def _a_set(tx: Tx) -> int:
    after = {"token": "after", "version": 1, "name": "After", "questions": [], "made_at": MORNING}
    return int(tx.execute(question_sets.insert().values(**after).returning(question_sets.c.id)).scalar_one())


async def test_an_answer_with_a_name_says_who_said_it(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        meeting, (asha, ben) = space(tx, "Asha", "Ben")
        row = promised(tx, sam, answers=(_answer(tx, meeting, asha),))
        assert sorted(to_tell(tx, row)) == [("promised", asha.id, "said"), ("promised", ben.id, "came")]
        with pytest.raises(NotReady):
            drafted(tx, sam, answers=((999, "q2"),))
        partner = leaflet.hired(tx, "Pat", Role.VIEWER)
        with pytest.raises(NotReady):
            drafted(tx, partner, answers=((4711, "q2"),))

    await lite_store.write(story)


async def test_only_who_came_can_be_said_to_have_said_it(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        meeting, (asha,) = space(tx, "Asha")
        other = leaflet.member(tx, "Carys")
        with pytest.raises(NotReady, match="people"):
            drafted(tx, sam, meeting, asha, other)
        with pytest.raises(NotReady, match="people"):
            drafted(tx, sam, None, asha)

    await lite_store.write(story)


@both
async def test_nobody_answers_for_two_weeks(store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        meeting, (asha,) = space(tx, "Asha")
        row = commitment_changes.done(tx, sam, promised(tx, sam, meeting, asha), DONE, MORNING)
        tx.execute(tellings.update().values(state=TellingState.TOLD, told_at=MORNING))
        upkeep.run(tx, MORNING + timedelta(days=13, hours=23), ASHDALE)
        assert kept.get(tx, row.id).state == "done"
        upkeep.run(tx, MORNING + timedelta(days=14), ASHDALE)
        assert kept.get(tx, row.id).state == "not_confirmed"
        late = MORNING + timedelta(days=15)
        assert commitments.confirmed(tx, row, asha, True, late, ASHDALE).state == "kept"

    await store.write(story)


async def test_who_is_told_late_has_their_two_weeks_and_nobody_is_waited_for_longer_than_four(
    lite_store: Store,
) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        meeting, (asha,) = space(tx, "Asha")
        row = commitment_changes.done(tx, sam, promised(tx, sam, meeting, asha), DONE, MORNING)
        for days in (14, 27):  # the telling still waits for room in their week
            assert commitment_confirmed.unanswered(tx, MORNING + timedelta(days=days), ASHDALE, 9) == []
        assert commitment_confirmed.unanswered(tx, MORNING + timedelta(days=28), ASHDALE, 9) == [row.id]
        on = MORNING + timedelta(days=10)
        tx.execute(tellings.update().values(state=TellingState.TOLD, told_at=on))
        assert commitment_confirmed.unanswered(tx, on + timedelta(days=13), ASHDALE, 9) == []
        assert commitment_confirmed.unanswered(tx, on + timedelta(days=14), ASHDALE, 9) == [row.id]

    await lite_store.write(story)


@both
async def test_a_day_that_is_moved_says_why_and_the_first_stays(store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        meeting, (asha,) = space(tx, "Asha")
        row = promised(tx, sam, meeting, asha)
        why = {"en": "The printer is ill."}
        moved = commitment_changes.move(tx, sam, row, date(2027, 2, 12), why, MORNING, ASHDALE)
        assert (moved.first_on, moved.due_on) == ("2027-01-29", "2027-02-12")
        (told,) = [one for one in kept.changes(tx, row.id) if one.what == "moved"]
        assert (told.before, told.after, told.why) == ("2027-01-29", "2027-02-12", why)
        assert to_tell(tx, row)[-1] == ("moved", asha.id, "said")
        for due, reason, field in (
            (date(2027, 2, 12), why, "due"),
            (date(2026, 11, 20), why, "due"),
            (date(2027, 2, 19), {}, "why-en"),
            (None, why, "due"),
        ):
            with pytest.raises(NotReady) as refused:
                commitment_changes.move(tx, sam, moved, due, reason, MORNING, ASHDALE)
            assert set(refused.value.lacks) == {field}

    await store.write(story)


async def test_it_is_stopped_with_why_and_handed_over(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        sam, olu = leaflet.hired(tx, "Sam"), leaflet.hired(tx, "Olu")
        viewer = leaflet.hired(tx, "Vic", Role.VIEWER)
        meeting, (asha,) = space(tx, "Asha")
        row = promised(tx, sam, meeting, asha)
        handed = commitment_changes.hand_over(tx, sam, row, olu.token, MORNING)
        assert handed.owner_id == olu.id
        with pytest.raises(NotReady):
            commitment_changes.hand_over(tx, sam, row, viewer.token, MORNING)
        with pytest.raises(NotReady):
            commitment_changes.stop(tx, sam, row, {"en": " "}, MORNING)
        stopped = commitment_changes.stop(tx, sam, row, {"en": "There is no money for it."}, MORNING)
        assert stopped.state == "stopped"
        assert to_tell(tx, row)[-1] == ("stopped", asha.id, "said")
        with pytest.raises(WrongState):
            commitment_changes.done(tx, sam, stopped, DONE, MORNING)

    await lite_store.write(story)


@both
async def test_who_is_erased_is_known_to_nobody_as_having_said_it(store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        meeting, (asha, ben) = space(tx, "Asha", "Ben")
        row = promised(tx, sam, meeting, asha, ben)
        erasure.erase_person(tx, asha.id, MORNING)
        assert people.get(tx, asha.id).state == PersonState.ERASED
        assert who_said.known(tx, row.id) == {ben.id}
        assert len(kept.sources(tx, row.id)) == 2

    await store.write(story)


async def test_of_two_who_are_one_it_is_theirs_who_stays(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        meeting, (asha, again) = space(tx, "Asha", "Asha B")
        row = promised(tx, sam, meeting, again)
        merging.merge(tx, sam, asha, again, "the same", MORNING, ASHDALE)
        assert who_said.known(tx, row.id) == {asha.id}

    await lite_store.write(story)
