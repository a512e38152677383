"""Tellings: what somebody is to be told of what became of what was said, what was told, and what they said to that."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, func, insert, or_, select, union, update

from storage import changing
from storage.commitments import (
    PROMISED,
    TellingState,
    What,
    commitment_changes,
    commitment_replies,
    commitment_sources,
    commitments,
    tellings,
)
from storage.invitations import WENT
from storage.look import NOW, Look
from storage.lost import DID_NOT_ARRIVE, WENT_ELSEWHERE
from storage.outbox import OutState, messages_out
from storage.people import people
from storage.schema import Record, constant
from storage.store import Tx
from storage.tasks import IS_OPEN, tasks

_WAITS = tellings.c.state == constant(TellingState.WAITING)
_TOLD = tellings.c.state == constant(TellingState.TOLD)
_HEARD = (TellingState.TOLD, TellingState.RUNG)

_READY = or_(func.max(tellings.c.at) <= bindparam("quiet_since"), func.min(tellings.c.at) <= bindparam("at_last"))
_LATER = func.max(tellings.c.later_at)
_DUE = Look(
    select(tellings.c.person_id)
    .join(people, people.c.id == tellings.c.person_id)
    .where(_WAITS, people.c.held.is_(None), or_(people.c.paused_until.is_(None), people.c.paused_until <= NOW))
    .group_by(tellings.c.person_id)
    .having(and_(_READY, or_(_LATER.is_(None), _LATER <= NOW)))
    .order_by(func.min(tellings.c.at), tellings.c.person_id)
)


def due(tx: Tx, quiet_since: datetime, at_last: datetime, now: datetime, limit: int) -> list[int]:
    """Ids of the people who may be told something: nothing more was queued for them since `quiet_since`, or the first
    was before `at_last`. Who is held or has paused is left alone.
    """
    return _DUE.ids(tx, limit, quiet_since=quiet_since, at_last=at_last, now=now)


def waiting_of(tx: Tx, person_id: int) -> list[Record]:
    """What this person is still to be told, the oldest first."""
    return list(tx.execute(select(tellings).where(tellings.c.person_id == person_id, _WAITS).order_by(tellings.c.id)))


def get(tx: Tx, telling_id: int) -> Record:
    return tx.execute(select(tellings).where(tellings.c.id == telling_id)).one()


def called(tx: Tx, tokens: Collection[str]) -> dict[str, Record]:
    """Those of these names, by name."""
    found = tx.execute(select(tellings).where(tellings.c.token.in_(list(tokens)))) if tokens else ()
    return {row.token: row for row in found}


def change(tx: Tx, ids: Collection[int], values: Mapping[str, Any]) -> None:
    """Write these values in all of them."""
    if ids:
        tx.execute(update(tellings).where(tellings.c.id.in_(list(ids))).values(**values))


def answer(tx: Tx, telling_id: int, said: str, at: datetime) -> None:
    """What they said to it; the newest answer counts."""
    changing.change(tx, tellings, telling_id, {"answer": said, "answered_at": at})


def lately(tx: Tx, address_id: int, since: datetime) -> list[Record]:
    """What people were told there since then, the newest message first; each with the `row_id` that told it."""
    went = messages_out.c.address_id == address_id, messages_out.c.state.in_(WENT)
    found = select(tellings).join(messages_out, messages_out.c.id == tellings.c.row_id)
    theirs = found.where(*went, tellings.c.state == TellingState.TOLD, tellings.c.told_at >= since)
    return list(tx.execute(theirs.order_by(tellings.c.row_id.desc(), tellings.c.id)))


def by_task(tx: Tx, task_id: int) -> list[Record]:
    """All that somebody is told by this call or letter."""
    first = select(tasks.c.telling_id).where(tasks.c.id == task_id).scalar_subquery()
    one = tx.execute(select(tellings).where(tellings.c.id == first)).one_or_none()
    if one is None:
        return []
    same = tellings.c.person_id == one.person_id, tellings.c.told_at == one.told_at
    by_same = tellings.c.row_id.is_not_distinct_from(
        one.row_id
    )  # the text that was lost, of which there may be several
    rung = tellings.c.state == TellingState.RUNG
    return list(tx.execute(select(tellings).where(*same, by_same, rung).order_by(tellings.c.id)))


def _by_row(*became: ColumnElement[bool]) -> Look:
    found = select(func.min(tellings.c.id)).join(messages_out, messages_out.c.id == tellings.c.row_id)
    found = found.where(_TOLD, tellings.c.told_at >= bindparam("since"), *became, ~WENT_ELSEWHERE)
    return Look(found.group_by(tellings.c.row_id).order_by(func.min(tellings.c.id)))


_NOT_DELIVERED = _by_row(DID_NOT_ARRIVE)
_TAKEN_BACK = _by_row(messages_out.c.state == OutState.CANCELED)


def not_delivered(tx: Tx, since: datetime, limit: int) -> list[int]:
    """Ids of what was said since then by a message that did not arrive, nor went another way: one for each message."""
    return _NOT_DELIVERED.ids(tx, limit, since=since)


def taken_back(tx: Tx, since: datetime, limit: int) -> list[int]:
    """Ids of what was not said, as its message was cancelled before it went: one for each message."""
    return _TAKEN_BACK.ids(tx, limit, since=since)


def by_row(tx: Tx, row_id: int) -> list[Record]:
    """What this message of ours said."""
    found = select(tellings).where(tellings.c.row_id == row_id, tellings.c.state == TellingState.TOLD)
    return list(tx.execute(found.order_by(tellings.c.id)))


def concern(tx: Tx, person_ids: Collection[int]) -> list[Record]:
    """The commitments that came from what these people said, or of which they were told; the newest change first."""
    ids = list(person_ids)
    told = select(tellings.c.commitment_id).where(tellings.c.person_id.in_(ids), tellings.c.state.in_(_HEARD))
    said = select(commitment_sources.c.commitment_id).where(commitment_sources.c.person_id.in_(ids))
    theirs = commitments.c.id.in_(union(told, said)), commitments.c.state.in_(sorted(PROMISED))
    found = select(commitments).where(*theirs).order_by(commitments.c.changed_at.desc(), commitments.c.id.desc())
    return list(tx.execute(found)) if ids else []


def last_change(tx: Tx, commitment_id: int, what: What) -> Record | None:
    """The newest time that this happened to it."""
    which = commitment_changes.c.commitment_id == commitment_id, commitment_changes.c.what == what
    newest = select(commitment_changes).where(*which).order_by(commitment_changes.c.id.desc()).limit(1)
    return tx.execute(newest).one_or_none()


def reply(tx: Tx, **values: Any) -> None:
    """Keep what somebody said to it."""
    tx.execute(insert(commitment_replies).values(**values))


def has_replied(tx: Tx, commitment_id: int, person_id: int, means: str, since: datetime) -> bool:
    """Whether they have said so to it already, since then."""
    which = commitment_replies.c.commitment_id == commitment_id, commitment_replies.c.person_id == person_id
    same = commitment_replies.c.means == means, commitment_replies.c.at >= since
    return tx.execute(select(commitment_replies.c.id).where(*which, *same).limit(1)).first() is not None


def add_words(tx: Tx, commitment_id: int, person_id: int, words: str, message_id: int | None) -> bool:
    """Put these words beside the newest reply of theirs that has none yet. False where there is none."""
    which = commitment_replies.c.commitment_id == commitment_id, commitment_replies.c.person_id == person_id
    wordless = commitment_replies.c.words.is_(None), commitment_replies.c.seen_at.is_(None)
    newest = select(commitment_replies.c.id).where(*which, *wordless).order_by(commitment_replies.c.id.desc()).limit(1)
    reply_id = tx.execute(newest).scalar_one_or_none()
    if reply_id is None:
        return False
    changing.change(tx, commitment_replies, reply_id, {"words": words, "message_id": message_id})
    return True


def once(tx: Tx, person_id: int) -> None:
    """To somebody who was two on our list nothing is told that the other was told already."""
    before = tellings.alias("before")
    same = before.c.commitment_id == tellings.c.commitment_id, before.c.event == tellings.c.event
    known = before.c.person_id == person_id, before.c.state.in_(_HEARD), before.c.at >= tellings.c.at
    waits = tellings.c.person_id == person_id, _WAITS
    tx.execute(update(tellings).where(*waits, exists().where(*same, *known)).values(state=TellingState.JOINED))


def close_calls(tx: Tx, telling: Record, now: datetime, result: str) -> None:
    """Nobody needs to ring or write to them about it any more: they have said it themselves.

    A call by which they are to hear of something else, too, stays.
    """
    calls = select(tasks).where(tasks.c.person_id == telling.person_id, tasks.c.telling_id.is_not(None), IS_OPEN)
    for call in list(tx.execute(calls)):
        if {one.commitment_id for one in by_task(tx, call.id)} == {telling.commitment_id}:
            tx.execute(update(tasks).where(tasks.c.id == call.id).values(closed_at=now, result=result))


def forget(tx: Tx, person_id: int) -> None:
    """What somebody was told, and said to it, goes."""
    theirs = select(tellings.c.id).where(tellings.c.person_id == person_id)
    tx.execute(update(tasks).where(tasks.c.telling_id.in_(theirs)).values(telling_id=None))
    tx.execute(delete(tellings).where(tellings.c.person_id == person_id))
    tx.execute(delete(commitment_replies).where(commitment_replies.c.person_id == person_id))
