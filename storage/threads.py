"""Threads: addresses as the inbox lists them, and everything that was said at those of one thread, in order of time.

A person who writes from several addresses has one thread, and so have several who share one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, exists, func, literal, not_, or_, select, union_all

from storage import name_parts
from storage.addresses import addresses
from storage.conversations import ConversationState, conversations
from storage.messages_in import messages_in
from storage.oneself import NOBODY, Oneself
from storage.outbox import messages_out
from storage.people import PersonState, people
from storage.questions import IS_OPEN, questions
from storage.reach import reach
from storage.schema import Record, constant
from storage.store import Tx
from storage.tasks import tasks

# More addresses than anybody has: a thread is never read without an end.
MOST_ADDRESSES = 20
HELD = "danger"


class Show(StrEnum):
    """Which threads a list shows. Spam is in its own list only."""

    ALL = "all"
    MINE = "mine"
    UNREAD = "unread"  # something there is to be done by a person
    WAITING = "waiting"  # we asked them something, and wait for their answer
    HELD = "held"
    SPAM = "spam"


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who looks: whether they may see where somebody may be in danger, and who they are themselves."""

    staff_id: int
    sees_danger: bool
    oneself: Oneself = NOBODY


@dataclass(frozen=True, slots=True)
class Among:
    """Which messages are looked through: of the threads of a list, those that came from `since` to before `until`."""

    show: Show = Show.ALL
    since: datetime | None = None
    until: datetime | None = None


def listed(tx: Tx, eyes: Eyes, show: Show, limit: int, after: Record | None = None) -> list[Record]:
    """Addresses, the last written from first; of one person's only the first. `after` is the last of those before."""
    if show in _FEW:
        return _listed_of_few(tx, eyes, show, limit, after)
    stands = _stands(eyes, show, after), _fits(addresses, eyes, show)
    found = select(addresses).where(*stands).order_by(_when(addresses, show).desc(), addresses.c.id.desc())
    return list(tx.execute(found.limit(limit)))


def _listed_of_few(tx: Tx, eyes: Eyes, show: Show, limit: int, after: Record | None) -> list[Record]:
    """The same, beginning with the few that there are, whatever PostgreSQL believes of how many there are."""
    few = _few(show).distinct().subquery("few")
    here = addresses.c.id == few.c[0]
    at = select(_when(addresses, show)).where(here).correlate(few).scalar_subquery()
    stands = here, _stands(eyes, show, after), _is_seen(addresses, eyes), addresses.c.spam.is_(None)
    ids = select(few.c[0]).where(_alone(select(addresses.c.id).where(*stands).correlate(few)))
    order = list(tx.execute(ids.order_by(at.desc(), few.c[0].desc()).limit(limit)).scalars())
    rows = {row.id: row for row in tx.execute(select(addresses).where(addresses.c.id.in_(order)))} if order else {}
    return [rows[one] for one in order]


def _stands(eyes: Eyes, show: Show, after: Record | None) -> ColumnElement[bool]:
    """An address stands for its thread in this list, and comes later in it than `after`."""
    first = not_(_goes_before(eyes, show))
    if after is None:
        return first
    when = _when(addresses, show)
    at = after.last_in_at if show is Show.ALL else after.last_in_at or after.created_at
    return and_(first, or_(when < at, and_(when == at, addresses.c.id < after.id)))


def _alone(found: Select[Any]) -> ColumnElement[bool]:
    """Whether there is such a row, asked of each by itself.

    The offset keeps PostgreSQL from making a join of it. Before it has counted a table's rows it takes them for one,
    and goes through all addresses for each of all addresses.
    """
    return found.offset(0).exists()


def seen(tx: Tx, eyes: Eyes, ids: Collection[int]) -> set[int]:
    """Those of these addresses that they may look at."""
    found = select(addresses.c.id).where(addresses.c.id.in_(ids), _is_seen(addresses, eyes))
    return set(tx.execute(found).scalars()) if ids else set()


def in_sight(eyes: Eyes) -> ColumnElement[bool]:
    """For a query of another noun that has addresses in it: that they may look there."""
    return _is_seen(addresses, eyes)


def may_see(tx: Tx, eyes: Eyes, address_id: int) -> bool:
    """Whether this one may be looked at, spam or not."""
    return address_id in seen(tx, eyes, [address_id])


