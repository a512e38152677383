"""Outward: a visit that we begin ourselves, the address that it goes to, and the call where there is none."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bank import new_address, quiet, reachable
from bank.organisation import Organisation
from bank.quiet import Own
from bank.tokens import token
from bank.visit import Visit
from channels.message import Channel
from language.wording import SOURCE_LANGUAGE
from storage import addresses, outbox, reach, tasks
from storage.addresses import AddressState
from storage.schema import Record
from storage.store import Tx
from storage.tasks import TaskKind

# So long what was said in their hours may wait to be sent.
_NEWS_LASTS = timedelta(days=3)


def visit(tx: Tx, now: datetime, organisation: Organisation, address: Record, person_id: int | None = None) -> Visit:
    """What we say at this address without being asked, to this one of those reached there."""
    begun = Visit(tx, now, organisation, address, reach.people_at(tx, address.id))
    begun.language = address.language or SOURCE_LANGUAGE
    begun.is_with(begun.person_called(person_id))
    begun.unsafe = reachable.is_unsafe(address, now)
    return begun


def in_their_hours(visit: Visit, person: Record, *, until: datetime | None = None) -> None:
    """What was just said waits for the hours in which texts go to them; it does not go after `until`."""
    due = quiet.next_time(visit.now, visit.organisation, Own.of(person.text_from, person.text_until))
    expires = due + _NEWS_LASTS if until is None else min(due + _NEWS_LASTS, until)
    for row_id in visit.queued:
        outbox.advance(visit.tx, row_id, {"due_at": due, "expires_at": expires})


def address_of(tx: Tx, person: Record, now: datetime) -> Record | None:
    """Where they can be texted; the one that they last wrote from comes first. None: nowhere."""
    return next((one for one in reach.addresses_of(tx, person.id) if reachable.may_be_texted(one, now)), None)


def ring(tx: Tx, person: Record, words: str, due: datetime, now: datetime, **more: Any) -> int:
    """Somebody of ours rings them by then, to say this: the id of the task. `more`: other columns of it."""
    call = {"kind": TaskKind.CALL, "person_id": person.id, "words": words, "opened_at": now, "due_at": due}
    return tasks.add(tx, token=token(), **call, **more)


def sms_address(
    tx: Tx, number: str, language: str | None, now: datetime, erase_at: datetime | None, organisation: Organisation
) -> Record:
    """The address of this number (E.164) for texts, made where there is none. A stranger's is erased at `erase_at`."""
    known = addresses.find(tx, Channel.SMS, number)
    if known is None:
        return new_address.for_texts(tx, number, now, organisation, language=language, erase_at=erase_at)
    if known.address is None or (known.erase_at is not None and known.state == AddressState.OPEN):
        # It was erased, or is about to be: it is theirs again until then.
        kept = {"address": number, "language": known.language or language, "erase_at": erase_at}
        addresses.change(tx, known.id, kept)
    return addresses.get(tx, known.id)
