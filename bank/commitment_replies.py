"""Replies: what people wrote back to what they were told of a commitment, and whether somebody of ours has read it."""

from __future__ import annotations

from datetime import datetime

from bank import people
from bank.colleague import Colleague
from storage import who_said
from storage.schema import Record
from storage.store import Tx


def shown(tx: Tx, colleague: Colleague, commitment: Record) -> list[Record]:
    """Those of whom this colleague may know, the newest first."""
    hidden = people.unseen(tx, colleague)
    return [one for one in who_said.replies(tx, commitment.id) if one.person_id not in hidden]


def read(tx: Tx, colleague: Colleague, commitment: Record, token: str, now: datetime) -> bool:
    """They have read the one of this token. False where they are shown none like that."""
    reply = next((one for one in shown(tx, colleague, commitment) if one.token == token), None)
    if reply is not None:
        who_said.seen(tx, reply.id, colleague.id, now)
    return reply is not None
