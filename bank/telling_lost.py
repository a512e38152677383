"""What was told and did not arrive: somebody rings them. What was taken back before it went is told anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bank import telling_calls
from bank.organisation import Organisation
from storage import people, tellings
from storage.commitments import TellingState
from storage.people import PersonState
from storage.store import Tx

_NOT_DELIVERED = "not_delivered"
# After so long no provider tells us any more what became of a text.
_KNOWN_BY = timedelta(days=14)


def to_ring(tx: Tx, now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of what was lost, one for each message."""
    return tellings.not_delivered(tx, now - _KNOWN_BY, limit)


def ring(tx: Tx, now: datetime, organisation: Organisation, telling_id: int) -> int:
    """Have somebody ring them about all that the message said. Whoever is held or has left is not rung."""
    first = tellings.get(tx, telling_id)
    rows, person = tellings.by_row(tx, first.row_id), people.get(tx, first.person_id)
    if person.state != PersonState.MEMBER or person.held is not None:
        lost = {"state": TellingState.LEFT_OUT, "why": _NOT_DELIVERED}
        tellings.change(tx, [row.id for row in rows], lost)
    else:
        telling_calls.ring(tx, person, rows, now, organisation)
    return 1


def to_tell_anew(tx: Tx, now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of what was taken back before it went, as they paused or stopped our texts: one for each message."""
    return tellings.taken_back(tx, now - _KNOWN_BY, limit)


def wait_again(tx: Tx, _now: datetime, _organisation: Organisation, telling_id: int) -> int:
    """It waits until they may be told."""
    first = tellings.get(tx, telling_id)
    again = {"state": TellingState.WAITING, "row_id": None, "told_at": None}
    tellings.change(tx, [row.id for row in tellings.by_row(tx, first.row_id)], again)
    return 1
