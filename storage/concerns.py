"""Concerns: somebody may be in danger. One is open until a safeguarding lead lets it go, and holds these addresses."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from types import ModuleType
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    Table,
    and_,
    bindparam,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage import changing
from storage.addresses import addresses
from storage.belonging import Whose, rows_of
from storage.look import NOW, Look
from storage.messages_in import messages_in
from storage.oneself import Oneself
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed, Token

concerns = Table(
    "concerns",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    # Where it began; nobody knows, where a message could not be taken in.
    Column("address_id", Id, ForeignKey("addresses.id"), index=True),
    Column("person_id", Id, ForeignKey("people.id"), index=True),
    # Who of the team raised it, and why; nobody: a message was read as danger.
    Column("raised_by", Id, ForeignKey("staff.id")),
    Column("why", Sealed("concerns.why")),
    Column("opened_at", Instant, nullable=False),
    # Who has it in hand; without a time: to whom it was handed, who has not taken it yet. Taken by nobody of the team:
    # the out-of-hours service did.
    Column("taken_by", Id, ForeignKey("staff.id")),
    Column("taken_at", Instant),
    # When somebody is alerted next, and since when this round through the rota runs.
    Column("alert_at", Instant),
    Column("round_at", Instant, nullable=False),
    Column("released_by", Id, ForeignKey("staff.id")),
    Column("released_at", Instant),
    Column("reason", Sealed("concerns.reason")),
)
_open = concerns.c.released_at.is_(None)
Index("ix_concerns_open", concerns.c.opened_at, sqlite_where=_open, postgresql_where=_open)
_alerting = concerns.c.alert_at.is_not(None)
Index("ix_concerns_alert_at", concerns.c.alert_at, sqlite_where=_alerting, postgresql_where=_alerting)

concern_addresses = Table(
    "concern_addresses",
    metadata,
    Column("concern_id", Id, ForeignKey("concerns.id"), primary_key=True),
    Column("address_id", Id, ForeignKey("addresses.id"), primary_key=True, index=True),
)

concern_messages = Table(
    "concern_messages",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("concern_id", Id, ForeignKey("concerns.id"), nullable=False, index=True),
    Column("message_id", Id, ForeignKey("messages_in.id"), nullable=False, unique=True),
    # We read danger in it by ourselves.
    Column("heard", Boolean, nullable=False),
    # What a person says of that reading: "right", "wrong", or "missed" where there was danger and we heard none.
    Column("judged", Code),
    Column("judged_by", Id, ForeignKey("staff.id")),
    Column("judged_at", Instant),
)
_ADDS_ADDRESS = {
    name: dialect.insert(concern_addresses).on_conflict_do_nothing()
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


def _adds_message(dialect: ModuleType) -> Any:
    """Where it is with a concern already, what we heard in it is added."""
    added = dialect.insert(concern_messages)
    heard = {"heard": or_(concern_messages.c.heard, added.excluded.heard)}
    return added.on_conflict_do_update(index_elements=["message_id"], set_=heard)


_ADDS_MESSAGE = {"sqlite": _adds_message(sqlite), "postgresql": _adds_message(postgresql)}


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(concerns).values(**values).returning(concerns)).one()


def hold(tx: Tx, concern_id: int, address_ids: Collection[int]) -> None:
    """Have it hold these addresses too."""
    if address_ids:
        rows = [{"concern_id": concern_id, "address_id": one} for one in sorted(address_ids)]
        tx.execute(_ADDS_ADDRESS[tx.dialect.name], rows)


def addresses_of(tx: Tx, concern_id: int) -> list[Record]:
    """The addresses that it holds, the one last written from first."""
    held = (
        select(addresses)
        .join(concern_addresses, concern_addresses.c.address_id == addresses.c.id)
        .where(concern_addresses.c.concern_id == concern_id)
        .order_by(addresses.c.last_in_at.desc(), addresses.c.id)
    )
    return list(tx.execute(held))


def open_at(tx: Tx, address_id: int, but: int | None = None) -> Record | None:
    """The oldest open concern that holds this address, another than `but`."""
    holding = (
        select(concerns)
        .join(concern_addresses, concern_addresses.c.concern_id == concerns.c.id)
        .where(concern_addresses.c.address_id == address_id, _open, concerns.c.id != (but or 0))
    )
    return tx.execute(holding.order_by(concerns.c.id).limit(1)).one_or_none()


def ids_open_at(tx: Tx, address_ids: Collection[int]) -> list[int]:
    """Ids of every open concern that holds one of these addresses."""
    holding = (
        select(concerns.c.id)
        .join(concern_addresses, concern_addresses.c.concern_id == concerns.c.id)
        .where(concern_addresses.c.address_id.in_(address_ids), _open)
    )
    return list(tx.execute(holding.distinct().order_by(concerns.c.id)).scalars())


def hear(tx: Tx, **values: Any) -> None:
    """Put this message with a concern. One that is with one already stays there, and what was heard in it is added."""
    tx.execute(_ADDS_MESSAGE[tx.dialect.name], [values])


def change(tx: Tx, concern_id: int, values: Mapping[str, Any]) -> Record:
    return changing.changed(tx, concerns, concern_id, values)


def get(tx: Tx, concern_id: int) -> Record:
    return tx.execute(select(concerns).where(concerns.c.id == concern_id)).one()


def drop(tx: Tx, staff_id: int, now: datetime) -> None:
    """What they had in hand and was not let go is nobody's again: somebody is to be told now."""
    theirs = concerns.c.taken_by == staff_id, _open
    anew = {"taken_by": None, "taken_at": None, "alert_at": now, "round_at": now}
    tx.execute(update(concerns).where(*theirs).values(anew))


