"""Safe hands: how long words about danger waited for a person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from storage.addresses import addresses
from storage.concerns import concern_messages, concerns
from storage.messages_in import messages_in
from storage.schema import Record
from storage.store import Tx


def raised(tx: Tx, begins: datetime, ends: datetime) -> list[Record]:
    """Concerns of that time that began with a message, heard or missed by us.

    Each has who wrote (`person_id`, `address_id`, with `channel` and `language` of the address), when the first message
    came (`came_at`), and when somebody took it in hand (`taken_at`; nothing: nobody has).
    """
    first = (
        select(concern_messages.c.concern_id, func.min(messages_in.c.received_at).label("came_at"))
        .join(messages_in, messages_in.c.id == concern_messages.c.message_id)
        .group_by(concern_messages.c.concern_id)
        .subquery()
    )
    found = (
        select(
            concerns.c.person_id,
            concerns.c.address_id,
            addresses.c.channel,
            addresses.c.language,
            first.c.came_at,
            concerns.c.taken_at,
        )
        .join(first, first.c.concern_id == concerns.c.id)
        .join(addresses, addresses.c.id == concerns.c.address_id)
    )
    return list(tx.execute(found.where(first.c.came_at >= begins, first.c.came_at < ends)))
