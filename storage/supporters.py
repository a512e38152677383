"""Supporters: people who help a member, as far as that member agreed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Table,
    and_,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from storage.addresses import AddressState, addresses
from storage.changing import changed
from storage.conversations import IS_OPEN, conversations
from storage.look import NOW, Look
from storage.people import PersonState, people
from storage.reach import reach
from storage.schema import Record, among, constant, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed, Token


class Help(StrEnum):
    """What a supporter does for a member."""

    REMINDERS = "reminders"
    ANSWERS = "answers"
    BOTH = "both"


class LinkState(StrEnum):
    NAMED = "named"  # the member is still to be asked
    ASKED = "asked"
    INVITED = "invited"  # the member agreed, who named them by text: whoever helps is still to say yes
    AGREED = "agreed"
    REFUSED = "refused"
    ENDED = "ended"


class EndedBy(StrEnum):
    MEMBER = "member"
    SUPPORTER = "supporter"


LIVE = (LinkState.NAMED, LinkState.ASKED, LinkState.INVITED, LinkState.AGREED)
MEMBER_AGREED = (LinkState.INVITED, LinkState.AGREED)

supporters = Table(
    "supporters",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("name", Sealed("supporters.name")),
    Column("number", Sealed("supporters.number")),
    # Theirs, from when the member has agreed.
    Column("address_id", Id, ForeignKey("addresses.id"), index=True),
    Column("helps", Code, nullable=False),
    Column("state", Code, nullable=False),
    # Who of the team named them; nobody: the member did.
    Column("staff_id", Id, ForeignKey("staff.id")),
    Column("named_at", Instant, nullable=False),
    Column("asked_at", Instant),
    Column("agreed_at", Instant),
    Column("ended_at", Instant),
    Column("ended_by", Code),
    # What one of the two is still to be told: the name of a flow of ours.
    Column("owed", Code),
)
_to_ask = supporters.c.state == constant(LinkState.NAMED)
_to_tell = supporters.c.owed.is_not(None)
Index("ix_supporters_to_tell", supporters.c.id, sqlite_where=_to_tell, postgresql_where=_to_tell)
Index("ix_supporters_to_ask", supporters.c.id, sqlite_where=_to_ask, postgresql_where=_to_ask)


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(supporters).values(**values).returning(supporters)).one()


def get(tx: Tx, link_id: int) -> Record:
    return tx.execute(select(supporters).where(supporters.c.id == link_id)).one()


def change(tx: Tx, link_id: int, values: Mapping[str, Any]) -> Record:
    return changed(tx, supporters, link_id, values)


def of(tx: Tx, person_id: int, limit: int = 100) -> list[Record]:
    """All who help or helped this member, or were to, newest first."""
    theirs = select(supporters).where(supporters.c.person_id == person_id)
    return list(tx.execute(theirs.order_by(supporters.c.id.desc()).limit(limit)))


def agreed(tx: Tx, person_id: int) -> list[Record]:
    """Those whom this member agreed to, by when they were named."""
    theirs = select(supporters).where(supporters.c.person_id == person_id, supporters.c.state == LinkState.AGREED)
    return list(tx.execute(theirs.order_by(supporters.c.id)))


def agreed_to(tx: Tx, person_id: int) -> list[Record]:
    """Those whom this member agreed to, whether or not they have said yes themselves, by when they were named."""
    theirs = select(supporters).where(supporters.c.person_id == person_id, supporters.c.state.in_(MEMBER_AGREED))
    return list(tx.execute(theirs.order_by(supporters.c.id)))


def named_since(tx: Tx, person_id: int, since: datetime) -> int:
    """How many this member named by text since then."""
    theirs = supporters.c.person_id == person_id, supporters.c.staff_id.is_(None), supporters.c.named_at > since
    return int(tx.execute(select(func.count()).select_from(supporters).where(*theirs)).scalar_one())


def invited_at(tx: Tx, address_id: int, person_id: int | None = None) -> list[Record]:
    """The links by which somebody at this address is to help a member, or this one member, and has not said yes."""
    there = select(supporters).where(supporters.c.address_id == address_id, supporters.c.state == LinkState.INVITED)
    if person_id is not None:
        there = there.where(supporters.c.person_id == person_id)
    return list(tx.execute(there.order_by(supporters.c.id)))


def one_of(tx: Tx, person_id: int, token: str) -> Record | None:
    named = select(supporters).where(supporters.c.token == token, supporters.c.person_id == person_id)
    return tx.execute(named).one_or_none()


_other = supporters.alias("other")
_asked_already = exists().where(_other.c.person_id == supporters.c.person_id, _other.c.state == LinkState.ASKED)
_not_paused = or_(people.c.paused_until.is_(None), people.c.paused_until <= NOW)


def _is_free() -> ColumnElement[bool]:
    """The address is open, nothing is being asked there, and something may be."""
    busy = exists().where(conversations.c.address_id == addresses.c.id, IS_OPEN)
    safe = or_(addresses.c.unsafe_until.is_(None), addresses.c.unsafe_until <= NOW)
    left_alone = or_(*(one.is_not(None) for one in (addresses.c.held, addresses.c.spam, addresses.c.taken_by)))
    return and_(addresses.c.state == AddressState.OPEN, safe, ~left_alone, ~busy)


_TO_ASK = Look(
    select(supporters.c.id)
    .join(people, people.c.id == supporters.c.person_id)
    .where(
        _to_ask,
        people.c.state == PersonState.MEMBER,
        people.c.held.is_(None),
        _not_paused,
        exists().where(reach.c.person_id == supporters.c.person_id, reach.c.address_id == addresses.c.id, _is_free()),
        ~_asked_already,
    )
    .order_by(supporters.c.id)
)
_FREE_ADDRESSES = Look(
    select(addresses.c.id)
    .join(reach, reach.c.address_id == addresses.c.id)
    .where(reach.c.person_id == bindparam("person_id"), _is_free())
    .order_by(addresses.c.last_in_at.desc())
)
_SILENT = Look(
    select(supporters.c.id).where(
        among(supporters.c.state, (LinkState.ASKED, LinkState.INVITED)),
        supporters.c.asked_at <= bindparam("asked_before"),
    )
)
_TO_TELL = Look(
    select(supporters.c.id)
    .join(people, people.c.id == supporters.c.person_id)
    .where(_to_tell, people.c.held.is_(None), _not_paused)
    .order_by(supporters.c.id)
)


def to_ask(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of those about whom the member is still to be asked, and may be asked now, oldest first."""
    return _TO_ASK.ids(tx, limit, now=now)


