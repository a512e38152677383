"""RSVPs: what one person answered to one meeting, how they come, and whether they have a place in it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    UniqueConstraint,
    delete,
    false,
    insert,
    literal_column,
    select,
    update,
)

from storage import changing
from storage.meetings import meetings
from storage.outbox import messages_out
from storage.schema import Record, constant, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed, Token


class RsvpState(StrEnum):
    COMING = "coming"  # they said yes, and have a place
    WAITING = "waiting"  # they said yes, and wait for one, in the order of `turn`
    MAYBE = "maybe"
    NOT_COMING = "not_coming"


class Needed(StrEnum):
    """Whether somebody who came had what they needed there, by their own word."""

    YES = "yes"
    NO = "no"


rsvps = Table(
    "rsvps",
    metadata,
    Column("id", Id, primary_key=True),
    # Names it outside: in the address of its calendar file.
    Column("token", Token, nullable=False, unique=True),
    Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("state", Code, nullable=False),
    # The order in which they said yes: 1 is first.
    Column("turn", Integer, nullable=False),
    # A free place was offered to them, and is kept for them until then.
    Column("offered_until", Instant),
    # They know how it stands now.
    Column("told", Boolean, nullable=False, default=True),
    # In person or online, where the meeting is both and they told us.
    Column("way", Code),
    # Who comes along. A personal assistant is something to arrange, and no guest.
    Column("guests", Integer, nullable=False, default=0, server_default="0"),
    # They come late, or leave early, and what they said of it.
    Column("late", Boolean, nullable=False, default=False, server_default=false()),
    Column("early", Boolean, nullable=False, default=False, server_default=false()),
    Column("note", Sealed("rsvps.note")),
    # A maybe: when we ask once more, and whether we did.
    Column("ask_at", Instant),
    Column("asked_again", Boolean, nullable=False, default=False, server_default=false()),
    # Whether the member who leads it with us may see their name; nothing: we have not asked them.
    Column("named", Boolean),
    # Until when the address of their calendar file holds; nothing: none was asked for.
    Column("calendar_until", Instant),
    # Ticked afterwards: whether they were there, and who ticked it.
    Column("came", Boolean),
    Column("came_by", Id, ForeignKey("staff.id")),
    Column("had_needs", Code),
    Column("message_id", Id, ForeignKey("messages_in.id")),
    Column("entered_by", Id, ForeignKey("staff.id")),
    Column("how", Code),
    Column("at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    UniqueConstraint("meeting_id", "person_id"),
)
Index("ix_rsvps_meeting", rsvps.c.meeting_id, rsvps.c.state, rsvps.c.turn)
_waits = rsvps.c.state == constant(RsvpState.WAITING)
Index("ix_rsvps_waiting", rsvps.c.meeting_id, sqlite_where=_waits, postgresql_where=_waits)
_kept = rsvps.c.offered_until.is_not(None)
Index("ix_rsvps_offered_until", rsvps.c.offered_until, sqlite_where=_kept, postgresql_where=_kept)
_untold = rsvps.c.told == literal_column("false")
Index("ix_rsvps_untold", rsvps.c.changed_at, sqlite_where=_untold, postgresql_where=_untold)
_asks = rsvps.c.ask_at.is_not(None)
Index("ix_rsvps_ask_at", rsvps.c.ask_at, sqlite_where=_asks, postgresql_where=_asks)

# Every answer that somebody gave, in the order in which they gave them: the latest clear one counts.
rsvp_answers = Table(
    "rsvp_answers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("answer", Code, nullable=False),
    Column("message_id", Id, ForeignKey("messages_in.id")),
    Column("entered_by", Id, ForeignKey("staff.id")),
    Column("how", Code),
    Column("at", Instant, nullable=False),
)
Index("ix_rsvp_answers_meeting", rsvp_answers.c.meeting_id, rsvp_answers.c.person_id)


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(rsvps).values(**values).returning(rsvps)).one()


def get(tx: Tx, rsvp_id: int) -> Record:
    return tx.execute(select(rsvps).where(rsvps.c.id == rsvp_id)).one()


def by_token(tx: Tx, token: str) -> Record | None:
    return tx.execute(select(rsvps).where(rsvps.c.token == token)).one_or_none()


def of(tx: Tx, meeting_id: int, person_id: int) -> Record | None:
    theirs = rsvps.c.meeting_id == meeting_id, rsvps.c.person_id == person_id
    return tx.execute(select(rsvps).where(*theirs)).one_or_none()


def of_person(tx: Tx, person_id: int) -> list[Record]:
    """Every meeting that they answered to, whatever became of it."""
    return list(tx.execute(select(rsvps).where(rsvps.c.person_id == person_id).order_by(rsvps.c.id)))


def in_meeting(tx: Tx, meeting_id: int, *states: RsvpState) -> list[Record]:
    """Those who stand so (all, where no state is named), in the order of their turns."""
    found = select(rsvps).where(rsvps.c.meeting_id == meeting_id).order_by(rsvps.c.turn, rsvps.c.id)
    return list(tx.execute(found.where(rsvps.c.state.in_(states)) if states else found))


def change(tx: Tx, rsvp_id: int, values: Mapping[str, Any]) -> Record:
    """Write these values; returns it as it is now."""
    return changing.changed(tx, rsvps, rsvp_id, values)


def note_answer(tx: Tx, **values: Any) -> None:
    """Add an answer to what was answered before."""
    tx.execute(insert(rsvp_answers).values(**values))


def answers(tx: Tx, meeting_id: int, person_id: int) -> list[Record]:
    """What they answered, the first first."""
    theirs = rsvp_answers.c.meeting_id == meeting_id, rsvp_answers.c.person_id == person_id
    return list(tx.execute(select(rsvp_answers).where(*theirs).order_by(rsvp_answers.c.id)))


def named_to(tx: Tx, person_id: int, chair_id: int) -> bool | None:
    """What they said last on whether that member may see their name; None: they were never asked."""
    theirs = rsvps.c.person_id == person_id, rsvps.c.named.is_not(None), meetings.c.member_chair == chair_id
    found = select(rsvps.c.named).join(meetings, meetings.c.id == rsvps.c.meeting_id).where(*theirs)
    return tx.execute(found.order_by(rsvps.c.changed_at.desc(), rsvps.c.id.desc()).limit(1)).scalar_one_or_none()


def forget(tx: Tx, person_id: int) -> None:
    theirs = select(rsvps.c.id).where(rsvps.c.person_id == person_id)
    tx.execute(update(messages_out).where(messages_out.c.calendar_id.in_(theirs)).values(calendar_id=None))
    for table in (rsvps, rsvp_answers):
        tx.execute(delete(table).where(table.c.person_id == person_id))
