"""Delivery: what may be sent now, what the provider answered, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bank import alarms, hold, rota, trouble
from bank.organisation import Organisation
from channels.message import (
    Accepted,
    Channel,
    Concern,
    Message,
    Option,
    Outcome,
    Problem,
    Receipt,
    Refused,
    Status,
    TryLater,
)
from storage import addresses, consents, outbox, people, receipts, stuck
from storage.addresses import AddressState
from storage.consents import Purpose
from storage.outbox import OutState, Priority
from storage.schema import Record
from storage.store import Tx

# A status never moves backwards. Callbacks come in any order and more than once, so each step names all that
# may follow it: whatever the order, the same callbacks end in the same state. Proof of delivery outweighs a failure.
ALLOWED: Mapping[OutState, frozenset[OutState]] = {
    # A callback about a message that was put off proves that it went after all: it must not go again.
    OutState.QUEUED: frozenset(OutState) - {OutState.QUEUED, OutState.UNKNOWN},
    OutState.SENDING: frozenset(OutState) - {OutState.SENDING, OutState.EXPIRED},
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
UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row claimed for sending, and the message to hand to the adapter."""

    id: int
    message: Message


def claim(tx: Tx, sender: str, now: datetime, limit: int, organisation: Organisation) -> list[Claimed]:
    """Claim what is due for this sender; what may no longer be sent is settled instead."""
    return claim_these(tx, due(tx, sender, now, limit, organisation), now, organisation)


def due(tx: Tx, sender: str, now: datetime, limit: int, organisation: Organisation) -> list[int]:
    """Ids of what this sender may send now; what nobody asked for waits for the morning."""
    lowest = Priority.BULK if rota.may_text(now, organisation) else Priority.SAFETY
    return outbox.due(tx, sender, now, limit, lowest)


def claim_these(tx: Tx, ids: Collection[int], now: datetime, organisation: Organisation) -> list[Claimed]:
    """Claim these rows, as far as they are queued still. Raises whatever makes a row unreadable."""
    rows = outbox.waiting(tx, ids)
    expired = [row.id for row in rows if row.expires_at is not None and row.expires_at <= now]
    unwanted = _unwanted(tx, [row for row in rows if row.id not in set(expired)], now)
    close(tx, expired, OutState.EXPIRED, now, organisation)
    close(tx, unwanted, OutState.CANCELED, now, organisation)
    dropped = {*expired, *unwanted}
    going = [row for row in rows if row.id not in dropped]
    messages = [Claimed(row.id, message(row, now)) for row in going]
    if going:
        outbox.claim(tx, [row.id for row in going], now)
    return messages


def give_up(tx: Tx, row_id: int, now: datetime, organisation: Organisation) -> None:
    """A row that cannot be read is never sent, and must not hold up the others."""
    close(tx, [row_id], OutState.FAILED, now, organisation, problem=UNREADABLE)


def close(
    tx: Tx, ids: Collection[int], state: OutState, now: datetime, organisation: Organisation, **more: Any
) -> None:
    if ids:
        closed = outbox.close(tx, ids, state, now, **more)
        _raise_alarms(tx, ((row, state) for row in closed), now, organisation)


def _raise_alarms(tx: Tx, rows: Iterable[tuple[Record, OutState]], now: datetime, organisation: Organisation) -> None:
    for row, state in rows:
        if state in alarms.NOT_SENT:
            alarms.raise_for(tx, row, state, now, organisation)


def _unwanted(tx: Tx, rows: Collection[Record], now: datetime) -> list[int]:
    """Rows whose address or person no longer wants or can get them."""
    unasked = {row.person_id for row in rows if row.priority >= Priority.INVITATION and row.person_id is not None}
    silent = people.not_to_be_asked(tx, unasked, now) if unasked else set()
    return [
        row.id
        for row in rows
        if (row.address_state != AddressState.OPEN and not row.last_word)
        or row.address is None
        or row.text is None
        or (row.priority >= Priority.INVITATION and row.person_id in silent and row.staff_id is None)
        or hold.stops(row, now)
    ]


def message(row: Record, now: datetime) -> Message:
    return Message(
        token=row.token,
        sender=row.sender,
        channel=Channel(row.channel),
        address=row.address,
        text=row.text,
        options=tuple(Option(payload, label) for payload, label in row.options or ()),
        one_line=row.one_line,
        in_window=row.window_until is not None and now < row.window_until,
        language=row.language,
    )


