"""Helped: somebody joins by phone, on paper or face to face, and a colleague enters it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bank import arranging, audit, details, hold, new_address, outward, reachable
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.tokens import token
from bank.told_facts import Value
from channels.message import Channel
from flows import everywhere
from flows.engine import Saying
from flows.grammar import Choose
from flows.join import AGREES, JOIN
from language import phones
from storage import addresses, consents, conversations, directory, people, reach
from storage.addresses import AddressState
from storage.consents import Purpose
from storage.directory import Wanted
from storage.outbox import Priority
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx

CONFIRMED = "everywhere.joined_with_help"


class Known(Exception):
    """Somebody is known at that number. `people` are those who are, left or not."""

    def __init__(self, known: list[Record]) -> None:
        super().__init__()
        self.people = known


class Stopped(Exception):
    """That number told us to stop: only its own START lifts that."""


@dataclass(frozen=True, slots=True)
class Joining:
    """What somebody said and told, and how. `channel` is sms, whatsapp, phone or post.

    `number` is in E.164, empty for post alone. With `shares` it is a second person on one phone. `facts` are those of
    bank.told_facts, as they are kept.
    """

    how: str
    said_at: datetime
    answer: str
    language: str
    channel: str
    number: str = ""
    post: str = ""
    shares: bool = False
    facts: Mapping[str, Value] = field(default_factory=dict)
    needs: str = ""


def agreement(organisation: Organisation, language: str) -> str:
    """The very words that somebody agrees to in joining, as a text would show them."""
    step = JOIN.steps["agree"]
    if not isinstance(step, Choose):
        raise TypeError("the agreement is a choice")
    render = organisation.catalogs.render
    labels = [render(choice.label, language, {}) for choice in AGREES if choice.label is not None]
    return "\n".join((render(step.text, language, {}), *(f"{number} {one}" for number, one in enumerate(labels, 1))))


def more(organisation: Organisation, language: str) -> str:
    """What is said to who wants to know more before they agree."""
    values = {"privacy_url": organisation.privacy_url}
    step = JOIN.steps["keeping"]
    return organisation.catalogs.render(step.text, language, values)  # type: ignore[union-attr]


def join(tx: Tx, colleague: Colleague, joining: Joining, now: datetime, organisation: Organisation) -> Record:
    """They agreed: from now they are a member, and the words that were read to them are on record.

    Raises Known and Stopped; nothing is kept then.
    """
    if joining.number and not joining.shares and (known := known_at(tx, joining.number, now)):
        raise Known(known)
    person = _add(tx, joining, now)
    address = _address(tx, joining, now, organisation)
    if address is not None:
        _reach(tx, person, address, joining, now)
    _record_agreement(tx, colleague, person, address, joining, organisation)
    details.change(tx, colleague, person, joining.facts, joining.how, now, organisation)
    if joining.needs:
        arranging.add(tx, colleague, person, joining.needs, joining.how, now)
    told = {"how": joining.how, "channel": joining.channel}
    audit.record(tx, now, Act.PERSON_ADDED, colleague.id, person_id=person.id, **told)
    if address is not None:
        _confirm(tx, person, address, now, organisation)
    return people.get(tx, person.id)


def known_at(tx: Tx, number: str, now: datetime) -> list[Record]:
    """Everybody who is reached at that number and not erased, whoever may see them."""
    return directory.find(tx, Wanted(number=number, state=None, safe_only=False), now, limit=20)


def _add(tx: Tx, joining: Joining, now: datetime) -> Record:
    contact = {name: one for name, one in (("phone", joining.number), ("post", joining.post)) if one}
    rung = joining.channel in {"phone", "post"}
    return people.add(
        tx,
        token=token(),
        state=PersonState.MEMBER,
        language=joining.language,
        contact=(contact if rung else {"post": joining.post} if joining.post else None) or None,
        contact_key=people.contact_key(joining.number) if rung and joining.number else None,
        joined_how=joining.how,
        joined_at=joining.said_at,
        asked_at=now,  # who has just spoken to us is not asked more this week
    )


def _address(tx: Tx, joining: Joining, now: datetime, organisation: Organisation) -> Record | None:
    if joining.channel not in {Channel.SMS, Channel.WHATSAPP}:
        return None
    known = addresses.find(tx, joining.channel, joining.number)
    if known is not None and known.state == AddressState.STOPPED:
        raise Stopped
    if joining.channel == Channel.SMS:
        return outward.sms_address(tx, joining.number, joining.language, now, None, organisation)
    return known or new_address.add(
        tx, joining.channel, joining.channel, joining.number, now, language=joining.language
    )


def _reach(tx: Tx, person: Record, address: Record, joining: Joining, now: datetime) -> None:
    """What a stranger had begun there is closed: they have joined."""
    if not reach.people_at(tx, address.id):
        conversations.end_all(tx, address.id, "joined_with_help")
    kept = {"address": joining.number, "erase_at": None, "language": address.language or joining.language}
    addresses.change(tx, address.id, kept)
    reach.join(tx, address_id=address.id, person_id=person.id, since=now)
    hold.spread(tx, person.id, now)


def _record_agreement(
    tx: Tx,
    colleague: Colleague,
    person: Record,
    address: Record | None,
    joining: Joining,
    organisation: Organisation,
) -> None:
    purposes = (Purpose.BANK, Purpose.MESSAGES) if address is not None else (Purpose.BANK,)
    consents.record(
        tx,
        *purposes,
        person_id=person.id,
        address_id=address.id if address is not None else None,
        given=True,
        words=agreement(organisation, joining.language),
        shown=True,
        language=joining.language,
        how=joining.how,
        entered_by=colleague.id,
        answer=joining.answer,
        at=joining.said_at,
    )


def _confirm(tx: Tx, person: Record, address: Record, now: datetime, organisation: Organisation) -> None:
    """One text that asks nothing and says how to stop, to a mobile to which a text can do no harm."""
    mobile = address.channel == Channel.SMS and phones.line(address.address) == "mobile"
    if mobile and reachable.may_be_texted(address, now):
        visit = outward.visit(tx, now, organisation, address, person.id)
        visit.say(Saying(CONFIRMED, (everywhere.JOINED_WITH_HELP,)), Priority.INVITATION)
