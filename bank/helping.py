"""Helping: what somebody may do for a member, from the member's own yes until either of the two ends it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from bank import ledger, outward
from bank.organisation import Organisation
from bank.visit import Standing, Visit
from flows.about_you import QUESTIONS
from flows.supporter import HELPER_AGREED, HELPER_ASKED, HELPER_ENDED, HELPER_REFUSED, SUPPORTER_OVER, SUPPORTER_TOLD
from flows.supporter_coming import HELPER_COMING
from storage import addresses, consents, conversations, outbox, people, reach, supporters
from storage.addresses import AddressState
from storage.consents import Purpose
from storage.schema import Record
from storage.store import Tx
from storage.supporters import MEMBER_AGREED, EndedBy, Help, LinkState

_MOST_SHOWN = 20
_ABOUT_YOU = frozenset(question.name for question in QUESTIONS)


class Matter(StrEnum):
    """What a text to a member, or an answer of theirs, is about."""

    MEETING = "meeting"
    ABOUT_YOU = "about_you"  # the short questions by which we get to know somebody
    FEEDBACK = "feedback"
    STORY = "story"
    SAFETY = "safety"


# Never anybody's but the member's own.
NEVER = frozenset({Matter.FEEDBACK, Matter.STORY, Matter.SAFETY})
_GETS: Mapping[Help, frozenset[Matter]] = {
    Help.REMINDERS: frozenset({Matter.MEETING}),
    Help.ANSWERS: frozenset({Matter.ABOUT_YOU}),
    Help.BOTH: frozenset({Matter.MEETING, Matter.ABOUT_YOU}),
}
_ANSWERS: Mapping[Help, frozenset[Matter]] = {
    Help.REMINDERS: frozenset(),
    Help.ANSWERS: frozenset({Matter.ABOUT_YOU, Matter.MEETING}),
    Help.BOTH: frozenset({Matter.ABOUT_YOU, Matter.MEETING}),
}


def may_tell(tx: Tx, person_id: int, matter: Matter) -> list[Record]:
    """The helps by which somebody is texted about this too, where a text may go."""
    return [
        link
        for link in supporters.agreed(tx, person_id)
        if matter in _GETS[Help(link.helps)] - NEVER and addresses.get(tx, link.address_id).state == AddressState.OPEN
    ]


def may_answer(tx: Tx, address_id: int, person_id: int, matter: Matter = Matter.ABOUT_YOU) -> Record | None:
    """The help by which whoever writes from there may answer this for that member; None where they may not."""
    for link in supporters.agreed_at(tx, address_id, person_id):
        if matter in _ANSWERS[Help(link.helps)] - NEVER:
            return link
    return None


def recognise(visit: Visit, person_id: int) -> None:
    """The question that is open here is about a member who is not reached here: somebody may answer it for them."""
    if visit.standing is None:
        return
    if visit.standing.position.flow in _ABOUT_YOU:
        visit.helper = may_answer(visit.tx, visit.address.id, person_id)
    elif visit.standing.position.flow == HELPER_COMING.name:
        visit.helper = may_answer(visit.tx, visit.address.id, person_id, Matter.MEETING)
    elif visit.standing.position.flow == HELPER_ASKED.name:
        visit.helper = next(iter(supporters.invited_at(visit.tx, visit.address.id, person_id)), None)


def speak_for(visit: Visit) -> None:
    """What is learned now is about the member for whom they answer, and about nothing else of theirs."""
    if visit.helper is not None and visit.person is None:
        visit.person = people.get(visit.tx, visit.helper.person_id)


def answered(visit: Visit, standing: Standing) -> None:
    """One of the two has answered: the other need not."""
    if visit.person is None:
        return
    if visit.for_another:
        for address in reach.addresses_of(visit.tx, visit.person.id):
            conversations.end_flow(visit.tx, address.id, standing.position.flow, "answered")
        return
    for link in supporters.agreed(visit.tx, visit.person.id):
        conversations.end_with(visit.tx, link.address_id, visit.person.id, "answered")


def agree(visit: Visit) -> None:
    """The member's own yes: it goes into the ledger with the words that they answered."""
    link = supporters.asked_of(visit.tx, visit.person.id) if visit.person is not None else None
    if link is None or visit.person is None:
        return
    visit.helper = link
    consents.record(
        visit.tx,
        Purpose.SUPPORTER,
        person_id=visit.person.id,
        address_id=visit.address.id,
        given=True,
        words=_question_shown(visit),
        shown=True,
        language=visit.language,
        message_id=visit.message_id,
        at=visit.now,
    )
    begin(visit.tx, link, visit.now, visit.organisation, ask=link.staff_id is None)


