"""Invited soon: an invitation to a meeting is on its way to somebody, and no small thing of ours takes its place."""

from __future__ import annotations

from datetime import datetime, timedelta

from bank import broadcasts
from bank.organisation import Organisation
from storage import broadcasts as kept
from storage import picking
from storage.schema import Record
from storage.store import Tx

_WEEK = timedelta(days=7)


def is_one(tx: Tx, person: Record, now: datetime, organisation: Organisation) -> bool:
    """Whether one waits to be sent to this person, or was let go and is due within the week."""
    if kept.invitation_waits(tx, person.id):
        return True
    soon = kept.invitations_until(tx, now + _WEEK)
    terms = ((row, broadcasts.terms_of(tx, row, now, organisation)) for row in soon)
    return any(picking.is_picked(tx, row.rule, each, person.id) for row, each in terms)
