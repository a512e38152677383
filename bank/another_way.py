"""Another way: what did not reach somebody goes where they agreed to be written to as well."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bank import closing, hold, reachable
from bank.organisation import Organisation
from bank.tokens import token
from bank.visit import ABOUT_DANGER
from channels.message import Concern, Problem
from storage import consents, conversations, outbox, reach
from storage.addresses import AddressState
from storage.outbox import OutState
from storage.schema import Record
from storage.store import Tx

# What says that this way is shut, and nothing about what they want or what we wrote.
SHUT = frozenset({Concern.ADDRESS, Concern.BLOCKED, Concern.WINDOW, Concern.TEMPORARY})
# Of danger nothing is said at a place where they did not speak of it. A person of ours finds the way.
NOT_ELSEWHERE = (ABOUT_DANGER, hold.ALERT)
_ONCE_MORE = timedelta(hours=1)
_KEPT = (
    "person_id",
    "answers_id",
    "broadcast_id",
    "priority",
    "wording",
    "language",
    "text",
    "options",
    "one_line",
    "expires_at",
    "staff_id",
)


def take(tx: Tx, row_id: int, state: OutState, code: str | None, now: datetime, organisation: Organisation) -> None:
    """Close a row that cannot go where it was to go: it goes another way, or did not go."""
    shut = outbox.get(tx, row_id)
    found = _other(tx, shut, now)
    if found is None:
        closing.close(tx, [row_id], state, now, organisation, problem=code)
    else:
        outbox.close(tx, [row_id], state, now, problem=code)
        _queue(tx, shut, found, now, now)


def after(tx: Tx, row_id: int, problem: Problem, now: datetime, *, once_more: bool) -> bool:
    """It did not arrive, for this reason. True when it goes another way, or `once_more` the same way, later."""
    lost = outbox.get(tx, row_id)
    late = lost.expires_at is not None and lost.expires_at <= now
    if problem.concern not in SHUT or lost.text is None or late or not _may_move(lost):
        return False
    found = _other(tx, lost, now)
    if found is not None:
        _queue(tx, lost, found, now, now)
    elif once_more and problem.concern is Concern.TEMPORARY and lost.instead_of is None:
        _queue(tx, lost, None, now, now + _ONCE_MORE)
    else:
        return False
    return True


def not_needed(tx: Tx, row_id: int, now: datetime) -> None:
    """It has arrived after all: what was queued in its stead is taken back."""
    if outbox.take_back(tx, row_id, now):
        _back_again(tx, outbox.get(tx, row_id))


def _back_again(tx: Tx, row: Record) -> None:
    """The question that it asked is answered where it arrived."""
    if row.conversation_id is not None and conversations.open_at(tx, row.address_id) is None:
        conversations.change(tx, row.conversation_id, {"address_id": row.address_id})


def _may_move(row: Record) -> bool:
    return not (row.last_word or row.wording.startswith(NOT_ELSEWHERE))


def _other(tx: Tx, row: Record, now: datetime) -> Record | None:
    """Where else they agreed to be written to, that was not tried for this message, newest first."""
    if row.person_id is None or not _may_move(row):
        return None
    tried = outbox.tried(tx, row)
    for address in reach.addresses_of(tx, row.person_id):
        if address.id not in tried and _is_open(tx, address, now) and _is_free(tx, row, address):
            return address
    return None


def _is_open(tx: Tx, address: Record, now: datetime) -> bool:
    return (
        address.state == AddressState.OPEN
        and address.address is not None
        and address.held is None
        and address.spam is None
        and not reachable.is_unsafe(address, now)
        and reachable.takes_free_words(address, now)
        and consents.may_write(tx, address.id)
    )


def _is_free(tx: Tx, row: Record, address: Record) -> bool:
    """A question needs a place where nothing else is asked: their answer must find it."""
    there = conversations.open_at(tx, address.id) if row.conversation_id is not None else None
    return there is None or bool(there.conversation_id == row.conversation_id)


def _queue(tx: Tx, row: Record, address: Record | None, now: datetime, due_at: datetime) -> None:
    values: dict[str, Any] = {name: getattr(row, name) for name in _KEPT}
    if row.conversation_id is not None:
        if address is not None:
            conversations.change(tx, row.conversation_id, {"address_id": address.id})
        values["conversation_id"] = row.conversation_id
    outbox.queue(
        tx,
        **values,
        token=token(),
        address_id=address.id if address is not None else row.address_id,
        sender=address.sender if address is not None else row.sender,
        instead_of=row.id,
        last_word=False,
        state=OutState.QUEUED,
        due_at=due_at,
        created_at=now,
    )
