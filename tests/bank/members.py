"""A crowd of members, put in the tables at once: each a person with one phone who agreed to be written to there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import insert

from bank import broadcasts, claims, delivery, limits
from bank.claims import Claimed
from bank.limits import Limits
from bank.organisation import Organisation
from bank.tokens import token
from channels.message import Accepted
from storage import broadcasts as kept
from storage.addresses import AddressState, addresses, key_of
from storage.consents import Purpose, consents
from storage.outbox import Priority
from storage.people import PersonState, people
from storage.reach import reach
from storage.store import Tx
from tests.bank.ashdale import ASHDALE, MORNING

_numbers = count(1)


def crowd(tx: Tx, number: int, channel: str = "sms", **about: Any) -> list[int]:
    """So many members, who last wrote in the morning; ids of their addresses, in order. `about` is of each person."""
    person_ids = _put(tx, people, [_person(about) for _ in range(number)])
    address_ids = _put(tx, addresses, [_address(channel) for _ in range(number)])
    pairs = list(zip(person_ids, address_ids, strict=True))
    if pairs:
        tx.execute(insert(reach), [{"address_id": at, "person_id": who, "since": MORNING} for who, at in pairs])
        tx.execute(insert(consents), [_consent(who, at) for who, at in pairs])
    return address_ids


def _put(tx: Tx, table: Any, rows: list[dict[str, Any]]) -> list[int]:
    returning = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(tx.execute(returning, rows).scalars()) if rows else []


def _person(about: dict[str, Any]) -> dict[str, Any]:
    return {"token": token(), "state": PersonState.MEMBER, "language": "en", "joined_at": MORNING} | about


def _address(channel: str) -> dict[str, Any]:
    number = f"+44771{next(_numbers):07}"
    return {
        "token": token(),
        "channel": channel,
        "sender": channel,
        "address": number,
        "address_key": key_of(channel, number),
        "state": AddressState.OPEN,
        "last_in_at": MORNING,
        "created_at": MORNING,
    }


def _consent(person_id: int, address_id: int) -> dict[str, Any]:
    return {
        "purpose": Purpose.MESSAGES,
        "person_id": person_id,
        "address_id": address_id,
        "given": True,
        "words": "OK?",
        "shown": True,
        "language": "en",
        "at": MORNING,
    }


def begun(
    tx: Tx,
    words: Mapping[str, str],
    now: datetime = MORNING,
    *,
    due_at: datetime | None = None,
    expires: timedelta | None = None,
    **more: Any,
) -> int:
    """A broadcast to every member, let go without anybody's look at it; its id. `words` is language to text."""
    due = due_at or now
    ends = due + expires if expires is not None else None
    made = {"priority": Priority.BULK, "created_at": now} | more
    return kept.add(tx, token=token(), words=dict(words), due_at=due, expires_at=ends, **made)


def written_to_all(tx: Tx, text: str = "News for everybody.", now: datetime = MORNING, **more: Any) -> int:
    """A broadcast in which everybody has their row; its id."""
    broadcast_id = begun(tx, {"en": text}, now, **more)
    while broadcasts.queue_more(tx, broadcast_id, now, ASHDALE):
        pass
    return broadcast_id


def claimed(
    tx: Tx,
    now: datetime = MORNING,
    limit: int = 100,
    own: Limits = limits.NONE,
    sender: str = "sms",
    whose: Organisation = ASHDALE,
) -> list[Claimed]:
    return claims.claim(tx, sender, now, limit, whose, own)


def sent(
    tx: Tx,
    now: datetime = MORNING,
    limit: int = 100,
    own: Limits = limits.NONE,
    sender: str = "sms",
    whose: Organisation = ASHDALE,
) -> list[Claimed]:
    """Claimed once, and taken by the provider."""
    went = claimed(tx, now, limit, own, sender, whose)
    delivery.settle(tx, {one.id: Accepted(f"SM-out-{one.id}") for one in went}, now, whose)
    return went
