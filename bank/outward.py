"""Outward: a visit that we begin ourselves, and the address that it goes to."""

from __future__ import annotations

from datetime import datetime

from bank.organisation import Organisation
from bank.tokens import token
from bank.visit import Visit
from channels.message import Channel
from language.wording import SOURCE_LANGUAGE
from storage import addresses, reach
from storage.addresses import AddressState
from storage.schema import Record
from storage.store import Tx


def visit(tx: Tx, now: datetime, organisation: Organisation, address: Record, person_id: int | None = None) -> Visit:
    """What we say at this address without being asked, to this one of those reached there."""
    begun = Visit(tx, now, organisation, address, reach.people_at(tx, address.id))
    begun.language = address.language or SOURCE_LANGUAGE
    begun.is_with(begun.person_called(person_id))
    begun.unsafe = address.unsafe_until is not None and now < address.unsafe_until
    return begun


def sms_address(
    tx: Tx, number: str, language: str | None, now: datetime, erase_at: datetime | None, organisation: Organisation
) -> Record:
    """The address of this number (E.164) for texts, made where there is none. A stranger's is erased at `erase_at`."""
    known = addresses.find(tx, Channel.SMS, number)
    if known is None:
        addresses.add(
            tx,
            token=token(),
            channel=Channel.SMS,
            sender=organisation.texts_from,
            address=number,
            address_key=addresses.key_of(Channel.SMS, number),
            state=AddressState.OPEN,
            landline=False,
            language=language,
            erase_at=erase_at,
            created_at=now,
        )
    elif known.address is None or (known.erase_at is not None and known.state == AddressState.OPEN):
        # It was erased, or is about to be: it is theirs again until then.
        kept = {"address": number, "language": known.language or language, "erase_at": erase_at}
        addresses.change(tx, known.id, kept)
    found = addresses.find(tx, Channel.SMS, number)
    if found is None:
        raise LookupError("an address that was just added is not there")
    return found
