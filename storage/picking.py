"""Picking: whom a rule is for, and how each of them is reached or why not.

One query serves the count before a message goes and the queueing itself, so that the count shown is the count sent. A
rule is what bank.audience.Rule writes down. What it does not name is not asked; what it names is met by any of its
values. Whoever meets anything of its `without` is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    false,
    func,
    literal,
    not_,
    or_,
    select,
)

from storage.addresses import AddressState, addresses
from storage.coming import was_invited
from storage.consents import Purpose, consents
from storage.fitting import fits
from storage.needs import needs
from storage.often import had_enough
from storage.outbox import NOT_SENT, messages_out
from storage.people import ONLY_THE_NEWS, PersonState, people
from storage.reach import reach
from storage.schema import Record, constant, unindexed
from storage.store import Tx
from storage.tasks import tasks
from storage.types import Code


class Way(StrEnum):
    """How somebody is reached."""

    SMS = "sms"
    WHATSAPP = "whatsapp"
    TELEGRAM = "telegram"
    CALL = "call"
    LETTER = "letter"


class Left(StrEnum):
    """Why somebody of the rule is left out."""

    HELD = "held"  # a person of ours must look first
    NOT_WANTED = "not_wanted"  # the news, for which they did not ask; or anything else, where they want only the news
    INVITED = "invited"  # to this meeting, already
    NO_PROMOTIONS = "no_promotions"
    PAUSED = "paused"
    NO_AGREEMENT = "no_agreement"  # to be written to where they could be
    NO_ADDRESS = "no_address"
    QUIET = "quiet"  # a machine answered there, or a text could do harm there
    CAP = "cap"  # they had as many in the week as they agreed to


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms people are written to.

    `most_a_week`: texts that nobody asked for (0: as many as like). It counts here only where `leave_out_capped`: else
    whoever had enough gets theirs later. `got`: the id of a broadcast, only for those who got it. `meeting`: the id of
    the meeting to which it invites: nobody is invited to it twice.
    """

    now: datetime
    most_a_week: int
    leave_out_capped: bool
    promotion: bool = False
    digest: bool = False
    got: int | None = None
    meeting: int | None = None


