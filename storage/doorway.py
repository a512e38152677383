"""The doorway: an address and the conversation that is open there, in one look."""

from __future__ import annotations

from sqlalchemy import bindparam, exists, select

from storage.addresses import addresses, key_of
from storage.conversations import IS_OPEN, STANDING, ConversationState, conversations
from storage.messages_in import messages_in
from storage.prepared import Prepared
from storage.reach import reach
from storage.schema import Record, constant
from storage.store import Tx

# So many messages in a moment are no conversation.
BURST = 10
_waiting = conversations.alias("waiting")
_burst = (
    select(messages_in.c.received_at)
    .where(messages_in.c.address_id == addresses.c.id)
    .order_by(messages_in.c.id.desc())
    .limit(1)
    .offset(BURST - 1)
    .scalar_subquery()
)
_look = Prepared(
    select(
        addresses,
        *STANDING,
        exists()
        .where(_waiting.c.address_id == addresses.c.id, _waiting.c.state == constant(ConversationState.WAITING))
        .label("others_wait"),
        exists().where(reach.c.address_id == addresses.c.id).label("reaches_somebody"),
        _burst.label("burst_since"),
    )
    .select_from(addresses)
    .outerjoin(conversations, (conversations.c.address_id == addresses.c.id) & IS_OPEN)
    .where(addresses.c.address_key == bindparam("key"))
    .with_for_update(of=addresses)
)


def look(tx: Tx, channel: str, address: str) -> Record | None:
    """The address with its open conversation, if it has one (`conversation_id`).

    `others_wait` tells whether more conversations wait their turn, `reaches_somebody` whether anybody joined
    there, `burst_since` when the tenth newest message came.

    It is held for this transaction, so that two messages from it come one after the other.
    """
    return _look.first(tx, {"key": key_of(channel, address)})
