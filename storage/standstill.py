"""Standstill: rows that nothing would ever move again, whatever brought them there. There should be none."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Index, Integer, Select, bindparam, exists, func, or_, select, update

from storage.addresses import HELD_FOR_DANGER, addresses
from storage.broadcasts import BroadcastState, broadcasts
from storage.concerns import concern_addresses, concerns
from storage.conversations import ConversationState, conversations
from storage.look import Look
from storage.messages_in import messages_in
from storage.outbox import OutState, Priority, messages_out, waits
from storage.prepared import Prepared
from storage.questions import questions
from storage.schema import Record, constant
from storage.store import Tx
from storage.supporters import LinkState, supporters

# Each of these holds few rows or none: looking for what stands still must not go through whole tables.
_dateless = (conversations.c.state != constant(ConversationState.ENDED)) & conversations.c.lapses_at.is_(None)
_waiting = conversations.c.state == constant(ConversationState.WAITING)
_held = messages_out.c.state == constant(OutState.HELD)
for _name, _column, _which in (
    ("ix_conversations_dateless", conversations.c.id, _dateless),
    ("ix_conversations_waiting", conversations.c.address_id, _waiting),
    ("ix_messages_out_held", messages_out.c.broadcast_id, _held),
):
    Index(_name, _column, sqlite_where=_which, postgresql_where=_which)


_DATELESS = Look(select(conversations.c.id).where(_dateless))


def dateless(tx: Tx, limit: int) -> list[int]:
    """Ids of conversations that go on without a day on which they lapse."""
    return _DATELESS.ids(tx, limit)


def _put_aside() -> Select[Any]:
    other = conversations.alias("other")
    is_open = other.c.state == constant(ConversationState.OPEN)
    alone = ~exists().where(other.c.address_id == conversations.c.address_id, is_open)
    return select(func.max(conversations.c.id)).where(_waiting, alone).group_by(conversations.c.address_id)


_PUT_ASIDE = Look(_put_aside())


def put_aside(tx: Tx, limit: int) -> list[int]:
    """Ids of conversations that wait for one that is open no more; at each address the one put aside last."""
    return _PUT_ASIDE.ids(tx, limit)


_HOLDING = (
    select(concern_addresses.c.address_id)
    .join(concerns, concerns.c.id == concern_addresses.c.concern_id)
    .where(concern_addresses.c.address_id == addresses.c.id, concerns.c.released_at.is_(None))
)
_HELD_FOR_NOTHING = Look(
    select(addresses.c.id).where(addresses.c.held == HELD_FOR_DANGER, ~_HOLDING.exists()).order_by(addresses.c.id)
)
_UNHEARD = Look(
    select(concerns.c.id)
    .where(concerns.c.released_at.is_(None), concerns.c.taken_at.is_(None), concerns.c.alert_at.is_(None))
    .order_by(concerns.c.id)
)
_NEVER_ASKED = Look(
    select(supporters.c.id).where(
        supporters.c.state == constant(LinkState.NAMED), supporters.c.named_at <= bindparam("named_before")
    )
)
_CAME = Look(
    select(messages_in.c.id)
    .where(messages_in.c.id > bindparam("after_id"), messages_in.c.received_at <= bindparam("came_before"))
    .order_by(messages_in.c.id)
)


def unheard(tx: Tx, limit: int) -> list[int]:
    """Ids of open concerns that nobody has taken, and of which nobody will be told."""
    return _UNHEARD.ids(tx, limit)


def held_for_nothing(tx: Tx, limit: int) -> list[int]:
    """Ids of addresses that are held, and that no open concern holds: no lead could let them go."""
    return _HELD_FOR_NOTHING.ids(tx, limit)


def never_asked(tx: Tx, named_before: datetime, limit: int) -> list[int]:
    """Ids of those who were named as helpers then, and about whom the member could not be asked."""
    return _NEVER_ASKED.ids(tx, limit, named_before=named_before)


def came(tx: Tx, after_id: int, came_before: datetime) -> bool:
    """Whether any message came in by then, after that id."""
    return _CAME.finds(tx, after_id=after_id, came_before=came_before)


def undecided(tx: Tx, after_id: int, most: int, came_before: datetime) -> tuple[list[Record], int]:
    """Messages that came in and met no disposition, of the next so many after that id; and the last one looked at."""
    last = select(messages_in.c.id).where(messages_in.c.id > after_id, messages_in.c.received_at <= came_before)
    seen = tx.execute(select(func.max(last.order_by(messages_in.c.id).limit(most).subquery().c.id))).scalar_one()
    if seen is None:
        return [], after_id
    about = messages_in.c.id, messages_in.c.address_id, messages_in.c.person_id
    alone = messages_in.c.id > after_id, messages_in.c.id <= seen, messages_in.c.disposition.is_(None)
    return list(tx.execute(select(*about).where(*alone).order_by(messages_in.c.id))), int(seen)


def _unclear() -> Select[Any]:
    settled_at = messages_out.c.settled_at
    wrote = exists().where(
        messages_in.c.address_id == messages_out.c.address_id, messages_in.c.received_at > settled_at
    )
    about = messages_out.c.id, messages_out.c.address_id, messages_out.c.person_id, messages_out.c.wording
    return (
        select(*about, settled_at, wrote.label("wrote"))
        .where(
            messages_out.c.state == constant(OutState.UNKNOWN),
            settled_at <= bindparam("settled_before"),
            or_(
                settled_at > bindparam("at"),
                (settled_at == bindparam("at")) & (messages_out.c.id > bindparam("row_id")),
            ),
            or_(messages_out.c.priority <= Priority.SAFETY, messages_out.c.staff_id.is_not(None)),
            ~exists().where(questions.c.answer_id == messages_out.c.id),
        )
        .order_by(settled_at, messages_out.c.id)
        .limit(bindparam("most", type_=Integer))
    )


_UNCLEAR = Prepared(_unclear())


def unclear(tx: Tx, after: tuple[datetime, int], settled_before: datetime, limit: int) -> list[Record]:
    """What one of us wrote, or a reply, of which nobody knows since then whether it went: the next after that row.

    Each with `wrote`: whether they wrote since. Answers to questions are not among them: those questions open again.
    """
    at, row_id = after
    return _UNCLEAR.rows(tx, {"at": at, "row_id": row_id, "settled_before": settled_before, "most": limit})


_FREE = select(broadcasts.c.id).where(broadcasts.c.state != BroadcastState.HELD)
_LEFT_HELD = Look(select(messages_out.c.id).where(_held, messages_out.c.broadcast_id.in_(_FREE)))


def are_left_held(tx: Tx) -> bool:
    """Whether any row is still held of a broadcast that was let go."""
    return _LEFT_HELD.finds(tx)


def release_left_held(tx: Tx, most: int) -> int:
    """They may go too. Returns how many."""
    rows = _LEFT_HELD.ids(tx, most)
    free = update(messages_out).where(messages_out.c.id == bindparam("row_id")).values(state=OutState.QUEUED)
    if rows:
        tx.execute(free, [{"row_id": row_id} for row_id in rows])
    return len(rows)


def overdue(tx: Tx, now: datetime, due_before: datetime, limit: int) -> list[int]:
    """Ids of rows that are held and have expired, and of those without an expiry that should have gone by then."""
    ended = _held & (messages_out.c.expires_at <= now)
    endless = waits & messages_out.c.expires_at.is_(None) & (messages_out.c.due_at <= due_before)
    return list(tx.execute(select(messages_out.c.id).where(or_(ended, endless)).limit(limit)).scalars())


def silent(
    tx: Tx, senders: Collection[str], after: tuple[datetime, int], settled_before: datetime, limit: int
) -> list[Record]:
    """`id` and `settled_at` of what providers took from these senders by then and told no more of, after that row."""
    at, row_id = after
    later = or_(messages_out.c.settled_at > at, (messages_out.c.settled_at == at) & (messages_out.c.id > row_id))
    found = select(messages_out.c.id, messages_out.c.settled_at).where(
        messages_out.c.state == constant(OutState.ACCEPTED),
        messages_out.c.sender.in_(senders),
        messages_out.c.settled_at >= at,
        messages_out.c.settled_at <= settled_before,
        later,
    )
    return list(tx.execute(found.order_by(messages_out.c.settled_at, messages_out.c.id).limit(limit)))
