"""A mistake is put right with one follow-up, to exactly those who got it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from bank import approvals, broadcast_draft, broadcast_going, broadcasts, delivery
from bank.broadcast_check import check
from bank.colleague import Colleague
from bank.handling import CannotDo
from channels.message import Accepted, Concern
from storage import broadcasts as kept
from storage import tasks
from storage.approvals import How, Post, Subject
from storage.broadcasts import BroadcastKind, BroadcastState
from storage.people import people
from storage.schema import Record
from storage.staff import Role
from storage.store import Store, Tx
from tests.bank import leaflet
from tests.bank.ashdale import MORNING
from tests.bank.members import claimed, crowd, sent
from tests.bank.posting import UNKNOWN, joined, refused
from tests.bank.writing import FREELY, gone, let_go, texts, written

DAY = timedelta(days=1)
ONCE = replace(FREELY, most_a_week=1)
RIGHT = {"en": "{council}: sorry. The meeting is on Wednesday 25 November at 2pm. {stop}"}


async def test_exactly_those_who_got_it_get_the_correction_once(store: Store) -> None:
    """One got it, of one nobody knows, one was refused, one waits still, one was left out, and one joined since."""

    def story(tx: Tx) -> None:
        crowd(tx, 4)
        crowd(tx, 1, paused_until=MORNING + DAY)
        row = gone(tx)
        went = claimed(tx, limit=3, whose=FREELY)
        outcomes = (Accepted("SM-c-1"), UNKNOWN, refused(Concern.CONTENT))
        delivery.settle(tx, {one.id: end for one, end in zip(went, outcomes, strict=True)}, MORNING, FREELY)
        broadcast_going.cancel(tx, None, kept.get(tx, row.id), MORNING)
        crowd(tx, 1)
        draft = broadcast_going.correct(tx, None, kept.get(tx, row.id), MORNING)
        assert (draft.kind, draft.corrects_id, draft.words) == (BroadcastKind.CORRECTION, row.id, {})
        with pytest.raises(CannotDo):
            broadcast_going.correct(tx, None, row, MORNING)
        written_now = replace(broadcast_draft.draft_of(draft), words=RIGHT)
        draft = broadcast_draft.rewrite(tx, None, draft, written_now, MORNING)
        assert check(tx, draft, MORNING, FREELY).preview.people == 2
        let_go(tx, draft)
        told = {one.message.address for one in sent(tx, whose=FREELY)}
        assert told == {one.message.address for one in went[:2]}

    await store.write(story)


async def test_it_does_not_wait_for_the_next_week_but_takes_its_place_in_this_one(store: Store) -> None:
    once = replace(FREELY, most_a_week=1)

    def story(tx: Tx) -> tuple[list[int], int]:
        crowd(tx, 2)
        row = let_go(tx, written(tx), whose=once)
        counts = [len(sent(tx, whose=once))]
        draft = broadcast_going.correct(tx, None, row, MORNING)
        draft = broadcast_draft.rewrite(tx, None, draft, replace(broadcast_draft.draft_of(draft), words=RIGHT), MORNING)
        let_go(tx, draft, whose=once)
        counts.append(len(sent(tx, whose=once)))
        let_go(tx, written(tx), whose=once)
        return counts, len(sent(tx, whose=once))

    assert await store.write(story) == ([2, 2], 0)


async def test_who_said_stop_since_is_not_written_to_again(lite_store: Store) -> None:
    def story(tx: Tx) -> list[bool]:
        asha, ben = joined(tx), joined(tx)
        row = gone(tx)
        assert len(texts(tx)) == 2
        asha.says(tx, "STOP")
        sent(tx)
        draft = broadcast_going.correct(tx, None, row, MORNING)
        draft = broadcast_draft.rewrite(tx, None, draft, replace(broadcast_draft.draft_of(draft), words=RIGHT), MORNING)
        let_go(tx, draft)
        return [one.message.address == ben.address for one in sent(tx, whose=FREELY)]

    assert await lite_store.write(story) == [True]


async def test_what_was_never_sent_is_not_corrected(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 1)
        with pytest.raises(CannotDo):
            broadcast_going.correct(tx, None, written(tx), MORNING)

    await lite_store.write(story)


async def test_another_draft_may_be_begun_when_the_first_was_dropped(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 1)
        row = gone(tx)
        while broadcasts.queue_more(tx, row.id, MORNING, FREELY):
            pass
        first = broadcast_going.correct(tx, None, row, MORNING)
        broadcast_going.cancel(tx, None, first, MORNING)
        assert broadcast_going.correct(tx, None, row, MORNING).corrects_id == row.id

    await lite_store.write(story)


def corrected(tx: Tx, row: Record, now: datetime = MORNING) -> Record:
    """A correction of it in words that are right, not let go yet."""
    draft = broadcast_going.correct(tx, None, kept.get(tx, row.id), now)
    return broadcast_draft.rewrite(tx, None, draft, replace(broadcast_draft.draft_of(draft), words=RIGHT), now)


@pytest.mark.parametrize(
    ("kind", "promotion", "wish"),
    [(BroadcastKind.MESSAGE, True, "promotions"), (BroadcastKind.DIGEST, False, "digest")],
)
async def test_who_no_longer_wants_what_it_corrects_is_left_alone(
    store: Store, kind: BroadcastKind, promotion: bool, wish: str
) -> None:
    """One took it back before the correction was queued, one after it was, and one did not."""

    def story(tx: Tx) -> tuple[list[int], set[bool]]:
        crowd(tx, 3, **{wish: True})
        olu = leaflet.hired(tx, "Olu", Role.APPROVER)
        row = written(tx, kind=kind, promotion=promotion)
        says_yes(tx, row, olu)
        let_go(tx, row)
        went = [one.message.address for one in sent(tx, whose=FREELY)]
        first, second, _third = tx.execute(select(people.c.id).order_by(people.c.id)).scalars()
        tx.execute(update(people).where(people.c.id == first).values({wish: False}))
        draft = corrected(tx, row)
        assert check(tx, draft, MORNING, FREELY).preview.reached == 2
        says_yes(tx, draft, olu)
        let_go(tx, draft)
        tx.execute(update(people).where(people.c.id == second).values({wish: False}))
        told = [one.message.address for one in sent(tx, whose=FREELY)]
        return [len(went), len(told)], {one == went[2] for one in told}

    assert await store.write(story) == ([3, 1], {True})


def says_yes(tx: Tx, row: Record, who: Colleague) -> None:
    words = broadcast_draft.approval_words(tx, row, FREELY)
    at = (Subject.BROADCAST, row.id, words, Post.SECOND, True, How.CONSOLE, MORNING)
    approvals.record(tx, *at, staff_id=who.id)


async def test_it_needs_whoever_had_to_say_yes_to_what_it_corrects(lite_store: Store) -> None:
    def story(tx: Tx) -> list[list[Post]]:
        sam, asha = leaflet.hired(tx, "Sam"), leaflet.member(tx)
        invitation = leaflet.broadcast(tx, sam, leaflet.led(tx, sam, asha), BroadcastKind.INVITATION)
        promotion = leaflet.broadcast(tx, sam, None, BroadcastKind.MESSAGE, promotion=True)
        news = leaflet.broadcast(tx, sam, None, BroadcastKind.MESSAGE)
        found = []
        for row in (invitation, promotion, news):
            kept.change(tx, row.id, {"let_go_at": MORNING, "state": BroadcastState.GOING})
            draft = broadcast_going.correct(tx, sam, kept.get(tx, row.id), MORNING)
            found.append(approvals.needed(tx, draft, 1, FREELY))
        return [*found, approvals.needed(tx, draft, FREELY.approve_above + 1, FREELY)]

    both = [Post.STAFF_CHAIR, Post.MEMBER_CHAIR]
    assert await lite_store.write(story) == [both, [Post.SECOND], [], [Post.SECOND]]


async def test_what_has_not_gone_of_the_wrong_one_never_goes(store: Store) -> None:
    """Three had enough that week, so theirs waited; one was to be rung."""

    def story(tx: Tx) -> tuple[list[int], str, int]:
        crowd(tx, 3)
        let_go(tx, written(tx), whose=ONCE)
        assert len(sent(tx, whose=ONCE)) == 3
        crowd(tx, 2)
        leaflet.member(tx, "Dawid", contact={"phone": "+447700900301"}, contact_key="phone:x")
        wrong = let_go(tx, written(tx), whose=ONCE)
        counts = [len(sent(tx, whose=ONCE))]
        draft = corrected(tx, wrong)
        assert any("has gone" in note for note in check(tx, draft, MORNING, ONCE).notes)
        let_go(tx, draft, whose=ONCE)
        counts.append(len(sent(tx, whose=ONCE)))
        counts += [len(sent(tx, MORNING + days * DAY, whose=ONCE)) for days in (7, 8, 15)]
        return counts, kept.get(tx, wrong.id).state, tasks.open_count(tx).get("call", 0)

    assert await store.write(story) == ([2, 2, 0, 0, 0], BroadcastState.CANCELED, 0)


async def test_what_has_all_gone_stays_as_it_is(lite_store: Store) -> None:
    def story(tx: Tx) -> str:
        crowd(tx, 1)
        row = gone(tx)
        assert len(texts(tx)) == 1
        let_go(tx, corrected(tx, row))
        return str(kept.get(tx, row.id).state)

    assert await lite_store.write(story) == BroadcastState.GOING
