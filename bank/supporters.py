"""Supporters: a member is asked whether somebody may help them, and both are told what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bank import audit, caps, helping, naming_help, outward, talk
from bank.audit import Act
from bank.colleague import Colleague
from bank.helping import Matter
from bank.organisation import Organisation
from bank.tokens import token
from flows import engine
from flows.about_you import PROMOTIONS
from flows.shipped import SHIPPED
from flows.supporter import HELPER_AGREED, HELPER_ASKED, HELPER_ENDED, HELPER_REFUSED, SUPPORTER
from language.wording import SOURCE_LANGUAGE
from storage import addresses, consents, conversations, people, reach, supporters
from storage.addresses import AddressState
from storage.consents import Purpose
from storage.outbox import Priority
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx
from storage.supporters import LIVE, EndedBy, Help, LinkState
from storage.told import How

_TO_THE_MEMBER = frozenset({HELPER_AGREED.name, HELPER_ENDED.name, HELPER_REFUSED.name})


def name(
    tx: Tx, colleague: Colleague, person: Record, called: str, number: str, helps: Help, now: datetime
) -> Record | None:
    """Somebody named who would help this member: nothing happens before the member's own yes.

    None where that number (E.164) is the member's own, or is named already.
    """
    if any(number == _number(tx, link) for link in supporters.of(tx, person.id) if link.state in LIVE):
        return None
    if any(address.address == number for address in reach.addresses_of(tx, person.id)):
        return None
    link = supporters.add(
        tx,
        token=token(),
        person_id=person.id,
        name=called,
        number=number,
        helps=helps,
        state=LinkState.NAMED,
        staff_id=colleague.id,
        named_at=now,
    )
    audit.record(tx, now, Act.SUPPORTER_NAMED, colleague.id, person_id=person.id, about=link.token, helps=helps)
    return link


def _number(tx: Tx, link: Record) -> str | None:
    if link.address_id is None:
        return link.number or None
    number: str | None = addresses.get(tx, link.address_id).address
    return number


def ends(tx: Tx, link: Record) -> str:
    """The end of their number; empty where it is erased."""
    return (_number(tx, link) or "")[-3:]


def everyone(tx: Tx, person: Record) -> list[Record]:
    """All who help or helped this member, or were to, newest first."""
    return supporters.of(tx, person.id)


def live(tx: Tx, person: Record, named: str) -> Record | None:
    """The help of that name of ours, where it is not over."""
    link = supporters.one_of(tx, person.id, named)
    return link if link is not None and link.state in LIVE else None


def told_yes(
    tx: Tx, colleague: Colleague, link: Record, how: How, answer: str, now: datetime, organisation: Organisation
) -> bool:
    """The member said yes to a colleague who read our question to them. False where nothing waits for a yes."""
    if link.state not in {LinkState.NAMED, LinkState.ASKED}:
        return False
    consents.record(
        tx,
        Purpose.SUPPORTER,
        person_id=link.person_id,
        given=True,
        words=question(link, organisation),
        shown=True,
        language=SOURCE_LANGUAGE,
        how=how,
        entered_by=colleague.id,
        answer=answer,
        at=now,
    )
    for address in reach.addresses_of(tx, link.person_id) if link.state == LinkState.ASKED else ():
        conversations.end_flow(tx, address.id, SUPPORTER.name, "told")
    helping.begin(tx, link, now, organisation)
    changed = {"state": [link.state, LinkState.AGREED], "how": how}
    audit.record(tx, now, Act.PERSON_CHANGED, colleague.id, person_id=link.person_id, about=link.token, **changed)
    return True


def question(link: Record, organisation: Organisation) -> str:
    """Our question about this help, as the member would read it in English."""
    facts = {"council": organisation.council, "supporter": link.name or ""}
    (asked,) = engine.begin(SUPPORTER, facts, {"helps": link.helps}).say
    render = organisation.catalogs.render
    labels = [render(offer.label, SOURCE_LANGUAGE, facts) for offer in asked.offers if offer.label is not None]
    numbered = [f"{number} {label}" for number, label in enumerate(labels, 1)]
    return "\n".join([*(render(words, SOURCE_LANGUAGE, facts) for words in asked.words), *numbered])


def end(
    tx: Tx, colleague: Colleague, link: Record, by: EndedBy, how: How, now: datetime, organisation: Organisation
) -> bool:
    """One of the two told a colleague that it is to end. False where it is over already."""
    if link.state not in LIVE:
        return False
    if link.state == LinkState.AGREED and by is EndedBy.MEMBER:
        said = {"given": False, "words": "", "language": SOURCE_LANGUAGE, "how": how, "entered_by": colleague.id}
        consents.record(tx, Purpose.SUPPORTER, person_id=link.person_id, at=now, **said)
    if link.state == LinkState.ASKED:
        for address in reach.addresses_of(tx, link.person_id):
            conversations.end_flow(tx, address.id, SUPPORTER.name, "over")
    helping.over(tx, link, by, now, organisation)
    changed = {"state": [link.state, LinkState.ENDED], "by": by, "how": how}
    audit.record(tx, now, Act.SUPPORTER_ENDED, colleague.id, person_id=link.person_id, about=link.token, **changed)
    return True


def to_ask(tx: Tx, now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of those about whom a member is to be asked, and may be now."""
    return supporters.to_ask(tx, now, limit)


