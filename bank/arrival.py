"""Arrival: whose address a message comes from, and what we know of it before the message is read."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from bank import helping, media, new_address, talk
from bank.organisation import Organisation
from bank.visit import Visit
from channels.message import Channel, Incoming
from language import tongues
from language.normal import safe
from language.wording import SOURCE_LANGUAGE
from storage import addresses, messages_in, reach
from storage.addresses import AddressState
from storage.schema import Record
from storage.store import Tx

# WhatsApp lets us answer freely for 24 hours after a person wrote; the margin keeps us clear of the edge.
_WHATSAPP_WINDOW = timedelta(hours=24) - timedelta(minutes=2)
_A_MINUTE = timedelta(minutes=1)
_CLOSED = frozenset({AddressState.STOPPED, AddressState.BLOCKED})
_LONGEST_KEY = 64


def stranger(tx: Tx, incoming: Incoming, now: datetime, organisation: Organisation) -> Record:
    """A stranger's address. Nothing of theirs is kept beyond the days of an unfinished join."""
    return new_address.add(
        tx,
        incoming.channel,
        incoming.sender,
        incoming.address,
        now,
        last_in_at=now,
        window_until=_window(incoming, now),
        erase_at=now + timedelta(days=organisation.days_unfinished),
    )


def _window(incoming: Incoming, now: datetime) -> datetime | None:
    written = min(now, incoming.sent_at or now)  # a message that was missed came some time ago
    return written + _WHATSAPP_WINDOW if incoming.channel is Channel.WHATSAPP else None


def key_of(incoming: Incoming) -> str:
    """What a message is claimed by: a second copy has the same."""
    key = f"{incoming.sender}:{incoming.provider_id}"
    return key if len(key) <= _LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()


def claim(tx: Tx, incoming: Incoming, address: Record, now: datetime) -> int | None:
    claimed = messages_in.claim(
        tx,
        provider_key=key_of(incoming),
        message_ref=_fitting(incoming.message_id or incoming.provider_id),
        address_id=address.id,
        kind=incoming.kind,
        text=safe(incoming.text),
        raw=safe(incoming.raw) or None,
        media=incoming.media,
        forwarded=incoming.forwarded,
        received_at=now,
        sent_at=incoming.sent_at,
    )
    if claimed is not None and incoming.enclosed:
        media.keep(tx, claimed, incoming)
    return claimed


def _fitting(reference: str) -> str | None:
    return reference if len(reference) <= _LONGEST_KEY else None


def know(visit: Visit, door: Record) -> None:
    """What we know of an address that has written before: who is reached there, and what is open."""
    visit.everyone = reach.people_at(visit.tx, door.id) if door.reaches_somebody else []
    visit.others_wait = door.others_wait
    visit.burst_since = door.burst_since
    if door.conversation_id is not None:
        visit.standing = talk.standing_of(door)
        visit.is_with(visit.person_called(door.conversation_person_id))
        if visit.person is None and door.conversation_person_id is not None:
            helping.recognise(visit, door.conversation_person_id)
    elif len(visit.people) == 1:
        visit.is_with(visit.people[0])
    visit.mute = door.state in _CLOSED or _before(visit, door.silent_until)
    visit.unsafe = _before(visit, door.unsafe_until)


def note_seen(visit: Visit, door: Record) -> None:
    """That they wrote, to which of our senders, and when; a minute's exactness is enough."""
    incoming = visit.incoming
    if incoming is None or (
        door.sender == incoming.sender
        and door.address is not None
        and door.state != AddressState.DEAD
        and door.last_in_at is not None
        and visit.now - door.last_in_at < _A_MINUTE
    ):
        return
    unfinished = visit.now + timedelta(days=visit.organisation.days_unfinished)
    seen = {
        "address": incoming.address,  # it may have been erased since
        "sender": incoming.sender,
        "last_in_at": visit.now,
        "window_until": _window(incoming, visit.now),
        "erase_at": door.erase_at if visit.everyone else unfinished,
    }
    if door.state == AddressState.DEAD:  # whoever writes can be reached
        seen["state"] = AddressState.OPEN
    addresses.change(visit.tx, door.id, seen)


def language_of(visit: Visit) -> str:
    """The language that we write in: theirs if we know it, else what their own words or their app suggest."""
    if visit.address.language:
        return str(visit.address.language)
    written = visit.organisation.catalogs.languages
    hint = visit.incoming.language_hint if visit.incoming else None
    for suggested in (tongues.guess(visit.text), hint):
        if suggested in written and suggested != SOURCE_LANGUAGE:
            addresses.change(visit.tx, visit.address.id, {"language": suggested})
            return str(suggested)
    return SOURCE_LANGUAGE


def _before(visit: Visit, until: datetime | None) -> bool:
    return until is not None and visit.now < until
