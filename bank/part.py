"""Part: whether somebody on the list is a member, of staff or a partner; and in which format they want what we send."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bank import audit
from bank.audit import Act
from bank.colleague import Colleague
from storage import people
from storage.people import Part
from storage.schema import Record
from storage.store import Tx

# Other formats that may be asked for, as colleagues read them.
FORMATS = (("easy_read", "Easy Read"), ("bsl", "BSL video"), ("audio", "Audio"), ("large_print", "Large print"))
PARTS = ((Part.MEMBER.value, "Member"), (Part.STAFF.value, "Staff"), (Part.PARTNER.value, "Partner"))


def change(tx: Tx, colleague: Colleague, person: Record, part: Part, format_: str | None, now: datetime) -> bool:
    """Have them be that from now on. False where they were already. Raises ValueError for no format of ours."""
    if format_ is not None and format_ not in dict(FORMATS):
        raise ValueError(format_)
    after: dict[str, Any] = {"part": part.value, "format": format_}
    told: dict[str, Any] = {
        name: [getattr(person, name), value] for name, value in after.items() if getattr(person, name) != value
    }
    if told:
        people.change(tx, person.id, after)
        audit.record(tx, now, Act.PERSON_CHANGED, colleague.id, person_id=person.id, **told)
    return bool(told)