TEXTED = tuple(way.value for way in Way if way not in {Way.CALL, Way.LETTER})
_RUNG = ("sms", "whatsapp")
_there = addresses.alias("there")
_newest = (
    select(consents.c.given)
    .where(consents.c.address_id == _there.c.id, consents.c.purpose == Purpose.MESSAGES)
    .order_by(consents.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_usable = and_(_there.c.state == constant(AddressState.OPEN), _there.c.spam.is_(None), _there.c.ours.is_(None))
_open = (
    select(_there.c.id)
    .select_from(reach.join(_there, _there.c.id == reach.c.address_id))
    .where(reach.c.person_id == people.c.id, _usable)
    .correlate(people)
)
# Who agreed to texts once and stopped them is not rung instead. Where a number is dead, they did not stop anything.
_wrote_to = (
    select(_there.c.id)
    .select_from(
        reach.join(_there, _there.c.id == reach.c.address_id).join(consents, consents.c.address_id == _there.c.id)
    )
    .where(
        reach.c.person_id == people.c.id,
        _there.c.state != constant(AddressState.DEAD),
        consents.c.purpose == Purpose.MESSAGES,
        consents.c.given,
    )
    .correlate(people)
)
# The one they last wrote from; one that shows no texts only where there is no other.
_FIRST = (_there.c.landline, _there.c.last_in_at.desc().nulls_last(), _there.c.id)
_one_by_one = _open.where(_newest).order_by(*_FIRST).limit(1).scalar_subquery()
_here = people.alias("here")
_all_at_once = (
    select(
        _here.c.id.label("person_id"),
        _there.c.id.label("address_id"),
        func.row_number().over(partition_by=_here.c.id, order_by=_FIRST).label("turn"),
    )
    .select_from(
        _here.outerjoin(
            reach.join(_there, and_(_there.c.id == reach.c.address_id, _usable, _newest)),
            reach.c.person_id == _here.c.id,
        )
    )
    .where(_here.c.state == PersonState.MEMBER)
    .subquery("chosen")
)
# Whose address is looked for one person after the other, or for all of them: each is several times as slow as the other
# on the other database, for everybody or for the next few thousand ids.
_PEOPLE: dict[str, tuple[ColumnElement[int], FromClause, ColumnElement[bool]]] = {
    "sqlite": (
        people.c.id,
        people.outerjoin(addresses, addresses.c.id == _one_by_one),
        unindexed(people.c.state, PersonState.MEMBER),
    ),
    "postgresql": (
        _all_at_once.c.person_id,
        _all_at_once.join(people, people.c.id == _all_at_once.c.person_id).outerjoin(
            addresses, addresses.c.id == _all_at_once.c.address_id
        ),
        _all_at_once.c.turn == 1,
    ),
}
_route: ColumnElement[str] = case(
    (and_(people.c.ring, or_(people.c.contact_key.is_not(None), addresses.c.channel.in_(_RUNG))), Way.CALL),
    (addresses.c.landline, Way.CALL),
    (addresses.c.id.is_not(None), addresses.c.channel),
    (and_(not_(people.c.ring), _wrote_to.exists()), Left.NO_AGREEMENT),
    (people.c.contact_key.is_not(None), Way.CALL),
    (people.c.contact.is_not(None), Way.LETTER),
    (_open.exists(), Left.NO_AGREEMENT),
    else_=Left.NO_ADDRESS,
)


def picked(tx: Tx, rule: Mapping[str, Any] | None, terms: Terms) -> Subquery:
    """A row for each person of the rule: person_id, way, address_id, sender, channel, language, plain.

    `way` is a Way's value, or a Left's. Address, sender and channel are null where there is none to write to. Without a
    rule it is every member. Members of staff and partners are only there where the rule names them.
    """
    return _picked(tx, rule, terms).subquery("picked")


def counts(tx: Tx, rule: Mapping[str, Any] | None, terms: Terms, until: datetime | None = None) -> list[Record]:
    """How many (`people`) by `way`, `channel` and `language`; of those, how many get it later, as they had enough this
    week (`capped`), how many have had enough even then, when it is of no use any more (`until`, `too_late`), and how
    many WhatsApp takes only what it has approved for (`shut`).
    """
    now = literal(terms.now, people.c.paused_until.type)
    closed = or_(addresses.c.window_until.is_(None), addresses.c.window_until <= now)
    shut = and_(addresses.c.channel == Way.WHATSAPP.value, closed)
    capped = false() if terms.leave_out_capped else had_enough(tx, terms.now, terms.most_a_week)
    waits = None if terms.leave_out_capped else until
    too_late = had_enough(tx, waits, terms.most_a_week) if waits is not None else false()
    flags = {"shut": shut, "capped": capped, "too_late": too_late}
    each = _picked(tx, rule, terms).add_columns(*(case((flag, 1), else_=0).label(name) for name, flag in flags.items()))
    rows = each.subquery("picked")
    by = rows.c.way, rows.c.channel, rows.c.language
    sums = (func.sum(rows.c[name]).label(name) for name in flags)
    return list(tx.execute(select(*by, func.count().label("people"), *sums).group_by(*by)))


def reached(tx: Tx, rule: Mapping[str, Any] | None, terms: Terms) -> int:
    """How many of the rule's people are reached in any way."""
    rows = picked(tx, rule, terms)
    return int(tx.execute(select(func.count()).where(rows.c.way.in_([way.value for way in Way]))).scalar_one())


def anybody_got(tx: Tx, broadcast_id: int) -> bool:
    """Whether a text of it went, or somebody was rung or had a letter."""
    return tx.execute(_who_got(broadcast_id).limit(1)).first() is not None


def count(tx: Tx, rule: Mapping[str, Any] | None, terms: Terms, without: Collection[int] = ()) -> int:
    """How many people of the rule there are, but for these ids."""
    rows = picked(tx, rule, terms)
    found = select(func.count()).select_from(rows).where(rows.c.person_id.not_in(without))
    return int(tx.execute(found).scalar_one())


def people_of(
    tx: Tx, rule: Mapping[str, Any] | None, terms: Terms, limit: int, without: Collection[int] = ()
) -> list[Record]:
    """Some of the people of the rule, those who joined last first. `without`: ids of people who are left out."""
    ids = select(picked(tx, rule, terms).c.person_id)
    found = select(people).where(people.c.id.in_(ids), people.c.id.not_in(without))
    return list(tx.execute(found.order_by(people.c.joined_at.desc(), people.c.id.desc()).limit(limit)))


def ways_of(tx: Tx, person_ids: Collection[int], terms: Terms) -> dict[int, Record]:
    """How each of these members is reached now, or why not, by person: `way`, `language` and `plain`."""
    rows = picked(tx, None, terms)
    columns = (rows.c[name] for name in ("person_id", "way", "language", "plain"))
    found = select(*columns).where(rows.c.person_id.in_(person_ids))
    return {row.person_id: row for row in tx.execute(found)} if person_ids else {}


def with_needs(tx: Tx, rule: Mapping[str, Any] | None, terms: Terms, limit: int) -> list[Record]:
    """Some of the people of the rule who are reached in any way, and for whom something is to be arranged."""
    rows = picked(tx, rule, terms)
    ids = select(rows.c.person_id).where(rows.c.way.in_([way.value for way in Way]))
    found = select(people).where(people.c.id.in_(ids), people.c.id.in_(select(needs.c.person_id)))
    return list(tx.execute(found.order_by(people.c.id).limit(limit)))


def is_picked(tx: Tx, rule: Mapping[str, Any] | None, terms: Terms, person_id: int) -> bool:
    """Whether this person is one of the rule's."""
    rows = picked(tx, rule, terms)
    return tx.execute(select(rows.c.way).where(rows.c.person_id == person_id)).first() is not None


def _picked(tx: Tx, rule: Mapping[str, Any] | None, terms: Terms) -> Select[Any]:
    way = case(*_left_out(tx, terms), else_=_route)
    person_id, members, which = _PEOPLE[tx.dialect.name]
    return (
        select(
            person_id.label("person_id"),
            way.cast(Code).label("way"),
            addresses.c.id.label("address_id"),
            addresses.c.sender,
            addresses.c.channel,
            func.coalesce(addresses.c.language, people.c.language).label("language"),
            func.coalesce(addresses.c.plain, false()).label("plain"),
        )
        .select_from(members)
        .where(which, *_of(tx, rule, terms))
    )


def _left_out(tx: Tx, terms: Terms) -> Iterator[tuple[ColumnElement[bool], Left]]:
    """What keeps somebody back, the most serious first."""
    now = literal(terms.now, people.c.paused_until.type)
    yield or_(people.c.held.is_not(None), addresses.c.held.is_not(None)), Left.HELD
    if terms.meeting is not None:
        yield was_invited(terms.meeting), Left.INVITED
    if terms.digest:
        yield ~people.c.digest, Left.NOT_WANTED
    elif terms.got is None:
        yield people.c.days_apart >= ONLY_THE_NEWS, Left.NOT_WANTED
    if terms.promotion:
        yield ~people.c.promotions, Left.NO_PROMOTIONS
    yield people.c.paused_until > now, Left.PAUSED
    yield or_(addresses.c.unsafe_until > now, addresses.c.silent_until > now), Left.QUIET
    if terms.leave_out_capped:
        yield had_enough(tx, terms.now, terms.most_a_week), Left.CAP


def _of(tx: Tx, rule: Mapping[str, Any] | None, terms: Terms) -> Iterator[ColumnElement[bool]]:
    """Whose rows there are."""
    if terms.got is not None:
        yield people.c.id.in_(_who_got(terms.got))
    if rule is not None or terms.got is None:
        yield fits(tx, rule or {}, _route)


def _who_got(broadcast_id: int) -> CompoundSelect[Any]:
    """To whom a text of it went, and who was rung or had a letter."""
    of_it = messages_out.c.broadcast_id == broadcast_id, messages_out.c.person_id.is_not(None)
    went = messages_out.c.claimed_at.is_not(None), messages_out.c.state.not_in([str(state) for state in NOT_SENT])
    done = tasks.c.broadcast_id == broadcast_id, tasks.c.person_id.is_not(None), tasks.c.closed_by.is_not(None)
    return select(messages_out.c.person_id).where(*of_it, *went).union(select(tasks.c.person_id).where(*done))
