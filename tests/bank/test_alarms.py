"""What was lost, and who must be told: an answer about danger, and a message that could not be taken in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bank import alarms, closing, delivery
from channels.message import Accepted, Concern, Outcome, Receipt, Status
from storage import tasks
from storage.schema import Record
from storage.store import Store, Tx
from storage.tasks import TaskKind
from tests import looking
from tests.bank.ashdale import ASHDALE, MORNING, Somebody, send_all
from tests.bank.posting import LATER, UNKNOWN, claim, joined, problem, refused

CRY = "I am not safe at home"
HOUR = timedelta(hours=1)
Lost = Callable[[Tx, Somebody], None]


def alarmed(tx: Tx) -> list[Record]:
    return [task for task in looking.open_tasks(tx) if task.words == alarms.NOT_HEARD]


def answered(outcome: Outcome, times: int = 1) -> Lost:
    def lose(tx: Tx, somebody: Somebody) -> None:
        for hours in range(times):
            now = MORNING + 2 * hours * HOUR  # longer than any wait
            delivery.settle(tx, dict.fromkeys(claim(tx, now), outcome), now, ASHDALE)

    return lose


def reported(tx: Tx, somebody: Somebody) -> None:
    send_all(tx)
    failed = Receipt("sms", "SM0", Status.FAILED, token=somebody.heard(tx)[-1].token, problem=problem(Concern.ADDRESS))
    delivery.take_receipt(tx, failed, MORNING, ASHDALE)
    delivery.take_receipt(tx, failed, MORNING, ASHDALE)


def stranded(tx: Tx, somebody: Somebody) -> None:
    claim(tx)
    delivery.release(tx, MORNING + HOUR, ASHDALE)


def unknown_then_failed(tx: Tx, somebody: Somebody) -> None:
    answered(UNKNOWN)(tx, somebody)
    row = somebody.heard(tx)[-1]
    delivery.take_receipt(tx, Receipt("sms", "SM0", Status.SENT, token=row.token), MORNING, ASHDALE)
    delivery.take_receipt(tx, Receipt("sms", "SM0", Status.FAILED, token=row.token), MORNING, ASHDALE)


def nobody_sends(tx: Tx, somebody: Somebody) -> None:
    delivery.release(tx, MORNING + 25 * HOUR, ASHDALE)


def claimed_too_late(tx: Tx, somebody: Somebody) -> None:
    claim(tx, MORNING + 25 * HOUR)


def given_up(tx: Tx, somebody: Somebody) -> None:
    closing.give_up(tx, somebody.heard(tx)[-1].id, MORNING, ASHDALE)


LOSSES = [
    pytest.param(answered(refused(Concern.CONTENT)), 1, id="refused"),
    pytest.param(answered(LATER, 10), 1, id="put off until we give up"),
    pytest.param(answered(UNKNOWN), 1, id="nobody knows"),
    pytest.param(reported, 1, id="a callback says so, twice"),
    pytest.param(stranded, 1, id="the process died"),
    pytest.param(unknown_then_failed, 1, id="first nobody knew, then it failed"),
    pytest.param(nobody_sends, 1, id="its channel is off"),
    pytest.param(claimed_too_late, 1, id="its day is over"),
    pytest.param(given_up, 1, id="its row cannot be read"),
    pytest.param(answered(LATER, 3), 0, id="put off, and not lost yet"),
    pytest.param(answered(Accepted("SM0")), 0, id="it went"),
]


@pytest.mark.parametrize(("lose", "items"), LOSSES)
async def test_an_answer_about_danger_that_was_lost_is_a_safeguarding_item_once(
    store: Store, lose: Lost, items: int
) -> None:
    def story(tx: Tx) -> list[Record]:
        asha = joined(tx)
        asha.says(tx, CRY)
        assert asha.heard(tx)[-1].wording.startswith("safety.")
        lose(tx, asha)
        found = alarmed(tx)
        assert [(task.address_id, task.message_id) for task in found] == items * [
            (asha.here(tx).id, asha.heard(tx)[-1].answers_id)
        ]
        return found

    found = await store.write(story)
    assert [task.kind for task in found] == [TaskKind.SAFEGUARDING] * items


@pytest.mark.parametrize(("lose", "items"), LOSSES)
async def test_another_reply_that_was_lost_is_none(store: Store, lose: Lost, items: int) -> None:
    def story(tx: Tx) -> list[Record]:
        asha = joined(tx)
        asha.says(tx, "HELP")
        lose(tx, asha)
        return alarmed(tx)

    assert await store.write(story) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (CRY, TaskKind.SAFEGUARDING),
        ("nie jestem bezpieczna w domu, on mnie bije", TaskKind.SAFEGUARDING),
        ("my bus was late", TaskKind.READ),
        ("", TaskKind.READ),
        ("\ud800", TaskKind.READ),
    ],
)
async def test_a_message_that_became_a_dead_letter_is_read_by_a_person(store: Store, text: str, kind: TaskKind) -> None:
    def story(tx: Tx) -> tuple[str, bool]:
        asha = joined(tx)
        alarms.not_taken_in(tx, asha.writes(text), MORNING, ASHDALE)
        task = tasks.open_at(tx, asha.here(tx).id)
        assert task is not None
        return task.kind, task.due_at > MORNING

    assert await store.write(story) == (kind, True)


async def test_so_is_a_stranger_s(store: Store) -> None:
    def story(tx: Tx) -> list[tuple[str, int | None, str]]:
        alarms.not_taken_in(tx, Somebody().writes("hello?"), MORNING, ASHDALE)
        return [(task.kind, task.address_id, task.words) for task in looking.open_tasks(tx)]

    assert await store.write(story) == [(TaskKind.READ, None, "hello?")]
