"""Meetings in a dialogue: made as the console would make them, with people who are asked to come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bank import wall_time
from bank.tokens import token
from storage import meetings, rsvps
from storage.meetings import MeetingKind, MeetingState, Way
from storage.schema import Record
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone

WORDS: Mapping[str, Mapping[str, str]] = {
    "title": {"en": "Carers' space", "pl": "Spotkanie opiekunów"},
    "agenda": {"en": "Tea and talk. A guest tells us about money."},
    "who": {"en": "About 15 carers, and Dana Field from the council."},
    "place": {"en": "Oak Hall, Station Road"},
    "find": {"en": "by Aldi"},
    "parking": {"en": "There is free parking behind the hall."},
    "access": {"en": "The hall has no steps. There is a hearing loop."},
    "expenses": {"en": "We pay your fares."},
}


async def a_meeting(bank: Bank, title: str = "Carers' space", **more: Any) -> Record:
    """An open meeting on Thursday 3 December 2026 at 2pm for two hours, in person, with room for all."""
    when = {"on_day": "2026-12-03", "at_time": "14:00", "zone": "Europe/London", "minutes": 120}
    when |= {name: more.pop(name) for name in tuple(more) if name in when}
    values = {
        "token": token(),
        "kind": MeetingKind.SPACE,
        "state": MeetingState.OPEN,
        "words": {**WORDS, "title": {**WORDS["title"], "en": title}, **more.pop("words", {})},
        "way": Way.IN_PERSON,
        "created_at": bank.now(),
        "changed_at": bank.now(),
        **when,
        **wall_time.moments(str(when["on_day"]), str(when["at_time"]), str(when["zone"]), int(str(when["minutes"]))),
    }
    return await bank.does(lambda tx: meetings.add(tx, **(values | more)))


async def rsvp(bank: Bank, meeting: Record, phone: Phone) -> Record | None:
    """How whoever has this phone stands in it."""
    person = await bank.member(phone)
    return await bank.asks(lambda tx: rsvps.of(tx, meeting.id, person.id))


async def stand(bank: Bank, meeting: Record, *phones: Phone) -> list[str | None]:
    """How each of these stands in it."""
    found = [await rsvp(bank, meeting, phone) for phone in phones]
    return [one.state if one is not None else None for one in found]
