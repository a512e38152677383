"""People, as colleagues look for them and look at them. Every look is on record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bank import arranging, audit, person_meetings
from bank.arranging import Need
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.person_meetings import Attends
from bank.sources import Source, sources
from bank.tokens import token
from bank.told_facts import Fact, facts
from bank.waiting import WHAT_TO_DO, where
from channels.message import Channel
from language import phones
from storage import consents, directory, notes, people, questions, reach, staff, supporters, tasks
from storage.addresses import AddressState
from storage.directory import Wanted
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx

AT_ONCE = 50
_CHANGERS = (Role.COORDINATOR, Role.APPROVER, Role.CO_CHAIR, Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of people, how many there are in all, and after whom the next page begins (None: this is the last)."""

    people: list[Record]
    count: int
    next: str | None


@dataclass(frozen=True, slots=True)
class Reached:
    """One way to reach somebody, its number masked. `thread` is where what was said there can be read."""

    token: str
    channel: str
    masked: str
    state: str
    last_in_at: datetime | None
    others: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the ledger: what it was for, the exact words, and how it came to us."""

    purpose: str
    given: bool
    words: str
    shown: bool
    answer: str
    language: str
    source: Source


@dataclass(frozen=True, slots=True)
class Open:
    """Something of theirs that waits for a person of ours."""

    todo: str
    due_at: datetime
    href: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a colleague noted, and when."""

    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Portrait:
    """All that a colleague is shown about one person. What they may not see is empty."""

    person: Record
    arrange: list[Need]
    facts: list[Fact]
    ledger: list[Entry]
    reached: list[Reached]
    contact: dict[str, str]
    open: list[Open]
    notes: list[Note]
    supporters: list[Record]
    meetings: list[Attends]


def may_reach(colleague: Colleague) -> bool:
    """Whether they are shown contact details, and may change anything: all but viewers."""
    return colleague.may(*_CHANGERS)


def search(tx: Tx, colleague: Colleague, wanted: Wanted, now: datetime, after: str = "") -> Found:
    """A page of the people whom they look for and may see. `after`: the token of the last one of the page before."""
    asked = replace(wanted, safe_only=not colleague.is_lead, not_ids=colleague.oneself.person_ids)
    if not may_reach(colleague):
        asked = replace(asked, number="")
    if not colleague.is_lead:
        asked = replace(asked, held=False)
    before = people.by_token(tx, after) if after else None
    found = directory.find(tx, asked, now, AT_ONCE + 1, before)
    count = directory.count(tx, asked, now)
    narrows = ("name", "number", "channel", "language", "topic", "way", "district")
    by = [name for name in narrows if getattr(asked, name)]
    audit.record(tx, now, Act.SEARCHED, colleague.id, by=by, found=count)
    more = len(found) > AT_ONCE
    return Found(found[:AT_ONCE], count, found[AT_ONCE - 1].token if more else None)


def seen(tx: Tx, colleague: Colleague, name: str) -> Record | None:
    """The person whose token that is, if they may be seen by this colleague; else None."""
    person = people.by_token(tx, name)
    if person is None or not colleague.sees(person_id=person.id, held=person.held):
        return None
    return person if colleague.is_lead or not directory.is_held(tx, person.id) else None


def unseen(tx: Tx, colleague: Colleague) -> frozenset[int]:
    """Ids of everybody whom this colleague may not see, by the same rule: for lists, in one look."""
    held = frozenset() if colleague.is_lead else directory.all_held(tx)
    return held | colleague.oneself.person_ids


def look(tx: Tx, colleague: Colleague, name: str, now: datetime, organisation: Organisation) -> Portrait | None:
    """What they are shown about this person. The look is recorded."""
    person = seen(tx, colleague, name)
    if person is None:
        return None
    audit.record(tx, now, Act.SAW_PERSON, colleague.id, person_id=person.id)
    reaches = may_reach(colleague)
    return Portrait(
        person,
        arranging.arrange(tx, person),
        facts(tx, person, organisation),
        _ledger(tx, person),
        _reached(tx, person) if reaches else [],
        masked_contact(person) if reaches else {},
        _open(tx, person) if reaches else [],
        _notes(tx, person) if reaches else [],
        supporters.of(tx, person.id) if reaches else [],
        person_meetings.of(tx, person),
    )


