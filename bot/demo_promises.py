"""The demo's promises, "You said, we will": one kept, one late, one open, and one of what can't be done.

They are made by the very rules, approved by both who lead the project, and told to everybody who came. All who were
told have their text, so nothing goes out as the demo begins; one of them has written back, and nobody has read it.
"""

from __future__ import annotations

from datetime import datetime, time

from bank import (
    approvals,
    claims,
    commitment_approval,
    commitment_changes,
    commitments,
    delivery,
    groups,
    intake,
    promises_month,
    promises_public,
    rota,
    telling,
)
from bank.colleague import Colleague, known
from bank.commitment_words import exact
from bank.commitments import Draft
from bank.organisation import Organisation
from bank.tokens import token
from bot import demo, demo_days
from bot.demo_promised import DONE, FACES, PHONE, PROMISED, REPLY, Promise
from channels.message import Accepted, Channel, Incoming
from storage import attending, conversations, feedback, meetings, people, projects, reach, staff
from storage import commitments as kept
from storage.approvals import How, Post, Subject
from storage.commitments import CommitmentState
from storage.meetings import MeetingKind, MeetingState
from storage.schema import Record
from storage.store import Store, Tx

_NOON, _ONE = time(12, 30), time(13, 10)
_DONE_AGO = 10
_OURS = 12  # members in the group that scrutinises


async def invent(store: Store, now: datetime, organisation: Organisation) -> None:
    """The demo's promises, where there are none."""
    await store.write(lambda tx: _invent(tx, now, organisation))


def _invent(tx: Tx, now: datetime, organisation: Organisation) -> None:
    if kept.in_states(tx, list(CommitmentState), limit=1):
        return
    row = staff.called(tx, "priya")
    space = next(one for one in meetings.in_states(tx, [MeetingState.OVER]) if one.kind == MeetingKind.LISTENING)
    if row is None:
        raise LookupError("the demo's team comes before its promises")
    priya = known(tx, row)
    for promise in PROMISED:
        if promise is not FACES:
            _promised(tx, priya, space, promise, now, organisation)
    _told(tx, demo_days.before(now, PHONE.promised, organisation, _NOON), organisation)
    _kept(tx, priya, space, now, organisation)
    _promised(tx, priya, space, FACES, now, organisation)
    _told(tx, demo_days.before(now, FACES.promised, organisation, _NOON), organisation)
    _answers(
        tx, space, FACES.said[0][0], REPLY, demo_days.before(now, FACES.promised, organisation, _ONE), organisation
    )
    _scrutinised(tx, priya, space, now, organisation)


def _promised(
    tx: Tx, priya: Colleague, space: Record, promise: Promise, now: datetime, organisation: Organisation
) -> None:
    """She wrote it from what was said, and leads its project; the member who leads it with her said yes by text."""
    then = demo_days.before(now, promise.promised, organisation)
    draft = Draft(
        promise.words,
        promise.kind,
        rota.working_days_after(then.date(), promise.due, organisation).date() if promise.due else None,
        owner=priya.token,
        meeting=space.token,
        answers=tuple(_answer(tx, space, *one) for one in promise.said),
    )
    asked = commitment_approval.ask(tx, priya, commitments.make(tx, priya, draft, then), then, organisation)
    about = (Subject.LEDGER, asked.id, exact(asked))
    chair = projects.get(tx, space.project_id).member_chair
    approvals.record(tx, *about, Post.STAFF_CHAIR, True, How.CONSOLE, then, staff_id=priya.id)
    approvals.record(tx, *about, Post.MEMBER_CHAIR, True, How.TEXT, then, person_id=chair)
    commitment_approval.promise(tx, asked, then, organisation, priya)


def _answer(tx: Tx, space: Record, place: int, question: str) -> tuple[int, str]:
    """What the one of that place in bot/demo_said.py said to it."""
    about = feedback.of_meeting(tx, space.id)
    given = feedback.of_person(tx, about.id, _who(tx, space, place).id) if about is not None else None
    if given is None:
        raise LookupError("the demo's feedback comes before its promises")
    return given.id, question


def _who(tx: Tx, space: Record, place: int) -> Record:
    return people.get(tx, attending.who_came(tx, space.id)[place].person_id)


def _told(tx: Tx, then: datetime, organisation: Organisation) -> None:
    """Everybody who waits for it has been told by then, and it has arrived. What was asked long before is over."""
    for conversation_id in conversations.to_lapse(tx, then, demo.MEMBERS):
        conversations.end(tx, conversation_id, "lapsed")
    for person_id in telling.to_tell(tx, then, organisation, demo.MEMBERS):
        telling.tell(tx, then, organisation, person_id)
    _arrived(tx, then, organisation)


def _arrived(tx: Tx, then: datetime, organisation: Organisation) -> None:
    for channel in Channel:
        claimed = claims.claim(tx, channel.value, then, demo.MEMBERS, organisation)
        delivery.settle(tx, {one.id: Accepted(token()) for one in claimed}, then, organisation)


def _kept(tx: Tx, priya: Colleague, space: Record, now: datetime, organisation: Organisation) -> None:
    """She says that it is done, and two of those who said it that it is so."""
    at = demo_days.before(now, _DONE_AGO, organisation)
    row = next(one for one in kept.in_states(tx, [CommitmentState.OPEN]) if one.words["title"] == PHONE.words["title"])
    commitment_changes.done(tx, priya, row, DONE, at)
    _told(tx, demo_days.before(now, _DONE_AGO, organisation, _NOON), organisation)
    for place, _question in PHONE.said[:2]:
        _answers(tx, space, place, "yes", demo_days.before(now, _DONE_AGO, organisation, _ONE), organisation)


def _answers(tx: Tx, space: Record, place: int, text: str, at: datetime, organisation: Organisation) -> None:
    """They write that, from the phone on which they were told."""
    address = reach.addresses_of(tx, _who(tx, space, place).id)[0]
    channel = Channel(address.channel)
    intake.take(
        tx, Incoming(address.sender, channel, address.address, provider_id=token(), text=text), at, organisation
    )
    _arrived(tx, at, organisation)


def _scrutinised(tx: Tx, priya: Colleague, space: Record, now: datetime, organisation: Organisation) -> None:
    """A group reads all of it on a page of its own, and anybody what is promised in the project."""
    group = groups.add(tx, priya, "Our Voice", now)
    members = [people.get(tx, one.person_id) for one in attending.who_came(tx, space.id)[:_OURS]]
    groups.put_in(tx, priya, group, members, now)
    alex = staff.called(tx, "alex")
    if alex is not None:
        promises_month.choose(tx, known(tx, alex), group.token, now, organisation)
    promises_public.publish(tx, priya, projects.get(tx, space.project_id), now, public=True)
