"""Delivery: what may be sent now, what the provider answered, and what became of it."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from bank import another_way, closing, purse, trouble
from bank.organisation import Organisation
from channels.message import (
    Accepted,
    Concern,
    Outcome,
    Problem,
    Receipt,
    Refused,
    Status,
    TryLater,
)
from storage import addresses, claims, consents, halting, outbox, receipts, stuck
from storage.addresses import AddressState
from storage.consents import Purpose
from storage.outbox import OutState
from storage.schema import Record
from storage.store import Tx

# A status never moves backwards. Callbacks come in any order and more than once, so each step names all that
# may follow it: whatever the order, the same callbacks end in the same state. Proof of delivery outweighs a failure.
ALLOWED: Mapping[OutState, frozenset[OutState]] = {
    # A callback about a message that was put off proves that it went after all: it must not go again.
    OutState.QUEUED: frozenset(OutState) - {OutState.QUEUED, OutState.HELD, OutState.UNKNOWN},
    OutState.HELD: frozenset(OutState) - {OutState.QUEUED, OutState.HELD, OutState.UNKNOWN},
    OutState.SENDING: frozenset(OutState) - {OutState.HELD, OutState.SENDING, OutState.EXPIRED},
    OutState.UNKNOWN: frozenset(
        {OutState.ACCEPTED, OutState.SENT, OutState.CANCELED, OutState.FAILED, OutState.DELIVERED, OutState.READ}
    ),
    OutState.ACCEPTED: frozenset(
        {OutState.SENT, OutState.CANCELED, OutState.FAILED, OutState.DELIVERED, OutState.READ}
    ),
    OutState.SENT: frozenset({OutState.CANCELED, OutState.FAILED, OutState.DELIVERED, OutState.READ}),
    OutState.CANCELED: frozenset({OutState.FAILED, OutState.DELIVERED, OutState.READ}),
    OutState.FAILED: frozenset({OutState.DELIVERED, OutState.READ}),
    OutState.DELIVERED: frozenset({OutState.READ}),
    OutState.READ: frozenset(),
    OutState.EXPIRED: frozenset(),
}
_SAID: Mapping[Status, OutState] = {status: OutState(status.value) for status in Status}
_STRANDED = timedelta(minutes=2)
_LONGEST_WAIT = timedelta(hours=1)
_MOST_ATTEMPTS = 10
_JITTER = 1.25
_ARRIVED = frozenset({OutState.DELIVERED, OutState.READ})
_COST_NOTHING = frozenset({OutState.QUEUED, OutState.CANCELED, OutState.FAILED})


def settle(tx: Tx, outcomes: Mapping[int, Outcome], now: datetime, organisation: Organisation) -> None:
    """Store what the providers answered. A callback that was faster is not undone."""
    before = outbox.states(tx, outcomes.keys())
    found = (_settled(before[id_], outcome, now) for id_, outcome in outcomes.items() if id_ in before)
    settled = [row for row in found if row is not None]
    outbox.settle(tx, settled)
    purse.refund(tx, [before[row["id"]] for row in settled if row["state"] in _COST_NOTHING], organisation)
    for row in settled:
        outcome = outcomes[row["id"]]
        problem = None if isinstance(outcome, Accepted) else outcome.problem
        _moved(tx, before[row["id"]], row["state"], problem, now, organisation, went=False)
    for id_, outcome in outcomes.items():  # what waits there goes another way behind what was refused
        if isinstance(outcome, Refused) and id_ in before:
            _mark_address(tx, before[id_].address_id, outcome.problem, now, organisation)
    _note_trouble(tx, outcomes, before, now)


def _moved(
    tx: Tx, row: Record, state: OutState, problem: Problem | None, now: datetime, own: Organisation, *, went: bool
) -> None:
    """It has come to this state. What failed goes another way; where there is none, whoever must know is told.

    `went`: the provider had taken it, so that it was tried only once.
    """
    failed = problem if state is OutState.FAILED else None
    if failed is None or not another_way.after(tx, row.id, failed, now, once_more=went):
        closing.raise_alarms(tx, [(row, state)], now, own)


def _note_trouble(tx: Tx, outcomes: Mapping[int, Outcome], before: Mapping[int, Record], now: datetime) -> None:
    """What stopped messages, by sender; being held back a moment is none."""
    by_sender: dict[str, list[Problem]] = {}
    for id_, outcome in outcomes.items():
        if id_ in before and not isinstance(outcome, Accepted) and (not _was_none(outcome) or _is_ours(outcome)):
            by_sender.setdefault(before[id_].sender, []).append(outcome.problem)
    for sender, problems in by_sender.items():
        trouble.note(tx, sender, problems, now)


def _settled(row: Record, outcome: Outcome, now: datetime) -> dict[str, Any] | None:
    """The row as it stands now; None where a callback has told us more already."""
    state, wait = _state(row, outcome, now)
    if state not in ALLOWED[OutState(row.state)]:
        return None
    named = outcome.provider_id if isinstance(outcome, Accepted) else row.provider_id
    return {
        "id": row.id,
        "state": state,
        "provider_id": named,
        "provider_key": named,
        "problem": None if isinstance(outcome, Accepted) else outcome.problem.code[:64],
        "due_at": now + wait if state is OutState.QUEUED else row.due_at,
        "settled_at": None if state is OutState.QUEUED else now,
        "attempts": row.attempts - _was_none(outcome),
    }


def _was_none(outcome: Outcome) -> bool:
    """Only held back, by us or by a rate limit: that was no attempt."""
    return isinstance(outcome, TryLater) and outcome.paced


def _is_ours(outcome: Outcome) -> bool:
    return not isinstance(outcome, Accepted) and outcome.problem.concern is Concern.CONFIGURATION


def _state(row: Record, outcome: Outcome, now: datetime) -> tuple[OutState, timedelta]:
    if isinstance(outcome, Accepted):
        return OutState.ACCEPTED, timedelta()
    if isinstance(outcome, Refused):
        return OutState.FAILED, timedelta()
    if isinstance(outcome, TryLater):
        return _put_off(row, outcome, now)
    return OutState.UNKNOWN, timedelta()


def _put_off(row: Record, outcome: TryLater, now: datetime) -> tuple[OutState, timedelta]:
    """Until when: each time longer, but where it was only held back. Not against a STOP. Until it would be too late;
    where there is no such time, or a person must be told, not for ever.

    Never earlier than was asked for. Of many that failed together, each comes back at a moment of its own.
    """
    if row.halted:
        return OutState.CANCELED, timedelta()
    if outcome.paced:
        return OutState.QUEUED, outcome.delay
    if row.attempts >= _MOST_ATTEMPTS and (row.expires_at is None or row.wording.startswith(another_way.NOT_ELSEWHERE)):
        return OutState.FAILED, timedelta()
    longer = min(outcome.delay * 2 ** max(0, row.attempts - 1), max(_LONGEST_WAIT, outcome.delay))
    together = random.Random(f"{row.address_id} {now}")  # what goes to one address keeps its order
    return OutState.QUEUED, longer * together.uniform(1, _JITTER)


def _mark_address(tx: Tx, address_id: int, problem: Problem, now: datetime, organisation: Organisation) -> None:
    """What a refusal tells us about the address itself."""
    if problem.concern is Concern.ADDRESS:
        addresses.change(tx, address_id, {"state": AddressState.DEAD, "unreachable_at": now})
    elif problem.concern is Concern.CONSENT:
        _withdrawn_at_provider(tx, address_id, problem.sentence, now)
    elif problem.concern is Concern.BLOCKED:
        for row_id in halting.waiting(tx, address_id):
            another_way.take(tx, row_id, OutState.FAILED, None, now, organisation)
        if _shut(tx, address_id):  # what is claimed already is refused like this one, and goes the same way
            addresses.change(tx, address_id, {"unreachable_at": now})


def _withdrawn_at_provider(tx: Tx, address_id: int, words: str, now: datetime) -> None:
    """They told the provider that they want nothing more from us."""
    halting.stop(tx, address_id, now)
    if _shut(tx, address_id):
        withdrawn = {"given": False, "words": words, "language": "en", "at": now}
        consents.record(tx, Purpose.MESSAGES, address_id=address_id, **withdrawn)


def _shut(tx: Tx, address_id: int) -> bool:
    """Nothing goes there. False where it was so before: only their own START lifts a STOP, unblocking us does not."""
    if addresses.get(tx, address_id).state in {AddressState.BLOCKED, AddressState.STOPPED}:
        return False
    addresses.change(tx, address_id, {"state": AddressState.BLOCKED})
    return True


def take_receipt(tx: Tx, receipt: Receipt, now: datetime, organisation: Organisation) -> bool:
    """Keep the event, and move the message's state forward where it goes forward. False when it is not ours."""
    row = outbox.find(tx, token=receipt.token, provider_id=receipt.provider_id)
    receipts.record(
        tx,
        message_out_id=row.id if row else None,
        provider_id=receipt.provider_id[:64],
        status=receipt.status,
        problem=receipt.problem.code[:64] if receipt.problem else None,
        raw=receipt.raw or None,
        at=now,
    )
    if row is None:
        return False
    state = _SAID[receipt.status]
    values: dict[str, Any] = {}
    if row.provider_id is None:
        values |= {"provider_id": receipt.provider_id, "provider_key": receipt.provider_id}
    if state in ALLOWED[OutState(row.state)]:
        values |= {"state": state, "settled_at": now, "problem": receipt.problem.code[:64] if receipt.problem else None}
    if values:
        outbox.advance(tx, row.id, values)
    if receipt.problem is not None and receipt.status is Status.FAILED:
        trouble.note(tx, row.sender, [receipt.problem], now)
    if values.get("state") in _ARRIVED:
        another_way.not_needed(tx, row.id, now)
    if "state" in values:
        _moved(tx, row, values["state"], receipt.problem, now, organisation, went=True)
    if receipt.problem is not None and receipt.status is Status.FAILED:
        _mark_address(tx, row.address_id, receipt.problem, now, organisation)
    return True


