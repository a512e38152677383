"""Who said what a commitment came from, who else came where it was said, and what they are still to be told of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, exists, func, insert, or_, select, update

from storage import places
from storage.commitments import (
    CommitmentState,
    Event,
    Part,
    TellingState,
    commitment_replies,
    commitment_sources,
    commitments,
    tellings,
)
from storage.look import Look
from storage.places import PlaceState
from storage.rsvps import rsvps
from storage.schema import Record
from storage.store import Tx


def known(tx: Tx, commitment_id: int) -> set[int]:
    """Ids of the people who are known to have said it."""
    of_it = commitment_sources.c.commitment_id == commitment_id, commitment_sources.c.person_id.is_not(None)
    return set(tx.execute(select(commitment_sources.c.person_id).where(*of_it)).scalars())


def meetings_of(tx: Tx, row: Record) -> set[int]:
    """Ids of the meetings where it was said: its own, and those of the answers that it came from."""
    of_it = commitment_sources.c.commitment_id == row.id, commitment_sources.c.meeting_id.is_not(None)
    found = set(tx.execute(select(commitment_sources.c.meeting_id).where(*of_it)).scalars())
    return found | ({row.meeting_id} if row.meeting_id is not None else set())


def came(tx: Tx, meeting_ids: Collection[int]) -> set[int]:
    """Ids of the people who were at any of these, as somebody of the team ticked."""
    found = select(rsvps.c.person_id).where(rsvps.c.meeting_id.in_(sorted(meeting_ids)), rsvps.c.came)
    return set(tx.execute(found).scalars()) if meeting_ids else set()


def take_part(tx: Tx, project_id: int) -> set[int]:
    """Ids of the people who have a place in this project, or had one to its end."""
    return {row.person_id for row in places.in_project(tx, project_id, PlaceState.PLACE, PlaceState.TOOK_PART)}


def queue(tx: Tx, commitment_id: int, event: Event, people: Iterable[tuple[str, int, Part]], at: datetime) -> None:
    """These are to be told: a new token, the person, and as whom they are."""
    same = {"commitment_id": commitment_id, "event": event, "state": TellingState.WAITING, "at": at}
    rows = [{"token": token, "person_id": who, "part": part, **same} for token, who, part in people]
    if rows:
        tx.execute(insert(tellings), rows)


def told(tx: Tx, commitment_id: int) -> list[Record]:
    """How many people were told, or are to be: `event`, `part`, `state`, `answer`, `people`."""
    per = tellings.c.event, tellings.c.part, tellings.c.state, tellings.c.answer
    found = select(*per, func.count().label("people")).where(tellings.c.commitment_id == commitment_id)
    return list(tx.execute(found.group_by(*per)))


def replies(tx: Tx, commitment_id: int) -> list[Record]:
    """What people said to what they were told, the newest first."""
    found = select(commitment_replies).where(commitment_replies.c.commitment_id == commitment_id)
    return list(tx.execute(found.order_by(commitment_replies.c.at.desc(), commitment_replies.c.id.desc())))


def seen(tx: Tx, reply_id: int, staff_id: int, at: datetime) -> None:
    """Somebody of the team has read this reply."""
    which = commitment_replies.c.id == reply_id, commitment_replies.c.seen_at.is_(None)
    tx.execute(update(commitment_replies).where(*which).values(seen_by=staff_id, seen_at=at))


def unseen(tx: Tx, limit: int) -> list[Record]:
    """The replies that nobody of the team has read, the oldest first, each with its commitment's `commitment_token`."""
    found = select(commitment_replies).where(commitment_replies.c.seen_at.is_(None))
    return list(tx.execute(found.order_by(commitment_replies.c.at, commitment_replies.c.id).limit(limit)))


_BEFORE: BindParameter[Any] = bindparam("before")
_WAITED_FOR = exists().where(
    tellings.c.commitment_id == commitments.c.id,
    tellings.c.event == Event.DONE,
    tellings.c.part == Part.SAID,
    or_(tellings.c.state == TellingState.WAITING, tellings.c.told_at > _BEFORE),
    tellings.c.at >= commitments.c.done_at,
)
_UNANSWERED = Look(
    select(commitments.c.id)
    .where(
        commitments.c.state == CommitmentState.DONE,
        commitments.c.done_at <= _BEFORE,
        or_(~_WAITED_FOR, commitments.c.done_at <= bindparam("at_last")),
    )
    .order_by(commitments.c.id)
)


def unanswered(tx: Tx, before: datetime, at_last: datetime, limit: int) -> list[int]:
    """Ids of what was done before then, and nobody who said it has answered.

    Whoever is still to be asked, or was asked since, is waited for; not where it was done before `at_last`.
    """
    return _UNANSWERED.ids(tx, limit, before=before, at_last=at_last)


def forget(tx: Tx, person_id: int) -> None:
    """That it came from somebody stays, and nobody knows any more from whom."""
    theirs = commitment_sources.c.person_id == person_id
    tx.execute(update(commitment_sources).where(theirs).values(person_id=None))
