"""Places in meetings: a free one is offered to the next in line, with a time to answer, and then to the next.

It is what people asked for when they said yes: no weekly cap and no pause keeps it back, and it goes in the hours in
which texts go, and in their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bank import asked_by_call, getting_to_know, interrupting, meeting_facts, outward, rota, rsvps, seating, talk
from bank.organisation import Organisation
from flows import engine
from flows.rsvp_places import RSVP_NEWS, RSVP_OFFER
from storage import conversations, invitations, meetings, people, rsvp_line, tasks
from storage import rsvps as kept
from storage.outbox import Priority
from storage.people import PersonState
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx

# The working days that somebody has to take a place that is free, and the least time that they have.
_DAYS_TO_ANSWER, _AT_LEAST = 2, timedelta(hours=2)
_HALF_HOUR = timedelta(minutes=30)
# So shortly before it begins nobody reads a text in time: they are rung.
_RUNG_WITHIN = timedelta(hours=3)
_OFFER = "A place is free: {meeting}. Ask whether they can come. It is kept for them until this is due."
_FEW = " There is no room for {number} of those whom they would bring."
_NO_ANSWER = "The time to answer was over."


def until(meeting: Record, now: datetime, organisation: Organisation) -> datetime:
    """Until when a place that is free now is kept for whoever it is offered to: a whole or a half hour.

    Two working days, but no later than half of the time before it begins; at least two hours, where there are so many
    before it.
    """
    days = rota.working_days_after(now.astimezone(organisation.zone).date(), _DAYS_TO_ANSWER, organisation)
    half = _half_hour(now + (meeting.starts_at - now) / 2)
    at_least = _half_hour(now + _AT_LEAST + _HALF_HOUR - timedelta.resolution)
    starts_at: datetime = meeting.starts_at
    return min(max(min(days, half), at_least), starts_at)


def _half_hour(when: datetime) -> datetime:
    """The last whole or half hour up to then."""
    return when.replace(minute=when.minute // 30 * 30, second=0, microsecond=0)


def to_offer(tx: Tx, now: datetime, organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of those who are next in line where a place is free; while no text may go, of those who are to be rung."""
    soon = None if rota.may_text(now, organisation) else now + _RUNG_WITHIN
    return rsvp_line.next_in_line(tx, now, limit, begins_by=soon)


def offer(tx: Tx, now: datetime, organisation: Organisation, rsvp_id: int) -> int:
    """Offer it to them, and keep it meanwhile. 0 where they cannot be asked just now: it is tried again."""
    row = kept.get(tx, rsvp_id)
    meeting, person = meetings.locked(tx, row.meeting_id), people.get(tx, row.person_id)
    keep_until = until(meeting, now, organisation)
    address = outward.address_of(tx, person, now)
    is_late = meeting.starts_at - now <= _RUNG_WITHIN
    if address is None or is_late or interrupting.is_stuck(tx, now, address):
        return _offer_by_call(tx, meeting, person, row, keep_until, now, organisation)
    visit = interrupting.visit(tx, now, organisation, address, person)
    if visit is None:
        return 0
    left_out = seating.keep(tx, meeting, row, keep_until, now)
    if left_out is None:
        return 0
    known = {"meeting": meeting.token, **({"left_out": left_out} if left_out else {})}
    talk.open_flow(visit, RSVP_OFFER.name, known, Priority.REPLY)
    return 1


def _offer_by_call(
    tx: Tx,
    meeting: Record,
    person: Record,
    row: Record,
    keep_until: datetime,
    now: datetime,
    organisation: Organisation,
) -> int:
    left_out = seating.keep(tx, meeting, row, keep_until, now)
    if left_out is None:
        return 0
    words = _OFFER.format(meeting=meeting_facts.spoken(meeting, organisation))
    asked_by_call.about_meeting(
        tx, meeting, person, words + (_FEW.format(number=left_out) if left_out else ""), keep_until, now
    )
    return 1


def offers_over(tx: Tx, now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of those who did not take the place that was offered to them in time."""
    return rsvp_line.offers_over(tx, now, limit)


def lapse(tx: Tx, now: datetime, organisation: Organisation, rsvp_id: int) -> int:
    """It goes on to the next. Who did not answer is told so, as long as that helps. 0 where they have just answered."""
    meeting = meetings.locked(tx, kept.get(tx, rsvp_id).meeting_id)
    row = kept.get(tx, rsvp_id)
    if row.state != RsvpState.WAITING or row.offered_until is None:
        return 0
    person = people.get(tx, row.person_id)
    helps = rsvps.goes_on(meeting, now) and person.state == PersonState.MEMBER
    by_call = _close_calls(tx, row, now)
    rsvps.give_up(tx, meeting, person.id, now, organisation, told=not helps or by_call)
    for one in conversations.live_with(tx, person.id, RSVP_OFFER.name):
        if (one.memory or {}).get("answers", {}).get("meeting") == meeting.token:
            conversations.end(tx, one.conversation_id, "lapsed")
    return 1


def _close_calls(tx: Tx, row: Record, now: datetime) -> bool:
    """Nobody rings them any more to offer it. True where somebody was to."""
    found = False
    for invitation in invitations.all_to_meeting(tx, row.meeting_id, row.person_id):
        task = tasks.get(tx, invitation.task_id) if invitation.task_id is not None else None
        if task is not None and task.closed_at is None:
            tasks.change(tx, task.id, {"closed_at": now, "result": _NO_ANSWER})
            found = True
    return found


def gone(tx: Tx, now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of those who left the bank and have a place in a meeting to come, or wait for one."""
    return rsvp_line.of_those_who_left(tx, now, limit)


def let_go(tx: Tx, now: datetime, organisation: Organisation, rsvp_id: int) -> int:
    """Somebody else may have it. Nobody rings them any more."""
    row = kept.get(tx, rsvp_id)
    rsvps.left(tx, meetings.get(tx, row.meeting_id), row.person_id, now, organisation)
    return 1


def to_tell(tx: Tx, _now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of those who do not know how they stand."""
    return rsvp_line.untold(tx, limit)


def tell(tx: Tx, now: datetime, organisation: Organisation, rsvp_id: int) -> int:
    """Tell them by text how they stand, as long as it goes on. Who cannot be texted is not rung for that.

    Who had left, and is a member again, has their place back first, or their turn.
    """
    row = kept.change(tx, rsvp_id, {"told": True})
    meeting, person = meetings.get(tx, row.meeting_id), people.get(tx, row.person_id)
    if not rsvps.goes_on(meeting, now):
        return 1
    if row.state == RsvpState.NOT_COMING and row.turn:
        row = rsvps.came_back(tx, row, now, organisation)
    address = outward.address_of(tx, person, now)
    if address is None:
        return 1
    visit = outward.visit(tx, now, organisation, address, person.id)
    visit.subject = known = {"meeting": meeting.token, "stands": row.state}
    for saying in engine.begin(RSVP_NEWS, visit.facts, known).say:
        visit.say(getting_to_know.for_whom(visit, saying), Priority.REPLY)
    outward.in_their_hours(visit, person, until=meeting.starts_at)
    return 1
