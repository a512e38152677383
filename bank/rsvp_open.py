"""Questions about a meeting that are still open: asked until it begins, and not again once somebody has answered."""

from __future__ import annotations

from datetime import datetime

from flows.position import Position
from storage import conversations, meetings
from storage.schema import Record
from storage.store import Tx

_ASKING = ("rsvp", "rsvp_again", "rsvp_offer", "coming", "helper_coming")
_OUTCOME = "answered"


def end(tx: Tx, meeting: Record, person_id: int, *, but: int | None = None) -> None:
    """End every conversation with this person about whether they come to it, except the one (`but`) that goes on."""
    for flow in _ASKING:
        for one in conversations.live_with(tx, person_id, flow):
            is_about = (one.memory or {}).get("answers", {}).get("meeting") == meeting.token
            if is_about and one.conversation_id != but:
                conversations.end(tx, one.conversation_id, _OUTCOME)


def lapses_at(tx: Tx, position: Position, otherwise: datetime) -> datetime:
    """Until when a conversation that stands there goes on: whether and how somebody comes is asked until it begins."""
    about = position.answers.get("meeting") if position.flow in _ASKING else None
    meeting = meetings.by_token(tx, str(about)) if about else None
    starts: datetime = meeting.starts_at if meeting is not None else otherwise
    return min(starts, otherwise)
