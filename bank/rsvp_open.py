"""Questions about a meeting that are still open: once somebody has answered, however that came, none is asked again."""

from __future__ import annotations

from storage import conversations
from storage.schema import Record
from storage.store import Tx

_ASKING = ("rsvp", "rsvp_again", "rsvp_offer", "coming")
_OUTCOME = "answered"


def end(tx: Tx, meeting: Record, person_id: int, *, but: int | None = None) -> None:
    """End every conversation with this person about whether they come to it, except the one (`but`) that goes on."""
    for flow in _ASKING:
        for one in conversations.live_with(tx, person_id, flow):
            is_about = (one.memory or {}).get("answers", {}).get("meeting") == meeting.token
            if is_about and one.conversation_id != but:
                conversations.end(tx, one.conversation_id, _OUTCOME)
