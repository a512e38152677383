"""What became of a message: callbacks and the provider's answer, in any order and any number, end the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Any

import pytest

from bank import claims, delivery, voice
from bank.claims import Claimed
from bank.delivery import ALLOWED
from bank.voice import Envelope, Spoken
from channels.message import Accepted, Concern, Problem, Receipt, Refused, Status, TryLater, Unknown
from storage import outbox
from storage.outbox import OutState
from storage.store import Store, Tx
from tests import looking
from tests.bank.ashdale import ASHDALE, MORNING, Somebody

LOST = Problem("30007", Concern.CONTENT, "The network kept it back.")
SILENT = Problem("no_answer", Concern.AMBIGUOUS, "No answer came.")
BUSY = Problem("20429", Concern.TEMPORARY, "Too many at once.")
BAD = Problem("21617", Concern.CONTENT, "Too long.")

# What may be heard of one message. "accepted" to "unknown" are the answer to the call, the rest are callbacks.
ANSWERS = {"accepted": Accepted("SM1"), "unknown": Unknown(SILENT), "refused": Refused(BAD)}
Event = str


@dataclass
class Telling:
    """One phone, and messages to it whose story is told."""

    tx: Tx
    address_id: int

    @classmethod
    def of(cls, tx: Tx) -> Telling:
        somebody = Somebody()
        somebody.says(tx, "thanks")  # answered with silence
        return cls(tx, somebody.here(tx).id)

    def ends(self, events: Sequence[Event]) -> tuple[Any, ...]:
        """Where a message that was claimed for sending stands after these."""
        voice.queue(self.tx, Envelope(self.address_id, "sms", "en"), "test.text", Spoken("Hello"), MORNING)
        (claimed,) = claims.claim(self.tx, "sms", MORNING, 10, ASHDALE)
        for event in events:
            self._tell(claimed, event)
        row = self.tx.execute(outbox.messages_out.select().where(outbox.messages_out.c.id == claimed.id)).one()
        assert len(looking.receipts_of(self.tx, row.id)) == sum(not event.startswith("answer ") for event in events)
        return row.state, row.problem, row.provider_id

    def _tell(self, claimed: Claimed, event: Event) -> None:
        if event.startswith("answer "):
            delivery.settle(self.tx, {claimed.id: ANSWERS[event.removeprefix("answer ")]}, MORNING, ASHDALE)
            return
        problem = LOST if event == "failed" else None
        receipt = Receipt("sms", "SM1", Status(event), token=claimed.message.token, problem=problem)
        assert delivery.take_receipt(self.tx, receipt, MORNING, ASHDALE)


def ends(tx: Tx, events: Sequence[Event]) -> tuple[Any, ...]:
    return Telling.of(tx).ends(events)


CALLBACKS = [status.value for status in Status]


@pytest.mark.parametrize("answer", sorted(ANSWERS))
async def test_promise_5_every_order_of_callbacks_ends_the_same(store: Store, answer: str) -> None:
    sets = [
        (f"answer {answer}", *callbacks)
        for size in range(4)
        for callbacks in combinations(CALLBACKS, size)
        if answer != "refused" or not callbacks
    ]

    def all_orders(tx: Tx) -> dict[tuple[str, ...], set[tuple[Any, ...]]]:
        telling = Telling.of(tx)
        return {events: {telling.ends(order) for order in permutations(events)} for events in sets}

    ended = await store.write(all_orders)
    assert {events: found for events, found in ended.items() if len(found) > 1} == {}


async def test_promise_5_repeats_change_nothing(store: Store) -> None:
    events = ("answer accepted", "sent", "delivered")

    def twice(tx: Tx) -> set[tuple[Any, ...]]:
        telling = Telling.of(tx)
        return {telling.ends(order) for order in set(permutations((*events, "sent", "delivered")))}

    assert await store.write(twice) == {("delivered", None, "SM1")}


@pytest.mark.parametrize(
    ("events", "state"),
    [
        (("accepted", "sent", "delivered", "read"), "read"),
        (("sent",), "sent"),
        (("sent", "failed"), "failed"),
        (("failed", "delivered"), "delivered"),
        (("canceled", "failed"), "failed"),
        (("delivered", "failed"), "delivered"),
    ],
)
async def test_the_last_word_of_each_story(store: Store, events: tuple[str, ...], state: str) -> None:
    ended = await store.write(lambda tx: ends(tx, ("answer accepted", *events)))
    assert ended == (state, LOST.code if state == "failed" else None, "SM1")


async def test_promise_6_a_callback_before_the_answer_binds_by_our_token(store: Store) -> None:
    def early(tx: Tx) -> list[tuple[Any, ...]]:
        return [ends(tx, ("delivered",)), ends(tx, ("delivered", "answer accepted")), ends(tx, ("sent",))]

    delivered, answered, sent = await store.write(early)
    assert delivered == answered == ("delivered", None, "SM1")
    assert sent == ("sent", None, "SM1")


async def test_promise_6_a_callback_after_no_answer_settles_what_was_unknown(store: Store) -> None:
    assert await store.write(lambda tx: ends(tx, ("answer unknown",))) == ("unknown", "no_answer", None)
    assert await store.write(lambda tx: ends(tx, ("answer unknown", "sent"))) == ("sent", None, "SM1")


async def test_a_callback_without_our_token_is_found_by_the_provider_s_name(store: Store) -> None:
    def by_name(tx: Tx) -> tuple[bool, str]:
        somebody = Somebody()
        somebody.says(tx, "JOIN")
        (claimed,) = claims.claim(tx, "sms", MORNING, 10, ASHDALE)
        delivery.settle(tx, {claimed.id: Accepted("SM77")}, MORNING, ASHDALE)
        found = delivery.take_receipt(tx, Receipt("sms", "SM77", Status.DELIVERED), MORNING, ASHDALE)
        return found, somebody.states(tx)[-1]

    assert await store.write(by_name) == (True, "delivered")


async def test_a_callback_about_a_stranger_s_message_is_kept_and_changes_nothing(store: Store) -> None:
    def strange(tx: Tx) -> tuple[bool, list[str]]:
        somebody = Somebody()
        somebody.says(tx, "JOIN")
        stray = Receipt("sms", "SM-nobody", Status.FAILED, token="not-ours")
        known = delivery.take_receipt(tx, stray, MORNING, ASHDALE)
        return known, somebody.states(tx)

    assert await store.write(strange) == (False, ["queued"])


async def test_a_message_put_off_that_went_after_all_is_not_sent_again(store: Store) -> None:
    """A callback proves that it went, whatever the answer to the call made us think, and whichever came first."""

    def story(tx: Tx, callback_first: bool) -> str:
        somebody = Somebody()
        somebody.says(tx, "JOIN")
        (claimed,) = claims.claim(tx, "sms", MORNING, 10, ASHDALE)
        row = somebody.heard(tx)[-1]
        steps: list[Callable[[], object]] = [
            lambda: delivery.settle(tx, {claimed.id: TryLater(BUSY)}, MORNING, ASHDALE),
            lambda: delivery.take_receipt(tx, Receipt("sms", "SM1", Status.SENT, token=row.token), MORNING, ASHDALE),
        ]
        for step in reversed(steps) if callback_first else steps:
            step()
        return str(somebody.states(tx)[-1])

    assert await store.write(lambda tx: [story(tx, False), story(tx, True)]) == ["sent", "sent"]


def test_the_table_of_transitions_never_goes_backwards() -> None:
    """No state can be reached again once it was left, but a message that is put off is queued once more."""
    forward = {state: after - {OutState.QUEUED} for state, after in ALLOWED.items()}

    def reachable(state: OutState, seen: frozenset[OutState] = frozenset()) -> frozenset[OutState]:
        for after in forward[state] - seen:
            seen = reachable(after, seen | {after})
        return seen

    assert set(ALLOWED) == set(OutState)
    assert [state for state in OutState if state in reachable(state)] == []


def test_whatever_may_follow_a_state_may_follow_what_comes_before_it() -> None:
    """So that a callback which overtakes another is never lost: a step may always be skipped."""
    told = {OutState(status.value) for status in Status}
    for state, after in ALLOWED.items():
        for between in after & told:
            assert ALLOWED[between] <= after, (state, between)


def test_two_things_told_end_in_one_place() -> None:
    told = [OutState(status.value) for status in Status]

    def after(state: OutState, *heard: OutState) -> OutState:
        for one in heard:
            state = one if one in ALLOWED[state] else state
        return state

    for state in OutState:
        for one, other in permutations(told, 2):
            assert after(state, one, other) == after(state, other, one), (state, one, other)
