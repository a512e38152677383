"""Oneself: as whom the bank knows somebody of the team. Nobody is shown what is about themselves."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from storage.addresses import addresses, key_of
from storage.reach import reach
from storage.schema import Record
from storage.store import Tx

# The same mobile writes by text and by WhatsApp.
_ONE_PHONE = ("sms", "whatsapp")


@dataclass(frozen=True, slots=True)
class Oneself:
    """Their own record, and whoever is reached on their own phone; that phone, and every address of these people."""

    person_ids: frozenset[int] = frozenset()
    address_ids: frozenset[int] = frozenset()


NOBODY = Oneself()


def of(tx: Tx, row: Record) -> Oneself:
    """Who somebody of the team is in the bank, though nobody has said which record is theirs.

    `row` has the columns `person_id`, `alert_channel` and `alert_address` of staff: the phone on which they are alerted
    and answer questions is their own.
    """
    phones = _phones(tx, row.alert_channel, row.alert_address)
    linked = {row.person_id} if row.person_id is not None else set()
    person_ids = linked | (_reached(tx, phones) if phones else set())
    address_ids = phones | (_addresses(tx, person_ids) if person_ids else set())
    return Oneself(frozenset(person_ids), frozenset(address_ids))


def _phones(tx: Tx, channel: str | None, number: str | None) -> set[int]:
    if not channel or not number:
        return set()
    channels = _ONE_PHONE if channel in _ONE_PHONE else (channel,)
    keys = [key_of(one, number) for one in channels]
    return set(tx.execute(select(addresses.c.id).where(addresses.c.address_key.in_(keys))).scalars())


def _reached(tx: Tx, address_ids: set[int]) -> set[int]:
    return set(tx.execute(select(reach.c.person_id).where(reach.c.address_id.in_(address_ids))).scalars())


def _addresses(tx: Tx, person_ids: set[int]) -> set[int]:
    return set(tx.execute(select(reach.c.address_id).where(reach.c.person_id.in_(person_ids))).scalars())
