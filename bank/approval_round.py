"""The round of approvals: each member co-chair is asked by text as soon as nothing else is asked there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bank import approvals, caps, outward, talk
from bank.organisation import Organisation
from flows.approve import APPROVE
from storage import addresses, askings, supporters
from storage.outbox import Priority
from storage.schema import Record
from storage.store import Tx


def to_text(tx: Tx, now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of what a member is to be asked by text, and may be now: one at a time."""
    return [one for one in askings.to_text(tx, now, limit) if _where(tx, askings.get(tx, one), now) is not None]


def _where(tx: Tx, asking: Record, now: datetime) -> int | None:
    """The id of an address of theirs where nothing is being asked."""
    return supporters.free_address_of(tx, asking.person_id, now) if approvals.is_short(asking) else None


def waits(tx: Tx, asking: Record, now: datetime, organisation: Organisation) -> bool:
    """They had as many texts this week as they agreed to: they are asked by text only when one more may go."""
    address_id = _where(tx, asking, now) if asking.person_id is not None and asking.texted_at is None else None
    return address_id is not None and caps.must_wait(tx, address_id, asking.person_id, now, organisation)


def text(tx: Tx, now: datetime, organisation: Organisation, asking_id: int) -> int:
    """Send them the words, and ask. Their week must have room for it: what waited would expire unread."""
    asking = askings.get(tx, asking_id)
    address_id = _where(tx, asking, now)
    if address_id is None or caps.must_wait(tx, address_id, asking.person_id, now, organisation):
        return 0
    askings.change(tx, asking.id, {"texted_at": now})
    visit = outward.visit(tx, now, organisation, addresses.get(tx, address_id), asking.person_id)
    talk.open_flow(visit, APPROVE.name, {"asking": asking.token}, Priority.INVITATION)
    return 1