def ask(tx: Tx, now: datetime, organisation: Organisation, link_id: int) -> int:
    """Ask the member, once. One at a time: another of theirs may have been asked in this same round."""
    link = supporters.get(tx, link_id)
    address_id = supporters.free_address_of(tx, link.person_id, now)
    if address_id is None or supporters.asked_of(tx, link.person_id) is not None:
        return 0
    if caps.must_wait(tx, address_id, link.person_id, now, organisation):
        return 0
    asked = supporters.change(tx, link.id, {"state": LinkState.ASKED, "asked_at": now})
    visit = outward.visit(tx, now, organisation, addresses.get(tx, address_id), link.person_id)
    visit.helper = asked
    talk.open_flow(visit, SUPPORTER.name, {"helps": link.helps}, Priority.INVITATION)
    return 1


def unanswered(tx: Tx, now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of those about whom the member, or they themselves, did not answer in time."""
    return supporters.unanswered(tx, now - SUPPORTER.lapse_after, limit)


def lapse(tx: Tx, now: datetime, organisation: Organisation, link_id: int) -> int:
    """No answer is no yes: it is not asked again."""
    helping.declined(tx, supporters.get(tx, link_id), None, now, organisation)
    return 1


def to_tell(tx: Tx, now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of those of whom one side is still to be told something."""
    return supporters.to_tell(tx, now, limit)


def tell(tx: Tx, now: datetime, organisation: Organisation, link_id: int) -> int:
    """Tell whoever helps what was agreed, or that it is over; or the member, that who helped wants no more texts."""
    link = supporters.get(tx, link_id)
    if link.owed == HELPER_ASKED.name:
        return _ask_them(tx, link, now, organisation)
    supporters.change(tx, link.id, {"owed": None})
    person = people.get(tx, link.person_id)
    address = _to_be_told(tx, link)
    if address is None or person.state != PersonState.MEMBER:
        return 1
    visit = outward.visit(tx, now, organisation, address, person.id)
    visit.person, visit.helper = person, link
    for saying in engine.begin(SHIPPED[link.owed], visit.facts, {"helps": link.helps}).say:
        visit.say(saying, Priority.INVITATION)
    return 1


def _ask_them(tx: Tx, link: Record, now: datetime, organisation: Organisation) -> int:
    """Ask whom a member named by text, once, where that may be. Where it may not, nobody finds out.

    0 where something else is open there, or their week has no room.
    """
    address, person = addresses.get(tx, link.address_id), people.get(tx, link.person_id)
    if conversations.open_at(tx, address.id) is not None:
        return 0
    if caps.must_wait(tx, address.id, person.id, now, organisation):
        return 0
    supporters.change(tx, link.id, {"owed": None})
    if person.state != PersonState.MEMBER or not naming_help.may_be_asked(tx, address, person, now):
        return 1
    visit = outward.visit(tx, now, organisation, address)
    visit.person, visit.helper = person, link
    talk.open_flow(visit, HELPER_ASKED.name, {"helps": link.helps}, Priority.INVITATION)
    return 1


def _to_be_told(tx: Tx, link: Record) -> Record | None:
    """Where what is owed is said, if it can be."""
    if link.owed in _TO_THE_MEMBER:
        theirs = reach.addresses_of(tx, link.person_id)
    else:
        theirs = [addresses.get(tx, link.address_id)] if link.address_id is not None else []
    return next((address for address in theirs if address.state == AddressState.OPEN), None)


def ask_too(tx: Tx, now: datetime, organisation: Organisation, person: Record, question_name: str) -> None:
    """Put a question about this member to those who may answer it for them, where nothing else is asked there."""
    if question_name == PROMOTIONS.name:
        return  # nobody agrees to that for somebody else
    for link in helping.may_tell(tx, person.id, Matter.ABOUT_YOU):
        address = addresses.get(tx, link.address_id)
        if address.taken_by is not None or conversations.open_at(tx, address.id) is not None:
            continue
        if caps.must_wait(tx, address.id, person.id, now, organisation):
            continue
        visit = outward.visit(tx, now, organisation, address)
        visit.person, visit.helper = person, link
        talk.open_flow(visit, question_name, priority=Priority.INVITATION)