def settle(tx: Tx, outcomes: Mapping[int, Outcome], now: datetime, organisation: Organisation) -> None:
    """Store what the providers answered. A callback that was faster is not undone."""
    before = outbox.states(tx, outcomes.keys())
    found = (_settled(before[id_], outcome, now) for id_, outcome in outcomes.items() if id_ in before)
    settled = [row for row in found if row is not None]
    outbox.settle(tx, settled)
    _raise_alarms(tx, ((before[row["id"]], row["state"]) for row in settled), now, organisation)
    for id_, outcome in outcomes.items():
        if isinstance(outcome, Refused) and id_ in before:
            _mark_address(tx, before[id_].address_id, outcome.problem, now)
    _note_trouble(tx, outcomes, before, now)


def _note_trouble(tx: Tx, outcomes: Mapping[int, Outcome], before: Mapping[int, Record], now: datetime) -> None:
    """What stopped messages, by sender; being held back a moment is none."""
    by_sender: dict[str, list[Problem]] = {}
    for id_, outcome in outcomes.items():
        if id_ in before and not isinstance(outcome, Accepted) and not _was_none(outcome):
            by_sender.setdefault(before[id_].sender, []).append(outcome.problem)
    for sender, problems in by_sender.items():
        trouble.note(tx, sender, problems, now)


def _settled(row: Record, outcome: Outcome, now: datetime) -> dict[str, Any] | None:
    """The row as it stands now; None where a callback has told us more already."""
    state, wait = _state(row, outcome)
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


def _state(row: Record, outcome: Outcome) -> tuple[OutState, timedelta]:
    if isinstance(outcome, Accepted):
        return OutState.ACCEPTED, timedelta()
    if isinstance(outcome, Refused):
        return OutState.FAILED, timedelta()
    if isinstance(outcome, TryLater):
        return _put_off(row, outcome)
    return OutState.UNKNOWN, timedelta()


def _put_off(row: Record, outcome: TryLater) -> tuple[OutState, timedelta]:
    """Until when: each time longer, but where it was only held back. Not for ever, and not against a STOP."""
    if row.halted:
        return OutState.CANCELED, timedelta()
    if outcome.paced:
        return OutState.QUEUED, outcome.delay
    if row.attempts >= _MOST_ATTEMPTS:
        return OutState.FAILED, timedelta()
    longer = outcome.delay * 2 ** max(0, row.attempts - 1)
    return OutState.QUEUED, min(longer, max(_LONGEST_WAIT, outcome.delay))


def _mark_address(tx: Tx, address_id: int, problem: Problem, now: datetime) -> None:
    """What a refusal tells us about the address itself."""
    if problem.concern is Concern.ADDRESS:
        addresses.change(tx, address_id, {"state": AddressState.DEAD, "unreachable_at": now})
    elif problem.concern is Concern.CONSENT:
        _withdrawn_at_provider(tx, address_id, problem.sentence, now)
    elif problem.concern is Concern.BLOCKED and _block(tx, address_id, now):
        addresses.change(tx, address_id, {"unreachable_at": now})


def _withdrawn_at_provider(tx: Tx, address_id: int, words: str, now: datetime) -> None:
    """They told the provider that they want nothing more from us."""
    if _block(tx, address_id, now):
        withdrawn = {"given": False, "words": words, "language": "en", "at": now}
        consents.record(tx, Purpose.MESSAGES, address_id=address_id, **withdrawn)


def _block(tx: Tx, address_id: int, now: datetime) -> bool:
    """Nothing goes there. False where it was so before: only their own START lifts a STOP, unblocking us does not."""
    outbox.stop(tx, address_id, now)
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
        _raise_alarms(tx, [(row, values["state"])] if "state" in values else [], now, organisation)
    if receipt.problem is not None and receipt.status is Status.FAILED:
        trouble.note(tx, row.sender, [receipt.problem], now)
        _mark_address(tx, row.address_id, receipt.problem, now)
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


def release(tx: Tx, now: datetime, organisation: Organisation, after: timedelta = _STRANDED, limit: int = 500) -> int:
    """Let go of what will not be settled by itself. Returns how many rows.

    A row claimed by a process that died during the call: nobody knows whether it went. And a row whose sender is not
    set up expires, though nobody claims it.
    """
    overdue = stuck.overdue(tx, now, limit)
    close(tx, overdue, OutState.EXPIRED, now, organisation)
    return _let_go(tx, stuck.stranded(tx, now - after, limit), now, organisation) + len(overdue)


def release_from(tx: Tx, sender: str, now: datetime, organisation: Organisation, limit: int = 500) -> int:
    """What another process had claimed for this sender, whose drain is ours now. Returns how many rows.

    What was claimed must not hold up for minutes what comes next to the same address.
    """
    return _let_go(tx, stuck.stranded(tx, now, limit, sender), now, organisation)


def _let_go(tx: Tx, ids: Collection[int], now: datetime, organisation: Organisation) -> int:
    close(tx, ids, OutState.UNKNOWN, now, organisation)
    return len(ids)
