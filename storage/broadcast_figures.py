"""The figures of a broadcast: where each row of it stands, who wrote back, and what is still to be done by hand."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import bindparam, func, literal, select

from storage.messages_in import messages_in
from storage.outbox import NOT_SENT, OutState, messages_out
from storage.schema import constant
from storage.store import Tx
from storage.tasks import tasks
from storage.types import Instant

_of_it = messages_out.c.broadcast_id == bindparam("which")
_states = (
    select(messages_out.c.state, messages_out.c.problem, func.count())
    .where(_of_it)
    .group_by(messages_out.c.state, messages_out.c.problem)
)
# What did not arrive and went another way, or once more, stands as what went instead.
_again = messages_out.alias("again")
_replaced = (
    select(messages_out.c.state, messages_out.c.problem, func.count(messages_out.c.id.distinct()))
    .join(_again, _again.c.instead_of == messages_out.c.id)
    .where(_again.c.broadcast_id == bindparam("which"), _again.c.instead_of.is_not(None))
    .group_by(messages_out.c.state, messages_out.c.problem)
)
_too_late = select(func.count()).where(
    _of_it,
    messages_out.c.state == constant(OutState.QUEUED),
    messages_out.c.expires_at.is_not(None),
    messages_out.c.due_at >= messages_out.c.expires_at,
)
_went = _of_it, messages_out.c.claimed_at.is_not(None)
_last = select(func.max(messages_out.c.claimed_at)).where(*_went)
_tasks = (
    select(tasks.c.kind, func.count(), func.count(tasks.c.closed_at))
    .where(tasks.c.broadcast_id == bindparam("which"))
    .group_by(tasks.c.kind)
)


def states(tx: Tx, broadcast_id: int) -> dict[tuple[str, str | None], int]:
    """How many people's messages stand so, by state and problem: each person is counted once."""
    found = {(row[0], row[1]): int(row[2]) for row in tx.execute(_states, {"which": broadcast_id})}
    for state, problem, number in tx.execute(_replaced, {"which": broadcast_id}):
        found[state, problem] -= number
    return {what: number for what, number in found.items() if number}


def too_late(tx: Tx, broadcast_id: int) -> int:
    """How many wait until it is of no use any more: they had as many texts as they agreed to."""
    return int(tx.execute(_too_late, {"which": broadcast_id}).scalar_one())


def replied(tx: Tx, broadcast_id: int, within: timedelta) -> int:
    """How many of those to whom it went wrote to us so soon afterwards."""
    last = tx.execute(_last, {"which": broadcast_id}).scalar_one_or_none()
    if last is None:
        return 0
    wrote = (
        select(func.count(messages_out.c.person_id.distinct()))
        .join(messages_in, messages_in.c.address_id == messages_out.c.address_id)
        .where(
            *_went,
            messages_out.c.state.not_in([constant(state) for state in NOT_SENT]),
            messages_in.c.received_at > messages_out.c.claimed_at,
            messages_in.c.received_at <= literal(last + within, Instant),
        )
    )
    return int(tx.execute(wrote, {"which": broadcast_id}).scalar_one())


def by_hand(tx: Tx, broadcast_id: int) -> dict[str, tuple[int, int]]:
    """How many tasks it asked for by kind, and how many of them are done."""
    return {row[0]: (int(row[1]), int(row[2])) for row in tx.execute(_tasks, {"which": broadcast_id})}
