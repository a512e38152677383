"""Tasks: what a person of ours must do, with a due time. A task is closed, never dropped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Select, Table, and_, bindparam, func, insert, or_, select, update

from storage import changing
from storage.addresses import addresses
from storage.belonging import Whose, rows_of
from storage.look import Look
from storage.people import people
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed, SealedJson, Token


class TaskKind(StrEnum):
    SAFEGUARDING = "safeguarding"  # somebody may be in danger
    CALL = "call"
    QUESTION = "question"
    READ = "read"  # a message that nothing consumed
    UNDER_18 = "under_18"
    WRONG_PERSON = "wrong_person"
    BEREAVEMENT = "bereavement"
    LANGUAGE = "language"
    CARE = "care"  # something went wrong with care or services, and they want it passed on
    PLAIN = "plain"  # somebody asked for easier words: who wrote the text should know
    LETTER = "letter"  # somebody does not text: they are written to
    PRINT = "print"  # something to be printed for somebody
    SIGN_UP = "sign_up"  # a partner's paper form may be for a second person on a phone


tasks = Table(
    "tasks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("kind", Code, nullable=False),
    Column("address_id", Id, ForeignKey("addresses.id"), index=True),
    Column("person_id", Id, ForeignKey("people.id"), index=True),
    Column("message_id", Id, ForeignKey("messages_in.id")),
    Column("words", Sealed("tasks.words")),
    # Whose it is by its kind, where the settings name a person or a post.
    Column("owner", Sealed("tasks.owner")),
    Column("opened_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("closed_at", Instant),
    # Who of the team does it, and who has done it.
    Column("assigned_to", Id, ForeignKey("staff.id"), index=True),
    Column("closed_by", Id, ForeignKey("staff.id")),
    Column("result", Sealed("tasks.result")),
    # One message for many, of which this person is told by a call or a letter.
    Column("broadcast_id", Id, ForeignKey("broadcasts.id")),
    # The meeting that they are rung or written to about.
    Column("meeting_id", Id, ForeignKey("meetings.id")),
    # What they are asked for by a call or a letter: how it was, or what they make of what became of it.
    Column("round_id", Id, ForeignKey("feedback_rounds.id")),
    Column("telling_id", Id, ForeignKey("tellings.id")),
    # What was tried and decided on the way: when, by whom, what, and in which words.
    Column("history", SealedJson("tasks.history")),
)
IS_OPEN = tasks.c.closed_at.is_(None)
Index("ix_tasks_closed_at", tasks.c.closed_at)
_told = tasks.c.broadcast_id.is_not(None)
Index("ix_tasks_broadcast_id", tasks.c.broadcast_id, sqlite_where=_told, postgresql_where=_told)
_of_meeting = tasks.c.meeting_id.is_not(None)
Index("ix_tasks_meeting_id", tasks.c.meeting_id, sqlite_where=_of_meeting, postgresql_where=_of_meeting)
for _name in ("round_id", "telling_id"):
    _known = tasks.c[_name].is_not(None)
    Index(f"ix_tasks_{_name}", tasks.c[_name], sqlite_where=_known, postgresql_where=_known)
Index("ix_tasks_open", tasks.c.due_at, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)


def add(tx: Tx, **values: Any) -> int:
    return int(tx.execute(insert(tasks).values(**values).returning(tasks.c.id)).scalar_one())


def called(tx: Tx, token: str) -> Record | None:
    """The one of that name, open or closed, with whom it is about."""
    return tx.execute(with_whom().where(tasks.c.token == token)).one_or_none()


def with_whom() -> Select[Any]:
    """For a query: tasks, each with `name`, `person_token`, `person_held`, `held` and `address_token`."""
    about = (
        people.c.name,
        people.c.token.label("person_token"),
        people.c.held.label("person_held"),
        addresses.c.held,
        addresses.c.token.label("address_token"),
    )
    return (
        select(tasks, *about)
        .outerjoin(people, people.c.id == tasks.c.person_id)
        .outerjoin(addresses, addresses.c.id == tasks.c.address_id)
    )


def change(tx: Tx, task_id: int, values: Mapping[str, Any]) -> None:
    changing.change(tx, tasks, task_id, values)


def open_count(tx: Tx) -> dict[str, int]:
    counts = select(tasks.c.kind, func.count()).where(IS_OPEN).group_by(tasks.c.kind)
    return {row[0]: row[1] for row in tx.execute(counts)}


def open_of_kind(tx: Tx, kind: TaskKind, limit: int) -> list[int]:
    """Ids of the open ones of this kind about an address, the oldest first."""
    found = select(tasks.c.id).where(tasks.c.kind == kind, tasks.c.address_id.is_not(None), IS_OPEN)
    return list(tx.execute(found.order_by(tasks.c.id).limit(limit)).scalars())


def get(tx: Tx, task_id: int) -> Record:
    return tx.execute(select(tasks).where(tasks.c.id == task_id)).one()


def open_at(tx: Tx, address_id: int, kind: TaskKind | None = None) -> Record | None:
    """The newest open task about this address, of this kind when one is named."""
    found = select(tasks).where(tasks.c.address_id == address_id, IS_OPEN)
    if kind is not None:
        found = found.where(tasks.c.kind == kind)
    return tx.execute(found.order_by(tasks.c.id.desc()).limit(1)).one_or_none()


def open_about_meeting(tx: Tx, address_id: int, meeting_id: int, kind: TaskKind) -> Record | None:
    """The newest open one of this kind about this address and this meeting."""
    about = tasks.c.address_id == address_id, tasks.c.meeting_id == meeting_id, tasks.c.kind == kind, IS_OPEN
    return tx.execute(select(tasks).where(*about).order_by(tasks.c.id.desc()).limit(1)).one_or_none()


def raised_since(tx: Tx, kind: TaskKind, since: datetime, *, address_id: int | None, person_id: int | None) -> bool:
    """Whether one of this kind was raised since then, there or about that person; closed or not."""
    whose = tasks.c.address_id == address_id if address_id is not None else tasks.c.person_id == person_id
    found = select(tasks.c.id).where(tasks.c.kind == kind, tasks.c.opened_at >= since, whose)
    return tx.execute(found.limit(1)).first() is not None


def is_named(tx: Tx, token: str) -> bool:
    """Whether there is a task of that name, open or closed."""
    return tx.execute(select(tasks.c.id).where(tasks.c.token == token)).first() is not None


def note(tx: Tx, task_id: int, words: str) -> None:
    """Put these words in the item."""
    tx.execute(update(tasks).where(tasks.c.id == task_id).values(words=words))


def open_of(tx: Tx, person_id: int) -> list[Record]:
    """What is to be done about this person, by when it is due, with `address_token`."""
    found = select(tasks, addresses.c.token.label("address_token")).outerjoin(
        addresses, addresses.c.id == tasks.c.address_id
    )
    return list(tx.execute(found.where(tasks.c.person_id == person_id, IS_OPEN).order_by(tasks.c.due_at).limit(100)))


def open_about(tx: Tx, whose: Whose) -> bool:
    """Whether anything still to be done is about this person, or may be."""
    found = select(tasks.c.id).where(rows_of(whose, tasks, tasks.c.opened_at), IS_OPEN)
    return tx.execute(found.limit(1)).first() is not None


def close(tx: Tx, task_id: int, now: datetime) -> None:
    tx.execute(update(tasks).where(tasks.c.id == task_id).values(closed_at=now))


def close_of_meeting(tx: Tx, meeting_id: int, now: datetime, result: str) -> None:
    """Close each call and letter by which somebody was to be told or asked about this meeting."""
    which = tasks.c.meeting_id == meeting_id, tasks.c.kind.in_([TaskKind.CALL, TaskKind.LETTER]), IS_OPEN
    tx.execute(update(tasks).where(*which).values(closed_at=now, result=result))


def close_called(tx: Tx, token: str, now: datetime) -> None:
    """Close the one of that name, if it is open."""
    tx.execute(update(tasks).where(tasks.c.token == token, IS_OPEN).values(closed_at=now))


_ALONE = and_(
    tasks.c.address_id.is_(None),
    tasks.c.person_id.is_(None),
    tasks.c.closed_at < bindparam("closed_before"),
    or_(tasks.c.words.is_not(None), tasks.c.result.is_not(None), tasks.c.history.is_not(None)),
)
_OLD_ALONE = Look(select(tasks.c.id).where(_ALONE))


def blank_alone(tx: Tx, closed_before: datetime) -> list[str]:
    """Erase the words of what was about nobody and no address that we know of, and was done before then.

    Returns the tokens.
    """
    done = update(tasks).where(_ALONE).values(_BLANK).returning(tasks.c.token)
    return list(tx.execute(done, {"closed_before": closed_before}).scalars())


def are_alone(tx: Tx, closed_before: datetime) -> bool:
    """Whether `blank_alone` has anything to do."""
    return _OLD_ALONE.finds(tx, closed_before=closed_before)


def close_at(tx: Tx, address_id: int, kind: TaskKind, now: datetime) -> None:
    """Close what is open of this kind about this address."""
    theirs = tasks.c.address_id == address_id, tasks.c.kind == kind, IS_OPEN
    tx.execute(update(tasks).where(*theirs).values(closed_at=now))


_BLANK = {"words": None, "person_id": None, "result": None, "history": None}


def blank(tx: Tx, address_id: int) -> None:
    """Erase the words beside everything that was to be done there, and keep that there was something."""
    tx.execute(update(tasks).where(tasks.c.address_id == address_id).values(_BLANK))


def blank_of(tx: Tx, whose: Whose) -> None:
    """Erase the words beside what was about this person, or may have been."""
    tx.execute(update(tasks).where(rows_of(whose, tasks, tasks.c.opened_at)).values(_BLANK))