_TO_ALERT = Look(select(concerns.c.id).where(_alerting, concerns.c.alert_at <= NOW).order_by(concerns.c.alert_at))


def to_alert(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of those of which somebody is to be told now."""
    return _TO_ALERT.ids(tx, limit, now=now)


def _about(oneself: Oneself) -> ColumnElement[bool]:
    """It holds their own phone, or an address that reaches them."""
    signs: list[ColumnElement[bool]] = [false()]
    if oneself.person_ids:
        signs.append(concerns.c.person_id.in_(oneself.person_ids))
    if oneself.address_ids:
        held = concern_addresses.c.concern_id == concerns.c.id
        signs.append(exists().where(held, concern_addresses.c.address_id.in_(oneself.address_ids)))
    return func.coalesce(or_(*signs), false())


def tokens_about(oneself: Oneself) -> Select[tuple[str]]:
    """What those about them are called."""
    return select(concerns.c.token).where(_about(oneself))


def is_about(tx: Tx, concern_id: int, oneself: Oneself) -> bool:
    found = select(concerns.c.id).where(concerns.c.id == concern_id, _about(oneself))
    return tx.execute(found).first() is not None


def by_token(tx: Tx, token: str, oneself: Oneself) -> Record | None:
    """The concern of that name, unless it is about them."""
    found = select(concerns).where(concerns.c.token == token, ~_about(oneself))
    return tx.execute(found).one_or_none()


def unreleased(tx: Tx, oneself: Oneself, limit: int) -> list[Record]:
    """Open ones that are not about them: those that nobody has taken first, the oldest first."""
    found = select(concerns).where(_open, ~_about(oneself))
    return list(tx.execute(found.order_by(concerns.c.taken_at.is_not(None), concerns.c.id).limit(limit)))


def untaken(tx: Tx, oneself: Oneself, limit: int) -> list[Record]:
    """Those of which somebody is still to be told, and that are not about them: the oldest first."""
    found = select(concerns).where(_open, _alerting, ~_about(oneself))
    return list(tx.execute(found.order_by(concerns.c.id).limit(limit)))


def released(tx: Tx, oneself: Oneself, since: datetime, limit: int, offset: int = 0) -> list[Record]:
    """Those let go since then that are not about them, the newest first."""
    found = select(concerns).where(concerns.c.released_at > since, ~_about(oneself))
    return list(tx.execute(found.order_by(concerns.c.released_at.desc(), concerns.c.id).limit(limit).offset(offset)))


def messages(tx: Tx, concern_id: int, limit: int) -> list[Record]:
    """Each message that is with it, the newest first: what is known of it, its words, and when it came."""
    found = (
        select(concern_messages, messages_in.c.text, messages_in.c.received_at, messages_in.c.media)
        .join(messages_in, messages_in.c.id == concern_messages.c.message_id)
        .where(concern_messages.c.concern_id == concern_id)
    )
    return list(tx.execute(found.order_by(concern_messages.c.message_id.desc()).limit(limit)))


def message_called(tx: Tx, concern_id: int, token: str) -> Record | None:
    found = select(concern_messages).where(concern_messages.c.token == token)
    return tx.execute(found.where(concern_messages.c.concern_id == concern_id)).one_or_none()


def judge(tx: Tx, row_id: int, **values: Any) -> None:
    changing.change(tx, concern_messages, row_id, values)


def tally(tx: Tx, oneself: Oneself) -> dict[tuple[bool, str | None], int]:
    """How many messages were heard as danger or not, by what was said of that; none that is about them."""
    columns = concern_messages.c.heard, concern_messages.c.judged
    found = select(*columns, func.count()).join(concerns, concerns.c.id == concern_messages.c.concern_id)
    found = found.where(~_about(oneself)).group_by(*columns)
    return {(row[0], row[1]): row[2] for row in tx.execute(found)}


_BLANK = {"why": None, "reason": None, "person_id": None}


def blank(tx: Tx, address_id: int) -> None:
    """Erase the words about what began there, and keep that there was something."""
    tx.execute(update(concerns).where(concerns.c.address_id == address_id).values(_BLANK))


def blank_of(tx: Tx, whose: Whose) -> None:
    """Erase the words about this person, or what may have been about them."""
    tx.execute(update(concerns).where(rows_of(whose, concerns, concerns.c.opened_at)).values(_BLANK))


_ALONE = and_(
    concerns.c.address_id.is_(None),
    concerns.c.released_at < bindparam("released_before"),
    or_(concerns.c.why.is_not(None), concerns.c.reason.is_not(None)),
)
_OLD_ALONE = Look(select(concerns.c.id).where(_ALONE))


def blank_alone(tx: Tx, released_before: datetime) -> list[str]:
    """Erase the words about those that began nowhere we know of, and were let go before then. Returns the tokens."""
    done = update(concerns).where(_ALONE).values(_BLANK).returning(concerns.c.token)
    return list(tx.execute(done, {"released_before": released_before}).scalars())


def are_alone(tx: Tx, released_before: datetime) -> bool:
    """Whether `blank_alone` has anything to do."""
    return _OLD_ALONE.finds(tx, released_before=released_before)