def free_address_of(tx: Tx, person_id: int, now: datetime) -> int | None:
    """The id of an address where this member can be asked now; the one they last wrote from."""
    found = _FREE_ADDRESSES.ids(tx, 1, person_id=person_id, now=now)
    return found[0] if found else None


def unanswered(tx: Tx, asked_before: datetime, limit: int) -> list[int]:
    """Ids of those about whom the member, or they themselves, were asked before then, and did not answer."""
    return _SILENT.ids(tx, limit, asked_before=asked_before)


def to_tell(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of those of whom one side is still to be told something, and may be: no hold or pause of the member's."""
    return _TO_TELL.ids(tx, limit, now=now)


def addresses_of(tx: Tx, person_id: int) -> list[int]:
    """The addresses of all who help or helped this member."""
    theirs = select(supporters.c.address_id).where(
        supporters.c.person_id == person_id, supporters.c.address_id.is_not(None)
    )
    return list(dict.fromkeys(tx.execute(theirs).scalars()))


def asked_of(tx: Tx, person_id: int) -> Record | None:
    """The one about whom this member was asked last, and has not answered."""
    open_one = select(supporters).where(supporters.c.person_id == person_id, supporters.c.state == LinkState.ASKED)
    return tx.execute(open_one.order_by(supporters.c.asked_at.desc(), supporters.c.id.desc()).limit(1)).one_or_none()


def agreed_at(tx: Tx, address_id: int, person_id: int | None = None) -> list[Record]:
    """The links by which somebody at this address helps a member, or this one member."""
    there = (
        select(supporters)
        .join(people, people.c.id == supporters.c.person_id)
        .where(
            supporters.c.address_id == address_id,
            supporters.c.state == LinkState.AGREED,
            people.c.state == PersonState.MEMBER,
        )
    )
    if person_id is not None:
        there = there.where(supporters.c.person_id == person_id)
    return list(tx.execute(there.order_by(supporters.c.id)))


def by_whom(tx: Tx, address_ids: Collection[int]) -> list[Record]:
    """Everybody who helps or helped a member from these addresses, with the `member` by name."""
    there = select(supporters, people.c.name.label("member")).join(people, people.c.id == supporters.c.person_id)
    return list(tx.execute(there.where(supporters.c.address_id.in_(address_ids))))


def is_needed(tx: Tx, address_id: int) -> bool:
    """Whether somebody there helps a member still, or is to."""
    helps = supporters.c.state.in_(MEMBER_AGREED)
    there = select(supporters.c.id).where(supporters.c.address_id == address_id, helps)
    return tx.execute(there.limit(1)).first() is not None


def end(tx: Tx, link_id: int, by: EndedBy, now: datetime, owed: str | None) -> None:
    """The help is over: their number goes, their name stays for the record of what was agreed."""
    over = {"state": LinkState.ENDED, "ended_at": now, "ended_by": by, "number": None, "owed": owed}
    tx.execute(update(supporters).where(supporters.c.id == link_id).values(over))


def refuse(tx: Tx, link_id: int, now: datetime, by: EndedBy | None) -> None:
    """The member said no, or (by nobody) nothing: of whom it was about only that is kept."""
    no = {"state": LinkState.REFUSED, "ended_at": now, "ended_by": by, "number": None, "name": None}
    tx.execute(update(supporters).where(supporters.c.id == link_id).values(no))


def forget(tx: Tx, person_id: int, now: datetime) -> None:
    """The member is erased: so are the names and numbers of those who helped."""
    live = supporters.c.person_id == person_id, supporters.c.state.in_(LIVE)
    tx.execute(update(supporters).where(*live).values(state=LinkState.ENDED, ended_at=now))
    bare = {"name": None, "number": None, "address_id": None, "owed": None}
    tx.execute(update(supporters).where(supporters.c.person_id == person_id).values(bare))
