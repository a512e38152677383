"""Progress: every figure adds up to the number it was for, whatever became of each; held, let go on, and taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bank import approvals, broadcast_going, broadcasts, delivery, projects
from bank.broadcast_draft import approval_words
from bank.broadcast_progress import ByHand, Progress, progress
from bank.handling import CannotDo
from channels.message import Accepted, Concern, Receipt, Status
from storage import broadcasts as kept
from storage import invitations, outbox, people, reach, tasks
from storage.approvals import How, Post, Subject
from storage.broadcasts import BroadcastKind, BroadcastState
from storage.store import Store, Tx
from tests.bank import leaflet
from tests.bank.ashdale import MORNING, Somebody
from tests.bank.members import claimed, crowd, sent
from tests.bank.posting import UNKNOWN, joined, problem, refused
from tests.bank.writing import FREELY, PRICE, PRICED, gone, let_go, texts, written

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CHOICES = ({"en": "Morning"}, {"en": "Night"})


def stands(tx: Tx, row: Any) -> Progress:
    found = progress(tx, kept.get(tx, row.id))
    assert found.people == found.counted, found
    return found


async def test_every_figure_adds_up_to_the_number_it_was_for(store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 10)
        crowd(tx, 2, paused_until=MORNING + DAY)
        leaflet.member(tx, "Dawid", contact={"phone": "+447700900301"}, contact_key="phone:x")
        leaflet.member(tx, "Gwen", contact={"post": "1 High Street"})
        row = written(tx)
        broadcast_going.let_go(tx, None, row, MORNING, FREELY)
        assert stands(tx, row).not_yet == 14
        broadcasts.queue_more(tx, row.id, MORNING, FREELY, 4)
        half = stands(tx, row)
        assert (half.queued, half.not_yet) == (4, 10)
        while broadcasts.queue_more(tx, row.id, MORNING, FREELY):
            pass
        found = stands(tx, row)
        assert (found.queued, found.not_yet, found.left_out) == (10, 0, {"paused": 2})
        assert (found.calls, found.letters) == (ByHand(1, 0), ByHand(1, 0))
        first = claimed(tx, limit=8, whose=FREELY)
        outcomes: list[Any] = [Accepted(f"SM-p-{number}") for number in range(4)]
        outcomes += [refused(Concern.CONTENT), refused(Concern.CONTENT), UNKNOWN]
        delivery.settle(tx, dict(zip((one.id for one in first), outcomes, strict=False)), MORNING, FREELY)
        for number, status in enumerate((Status.SENT, Status.DELIVERED, Status.FAILED)):
            late = problem(Concern.CONTENT, "30007") if status is Status.FAILED else None
            delivery.take_receipt(tx, Receipt("sms", f"SM-p-{number}", status, problem=late), MORNING, FREELY)
        found = stands(tx, row)
        assert (found.queued, found.sending, found.handed_over, found.sent, found.delivered) == (2, 1, 1, 1, 1)
        assert (found.unknown, dict(found.failed)) == (1, {"30003": 2, "30007": 1})
        for one in tx.execute(select(tasks.tasks)).all():
            tasks.close(tx, one.id, MORNING)
        assert stands(tx, row).calls == ByHand(0, 1)

    await store.write(story)


async def test_who_wrote_back_within_a_week_is_counted_once_in_any_words(store: Store) -> None:
    def story(tx: Tx) -> None:
        asha, ben, _carys = joined(tx), joined(tx), joined(tx)
        row = gone(tx)
        assert len(texts(tx, MORNING)) == 3
        assert stands(tx, row).replied == 0
        asha.says(tx, "see you then", "and thank you", now=MORNING + HOUR)
        ben.says(tx, "what is this about?", now=MORNING + 8 * DAY)
        Somebody().says(tx, "hello", now=MORNING + HOUR)
        assert stands(tx, row).replied == 1

    await store.write(story)


async def test_answers_are_told_beside_it(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 3)
        row = gone(tx, {"en": "{council}: when? {stop}"}, choices=CHOICES)
        first, second, _third = tx.execute(select(invitations.invitations)).all()
        invitations.change(tx, first.id, {"answer": "c2"})
        invitations.change(tx, second.id, {"answer": "c2"})
        assert stands(tx, row).answers == {"c2": 2}

    await lite_store.write(story)


async def test_what_went_another_way_is_one_person_s_all_the_same(store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 2)
        row = gone(tx)
        one = claimed(tx, whose=FREELY)[0]
        delivery.settle(tx, {one.id: refused(Concern.TEMPORARY)}, MORNING, FREELY)
        lost = outbox.get(tx, one.id)
        outbox.advance(tx, one.id, {"state": "failed", "problem": "30003"})
        values = {name: getattr(lost, name) for name in ("address_id", "person_id", "broadcast_id", "sender")}
        again = {"wording": lost.wording, "language": "en", "priority": 4, "state": "queued", "due_at": MORNING}
        outbox.queue(tx, token="again", created_at=MORNING, instead_of=one.id, text="News", **values, **again)
        found = stands(tx, row)
        assert found.queued == 1
        assert found.texted == 2

    await store.write(story)


async def test_held_nothing_more_goes_and_released_the_rest_does(store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 6)
        row = gone(tx)
        assert len(sent(tx, limit=2, whose=FREELY)) == 2
        row = broadcast_going.hold(tx, None, kept.get(tx, row.id), MORNING)
        assert texts(tx, MORNING + HOUR) == []
        found = stands(tx, row)
        assert (found.handed_over, found.held, found.queued) == (2, 4, 0)
        with pytest.raises(CannotDo):
            broadcast_going.hold(tx, None, row, MORNING)
        row = broadcast_going.release(tx, None, row, MORNING + HOUR)
        while broadcasts.queue_more(tx, row.id, MORNING, FREELY):
            pass
        assert len(texts(tx, MORNING + HOUR)) == 4
        assert stands(tx, row).handed_over == 6

    await store.write(story)


async def test_held_in_the_middle_of_the_queueing_nobody_more_gets_a_row_until_it_goes_on(store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 6)
        row = written(tx)
        row = broadcast_going.let_go(tx, None, row, MORNING, FREELY)
        broadcasts.queue_more(tx, row.id, MORNING, FREELY, 2)
        row = broadcast_going.hold(tx, None, kept.get(tx, row.id), MORNING)
        more = broadcasts.queue_more(tx, row.id, MORNING, FREELY)
        assert not more
        assert stands(tx, row).not_yet == 4
        broadcast_going.release(tx, None, row, MORNING)
        while broadcasts.queue_more(tx, row.id, MORNING, FREELY):
            pass
        assert stands(tx, row).queued == 6

    await store.write(story)


async def test_at_its_ceiling_it_is_held_and_needs_a_higher_one_to_go_on(store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 4)
        row = gone(tx, ceiling=2 * PRICE)
        assert len(texts(tx)) == 2
        row = kept.get(tx, row.id)
        assert (row.state, stands(tx, row).held) == (BroadcastState.HELD, 2)
        with pytest.raises(CannotDo):
            broadcast_going.release(tx, None, row, MORNING)
        broadcast_going.release(tx, None, row, MORNING, 4 * PRICE)
        assert len(texts(tx)) == 2

    await store.write(story)


async def test_canceled_whatever_has_not_gone_does_not_and_nobody_is_rung(store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 5)
        leaflet.member(tx, "Dawid", contact={"phone": "+447700900301"}, contact_key="phone:x")
        row = gone(tx)
        assert len(sent(tx, limit=2, whose=FREELY)) == 2
        row = broadcast_going.cancel(tx, None, kept.get(tx, row.id), MORNING)
        assert texts(tx, MORNING + HOUR) == []
        found = stands(tx, row)
        assert (found.handed_over, dict(found.canceled), found.calls) == (2, {"canceled": 3}, ByHand(0, 1))
        assert kept.being_canceled(tx, 10) == []
        with pytest.raises(CannotDo):
            broadcast_going.cancel(tx, None, row, MORNING)
        with pytest.raises(CannotDo):
            broadcast_going.release(tx, None, row, MORNING)

    await store.write(story)


async def test_canceled_before_everybody_is_taken_back_nothing_is_claimed_all_the_same(lite_store: Store) -> None:
    """More wait than are taken back at once, and the process dies."""

    def story(tx: Tx) -> None:
        crowd(tx, 3)
        row = gone(tx)
        kept.change(tx, row.id, {"state": BroadcastState.CANCELED})
        assert texts(tx) == []
        assert dict(stands(tx, row).canceled) == {"canceled": 3}
        assert kept.being_canceled(tx, 10) == [row.id]
        broadcasts.cancel(tx, row.id, MORNING)
        assert kept.being_canceled(tx, 10) == []

    await lite_store.write(story)


async def test_a_draft_may_be_dropped(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 1)
        row = broadcast_going.cancel(tx, None, written(tx), MORNING)
        with pytest.raises(CannotDo):
            let_go(tx, row)

    await lite_store.write(story)


async def test_what_it_costs_is_told_as_it_goes(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 3)
        row = gone(tx)
        sent(tx, limit=2, own=PRICED, whose=FREELY)
        assert kept.get(tx, row.id).spent == 2 * PRICE

    await lite_store.write(story)


async def test_it_goes_to_nobody_who_joined_once_it_was_on_its_way(store: Store) -> None:
    """Neither in the middle of the queueing, nor once it was held and let go on."""

    def story(tx: Tx) -> None:
        crowd(tx, 3)
        row = broadcast_going.let_go(tx, None, written(tx), MORNING, FREELY)
        assert broadcasts.queue_more(tx, row.id, MORNING, FREELY, most=1)
        crowd(tx, 4)
        while broadcasts.queue_more(tx, row.id, MORNING, FREELY):
            pass
        broadcast_going.hold(tx, None, kept.get(tx, row.id), MORNING)
        row = broadcast_going.release(tx, None, kept.get(tx, row.id), MORNING)
        assert row.state == BroadcastState.GOING
        assert not broadcasts.queue_more(tx, row.id, MORNING, FREELY)
        assert stands(tx, row).queued == 3

    await store.write(story)


async def test_canceled_before_its_time_all_of_it_is_canceled(store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 3)
        row = broadcast_going.let_go(tx, None, written(tx, due_at=MORNING + 2 * DAY), MORNING, FREELY)
        broadcast_going.cancel(tx, None, row, MORNING)
        assert dict(stands(tx, row).canceled) == {"canceled": 3}

    await store.write(story)


async def test_who_is_no_longer_there_when_it_goes_is_told_apart(store: Store) -> None:
    """And who came to be one of those it is for: they were on our list before."""

    def story(tx: Tx) -> None:
        at = crowd(tx, 3, district="AS1")
        other = crowd(tx, 2, district="AS2")
        row = written(tx, rule={"districts": ["AS1"]}, due_at=MORNING + DAY)
        row = broadcast_going.let_go(tx, None, row, MORNING, FREELY)
        later = written(tx, rule={"districts": ["AS1"]}, due_at=MORNING + DAY)
        later = broadcast_going.let_go(tx, None, later, MORNING, FREELY)
        people.change(tx, reach.people_at(tx, at[0])[0].id, {"state": "left"})
        while broadcasts.queue_more(tx, row.id, MORNING + DAY, FREELY):
            pass
        assert (stands(tx, row).queued, stands(tx, row).fewer) == (2, 1)
        for one in other:
            people.change(tx, reach.people_at(tx, one)[0].id, {"district": "AS1"})
        while broadcasts.queue_more(tx, later.id, MORNING + DAY, FREELY):
            pass
        assert (stands(tx, later).queued, stands(tx, later).fewer) == (4, -1)

    await store.write(story)


async def test_an_invitation_to_what_is_closed_meanwhile_goes_to_nobody(store: Store) -> None:
    """The project was called off before anybody had a row, or once they had one."""

    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        project = leaflet.opened(tx, sam, None)
        crowd(tx, 2)
        about: dict[str, Any] = {"kind": BroadcastKind.INVITATION, "project": project.id}
        words = {"en": "{sender}: will you help? {stop}"}
        rows = [written(tx, words, **about, due_at=MORNING + wait) for wait in (HOUR, DAY)]
        for row in rows:
            yes = (Subject.INVITATION, row.id, approval_words(tx, row, FREELY), Post.STAFF_CHAIR, True, How.CONSOLE)
            approvals.record(tx, *yes, MORNING, staff_id=sam.id)
            broadcast_going.let_go(tx, sam, row, MORNING, FREELY)
        while broadcasts.queue_more(tx, rows[0].id, MORNING + HOUR, FREELY):
            pass
        projects.finish(tx, sam, project, MORNING + HOUR, "called off")
        assert not broadcasts.queue_more(tx, rows[1].id, MORNING + DAY, FREELY)
        assert texts(tx, MORNING + DAY) == []
        assert kept.get(tx, rows[1].id).state == BroadcastState.CANCELED
        for row in rows:
            assert dict(stands(tx, row).canceled) == {"closed": 2}

    await store.write(story)
