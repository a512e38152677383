"""People who have joined the bank, and what they told us that is one fact each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    bindparam,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from storage import name_parts
from storage.changing import changed
from storage.look import NOW, Look
from storage.prepared import Prepared
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Lookup, Sealed, SealedJson, Token

# Days apart, of who wants nothing that they did not ask for but the news.
ONLY_THE_NEWS = 3650


class PersonState(StrEnum):
    MEMBER = "member"
    LEFT = "left"  # hidden at once, erased when `erase_at` comes, brought back whole by START
    ERASED = "erased"


class Part(StrEnum):
    MEMBER = "member"  # somebody with lived experience, or a carer
    STAFF = "staff"
    PARTNER = "partner"


people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("state", Code, nullable=False),
    Column("name", Sealed("people.name")),
    Column("language", Code, nullable=False),
    Column("looks_after", Code),
    Column("district", Code),
    Column("place", Sealed("people.place")),
    Column("skills", Sealed("people.skills")),
    Column("support", Code),
    Column("ring", Boolean, nullable=False, default=False),
    # How to reach somebody who does not text: {"phone": a number in E.164, "post": where letters go}, either or both.
    Column("contact", SealedJson("people.contact")),
    Column("contact_key", Lookup, index=True),
    # How they told a colleague that they join; null where they joined by text.
    Column("joined_how", Code),
    # They were on our list twice: all that was theirs is that person's now.
    Column("merged_into", Id, ForeignKey("people.id"), index=True),
    Column("code_id", Id, ForeignKey("codes.id")),
    Column("joined_at", Instant, nullable=False),
    Column("erase_at", Instant, index=True),
    # Between which times texts that they did not ask for suit them, in minutes after midnight here.
    Column("text_from", Integer),
    Column("text_until", Integer),
    # Nothing is asked before then; far in the future means "until they say".
    Column("paused_until", Instant),
    # Why a person of ours must look before anything more is sent: "danger", "bereavement".
    Column("held", Code),
    Column("next_question", Integer, nullable=False, default=0),
    Column("asked_at", Instant),
    Column("demo", Boolean, nullable=False, default=False),
    # Staff and partners are on the list to be told things: never in draws or figures.
    Column("part", Code, nullable=False, default=Part.MEMBER, server_default=Part.MEMBER.value),
    # In which other format they asked for what we send: "easy_read", "bsl", "audio", "large_print".
    Column("format", Code),
    # So many days at least between texts that they did not ask for, or ONLY_THE_NEWS; nothing: as the organisation has
    # it.
    Column("days_apart", Integer),
    # They want the news, and what other organisations offer. What they agreed to is in the ledger.
    Column("digest", Boolean, nullable=False, default=False, server_default=false()),
    Column("promotions", Boolean, nullable=False, default=False, server_default=false()),
    # When they last said that what we arrange for them is right; nothing: never asked.
    Column("needs_checked_at", Instant),
    # When we last asked about that outside a meeting, answered or not.
    Column("needs_asked_at", Instant),
)
# Everything by which the list is narrowed, so that counting reads no row.
Index(
    "ix_people_state",
    people.c.state,
    people.c.joined_at,
    people.c.id,
    people.c.held,
    people.c.language,
    people.c.district,
    people.c.paused_until,
    people.c.joined_how,
)

_insert = Prepared(insert(people).returning(people))
# Asked at each claim of the sender's.
_these = people.c.id.in_(bindparam("these", expanding=True))
_silent = select(people.c.id).where(
    _these,
    or_(people.c.state != PersonState.MEMBER, people.c.paused_until > bindparam("now"), people.c.held.is_not(None)),
)
_apart = select(people.c.id, people.c.days_apart).where(_these, people.c.days_apart.is_not(None))
_hours = select(people.c.id, people.c.text_from, people.c.text_until).where(
    _these, or_(people.c.text_from.is_not(None), people.c.text_until.is_not(None))
)


def add(tx: Tx, **values: Any) -> Record:
    person = _insert.one(tx, values)
    if person.name:
        name_parts.keep(tx, person.id, person.name)
    return person


def get(tx: Tx, person_id: int) -> Record:
    return tx.execute(select(people).where(people.c.id == person_id)).one()


def by_token(tx: Tx, token: str) -> Record | None:
    """The person of that name of ours; None where there is none, or they were erased."""
    found = select(people).where(people.c.token == token, people.c.state != PersonState.ERASED)
    return tx.execute(found).one_or_none()


def merged_into(tx: Tx, person_id: int) -> list[int]:
    """Ids under which this person was on our list too."""
    return list(tx.execute(select(people.c.id).where(people.c.merged_into == person_id)).scalars())


def contact_key(number: str) -> str:
    """What the look-up hash of a number that we only ring is made of."""
    return f"phone:{number}"


def reached_by(tx: Tx, number: str) -> list[Record]:
    """Who does not text and is rung at that number (E.164)."""
    known = select(people).where(people.c.contact_key == contact_key(number), people.c.state != PersonState.ERASED)
    return list(tx.execute(known.order_by(people.c.id)))


def change(tx: Tx, person_id: int, values: Mapping[str, Any]) -> Record:
    """Write these values; returns the person as they are now. They are found by their name as it is now."""
    if "name" in values:
        name_parts.keep(tx, person_id, values["name"])
    return changed(tx, people, person_id, values)


def hold(tx: Tx, ids: Collection[int], why: str) -> None:
    """From now on a person of ours must look before anything more is sent to these people."""
    tx.execute(update(people).where(people.c.id.in_(ids)).values(held=why))


def count(tx: Tx, state: PersonState = PersonState.MEMBER) -> int:
    return tx.execute(select(func.count()).select_from(people).where(people.c.state == state)).scalar_one()


def not_found_by_name(tx: Tx, limit: int) -> list[int]:
    """Ids of people with a name by whose parts nobody finds them."""
    kept = exists().where(name_parts.name_parts.c.person_id == people.c.id)
    found = select(people.c.id).where(people.c.name.is_not(None), ~kept)
    return list(tx.execute(found.order_by(people.c.id).limit(limit)).scalars())


def any_invented(tx: Tx) -> bool:
    """Whether the demo's members are here."""
    return tx.execute(select(people.c.id).where(people.c.demo).limit(1)).first() is not None


