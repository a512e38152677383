"""A thousand invented members of one bank: how each is reached or why not, and what becomes of a message to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, auto
from itertools import cycle
from typing import Any

from sqlalchemy import insert

from bank.tokens import token
from channels.fakes.callbacks import NEVER, Callbacks, failing
from channels.fakes.fault import Refuse
from channels.fakes.script import Script
from storage import people as people_kept
from storage.addresses import AddressState, addresses, key_of
from storage.consents import Purpose, consents
from storage.outbox import OutState, Priority, messages_out
from storage.people import Part, PersonState, people
from storage.picking import Left, Way
from storage.reach import reach
from storage.store import Tx
from tests.bank.ashdale import MORNING


class Fate(Enum):
    """What becomes of a message to them."""

    ARRIVES = auto()
    IS_READ = auto()
    NO_SIGNAL = auto()  # the first time; an hour later it arrives
    UNTOLD = auto()  # the provider takes it, and tells no more
    ON_ITS_WAY = auto()  # it has left the provider
    NOT_IN_USE = auto()
    LANDLINE = auto()
    SPAM = auto()
    STOPPED_THERE = auto()  # they told the provider, and not us
    LONG_AGO = auto()  # they last wrote on WhatsApp more than a day ago: no plain text may go there
    BLOCKED = auto()
    CLOSED = auto()  # their account


_SCRIPTED: dict[Fate, tuple[Callbacks | Refuse, int | None]] = {
    Fate.IS_READ: (Callbacks(("sent", "delivered", "read")), None),
    Fate.NO_SIGNAL: (failing(30003), 1),
    Fate.UNTOLD: (NEVER, None),
    Fate.ON_ITS_WAY: (Callbacks(("sent",)), None),
    Fate.NOT_IN_USE: (failing(30005), None),
    Fate.LANDLINE: (failing(30006), None),
    Fate.SPAM: (failing(30007), None),
    Fate.STOPPED_THERE: (Refuse(21610), None),
}
# Those for which the page gives a reason, by the code in it.
CODES = {
    Fate.NOT_IN_USE: "30005",
    Fate.LANDLINE: "30006",
    Fate.SPAM: "30007",
    Fate.STOPPED_THERE: "21610",
    Fate.LONG_AGO: "63016",
    Fate.BLOCKED: "403 blocked",
    Fate.CLOSED: "403 deactivated",
}
# A provider never took it.
NOT_TAKEN = frozenset({Fate.STOPPED_THERE, Fate.LONG_AGO, Fate.BLOCKED, Fate.CLOSED})
ARRIVES = frozenset({Fate.ARRIVES, Fate.IS_READ})
_ROUND_THE_CORNER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Lot:
    """So many members alike. `left`: why they are left out. `way` is then where they would be reached."""

    number: int
    way: Way
    language: str = "en"
    fate: Fate = Fate.ARRIVES
    left: Left | None = None
    about: dict[str, Any] = field(default_factory=dict)
    there: dict[str, Any] = field(default_factory=dict)
    agreed: bool = True


_LATER = MORNING + timedelta(days=30)
LOTS = (
    Lot(330, Way.SMS),
    Lot(50, Way.SMS, "pl"),
    Lot(6, Way.SMS, fate=Fate.NOT_IN_USE),
    Lot(2, Way.SMS, fate=Fate.LANDLINE),
    Lot(3, Way.SMS, fate=Fate.SPAM),
    Lot(2, Way.SMS, fate=Fate.STOPPED_THERE),
    Lot(4, Way.SMS, fate=Fate.NO_SIGNAL),
    Lot(3, Way.SMS, fate=Fate.UNTOLD),
    Lot(5, Way.SMS, fate=Fate.ON_ITS_WAY),
    Lot(120, Way.WHATSAPP),
    Lot(40, Way.WHATSAPP, fate=Fate.IS_READ),
    Lot(30, Way.WHATSAPP, "pl"),
    Lot(5, Way.WHATSAPP, fate=Fate.LONG_AGO),
    Lot(270, Way.TELEGRAM),
    Lot(20, Way.TELEGRAM, "pl"),
    Lot(4, Way.TELEGRAM, fate=Fate.BLOCKED),
    Lot(2, Way.TELEGRAM, fate=Fate.CLOSED),
    Lot(24, Way.CALL),
    Lot(6, Way.CALL, "pl"),
    Lot(14, Way.LETTER),
    Lot(12, Way.SMS, left=Left.PAUSED, about={"paused_until": _LATER}),
    Lot(8, Way.TELEGRAM, left=Left.HELD, about={"held": "bereavement"}),
    Lot(12, Way.SMS, left=Left.NO_ADDRESS, there={"state": AddressState.STOPPED}, agreed=False),
    Lot(10, Way.WHATSAPP, left=Left.NO_AGREEMENT, agreed=False),
    Lot(4, Way.SMS, left=Left.QUIET, there={"silent_until": _LATER}),
    # One more has had enough by then: who leads the project read the words, and said yes to them.
    Lot(13, Way.SMS, left=Left.CAP),
    Lot(1, Way.SMS, left=Left.CAP, about={"name": "Asha"}),
)
# On the list, and in no count of members.
BESIDE = (
    Lot(5, Way.SMS, about={"part": Part.STAFF}),
    Lot(5, Way.TELEGRAM, about={"part": Part.PARTNER}),
    Lot(3, Way.SMS, about={"state": PersonState.LEFT}),
)
_NAMES = {
    "en": ("Ben", "Carys", None, "Zoë", "Siân", "Dawid", "Maggie-Anne Featherstonehaugh", "Łucja", "Farah", "李"),
    "pl": ("Ewa", "Jarek", "Łucja", None, "Zbigniew"),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One of them. `address` is a number or a chat; empty for who gets letters."""

    id: int
    name: str | None
    lot: Lot
    address: str

    @property
    def is_written_to(self) -> bool:
        """They are a member, whom it is for, and they text."""
        return self.lot in LOTS and self.lot.left is None and self.lot.way not in {Way.CALL, Way.LETTER}

    @property
    def to(self) -> str:
        """As it stands in the provider's book."""
        return f"whatsapp:{self.address}" if self.lot.way is Way.WHATSAPP else self.address


