"""The doorway: an address and the conversation that is open there, in one look."""

from __future__ import annotations

from sqlalchemy import bindparam, exists, select

from storage.addresses import addresses, key_of
from storage.conversations import IS_OPEN, STANDING, ConversationState, conversations
from storage.reach import reach
from storage.schema import Record, constant
from storage.store import Tx

_waiting = conversations.alias("waiting")
_look = (
    select(
        addresses,
        *STANDING,
        exists()
        .where(_waiting.c.address_id == addresses.c.id, _waiting.c.state == constant(ConversationState.WAITING))
        .label("others_wait"),
        exists().where(reach.c.address_id == addresses.c.id).label("reaches_somebody"),
    )
    .select_from(addresses)
    .outerjoin(conversations, (conversations.c.address_id == addresses.c.id) & IS_OPEN)
    .where(addresses.c.address_key == bindparam("key"))
    .with_for_update(of=addresses)
)


def look(tx: Tx, channel: str, address: str) -> Record | None:
    """The address with its open conversation, if it has one (`conversation_id`).

    `others_wait` tells whether more conversations wait their turn, `reaches_somebody` whether anybody joined there.

    It is held for this transaction, so that two messages from it come one after the other.
    """
    return tx.execute(_look, {"key": key_of(channel, address)}).one_or_none()
