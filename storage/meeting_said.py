"""Meeting said: which meeting a message of ours was about: an invitation to it, a reminder, or news of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select

from storage.invitations import WENT, invitations
from storage.outbox import messages_out
from storage.reminders import reminders
from storage.schema import Record
from storage.store import Tx

_carried = and_(
    messages_out.c.broadcast_id == invitations.c.broadcast_id, messages_out.c.person_id == invitations.c.person_id
)
_reminded = select(reminders.c.meeting_id, reminders.c.person_id, messages_out.c.id, messages_out.c.claimed_at).join(
    messages_out, messages_out.c.id == reminders.c.row_id
)
_invited = (
    select(invitations.c.meeting_id, invitations.c.person_id, messages_out.c.id, messages_out.c.claimed_at)
    .select_from(invitations)
    .join(messages_out, _carried)
    .where(invitations.c.meeting_id.is_not(None))
)


def by_row(tx: Tx, row_id: int, address_id: int) -> Record | None:
    """What this row of the outbox said there: `meeting_id` and `person_id`; None where it was about no meeting."""
    which = messages_out.c.id == row_id, messages_out.c.address_id == address_id
    for said in (_reminded, _invited):
        if (found := tx.execute(said.where(*which).limit(1)).one_or_none()) is not None:
            return found
    return None


def reminder_at(tx: Tx, address_id: int, since: datetime) -> Record | None:
    """The newest reminder, or news of a meeting, that went there since then: with `id` and `claimed_at`."""
    return _newest(tx, _reminded, address_id, since)


def invitation_at(tx: Tx, address_id: int, since: datetime) -> Record | None:
    """The newest invitation to a meeting that went there since then, answered or not."""
    return _newest(tx, _invited, address_id, since)


def _newest(tx: Tx, said: Select[Any], address_id: int, since: datetime) -> Record | None:
    here = messages_out.c.address_id == address_id, messages_out.c.claimed_at >= since
    went = messages_out.c.state.in_(WENT)
    found = said.where(*here, went).order_by(messages_out.c.claimed_at.desc(), messages_out.c.id.desc())
    return tx.execute(found.limit(1)).one_or_none()


def invited_to(tx: Tx, person_ids: Collection[int], since: datetime) -> list[Record]:
    """Invitations to meetings that these people have not answered, the newest first."""
    theirs = invitations.c.person_id.in_(person_ids), invitations.c.invited_at >= since
    waits = invitations.c.meeting_id.is_not(None), invitations.c.answer.is_(None)
    return list(tx.execute(select(invitations).where(*theirs, *waits).order_by(invitations.c.id.desc())))


def newest_at(tx: Tx, address_id: int) -> int | None:
    """The id of the newest message of ours that went there, whatever it was about."""
    here = messages_out.c.address_id == address_id, messages_out.c.state.in_(WENT)
    newest = select(messages_out.c.id).where(*here).order_by(messages_out.c.claimed_at.desc(), messages_out.c.id.desc())
    found: int | None = tx.execute(newest.limit(1)).scalar_one_or_none()
    return found


def reminded_since(tx: Tx, address_id: int, conversation_id: int) -> bool:
    """Whether a reminder went there after what this conversation said last."""
    here = messages_out.c.address_id == address_id, messages_out.c.state.in_(WENT)
    said = select(func.max(messages_out.c.claimed_at)).where(messages_out.c.conversation_id == conversation_id, *here)
    at = tx.execute(said).scalar_one_or_none()
    return at is not None and reminder_at(tx, address_id, at) is not None