_TO_ERASE = Look(
    select(people.c.id).where(people.c.state == PersonState.LEFT, people.c.erase_at <= NOW).order_by(people.c.erase_at)
)


def due_for_erasure(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of people whose days of grace after LEAVE are over."""
    return _TO_ERASE.ids(tx, limit, now=now)


_READY = Look(
    select(people.c.id)
    .where(
        people.c.state == PersonState.MEMBER,
        people.c.next_question < bindparam("questions"),
        or_(people.c.asked_at.is_(None), people.c.asked_at <= bindparam("asked_before")),
        or_(people.c.paused_until.is_(None), people.c.paused_until <= NOW),
        people.c.held.is_(None),
        people.c.joined_at <= bindparam("asked_before"),
        or_(people.c.days_apart.is_(None), people.c.days_apart < ONLY_THE_NEWS),
    )
    .order_by(people.c.asked_at)
)


def ready_for_a_question(tx: Tx, asked_before: datetime, questions: int, now: datetime, limit: int) -> list[int]:
    """Ids of members with a question left of `questions`, who were last asked one before then, and may be asked now."""
    return _READY.ids(tx, limit, asked_before=asked_before, questions=questions, now=now)


def not_to_be_asked(tx: Tx, ids: Collection[int], now: datetime) -> set[int]:
    """Which of these people have left, are paused, or are held for a person of ours to look."""
    return set(tx.execute(_silent, {"these": list(ids), "now": now}).scalars())


def hours(tx: Tx, ids: Collection[int]) -> dict[int, tuple[int | None, int | None]]:
    """Between which times texts suit these people, as far as they told us: minutes after midnight here."""
    found = tx.execute(_hours, {"these": list(ids)}) if ids else ()
    return {row.id: (row.text_from, row.text_until) for row in found}


def days_apart(tx: Tx, ids: Collection[int]) -> dict[int, int]:
    """How many days apart these people want texts that they did not ask for, as far as they told us."""
    found = tx.execute(_apart, {"these": list(ids)}) if ids else ()
    return {row.id: row.days_apart for row in found}