def _addresses(lots: Sequence[Lot]) -> Iterator[tuple[Lot, str]]:
    """Ofcom's numbers for drama, from the first; Telegram has chats. The last twenty numbers are for the team."""
    numbers, chats = iter(range(980)), iter(range(7_000_000_001, 7_000_001_000))
    for lot in lots:
        for _ in range(lot.number):
            if lot.way is Way.LETTER:
                yield lot, ""
            else:
                yield lot, str(next(chats)) if lot.way is Way.TELEGRAM else f"+447700900{next(numbers):03}"


def settle(tx: Tx, lots: Sequence[Lot] = (*LOTS, *BESIDE)) -> list[Member]:
    """Put them in the tables."""
    found = list(_addresses(lots))
    names = {language: cycle(known) for language, known in _NAMES.items()}
    rows = [_person(lot, address, next(names[lot.language])) for lot, address in found]
    ids = list(tx.execute(insert(people).returning(people.c.id, sort_by_parameter_order=True), rows).scalars())
    members = [Member(id_, row["name"], lot, at) for id_, row, (lot, at) in zip(ids, rows, found, strict=True)]
    texting = [one for one in members if one.lot.way not in {Way.CALL, Way.LETTER}]
    put = insert(addresses).returning(addresses.c.id, sort_by_parameter_order=True)
    there = list(tx.execute(put, [_address(one) for one in texting]).scalars())
    pairs = list(zip(texting, there, strict=True))
    tx.execute(insert(reach), [{"address_id": at, "person_id": one.id, "since": MORNING} for one, at in pairs])
    tx.execute(insert(consents), [_consent(one, at) for one, at in pairs if one.lot.agreed])
    had = [_news(one, at) for one, at in pairs if one.lot.left is Left.CAP and one.name != "Asha"]
    if had:
        tx.execute(insert(messages_out), had)
    return members


def _person(lot: Lot, address: str, name: str | None) -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys(("contact", "contact_key", "held", "paused_until"))
    known: dict[str, Any] = {
        "token": token(),
        "state": PersonState.MEMBER,
        "name": name,
        "language": lot.language,
        "joined_at": MORNING,
        "part": Part.MEMBER,
        "next_question": 99,
    }
    if lot.way is Way.CALL:
        known |= {"contact": {"phone": address}, "contact_key": people_kept.contact_key(address)}
    if lot.way is Way.LETTER:
        known |= {"contact": {"post": "1 Mill Lane, Ashdale"}}
    return empty | known | lot.about


def _address(one: Member) -> dict[str, Any]:
    wrote = MORNING - (timedelta(days=5) if one.lot.fate is Fate.LONG_AGO else _ROUND_THE_CORNER)
    known = {
        "token": token(),
        "channel": one.lot.way.value,
        "sender": one.lot.way.value,
        "address": one.address,
        "address_key": key_of(one.lot.way, one.address),
        "state": AddressState.OPEN,
        "language": one.lot.language,
        "last_in_at": wrote,
        "window_until": wrote + timedelta(days=1) if one.lot.way is Way.WHATSAPP else None,
        "silent_until": None,
        "created_at": MORNING,
    }
    return known | one.lot.there


def _consent(one: Member, address_id: int) -> dict[str, Any]:
    return {
        "purpose": Purpose.MESSAGES,
        "person_id": one.id,
        "address_id": address_id,
        "given": True,
        "words": "OK?",
        "shown": True,
        "language": one.lot.language,
        "at": MORNING,
    }


def _news(one: Member, address_id: int) -> dict[str, Any]:
    """The one text of this week that they did not ask for."""
    at = MORNING - timedelta(days=2)
    return {
        "token": token(),
        "address_id": address_id,
        "person_id": one.id,
        "sender": one.lot.way.value,
        "priority": Priority.BULK,
        "wording": "broadcast",
        "language": "en",
        "text": "News.",
        "state": OutState.DELIVERED,
        "due_at": at,
        "claimed_at": at,
        "settled_at": at,
        "created_at": at,
    }


def scripts(lots: Sequence[Lot] = (*LOTS, *BESIDE)) -> Script:
    """What Twilio does with a message to each of them."""
    script = Script()
    for lot, address in _addresses(lots):
        if lot.fate in _SCRIPTED:
            play, times = _SCRIPTED[lot.fate]
            script.to(f"whatsapp:{address}" if lot.way is Way.WHATSAPP else address, play, times)
    return script


def counted(lots: Sequence[Lot] = LOTS) -> dict[Way, int]:
    """How many of these are reached, by the way."""
    reached = [lot for lot in lots if lot.left is None]
    return {way: number for way in Way if (number := sum(lot.number for lot in reached if lot.way is way))}


def left_out() -> dict[Left, int]:
    """How many are left out, by why."""
    return {why: number for why in Left if (number := sum(lot.number for lot in LOTS if lot.left is why))}


def fates(*wanted: Fate) -> int:
    """To how many that are written to this happens."""
    texted = (Way.SMS, Way.WHATSAPP, Way.TELEGRAM)
    return sum(lot.number for lot in LOTS if lot.left is None and lot.way in texted and lot.fate in wanted)