def begin(tx: Tx, link: Record, now: datetime, organisation: Organisation, *, ask: bool = False) -> None:
    """The help begins: they are told what was agreed, and how to end it. With `ask` they must say yes themselves."""
    address = outward.sms_address(tx, link.number, None, now, None, organisation)
    begun = {"address_id": address.id, "number": None}
    if ask:
        begun |= {"state": LinkState.INVITED, "asked_at": now, "owed": HELPER_ASKED.name}
    else:
        begun |= {"state": LinkState.AGREED, "agreed_at": now, "owed": SUPPORTER_TOLD.name}
    supporters.change(tx, link.id, begun)


def _question_shown(visit: Visit) -> str:
    """What they answered, as it was shown."""
    shown = outbox.last_words(visit.tx, visit.standing.id, _MOST_SHOWN) if visit.standing else []
    asked = next((said for said in shown if said.options), None)
    if asked is None:
        return ""
    labels = (f"{number} {label}" for number, (_payload, label) in enumerate(asked.options, 1))
    return "\n".join((asked.text or "", *labels))


def refuse(visit: Visit) -> None:
    """The member said no."""
    link = supporters.asked_of(visit.tx, visit.person.id) if visit.person is not None else None
    if link is not None:
        supporters.refuse(visit.tx, link.id, visit.now, EndedBy.MEMBER)


def end(visit: Visit, name: str) -> None:
    """The member ends the help of that name of ours, by text."""
    link = supporters.one_of(visit.tx, visit.person.id, name) if visit.person is not None else None
    if link is None or link.state not in MEMBER_AGREED:
        return
    ledger.enter(visit, Purpose.SUPPORTER, person_id=link.person_id, given=False)
    over(visit.tx, link, EndedBy.MEMBER, visit.now, visit.organisation)


def stopped(visit: Visit) -> None:
    """Whoever helps a member from here wants no more texts: that is the end of it, and the member is told."""
    for link in supporters.agreed_at(visit.tx, visit.address.id):
        over(visit.tx, link, EndedBy.SUPPORTER, visit.now, visit.organisation)
    for link in supporters.invited_at(visit.tx, visit.address.id):
        declined(visit.tx, link, EndedBy.SUPPORTER, visit.now, visit.organisation)


def accept(visit: Visit) -> None:
    """Whom a member named by text says yes: now they help, and the member is told."""
    link = _invited(visit)
    if link is not None:
        changed = {"state": LinkState.AGREED, "agreed_at": visit.now, "owed": HELPER_AGREED.name}
        supporters.change(visit.tx, link.id, changed)


def decline(visit: Visit) -> None:
    """They say no."""
    link = _invited(visit)
    if link is not None:
        declined(visit.tx, link, EndedBy.SUPPORTER, visit.now, visit.organisation)


def _invited(visit: Visit) -> Record | None:
    person_id = visit.standing.person_id if visit.standing is not None else None
    return next(iter(supporters.invited_at(visit.tx, visit.address.id, person_id)), None)


def declined(tx: Tx, link: Record, by: EndedBy | None, now: datetime, organisation: Organisation) -> None:
    """Who was named will not help, or (by nobody) did not answer: name and number go. The member is told of a no."""
    supporters.refuse(tx, link.id, now, by)
    told = HELPER_REFUSED.name if link.state == LinkState.INVITED and by is EndedBy.SUPPORTER else None
    supporters.change(tx, link.id, {"owed": told})
    _part(tx, link, now, organisation)


def over(tx: Tx, link: Record, by: EndedBy, now: datetime, organisation: Organisation) -> None:
    """The help ends now. The other of the two is told; of who helped nobody, the number is erased in time."""
    told = link.owed is None  # who helps was told that it began
    owed = HELPER_ENDED.name if by is EndedBy.SUPPORTER else SUPPORTER_OVER.name if told else None
    supporters.end(tx, link.id, by, now, owed if link.state == LinkState.AGREED else None)
    _part(tx, link, now, organisation)


def _part(tx: Tx, link: Record, now: datetime, organisation: Organisation) -> None:
    """Nothing more is asked there for this member. The number of who helps nobody else is erased in time."""
    if link.address_id is None:
        return
    conversations.end_with(tx, link.address_id, link.person_id, "over")
    if not reach.people_at(tx, link.address_id) and not supporters.is_needed(tx, link.address_id):
        erase_at = now + timedelta(days=organisation.days_unfinished)
        addresses.change(tx, link.address_id, {"erase_at": erase_at})
