"""Who comes to a meeting, as if they had answered, and what they are told of it by the clock."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bank import rsvps
from bank.tokens import token
from channels.message import Channel
from storage import addresses, arrangements, people, supporters
from storage.addresses import AddressState
from storage.arrangements import ArrangementKind, ArrangementState
from storage.invitations import Answer
from storage.schema import Record
from storage.supporters import Help, LinkState
from tests import looking
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone


def asks_nothing_else(bank: Bank) -> None:
    """No short question comes between."""
    bank.organisation = replace(bank.organisation, days_between_questions=90)


async def says(bank: Bank, phone: Phone, meeting: Record, answer: Answer = Answer.YES, **details: Any) -> Record:
    """Whoever has this phone has answered so."""
    person = await bank.member(phone)
    stood = await bank.does(
        lambda tx: rsvps.answer(tx, meeting, person, answer, bank.now(), bank.organisation, **details)
    )
    return stood.rsvp


async def coming(bank: Bank, phone: Phone, *meetings: Record, name: str = "Asha", **about: Any) -> None:
    """A member, of whom this is so, who comes to these."""
    asks_nothing_else(bank)
    await phone.joins(name)
    if about:
        person = await bank.member(phone)
        await bank.does(lambda tx: people.change(tx, person.id, about))
    for meeting in meetings:
        await says(bank, phone, meeting)


async def arranged(
    bank: Bank,
    phone: Phone,
    meeting: Record,
    kind: ArrangementKind = ArrangementKind.BSL,
    state: ArrangementState = ArrangementState.BOOKED,
) -> None:
    """It is arranged for them, and they know."""
    person = await bank.member(phone)
    about = {"meeting_id": meeting.id, "person_id": person.id, "kind": kind, "state": state, "words": kind.value}
    when = {"at": bank.now(), "changed_at": bank.now(), "due_on": "2026-12-01"}
    await bank.does(lambda tx: arrangements.add(tx, token=token(), **about, **when))


async def became(bank: Bank, meeting: Record) -> list[str]:
    """What became of each reminder, in the order of their time: "week sent", "day paused"."""
    rows = await bank.asks(lambda tx: looking.reminders_of(tx, meeting.id))
    return [f"{row.step} {row.why or row.state}" for row in rows]


async def is_helped(bank: Bank, sms: Phone, helper: Phone, does: Help = Help.REMINDERS) -> None:
    """Whoever has the second phone is texted about the meetings of whoever has the first, or helps them otherwise."""
    person = await bank.member(sms)

    def link(tx: Any) -> None:
        known = {"channel": Channel.SMS, "sender": "sms", "address": helper.address}
        key = addresses.key_of(Channel.SMS, helper.address)
        addresses.add(
            tx, token=token(), **known, address_key=key, state=AddressState.OPEN, landline=False, created_at=bank.now()
        )
        there = addresses.find(tx, Channel.SMS, helper.address)
        assert there is not None
        helps = {"name": "Robin", "helps": does, "state": LinkState.AGREED, "address_id": there.id}
        supporters.add(tx, token=token(), person_id=person.id, named_at=bank.now(), agreed_at=bank.now(), **helps)

    await bank.does(link)
