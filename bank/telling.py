"""Telling people what became of what was said: what waits for somebody goes together, once, and as short as it can.

Nobody gets ten texts. A telling waits an hour after the last one that was queued for the same person, so that what
happens together is told together. It is something that they did not ask for: it takes its place in their week, in
their hours, and only where nothing else is being asked. It is theirs alone: whoever helps them does not get it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bank import caps, getting_to_know, outward, quiet, talk, telling_calls
from bank.organisation import Organisation
from bank.reminders import own_hours
from bank.telling_words import fitting
from bank.visit import Visit
from flows import engine
from flows.told import TOLD
from storage import addresses, commitments, people, picking, supporters, tellings
from storage.commitments import CommitmentState, Event, TellingState
from storage.outbox import Priority
from storage.people import PersonState
from storage.picking import Left, Terms, Way
from storage.schema import Record
from storage.store import Tx

# What happens within an hour is told together; where something happens every hour, after four.
_TOGETHER, _AT_LAST = timedelta(minutes=60), timedelta(hours=4)
_LOOK_AGAIN, _A_DAY = timedelta(hours=1), timedelta(days=1)
_CALLS = frozenset({Way.CALL.value, Way.LETTER.value})
# Nothing is said to them now, and it is looked at again.
_FOR_NOW = frozenset({Left.HELD.value, Left.PAUSED.value, Left.QUIET.value})
# What is told only as long as it is so.
_STILL_SO: Mapping[Event, CommitmentState] = {
    Event.MOVED: CommitmentState.OPEN,
    Event.DONE: CommitmentState.DONE,
    Event.KEPT: CommitmentState.KEPT,
    Event.NOT_CONFIRMED: CommitmentState.NOT_CONFIRMED,
    Event.CANNOT: CommitmentState.CANNOT,
    Event.STOPPED: CommitmentState.STOPPED,
}


def to_tell(tx: Tx, now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of the people who are to be told something, and may be now."""
    return tellings.due(tx, now - _TOGETHER, now - _AT_LAST, now, limit)


def tell(tx: Tx, now: datetime, organisation: Organisation, person_id: int) -> int:
    """Tell them all that waits. 0 where they cannot be told just now: it is tried again."""
    person, waiting = people.get(tx, person_id), tellings.waiting_of(tx, person_id)
    if person.state != PersonState.MEMBER:
        _leave_out(tx, waiting, "left")
        return 1
    going = _newest(tx, waiting)
    if not going:
        return 1
    way = picking.ways_of(tx, [person.id], Terms(now, 0, leave_out_capped=False))[person.id].way
    if way in _CALLS:
        telling_calls.ask(tx, person, going, way, now, organisation)
        return 1
    if way in _FOR_NOW:
        return _put_off(tx, going, now + _A_DAY)
    if way in {*Left}:
        _leave_out(tx, going, way)
        return 1
    return _by_text(tx, person, going, now, organisation)


def _newest(tx: Tx, waiting: Sequence[Record]) -> list[Record]:
    """Of each commitment what happened last and is still so. What was to be told before that is told with it.

    Who has not heard yet that it is promised hears that, by the day that holds now, and not that the day was moved.
    """
    rows = commitments.these(tx, {one.commitment_id for one in waiting})
    last: dict[int, Record] = {}
    for one in waiting:
        before = last.get(one.commitment_id)
        is_new = before is not None and before.event == Event.PROMISED and one.event == Event.MOVED
        if _is_so(rows[one.commitment_id], one) and not is_new:
            last[one.commitment_id] = one
    joined = [one for one in waiting if one.commitment_id in last and one.id != last[one.commitment_id].id]
    tellings.change(tx, [one.id for one in joined], {"state": TellingState.JOINED})
    _leave_out(tx, [one for one in waiting if one.commitment_id not in last], "changed")
    return sorted(last.values(), key=lambda one: int(one.id))


def _is_so(row: Record, telling: Record) -> bool:
    """It stands as it is to be told. What is promised is promised until it is settled."""
    state = _STILL_SO.get(Event(telling.event))
    return row.state == state if state is not None else row.state in {CommitmentState.OPEN, CommitmentState.DONE}


def _leave_out(tx: Tx, rows: Sequence[Record], why: str) -> None:
    tellings.change(tx, [one.id for one in rows], {"state": TellingState.LEFT_OUT, "why": why})


def _put_off(tx: Tx, rows: Sequence[Record], until: datetime) -> int:
    tellings.change(tx, [one.id for one in rows], {"later_at": until})
    return 0


def _by_text(tx: Tx, person: Record, going: Sequence[Record], now: datetime, organisation: Organisation) -> int:
    """One message, where nothing else is being asked, in their hours, when their week has room for it."""
    address_id = supporters.free_address_of(tx, person.id, now)
    if address_id is None:
        return _put_off(tx, going, now + _LOOK_AGAIN)
    until = quiet.next_time(now, organisation, own_hours(person))
    full = caps.put_off(tx, [caps.Going(address_id, person.id)], now, organisation)
    until = max([until, *full.values()])
    if until > now:
        return _put_off(tx, going, until)
    visit = outward.visit(tx, now, organisation, addresses.get(tx, address_id), person.id)
    _say(visit, fitting(visit, going))
    told = {"state": TellingState.TOLD, "row_id": next(iter(visit.queued), None), "told_at": now}
    tellings.change(tx, [one.id for one in going], told)
    return 1


def _say(visit: Visit, answers: Mapping[str, Any]) -> None:
    """A question opens a conversation; what asks nothing leaves the phone free."""
    if answers["asks"]:
        talk.open_flow(visit, TOLD.name, answers, Priority.INVITATION)
        return
    visit.subject = answers
    for saying in engine.begin(TOLD, visit.facts, answers).say:
        visit.say(getting_to_know.for_whom(visit, saying), Priority.INVITATION)
