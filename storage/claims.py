"""Claims: which rows of the outbox go next, and what keeps one back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, func, select, true, update

from storage.addresses import addresses
from storage.outbox import NOT_SENT, OutState, Priority, is_unasked, messages_out, queued
from storage.reach import reach
from storage.schema import Record, constant, unindexed
from storage.store import Tx

_under_way = messages_out.alias("under_way")
_older = messages_out.alias("older")
_due = (
    select(messages_out.c.id)
    .where(
        queued,
        messages_out.c.sender == bindparam("from_sender"),
        messages_out.c.due_at <= bindparam("now"),
        messages_out.c.priority <= bindparam("lowest"),
        ~select(_under_way.c.id)
        .where(_under_way.c.address_id == messages_out.c.address_id, _under_way.c.state == constant(OutState.SENDING))
        .exists(),
        # An older one that was tried and put off: an older one that is due before it comes before it anyway. One that
        # waits for its hour, or for its person's week, stands in nobody's way: on a shared phone that is another's.
        ~select(_older.c.id)
        .where(
            _older.c.address_id == messages_out.c.address_id,
            _older.c.id < messages_out.c.id,
            _older.c.state == constant(OutState.QUEUED),
            _older.c.priority <= messages_out.c.priority,
            _older.c.due_at > messages_out.c.due_at,
            _older.c.claimed_at.is_not(None),
            _older.c.instead_of.is_(None),  # it is late as it is
        )
        .exists(),
    )
    .order_by(messages_out.c.priority, messages_out.c.due_at, messages_out.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_claimed = (
    select(
        messages_out,
        addresses.c.channel,
        addresses.c.address,
        addresses.c.state.label("address_state"),
        addresses.c.window_until,
        addresses.c.plain,
        addresses.c.held,
        addresses.c.unsafe_until,
    )
    .join(addresses, addresses.c.id == messages_out.c.address_id)
    # Found by their ids: by the index of all that is queued, PostgreSQL would go through a broadcast for a few of it.
    .where(
        unindexed(messages_out.c.state, OutState.QUEUED),
        messages_out.c.id.in_(bindparam("these", expanding=True)),
    )
    .order_by(messages_out.c.priority, messages_out.c.due_at, messages_out.c.id)
)
_in_its_queue = (
    select(messages_out.c.cost)
    .where(
        messages_out.c.state == constant(OutState.ACCEPTED),
        messages_out.c.sender == bindparam("from_sender"),
        messages_out.c.settled_at > bindparam("since"),
    )
    .limit(bindparam("most"))
    .subquery()
)
_handed_over = select(func.count(), func.coalesce(func.sum(_in_its_queue.c.cost), 0)).select_from(_in_its_queue)
_at_their_own = exists().where(
    reach.c.address_id == messages_out.c.address_id, reach.c.person_id == messages_out.c.person_id
)
_unasked = {
    name: select(messages_out.c[name], messages_out.c.claimed_at)
    .where(
        true() if name == "address_id" else _at_their_own,
        messages_out.c[name].in_(bindparam("these", expanding=True)),
        is_unasked,
        messages_out.c.claimed_at > bindparam("since"),
        # What was tried and waits again has not gone: it would stand in its own way.
        messages_out.c.state.not_in([constant(state) for state in (*NOT_SENT, OutState.QUEUED, OutState.HELD)]),
    )
    .order_by(messages_out.c.claimed_at)
    for name in ("address_id", "person_id")
}
_put_off = update(messages_out).where(messages_out.c.id == bindparam("which")).values(due_at=bindparam("until"))
_claimed_now = {
    "state": OutState.SENDING,
    "claimed_at": bindparam("at"),
    "attempts": messages_out.c.attempts + 1,
    "cost": bindparam("price"),
}
_this = update(messages_out).where(messages_out.c.id == bindparam("which"))
_claim = _this.values(_claimed_now)
_claim_fixed = _this.values(_claimed_now | {"text": bindparam("words"), "options": bindparam("choices")})


def due(tx: Tx, sender: str, now: datetime, limit: int, lowest: Priority = Priority.BULK) -> list[int]:
    """Ids of the next rows to send, down to this priority.

    None for an address that has one under way, and none that would overtake an older one to the same address
    that was put off, unless it goes before that one by its priority.
    """
    given = {"from_sender": sender, "now": now, "most": limit, "lowest": lowest}
    return list(tx.execute(_due, given).scalars())


def waiting(tx: Tx, ids: Collection[int]) -> list[Record]:
    """Those of these rows that are queued still, with their address, in the order in which they are to go."""
    return list(tx.execute(_claimed, {"these": list(ids)})) if ids else []


def claim(tx: Tx, rows: Collection[Mapping[str, Any]], now: datetime) -> None:
    """They are ours to send. Each has its `id` and `cost`; `text` and `options` where its words are fixed only now."""
    for fixed, statement in ((False, _claim), (True, _claim_fixed)):
        values = [_bound(row, now) for row in rows if ("text" in row) is fixed]
        if values:
            tx.execute(statement, values)


def _bound(row: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    return {
        "at": now,
        "which": row["id"],
        "price": row["cost"],
        "words": row.get("text"),
        "choices": row.get("options"),
    }


def put_off(tx: Tx, until: Mapping[int, datetime]) -> None:
    """These rows wait until then."""
    if until:
        tx.execute(_put_off, [{"which": id_, "until": when} for id_, when in until.items()])


def hold(tx: Tx, ids: Collection[int]) -> None:
    """Their broadcast is held: they wait until somebody lets it go on."""
    if ids:
        tx.execute(update(messages_out).where(messages_out.c.id.in_(ids)).values(state=OutState.HELD))


def handed_over(tx: Tx, sender: str, since: datetime, most: int) -> tuple[int, int]:
    """How many the provider took since then and has not told us more about, up to `most`, and what they cost."""
    number, cost = tx.execute(_handed_over, {"from_sender": sender, "since": since, "most": most}).one()
    return int(number), int(cost)


def unasked(tx: Tx, column: str, ids: Collection[int], since: datetime) -> dict[int, list[datetime]]:
    """When what nobody asked for, and went, was claimed since then, by `address_id` or `person_id`, oldest first.

    A person's are those that went to an address at which they are reached.
    """
    found: dict[int, list[datetime]] = {}
    for one, at in tx.execute(_unasked[column], {"these": list(ids), "since": since}) if ids else ():
        found.setdefault(one, []).append(at)
    return found
