"""The yearly review of needs: whether what we arrange for somebody is still right (DAPB1605, the sixth step).

It is a text that nobody asked for: it goes once a year, and takes its place in their week.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bank import arrangements as arranging
from bank import caps, needs_known, outward, talk
from bank.organisation import Organisation
from flows.arranged import NEEDS_REVIEW
from storage import addresses, people, supporters
from storage import needs as kept
from storage.outbox import Priority
from storage.store import Tx


def to_ask(tx: Tx, now: datetime, organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of members whose needs were neither told nor checked nor asked about for a year."""
    week = now - timedelta(days=organisation.days_between_questions)
    return kept.to_review(tx, now - arranging.A_YEAR, week, now, limit)


def ask(tx: Tx, now: datetime, organisation: Organisation, person_id: int) -> int:
    """Ask them, where nothing else is asked and their week has room. 0 where that is not so now."""
    person = people.get(tx, person_id)
    if not needs_known.known(tx, person):  # they told us that they need nothing
        people.change(tx, person.id, {"needs_asked_at": now})
        return 0
    address_id = supporters.free_address_of(tx, person.id, now)
    if address_id is None or caps.must_wait(tx, address_id, person.id, now, organisation):
        return 0
    people.change(tx, person.id, {"needs_asked_at": now, "asked_at": now})
    visit = outward.visit(tx, now, organisation, addresses.get(tx, address_id), person.id)
    talk.open_flow(visit, NEEDS_REVIEW.name, priority=Priority.INVITATION)
    return 1
