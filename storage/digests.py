"""Digests: the news that went to an address, and how much of the rest was told there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from storage.broadcasts import BroadcastKind, BroadcastState, broadcasts
from storage.outbox import NOT_SENT, messages_out
from storage.schema import Record
from storage.store import Tx

# The wording of each part that was told for a MORE: this, and its number.
PART = "digest.part"
_went = messages_out.c.claimed_at.is_not(None), messages_out.c.state.not_in([str(state) for state in NOT_SENT])


def newest(tx: Tx, address_id: int, since: datetime) -> Record | None:
    """The newest news that went there since then and was not taken back.

    The id and language of its row, and of the broadcast its parts and what was counted.
    """
    found = (
        select(messages_out.c.id, messages_out.c.language, broadcasts.c.parts, broadcasts.c.counted)
        .join(broadcasts, broadcasts.c.id == messages_out.c.broadcast_id)
        .where(messages_out.c.address_id == address_id, *_went, messages_out.c.claimed_at > since)
        .where(broadcasts.c.kind == BroadcastKind.DIGEST, broadcasts.c.state != BroadcastState.CANCELED)
    )
    return tx.execute(found.order_by(messages_out.c.id.desc()).limit(1)).one_or_none()


def told(tx: Tx, address_id: int, digest_id: int) -> int:
    """How many parts of it were told there."""
    parts = messages_out.c.address_id == address_id, messages_out.c.wording.like(f"{PART}.%")
    after = select(func.count(messages_out.c.wording.distinct())).where(*parts, messages_out.c.id > digest_id)
    return int(tx.execute(after).scalar_one())
