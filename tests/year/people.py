"""Four hundred members of one bank: how each is reached, in which language and hours, and of what temper they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert

from bank.tokens import token
from storage import people as people_kept
from storage.addresses import AddressState, addresses, key_of
from storage.consents import Purpose, consents
from storage.needs import needs
from storage.people import Part, PersonState, people
from storage.picking import Way
from storage.reach import reach
from storage.store import Tx

TEXTED = (Way.SMS, Way.WHATSAPP, Way.TELEGRAM)
_WAYS = (Way.SMS,) * 9 + (Way.WHATSAPP,) * 4 + (Way.TELEGRAM,) * 5 + (Way.CALL, Way.LETTER)
_HOURS = ((None, None),) * 7 + ((time(12), None), (None, time(13)), (time(16), time(18)))
_NEEDS = ("step-free", "large print", "BSL interpreter")
_NAMES = ("Ben", "Carys", "Dawid", "Farah", "Ines", "Jarek", "Maggie", "Noor", "Olwen", "Tomasz", "Una", "Wren")


@dataclass(frozen=True, slots=True)
class Temper:
    """Of a hundred invitations, to how many they answer so; of the others they say nothing.

    `changes`: of a hundred meetings that they come to, how many they cancel. `takes`: of a hundred offers.
    """

    yes: int
    no: int
    maybe: int
    changes: int = 10
    takes: int = 60
    words: str = "own"  # or "number", "button"


TEMPERS = (
    Temper(70, 10, 5),
    Temper(60, 15, 10, words="number"),
    Temper(75, 5, 5, changes=25, words="button"),
    Temper(30, 40, 10, takes=40),
    Temper(35, 10, 40, takes=80),
    Temper(15, 5, 0, takes=30, words="number"),
)


@dataclass(frozen=True, slots=True)
class Member:
    """One of them. `address` is a number or a chat; empty for who gets letters. `begins` and `ends`: their own hours,
    where they told us. `needs`: what is to be arranged for them.
    """

    id: int
    name: str
    way: Way
    language: str
    address: str
    begins: time | None
    ends: time | None
    needs: str
    temper: Temper

    @property
    def texts(self) -> bool:
        return self.way in TEXTED

    @property
    def to(self) -> str:
        """As it stands in the provider's book."""
        return f"whatsapp:{self.address}" if self.way is Way.WHATSAPP else self.address


def settle(tx: Tx, rng: Random, number: int, now: datetime) -> list[Member]:
    """Put so many in the tables; nobody has told us anything else."""
    found = [_somebody(rng, one) for one in range(number)]
    rows = [_person(one, now) for one in found]
    ids = list(tx.execute(insert(people).returning(people.c.id, sort_by_parameter_order=True), rows).scalars())
    members = [Member(id_, *told) for id_, told in zip(ids, found, strict=True)]
    texting = [one for one in members if one.texts]
    put = insert(addresses).returning(addresses.c.id, sort_by_parameter_order=True)
    there = list(tx.execute(put, [_address(one, now) for one in texting]).scalars())
    pairs = list(zip(texting, there, strict=True))
    tx.execute(insert(reach), [{"address_id": at, "person_id": one.id, "since": now} for one, at in pairs])
    tx.execute(insert(consents), [_consent(one, at, now) for one, at in pairs])
    _need(tx, members, now)
    return members


def _somebody(rng: Random, number: int) -> tuple[str, Way, str, str, time | None, time | None, str, Temper]:
    way = rng.choice(_WAYS)
    address = str(7_000_000_001 + number) if way is Way.TELEGRAM else f"+447700900{number:03}"
    begins, ends = rng.choice(_HOURS)
    needed = rng.choice(_NEEDS) if rng.random() < 0.1 else ""
    language = "pl" if rng.random() < 0.15 else "en"
    named = f"{rng.choice(_NAMES)} {number}"
    return named, way, language, "" if way is Way.LETTER else address, begins, ends, needed, rng.choice(TEMPERS)


def _person(told: Sequence[Any], now: datetime) -> dict[str, Any]:
    name, way, language, address, begins, ends, *_rest = told
    contact: dict[str, str] | None = {"phone": address} if way is Way.CALL else None
    contact = {"post": "1 Mill Lane, Ashdale"} if way is Way.LETTER else contact
    return {
        "token": token(),
        "state": PersonState.MEMBER,
        "name": name,
        "language": language,
        "joined_at": now,
        "part": Part.MEMBER,
        "next_question": 99,
        "contact": contact,
        "contact_key": people_kept.contact_key(address) if way is Way.CALL else None,
        "text_from": _minutes(begins),
        "text_until": _minutes(ends),
        # What we have for half of them was looked at lately.
        "needs_checked_at": now if len(name) % 2 else None,
    }


def _minutes(at: time | None) -> int | None:
    return at.hour * 60 + at.minute if at is not None else None


def _address(one: Member, now: datetime) -> dict[str, Any]:
    return {
        "token": token(),
        "channel": one.way.value,
        "sender": one.way.value,
        "address": one.address,
        "address_key": key_of(one.way, one.address),
        "state": AddressState.OPEN,
        "language": one.language,
        "last_in_at": now - timedelta(hours=1),
        "window_until": now + timedelta(hours=23) if one.way is Way.WHATSAPP else None,
        "created_at": now,
    }


def _consent(one: Member, address_id: int, now: datetime) -> dict[str, Any]:
    told = {"purpose": Purpose.MESSAGES, "given": True, "words": "OK?", "shown": True, "language": one.language}
    return {**told, "person_id": one.id, "address_id": address_id, "at": now}


def _need(tx: Tx, members: Sequence[Member], now: datetime) -> None:
    rows = [{"person_id": one.id, "words": one.needs, "at": now} for one in members if one.needs]
    if rows:
        tx.execute(insert(needs), rows)
