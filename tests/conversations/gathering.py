"""Meetings in a dialogue: made as the console would make them, with people who are asked to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bank import broadcast_draft, wall_time
from bank.broadcast_draft import Draft
from bank.broadcast_words import values_of
from bank.tokens import token
from flows.coming import COMING, NOTED
from flows.rsvp import RSVP
from storage import meetings, rsvps
from storage.broadcasts import BroadcastKind
from storage.meetings import MeetingKind, MeetingState, Way
from storage.schema import Record
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone
from tests.conversations.telling import goes, step

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

TEXT = "{sender}: {meeting}. {day}, {time}, {where}. {expenses} STOP to end. Coming?"
ABOUT = {
    "meeting": "Carers' space",
    "day": "Thursday 3 December",
    "time": "2pm",
    "where": "Oak Hall, Station Road, by Aldi",
}
INVITATION = (
    "Ashdale Council: Carers' space. Thursday 3 December, 2pm, Oak Hall, Station Road, by Aldi. We pay your fares. "
    "STOP to end. Coming?"
)


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


async def invites_to(bank: Bank, meeting: Record, text: str | Mapping[str, str] = TEXT) -> Record:
    """A message to every member that asks whether they come. It has gone out, whatever went that week."""
    words = {"en": text} if isinstance(text, str) else text
    draft = Draft("Invitation", words, BroadcastKind.INVITATION, meeting=meeting.id)
    values = {tag: values_of(bank.organisation, None, tag, meeting) for tag in words}
    return await goes(bank, lambda tx: broadcast_draft.write(tx, None, draft, bank.now()), values)


async def changed(bank: Bank, meeting: Record, **values: Any) -> Record:
    """The meeting with these values, without anybody being told."""
    return await bank.does(lambda tx: meetings.change(tx, meeting.id, values))


def said(name: str, /, **values: str) -> str:
    """A step of the flow "rsvp", or of "noted", as people read it in English about the meeting above."""
    flow = RSVP if name in RSVP.steps else NOTED
    shown = step(flow, name, **{**ABOUT, **values})
    return shown.replace("\n2", " 2").replace("\n3", " 3") if name == "ask" else shown


def coming(name: str, /, **values: str) -> str:
    """The same of the flow "coming"."""
    return step(COMING, name, **{**ABOUT, **values})


def noted(how: str = "in_person", /, **values: str) -> str:
    """What they are told in the end."""
    return said(how, **{"rsvp_next": "We will remind you.", **values})


async def rsvp(bank: Bank, meeting: Record, phone: Phone) -> Record | None:
    """How whoever has this phone stands in it."""
    person = await bank.member(phone)
    return await bank.asks(lambda tx: rsvps.of(tx, meeting.id, person.id))


async def stand(bank: Bank, meeting: Record, *phones: Phone) -> list[str | None]:
    """How each of these stands in it."""
    found = [await rsvp(bank, meeting, phone) for phone in phones]
    return [one.state if one is not None else None for one in found]


async def so_many(bank: Bank, number: int) -> list[Phone]:
    """Members, each on a phone of their own."""
    phones = [bank.phone("sms") for _ in range(number)]
    for phone in phones:
        await phone.joins()
    return phones


def forget(phones: Sequence[Phone]) -> None:
    for phone in phones:
        phone.ignores_the_rest()


async def all_say(phones: Sequence[Phone], text: str = "yes") -> None:
    for phone in phones:
        await phone.says(text)