def take_reachability(tx: Tx, channel: str, address: str, now: datetime, *, is_open: bool) -> None:
    """The provider says that they blocked us, or let us back in."""
    row = addresses.find(tx, channel, address)
    if row is None:
        return
    if not is_open:
        _withdrawn_at_provider(tx, row.id, "They blocked us at the provider.", now)
    elif row.state == AddressState.BLOCKED:
        addresses.change(tx, row.id, {"state": AddressState.OPEN})


def is_stuck(tx: Tx, now: datetime, _organisation: Organisation) -> bool:
    """Whether `release` has anything to do."""
    return bool(
        stuck.overdue(tx, now, 1) or stuck.from_the_future(tx, now, 1) or stuck.stranded(tx, now - _STRANDED, 1)
    )


def release(tx: Tx, now: datetime, organisation: Organisation, after: timedelta = _STRANDED, limit: int = 500) -> int:
    """Let go of what will not be settled by itself. Returns how many rows.

    A row claimed by a process that died during the call: nobody knows whether it went. A row whose sender is not set up
    expires, though nobody claims it. And where the clock was ahead for a while, what was queued then goes now.
    """
    overdue = stuck.overdue(tx, now, limit)
    closing.close(tx, overdue, OutState.EXPIRED, now, organisation)
    ahead = stuck.from_the_future(tx, now, limit)
    claims.put_off(tx, dict.fromkeys(ahead, now))
    return _let_go(tx, stuck.stranded(tx, now - after, limit), now, organisation) + len(overdue) + len(ahead)


def release_from(tx: Tx, sender: str, now: datetime, organisation: Organisation, limit: int = 500) -> int:
    """What another process had claimed for this sender, whose drain is ours now. Returns how many rows.

    What was claimed must not hold up for minutes what comes next to the same address.
    """
    return _let_go(tx, stuck.stranded(tx, now, limit, sender), now, organisation)


def _let_go(tx: Tx, ids: Collection[int], now: datetime, organisation: Organisation) -> int:
    closing.close(tx, ids, OutState.UNKNOWN, now, organisation)
    return len(ids)
