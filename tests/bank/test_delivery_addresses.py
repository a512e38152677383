"""What refusals, blocks and dead processes do to an address and to what waits for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bank import delivery
from channels.message import Accepted, Channel, Concern, Outcome, Receipt, Status
from storage import addresses
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING, Somebody, send_all
from tests.bank.posting import LATER, MINUTE, UNKNOWN, claim, joined, problem, refused, tell


@pytest.mark.parametrize(
    ("concern", "state", "ledger"),
    [
        (Concern.ADDRESS, "dead", []),
        (Concern.CONSENT, "blocked", [("messages", False)]),
        (Concern.BLOCKED, "blocked", []),
        (Concern.CONTENT, "open", []),
        (Concern.CONFIGURATION, "open", []),
        (Concern.WINDOW, "open", []),
    ],
)
@pytest.mark.parametrize("told_by", ["the answer", "a callback"])
async def test_what_a_refusal_says_of_the_address(
    store: Store, concern: Concern, state: str, ledger: list[tuple[str, bool]], told_by: str
) -> None:
    def story(tx: Tx) -> tuple[str, list[tuple[str, bool]], str]:
        asha = joined(tx)
        row_id = tell(tx, asha, "one")
        claim(tx)
        if told_by == "the answer":
            delivery.settle(tx, {row_id: refused(concern)}, MORNING, ASHDALE)
        else:
            token = asha.heard(tx)[-1].token
            failed = Receipt("sms", "SM0", Status.FAILED, token=token, problem=problem(concern))
            delivery.settle(tx, {row_id: Accepted("SM0")}, MORNING, ASHDALE)
            delivery.take_receipt(tx, failed, MORNING, ASHDALE)
        return asha.here(tx).state, asha.ledger(tx)[2:], asha.states(tx)[-1]

    assert await store.write(story) == (state, ledger, "failed")


async def test_a_refusal_for_consent_cancels_what_is_queued(store: Store) -> None:
    def story(tx: Tx) -> list[str]:
        asha = joined(tx)
        row_id = tell(tx, asha, "one")
        claim(tx)
        tell(tx, asha, "two")
        delivery.settle(tx, {row_id: refused(Concern.CONSENT)}, MORNING, ASHDALE)
        return asha.states(tx)[-2:]

    assert await store.write(story) == ["failed", "canceled"]


async def test_rows_that_a_dead_process_held_are_released_as_unknown(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, int, int, str, list[int]]:
        asha = joined(tx)
        tell(tx, asha, "one")
        claim(tx)
        second = tell(tx, asha, "two")
        early = delivery.release(tx, MORNING + MINUTE, ASHDALE)
        due = delivery.release(tx, MORNING + 3 * MINUTE, ASHDALE)
        again = delivery.release(tx, MORNING + 3 * MINUTE, ASHDALE)
        went = [id_ - second for id_ in send_all(tx, now=MORNING + 3 * MINUTE)]
        return early, due, again, asha.states(tx)[-2], went

    assert await store.write(story) == (0, 1, 0, "unknown", [0])


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(Accepted("SM0"), "accepted"), (refused(Concern.CONTENT), "failed"), (LATER, "unknown"), (UNKNOWN, "unknown")],
)
async def test_a_paused_process_that_comes_back_cannot_have_it_sent_again(
    store: Store, outcome: Outcome, state: str
) -> None:
    def story(tx: Tx) -> tuple[str, list[int]]:
        asha = joined(tx)
        row_id = tell(tx, asha, "one")
        claim(tx)
        delivery.release(tx, MORNING + 3 * MINUTE, ASHDALE)
        delivery.settle(tx, {row_id: outcome}, MORNING + 4 * MINUTE, ASHDALE)
        return asha.states(tx)[-1], send_all(tx, now=MORNING + timedelta(days=1))

    assert await store.write(story) == (state, [])


async def test_blocking_and_unblocking_on_telegram(store: Store) -> None:
    def story(tx: Tx) -> list[Any]:
        asha = Somebody(address="70011", channel=Channel.TELEGRAM)
        asha.joins(tx)
        send_all(tx, "telegram")
        tell(tx, asha, "one")
        seen: list[Any] = []
        for is_open in (False, False, True, True):
            delivery.take_reachability(tx, "telegram", "70011", MORNING, is_open=is_open)
            seen.append((asha.here(tx).state, asha.states(tx)[-1], asha.ledger(tx).count(("messages", False))))
        return seen

    blocked, back = ("blocked", "canceled", 1), ("open", "canceled", 1)
    assert await store.write(story) == [blocked, blocked, back, back]


async def test_unblocking_does_not_undo_a_stop(store: Store) -> None:
    def story(tx: Tx) -> str:
        asha = Somebody(address="70012", channel=Channel.TELEGRAM)
        asha.joins(tx)
        asha.says(tx, "STOP")
        for is_open in (False, True):
            delivery.take_reachability(tx, "telegram", "70012", MORNING, is_open=is_open)
        return str(asha.here(tx).state)

    assert await store.write(story) == "stopped"


async def test_a_block_by_somebody_we_never_heard_of_is_nothing(store: Store) -> None:
    await store.write(lambda tx: delivery.take_reachability(tx, "telegram", "70013", MORNING, is_open=False))
    assert await store.write(lambda tx: addresses.find(tx, "telegram", "70013")) is None
