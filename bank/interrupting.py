"""Interrupting: a question of ours that cannot wait long goes before what is open on somebody's phone."""

from __future__ import annotations

from datetime import datetime, timedelta

from bank import outward, quiet, talk
from bank.organisation import Organisation
from bank.quiet import Own
from bank.visit import Visit
from flows import feedback
from flows.about_you import QUESTIONS
from storage import conversations
from storage.schema import Record
from storage.store import Tx

# What is open there and may wait until they have answered.
_MAY_WAIT = frozenset(
    {
        "interest",
        "picked",
        "which",
        "projects",
        "menu",
        "rhythm",
        "rsvp",
        "rsvp_again",
        "rsvp_offer",
        "coming",
        "meetings",
        "which_meeting",
        "arranged",
        "after",
        "needs_review",
        "story",
        "told",
        "happened",
        *(question.name for question in QUESTIONS),
    }
)
# After so long nobody waits any more for what may not wait itself to be answered.
_STUCK = timedelta(days=1)


def visit(tx: Tx, now: datetime, organisation: Organisation, address: Record, person: Record) -> Visit | None:
    """A visit of ours there in which a question may be asked at once.

    None where that may not be now: it is not in their hours, or what is open there may not wait.
    """
    if not quiet.may(now, organisation, Own.of(person.text_from, person.text_until)):
        return None
    begun = outward.visit(tx, now, organisation, address, person.id)
    open_now = conversations.open_at(tx, address.id)
    if open_now is None:
        return begun
    if not _may_wait(open_now.flow):
        return None
    begun.standing = talk.standing_of(open_now)
    return begun


def _may_wait(flow: str) -> bool:
    return flow in _MAY_WAIT or feedback.id_of(flow) is not None


def is_stuck(tx: Tx, now: datetime, address: Record) -> bool:
    """What is open there may not wait, and has been open since yesterday: they are rung rather than not asked."""
    open_now = conversations.open_since(tx, address.id)
    return open_now is not None and not _may_wait(open_now.flow) and bool(open_now.opened_at <= now - _STUCK)
