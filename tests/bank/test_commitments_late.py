"""Promises whose day is over: the owner hears of it at half past nine, Today is red, and late stays late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bank import approvals, commitment_approval, commitment_changes, commitment_late, commitments, question_rota, today
from bank.approvals import NotTheirs
from bank.colleague import Colleague
from bank.commitment_words import exact
from bank.question_rota import Texts
from bank.tokens import token
from storage import commitment_list, outbox, staff, who_said
from storage import commitments as kept
from storage.approvals import How, Post, Subject
from storage.commitments import commitment_replies
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Store, Tx
from tests.bank import leaflet
from tests.bank.ashdale import ASHDALE, MORNING, Somebody
from tests.bank.promised import AFTER_DUE, drafted, history, promised, space

both = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
# The due day is Friday 29 January; the Monday after it.
MONDAY = datetime(2027, 2, 1, 9, 30, tzinfo=UTC)
DONE = {"en": "The new bills went out."}
WHY = {"en": "The printer is ill."}


def with_phone(tx: Tx, by: Colleague, texts: Texts = Texts.NO_WORDS) -> Somebody:
    """Their own phone, which has been in touch."""
    phone = Somebody()
    phone.says(tx, "hello")
    staff.change(tx, by.id, {"alert_channel": "sms", "alert_address": phone.address})
    question_rota.set_phone(tx, by, texts, MORNING)
    return phone


def news(tx: Tx, phone: Somebody) -> list[str]:
    return [row.text for row in outbox.at_address(tx, phone.here(tx).id) if row.wording == "colleague.commitment"]


def nag(tx: Tx, now: datetime) -> int:
    due = commitment_late.to_nag(tx, now, ASHDALE, 10)
    return sum(commitment_late.nag(tx, now, ASHDALE, one) for one in due)


@both
async def test_the_owner_is_told_on_their_own_phone_and_again_each_five_working_days(store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        phone = with_phone(tx, sam)
        row = promised(tx, sam)
        told = []
        for days, minutes in ((-3, 60), (0, -1), (0, 0), (0, 5), (4, 0), (6, 0), (7, -1), (7, 0), (14, 0)):
            now = MONDAY + timedelta(days=days, minutes=minutes)
            told.append((days, minutes, nag(tx, now)))
        assert [(days, minutes) for days, minutes, done in told if done] == [(0, 0), (7, 0), (14, 0)]
        assert news(tx, phone)[0] == (
            "Heard: we promised Bills that are easy to read by Friday 29 January. It is late. "
            "Do it, or move it and say why. See Commitments."
        )
        assert history(tx, row).count("nagged") == 3

    await store.write(story)


@pytest.mark.parametrize("now", [MONDAY - timedelta(days=1), datetime(2027, 2, 1, 20, tzinfo=UTC)])
async def test_nobody_is_told_on_a_sunday_or_in_the_evening(lite_store: Store, now: datetime) -> None:
    def story(tx: Tx) -> list[str]:
        sam = leaflet.hired(tx, "Sam")
        phone = with_phone(tx, sam)
        promised(tx, sam)
        nag(tx, now)
        return news(tx, phone)

    assert await lite_store.write(story) == []


@pytest.mark.parametrize("gone", [False, True])
async def test_without_a_phone_today_tells_and_says_so_once_a_round(lite_store: Store, gone: bool) -> None:
    def story(tx: Tx) -> None:
        sam, olu = leaflet.hired(tx, "Sam"), leaflet.hired(tx, "Olu")
        phone = with_phone(tx, sam, Texts.NONE)
        row = promised(tx, sam)
        if gone:
            staff.change(tx, sam.id, {"state": StaffState.CLOSED})
        assert nag(tx, MONDAY) == 0
        assert news(tx, phone) == []
        assert commitment_late.to_nag(tx, MONDAY, ASHDALE, 10) == []
        (shown,) = today.rows(tx, olu, AFTER_DUE, ASHDALE)
        assert (shown.overdue, shown.who) == (True, "Bills that are easy to read")
        assert shown.todo == "This promise is late: do it, or move its day and say why"
        assert shown.href == f"/commitments/{row.token}"

    await lite_store.write(story)


async def test_today_is_for_the_owner_and_for_who_writes_for_that_project(lite_store: Store) -> None:
    def story(tx: Tx) -> dict[str, int]:
        sam, owner = leaflet.hired(tx, "Sam"), leaflet.hired(tx, "Own", Role.CO_CHAIR)
        project = leaflet.led(tx, sam, leaflet.member(tx))
        other = staff.add(
            tx, token=token(), name="Other", login="other", state=StaffState.ACTIVE, last_step=0, created_at=MORNING
        )
        staff.give(tx, other.id, [Role.CO_CHAIR], "another")
        promised(tx, sam, project=project.token, owner=owner.token)
        staff.give(tx, owner.id, [Role.CO_CHAIR], "another")
        seers = {
            "Sam": sam,
            "Own": owner,
            "Other": leaflet.again(tx, other.id),
            "Vic": leaflet.hired(tx, "Vic", Role.VIEWER),
        }
        return {name: len(_late(tx, one)) for name, one in seers.items()}

    assert await lite_store.write(story) == {"Sam": 1, "Own": 1, "Other": 0, "Vic": 0}


def _late(tx: Tx, colleague: Colleague) -> list[str]:
    return [one.todo for one in today.rows(tx, colleague, AFTER_DUE, ASHDALE) if "late" in one.todo]


@pytest.mark.parametrize(
    ("becomes", "late"),
    [
        ([], True),
        ([("done", date(2027, 1, 29))], False),
        ([("done", date(2027, 2, 1))], True),
        ([("move", date(2027, 1, 29))], False),
        ([("move", date(2027, 2, 1))], True),  # moved when its day had gone by
        ([("move", date(2027, 1, 20)), ("done", date(2027, 2, 2))], False),
        ([("stop", date(2027, 1, 28))], False),
        ([("done", date(2027, 1, 20)), ("no", date(2027, 1, 25)), ("done", date(2027, 1, 28))], False),
        ([("done", date(2027, 1, 20)), ("no", date(2027, 2, 1))], True),  # it never was done
        ([("done", date(2027, 1, 20)), ("no", date(2027, 2, 1)), ("done", date(2027, 2, 2))], True),
    ],
)
async def test_a_day_that_went_by_counts_as_late_for_ever(
    lite_store: Store, becomes: list[tuple[str, date]], late: bool
) -> None:
    def story(tx: Tx) -> bool:
        sam = leaflet.hired(tx, "Sam")
        meeting, (asha,) = space(tx, "Asha")
        row = promised(tx, sam, meeting, asha)
        for what, on in becomes:
            row = _becomes(tx, sam, row, asha, what, datetime(on.year, on.month, on.day, 12, tzinfo=UTC))
        changes = commitment_list.changes_of(tx, [row.id])[row.id]
        return commitment_late.was_late(row, changes, date(2027, 2, 3), ASHDALE)

    assert await lite_store.write(story) is late


def _becomes(tx: Tx, sam: Colleague, row: Record, asha: Record, what: str, now: datetime) -> Record:
    if what == "done":
        return commitment_changes.done(tx, sam, row, DONE, now)
    if what == "stop":
        return commitment_changes.stop(tx, sam, row, WHY, now)
    if what == "no":
        return commitments.confirmed(tx, row, asha, False, now, ASHDALE)
    return commitment_changes.move(tx, sam, row, date(2027, 2, 12), WHY, now, ASHDALE)


@both
async def test_who_owns_it_hears_that_it_is_not_done_after_all(store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        phone = with_phone(tx, sam)
        meeting, (asha,) = space(tx, "Asha")
        done = commitment_changes.done(tx, sam, promised(tx, sam, meeting, asha), DONE, MORNING)
        again = commitments.confirmed(tx, done, asha, False, MORNING, ASHDALE)
        assert news(tx, phone) == [
            (
                "Heard: Bills that are easy to read is not done, say those who asked for it. It is open again. "
                "See Commitments."
            )
        ]
        told = [one.todo for one in today.rows(tx, sam, MORNING, ASHDALE)]
        assert "Those who said it say that this is not done: see to it" in told
        commitment_changes.move(tx, sam, again, date(2027, 2, 12), WHY, MORNING, ASHDALE)
        assert not [one for one in today.rows(tx, sam, MORNING, ASHDALE) if "not done" in one.todo]

    await store.write(story)


async def test_what_cannot_be_promised_and_what_somebody_would_say_otherwise_is_on_today(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        sam, olu = leaflet.hired(tx, "Sam"), leaflet.hired(tx, "Olu", Role.APPROVER)
        row = commitment_approval.ask(tx, sam, drafted(tx, sam), MORNING, ASHDALE)
        assert "Say yes or no to what we will do" in _todo(tx, olu, MORNING)
        with pytest.raises(NotTheirs):
            approvals.record(tx, *_at(row), True, How.CONSOLE, MORNING, staff_id=sam.id)
        approvals.record(tx, *_at(row), False, How.CONSOLE, MORNING, staff_id=olu.id, note="Say when")
        assert "Somebody wants other words for this: see what to change" in _todo(tx, sam, MORNING)
        assert "This cannot be promised as it is: put it right" in _todo(tx, sam, AFTER_DUE)

    await lite_store.write(story)


def _at(row: Record) -> tuple[Subject, int, str, Post]:
    return Subject.LEDGER, row.id, exact(row), Post.SECOND


def _todo(tx: Tx, colleague: Colleague, now: datetime) -> set[str]:
    return {one.todo for one in today.rows(tx, colleague, now, ASHDALE)}


async def test_what_people_wrote_back_is_read_by_somebody(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        meeting, (asha,) = space(tx, "Asha")
        row = promised(tx, sam, meeting, asha)
        reply: dict[str, Any] = {"token": token(), "commitment_id": row.id, "person_id": asha.id, "at": MORNING}
        tx.execute(commitment_replies.insert().values(means="not_meant", words="not the bills, the letters", **reply))
        says = "Somebody wrote back about what you promised: read it"
        assert says in _todo(tx, sam, MORNING)
        itself = leaflet.hired(tx, "Asha")
        staff.change(tx, itself.id, {"person_id": asha.id})
        assert says not in _todo(tx, leaflet.again(tx, itself.id), MORNING)
        (found,) = who_said.replies(tx, row.id)
        who_said.seen(tx, found.id, sam.id, MORNING)
        assert says not in _todo(tx, sam, MORNING)
        assert kept.get(tx, row.id).state == "open"

    await lite_store.write(story)