def by_token(tx: Tx, eyes: Eyes, token: str) -> Record | None:
    """The address of that name, where they may look at it."""
    found = select(addresses).where(addresses.c.token == token, _is_seen(addresses, eyes))
    return tx.execute(found).one_or_none()


def these(tx: Tx, eyes: Eyes, ids: Collection[int]) -> list[Record]:
    """Those of these addresses that they may look at, the last written from first."""
    found = select(addresses).where(addresses.c.id.in_(ids), _is_seen(addresses, eyes))
    return list(tx.execute(found.order_by(addresses.c.last_in_at.desc(), addresses.c.id.desc())))


def together(tx: Tx, eyes: Eyes, address_id: int) -> list[Record]:
    """The addresses of one thread, as far as they may be looked at, the last written from first."""
    known, fresh = {address_id}, {address_id}
    while fresh and len(known) < MOST_ADDRESSES:
        near = _near(tx, fresh)
        fresh = {row.id for row in these(tx, eyes, near - known)}
        known |= fresh
    return these(tx, eyes, known)


def people_of(tx: Tx, ids: Collection[int]) -> list[Record]:
    """Everyone reached at these addresses, each once for each, with `address_id`."""
    found = select(people, reach.c.address_id).join(reach, reach.c.person_id == people.c.id)
    return list(tx.execute(found.where(reach.c.address_id.in_(ids)).order_by(people.c.id)))


def named(tx: Tx, eyes: Eyes, name: str, limit: int) -> list[int]:
    """Ids of the addresses that reach somebody whose name has all these parts, as far as they may be looked at."""
    having = [reach.c.person_id.in_(ids) for ids in name_parts.having(name)]
    if not having:
        return []
    there = select(reach.c.address_id).join(people, people.c.id == reach.c.person_id)
    there = there.join(addresses, addresses.c.id == reach.c.address_id)
    whose = *having, people.c.state == PersonState.MEMBER, _is_seen(addresses, eyes)
    found = there.where(*whose).distinct().order_by(reach.c.address_id.desc()).limit(limit)
    return list(tx.execute(found).scalars())


def shared(tx: Tx, ids: Collection[int]) -> list[tuple[int, int]]:
    """For each of these addresses, the other addresses of the people there: (this one, that one)."""
    here, there = reach.alias("here"), reach.alias("there")
    found = (
        select(here.c.address_id, there.c.address_id)
        .join(there, there.c.person_id == here.c.person_id)
        .where(here.c.address_id.in_(ids), there.c.address_id != here.c.address_id)
    )
    return [(row[0], row[1]) for row in tx.execute(found)]


def last_in(tx: Tx, ids: Collection[int]) -> dict[int, Record]:
    """The last message from each of these addresses."""
    return _last(tx, messages_in, ids)


def last_out(tx: Tx, ids: Collection[int]) -> dict[int, Record]:
    """The last message to each of these addresses."""
    return _last(tx, messages_out, ids)


def open_tasks(tx: Tx, ids: Collection[int]) -> list[Record]:
    """What is to be done there, oldest first."""
    found = select(tasks).where(tasks.c.address_id.in_(ids), tasks.c.closed_at.is_(None))
    return list(tx.execute(found.order_by(tasks.c.id)))


def open_questions(tx: Tx, ids: Collection[int]) -> list[Record]:
    """What was asked there and has still to be answered, or read, oldest first."""
    found = select(questions).where(questions.c.address_id.in_(ids), IS_OPEN)
    return list(tx.execute(found.order_by(questions.c.id)))


def asked(tx: Tx, ids: Collection[int]) -> set[int]:
    """Those of these addresses at which we wait for an answer."""
    found = select(conversations.c.address_id).where(conversations.c.address_id.in_(ids), _asked_there)
    return set(tx.execute(found).scalars())


def latest_words(tx: Tx, eyes: Eyes, among: Among, limit: int) -> list[Record]:
    """The latest of these messages, newest first: `address_id`, `text`, `id`."""
    found, show = select(messages_in.c.address_id, messages_in.c.text, messages_in.c.id), among.show
    if among.since is not None:
        found = found.where(messages_in.c.received_at >= among.since)
    if among.until is not None:
        found = found.where(messages_in.c.received_at < among.until)
    if show is Show.ALL:
        found = found.join(addresses, addresses.c.id == messages_in.c.address_id).where(_fits(addresses, eyes, show))
    else:
        found = found.where(messages_in.c.address_id.in_(select(addresses.c.id).where(_fits(addresses, eyes, show))))
    return list(tx.execute(found.order_by(messages_in.c.id.desc()).limit(limit)))


