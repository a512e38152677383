"""A mistake is put right with one follow-up, to exactly those who got it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bank import broadcast_draft, broadcast_going, broadcasts, delivery
from bank.broadcast_check import check
from bank.handling import CannotDo
from channels.message import Accepted, Concern
from storage import broadcasts as kept
from storage.broadcasts import BroadcastKind
from storage.store import Store, Tx
from tests.bank.ashdale import MORNING
from tests.bank.members import claimed, crowd, sent
from tests.bank.posting import UNKNOWN, joined, refused
from tests.bank.writing import FREELY, gone, let_go, texts, written

DAY = timedelta(days=1)
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
