"""Said: what became of the words in the outbox once they had gone: whom they asked, and how they are erased."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from storage.belonging import Whose, rows_of
from storage.outbox import NOT_SENT, OutState, Priority, messages_out
from storage.schema import Record
from storage.store import Tx

_BLANK = {"text": None, "options": None, "provider_id": None, "person_id": None, "conversation_id": None}


def others_asked(tx: Tx, address_id: int, person_id: int, since: datetime) -> bool:
    """Whether somebody else who shares that address was asked something there after then, or is about to be."""
    asked = select(messages_out.c.id).where(
        messages_out.c.address_id == address_id,
        messages_out.c.person_id != person_id,
        messages_out.c.priority == Priority.INVITATION,
        messages_out.c.created_at > since,
        messages_out.c.state.not_in([OutState.CANCELED, OutState.EXPIRED]),
    )
    return tx.execute(asked.limit(1)).first() is not None


def last_there(tx: Tx, address_id: int) -> Record | None:
    """What was said there last: its wording and text."""
    there = messages_out.c.address_id == address_id, messages_out.c.state.not_in(NOT_SENT)
    said = select(messages_out.c.wording, messages_out.c.text).where(*there)
    return tx.execute(said.order_by(messages_out.c.id.desc()).limit(1)).one_or_none()


def blank(tx: Tx, address_id: int) -> None:
    """Erase the words of every message to there, and keep that there was one."""
    tx.execute(update(messages_out).where(messages_out.c.address_id == address_id).values(_BLANK))


def blank_of(tx: Tx, whose: Whose) -> None:
    """Erase what was said to this person, or may have been, at an address that others share."""
    theirs = rows_of(whose, messages_out, messages_out.c.created_at)
    tx.execute(update(messages_out).where(theirs).values(_BLANK))