def _last(tx: Tx, table: Any, ids: Collection[int]) -> dict[int, Record]:
    newest = select(func.max(table.c.id)).where(table.c.address_id.in_(ids)).group_by(table.c.address_id)
    return {row.address_id: row for row in tx.execute(select(table).where(table.c.id.in_(newest)))}


def _near(tx: Tx, ids: Collection[int]) -> set[int]:
    return {other for _one, other in shared(tx, ids)}


def _when(table: FromClause, show: Show) -> ColumnElement[Any]:
    """Addresses that never wrote have a place only where something is to be done about them."""
    when: ColumnElement[Any] = table.c.last_in_at
    return when if show is Show.ALL else func.coalesce(when, table.c.created_at)


_asked_there = conversations.c.state == constant(ConversationState.OPEN)


def _fits(table: FromClause, eyes: Eyes, show: Show) -> ColumnElement[bool]:
    return and_(_is_seen(table, eyes), *_those_of(table, eyes, show))


def _those_of(table: FromClause, eyes: Eyes, show: Show) -> Iterator[ColumnElement[bool]]:
    yield table.c.spam.is_not(None) if show is Show.SPAM else table.c.spam.is_(None)
    if show is Show.ALL:
        yield table.c.last_in_at.is_not(None)
    elif show is Show.MINE:
        yield or_(table.c.assigned_to == eyes.staff_id, table.c.taken_by == eyes.staff_id)
    elif show is Show.WAITING:
        yield exists().where(conversations.c.address_id == table.c.id, _asked_there)
    elif show in _FEW:
        # One by one, each beside the others; the list itself begins with the few that there are.
        yield table.c.id.in_(_few(show)) if table is addresses else _is_one_of_the_few(table, show)


# There are few of these, and so many threads that they are not looked through for them.
_FEW = frozenset({Show.UNREAD, Show.HELD})


def _few(show: Show) -> Select[Any]:
    if show is Show.UNREAD:
        to_do = select(tasks.c.address_id).where(tasks.c.closed_at.is_(None))
        either = union_all(to_do, select(questions.c.address_id).where(IS_OPEN)).subquery()
    else:
        held = addresses.alias("held_addresses")
        reached = select(reach.c.address_id).join(people, people.c.id == reach.c.person_id).where(people.c.held == HELD)
        either = union_all(select(held.c.id).where(held.c.held == HELD), reached).subquery()
    return select(either.c[0])


def _is_one_of_the_few(table: FromClause, show: Show) -> ColumnElement[bool]:
    if show is Show.HELD:
        return or_(table.c.held == HELD, _reaches_somebody_held(table))
    task = exists().where(tasks.c.address_id == table.c.id, tasks.c.closed_at.is_(None))
    return or_(task, exists().where(questions.c.address_id == table.c.id, IS_OPEN))


def _reaches_somebody_held(table: FromClause) -> ColumnElement[bool]:
    here, whose = reach.alias(), people.alias()
    return exists().where(here.c.address_id == table.c.id, whose.c.id == here.c.person_id, whose.c.held == HELD)


def _is_seen(table: FromClause, eyes: Eyes) -> ColumnElement[bool]:
    """Where somebody may be in danger only the leads look, and nobody at what is about themselves."""
    rules: list[ColumnElement[bool]] = []
    if not eyes.sees_danger:
        rules.append(or_(table.c.held.is_(None), table.c.held != HELD))
        rules.append(not_(_reaches_somebody_held(table)))
    if eyes.oneself.address_ids:
        rules.append(table.c.id.not_in(eyes.oneself.address_ids))
    return and_(literal(value=True), *rules)


def _goes_before(eyes: Eyes, show: Show) -> ColumnElement[bool]:
    """Another address of the same people is in this list, and was written from later."""
    here, there, other = reach.alias("here"), reach.alias("there"), addresses.alias("other")
    when, others = _when(addresses, show), _when(other, show)
    later = or_(others > when, and_(others == when, other.c.id > addresses.c.id))
    at_other = select(other.c.id).where(other.c.id == there.c.address_id, later, _fits(other, eyes, show))
    theirs = select(here.c.address_id).where(
        here.c.address_id == addresses.c.id,
        there.c.person_id == here.c.person_id,
        there.c.address_id != here.c.address_id,
        _alone(at_other.correlate(addresses, there)),
    )
    return _alone(theirs.correlate(addresses))