def looked(tx: Tx, colleague: Colleague, person: Record, now: datetime) -> None:
    """They were shown what this person told us, or who helps them, on another page than the person's own."""
    audit.record(tx, now, Act.SAW_PERSON, colleague.id, person_id=person.id)


def note(tx: Tx, colleague: Colleague, person: Record, words: str, now: datetime) -> None:
    """Keep a note to colleagues about this person."""
    notes.add(tx, token=token(), person_id=person.id, staff_id=colleague.id, words=words, at=now)
    audit.record(tx, now, Act.NOTED, colleague.id, person_id=person.id)


def reveal(tx: Tx, colleague: Colleague, person: Record, why: str, now: datetime) -> dict[str, str]:
    """Their numbers and where letters go, whole, by what each is; why they were asked for is recorded."""
    audit.record(tx, now, Act.SAW_NUMBER, colleague.id, person_id=person.id, why=why)
    shown = {row.token: _whole(row) for row in reach.addresses_of(tx, person.id)}
    contact = dict(person.contact or {})
    if "phone" in contact:
        contact["phone"] = phones.domestic(contact["phone"])
    return shown | contact


def masked_contact(person: Record) -> dict[str, str]:
    """How somebody is reached who does not text, without the number or the address itself."""
    contact = person.contact or {}
    found = {"phone": f"A number that ends {contact['phone'][-3:]}"} if contact.get("phone") else {}
    return found | ({"post": "A postal address is kept"} if contact.get("post") else {})


def masked(row: Record) -> str:
    """An address as it is shown before anybody asks for it."""
    if not row.address:
        return "erased"
    return "a chat" if row.channel == Channel.TELEGRAM else f"ends {row.address[-3:]}"


def _whole(row: Record) -> str:
    return phones.domestic(row.address) if row.address and row.address.startswith("+") else row.address or "erased"


def _reached(tx: Tx, person: Record) -> list[Reached]:
    return [
        Reached(
            row.token,
            row.channel,
            masked(row),
            _state(row),
            row.last_in_at,
            len(reach.people_at(tx, row.id)) - 1,
        )
        for row in reach.addresses_of(tx, person.id)
    ]


_STATES = {
    AddressState.STOPPED: "They asked us to stop. We do not text here.",
    AddressState.DEAD: "Nobody can be reached here.",
    AddressState.BLOCKED: "They blocked us here.",
}


def _state(row: Record) -> str:
    return _STATES.get(row.state, "A home phone: texts may be read out" if row.landline else "")


def _notes(tx: Tx, person: Record) -> list[Note]:
    rows = notes.about(tx, person.id)
    names = staff.names(tx, {row.staff_id for row in rows})
    return [Note(row.words, names[row.staff_id], row.at) for row in rows]


def _ledger(tx: Tx, person: Record) -> list[Entry]:
    rows = consents.history(tx, person_id=person.id)
    return [
        Entry(row.purpose, row.given, row.words, row.shown, row.answer or "", row.language, source)
        for row, source in zip(rows, sources(tx, rows), strict=True)
    ]


def _open(tx: Tx, person: Record) -> list[Open]:
    """What waits: questions they asked, and what else is to be done about them."""
    asked = [
        Open("Answer their question", row.due_at, f"/questions/{row.token}")
        for address in reach.addresses_of(tx, person.id)
        for row in questions.open_at(tx, address.id)
        if row.person_id in {None, person.id}
    ]
    doing = [
        Open(WHAT_TO_DO[row.kind][1], row.due_at, where(row))
        for row in tasks.open_of(tx, person.id)
        if row.kind in WHAT_TO_DO
    ]
    return sorted(asked + doing, key=lambda one: one.due_at)
