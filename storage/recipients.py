"""Recipients: what a message for many needs to know of each who gets it, at the moment in which it goes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import LargeBinary, bindparam, exists, select, type_coerce

from storage.conversations import IS_OPEN, conversations
from storage.keys import KeyRing, SealBroken
from storage.outbox import NOT_SENT, messages_out
from storage.people import people
from storage.schema import constant
from storage.store import Tx
from storage.types import keys_of

_LABEL = "people.name"


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person. Their name is None where they told us none, or it cannot be read."""

    name: str | None
    format: str | None
    promotions: bool
    digest: bool


# The seal of each name is broken by itself: one that cannot be read must not keep the others back.
_these = select(
    people.c.id,
    type_coerce(people.c.name, LargeBinary).label("sealed"),
    people.c.format,
    people.c.promotions,
    people.c.digest,
).where(people.c.id.in_(bindparam("these", expanding=True)))
_asked = exists().where(
    messages_out.c.conversation_id == conversations.c.id,
    messages_out.c.created_at > bindparam("since"),
    messages_out.c.state.not_in([constant(state) for state in NOT_SENT]),
)
_busy = select(conversations.c.address_id).where(
    conversations.c.address_id.in_(bindparam("these", expanding=True)), IS_OPEN, _asked
)


def known(tx: Tx, person_ids: Collection[int]) -> dict[int, Recipient]:
    """These people, by id."""
    if not person_ids:
        return {}
    keys = keys_of(tx.dialect)
    return {
        row.id: Recipient(_opened(keys, row.sealed), row.format, row.promotions, row.digest)
        for row in tx.execute(_these, {"these": list(person_ids)})
    }


def _opened(keys: KeyRing, sealed: bytes | None) -> str | None:
    try:
        return None if sealed is None else keys.open(_LABEL, bytes(sealed)).decode()
    except (SealBroken, UnicodeDecodeError):
        return None


def asked_since(tx: Tx, address_ids: Collection[int], since: datetime) -> set[int]:
    """At which of these addresses a question of ours is open that was asked since then."""
    given = {"these": list(address_ids), "since": since}
    return set(tx.execute(_busy, given).scalars()) if address_ids else set()
