"""Since asked: what else asked something at an address after the conversation that is open there asked last.

A conversation asks with its own sayings; what is said of everything ("HELP", by when a person reads) asks nothing.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select

from storage.conversations import conversations
from storage.invitations import WENT, invitations
from storage.outbox import messages_out
from storage.prepared import Prepared
from storage.schema import Record, constant
from storage.store import Tx

_ASKS_NOTHING = "engine.person"
_said = messages_out.alias("said")
_went = [constant(state) for state in WENT]
_last_said = (
    select(func.max(_said.c.claimed_at))
    .where(
        _said.c.conversation_id == bindparam("conversation"),
        _said.c.staff_id.is_(None),
        _said.c.state.in_(_went),
        _said.c.wording != _ASKS_NOTHING,
        _said.c.wording.not_like("everywhere.%"),
    )
    .scalar_subquery()
)
# It was opened without a word, at a question that a message to many had asked.
_opened = select(conversations.c.opened_at).where(conversations.c.id == bindparam("conversation")).scalar_subquery()


def _later(at: str) -> ColumnElement[bool]:
    return and_(
        messages_out.c.address_id == bindparam(at),
        messages_out.c.state.in_(_went),
        messages_out.c.claimed_at > func.coalesce(_last_said, _opened),
    )


_theirs = and_(
    messages_out.c.broadcast_id == invitations.c.broadcast_id, messages_out.c.person_id == invitations.c.person_id
)
# Asked for each message of a member to whom a question is open.
_unanswered = Prepared(
    select(invitations, messages_out.c.text, messages_out.c.id.label("row_id"))
    .select_from(invitations)
    .join(messages_out, and_(_theirs, _later("at")))
    .where(invitations.c.answer.is_(None), invitations.c.invited_at >= bindparam("since"))
    .order_by(messages_out.c.claimed_at.desc(), messages_out.c.id.desc())
    .limit(bindparam("most"))
)
_asking = Prepared(
    select(messages_out.c.text, invitations.c.id.label("invitation_id"))
    .select_from(messages_out)
    .outerjoin(invitations, _theirs)
    .where(_later("at"), or_(messages_out.c.staff_id.is_not(None), invitations.c.id.is_not(None)))
)


def unanswered(tx: Tx, address_id: int, conversation_id: int, since: datetime, limit: int = 10) -> list[Record]:
    """Invitations that nobody has answered and whose message went there later, the newest first.

    They are as `storage.invitations.went_to` has them; none was made before `since`.
    """
    given = {"conversation": conversation_id, "at": address_id, "since": since, "most": limit}
    return list({row.id: row for row in _unanswered.rows(tx, given)}.values())


def may_ask(tx: Tx, address_id: int, conversation_id: int) -> list[Record]:
    """What a colleague wrote there later (`text`), and what a message to many asked (`invitation_id`)."""
    return _asking.rows(tx, {"conversation": conversation_id, "at": address_id})
