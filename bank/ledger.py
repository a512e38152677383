"""The ledger: what somebody's own words gave or withdrew, entered with the message that held them.

Where a colleague typed those words in, the entry says who did, and how they came to us.
"""

from __future__ import annotations

from bank.visit import Visit
from storage import consents
from storage.consents import Purpose


def enter(visit: Visit, purpose: Purpose, *, person_id: int | None, given: bool) -> None:
    """Add one entry, in the words that were just written."""
    consents.record(
        visit.tx,
        purpose,
        person_id=person_id,
        address_id=visit.address.id,
        given=given,
        words=visit.text,
        language=visit.language,
        message_id=visit.message_id,
        entered_by=visit.entered_by,
        how=visit.how,
        at=visit.now,
    )
