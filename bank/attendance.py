"""Attendance: who came to a meeting, ticked by a colleague on the day or after; who walks in is added."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from bank import audit, people, reminders, wall_time
from bank.attendance_list import may_have_come
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.tokens import token
from storage import attending, rsvps
from storage.meetings import MeetingState
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx
from storage.told import How

_TOOK_PLACE = frozenset({MeetingState.OPEN, MeetingState.READY, MeetingState.OVER})


class TooEarly(Exception):
    """The day of the meeting has not come, or it does not take place."""


def may_be_ticked(meeting: Record, now: datetime) -> bool:
    """From the morning of its day on, on its own wall; never where it is a draft or does not take place."""
    today = now.astimezone(wall_time.here(meeting).tzinfo).date()
    return meeting.state in _TOOK_PLACE and today >= wall_time.here(meeting).date()


def tick(
    tx: Tx,
    colleague: Colleague,
    meeting: Record,
    shown: Collection[str],
    before: Collection[str],
    ticked: Collection[str],
    now: datetime,
    organisation: Organisation,
) -> int:
    """These were there: tokens of people. Returns how many were changed. Raises TooEarly.

    `shown` are those of whom the page asked, `before` those who were ticked when it did: what somebody else ticked in
    the meantime stays. Who is not ticked did not come; as long as the meeting goes on, nobody knows yet.
    """
    if not may_be_ticked(meeting, now):
        raise TooEarly
    unseen = people.unseen(tx, colleague)
    missed = False if now >= meeting.ends_at else None
    changed = 0
    for row in filter(may_have_come, attending.everybody(tx, meeting.id)):
        if row.person_token not in shown or row.person_id in unseen:
            continue
        came_now = _as_ticked(row, row.person_token in before, row.person_token in ticked, missed)
        if came_now is not row.came:
            _keep(tx, colleague, meeting, row, came_now, now, organisation)
            changed += 1
    count = len(attending.who_came(tx, meeting.id))
    audit.record(tx, now, Act.ATTENDANCE_TICKED, colleague.id, about=meeting.token, came=count, changed=changed)
    return changed


def _as_ticked(row: Record, was: bool, is_: bool, missed: bool | None) -> bool | None:
    """Whether they came. Where this colleague changed nothing, it stands as somebody may have ticked it meanwhile."""
    if is_ == was and row.came is not None:
        return bool(row.came)
    return True if is_ else missed


def _keep(
    tx: Tx,
    colleague: Colleague,
    meeting: Record,
    row: Record,
    came_now: bool | None,
    now: datetime,
    organisation: Organisation,
) -> Record:
    """Keep it. What was to be said afterwards waited for it; who was not sure, or said no, is asked too."""
    kept = rsvps.change(tx, row.id, {"came": came_now, "came_by": colleague.id})
    if row.state != RsvpState.COMING or came_now:
        reminders.plan(tx, meeting, kept, now, organisation)
    return kept


def walk_in(
    tx: Tx, colleague: Colleague, meeting: Record, person: Record, now: datetime, organisation: Organisation
) -> Record:
    """Somebody of our list came of whom we did not know it; returns their RSVP. Raises TooEarly."""
    if not may_be_ticked(meeting, now):
        raise TooEarly
    row = rsvps.of(tx, meeting.id, person.id)
    if row is not None:
        row = _keep(tx, colleague, meeting, row, True, now, organisation)
    else:
        row = _added(tx, colleague, meeting, person, now)
        reminders.plan(tx, meeting, row, now, organisation)
    audit.record(tx, now, Act.ATTENDANCE_TICKED, colleague.id, person_id=person.id, about=meeting.token, walked_in=True)
    return row


def _added(tx: Tx, colleague: Colleague, meeting: Record, person: Record, now: datetime) -> Record:
    return rsvps.add(
        tx,
        token=token(),
        meeting_id=meeting.id,
        person_id=person.id,
        state=RsvpState.COMING,
        turn=attending.last_turn(tx, meeting.id) + 1,
        entered_by=colleague.id,
        how=How.IN_PERSON,
        at=now,
        changed_at=now,
        came=True,
        came_by=colleague.id,
    )


def to_tick(tx: Tx, colleague: Colleague, ended: Sequence[Record]) -> list[Record]:
    """Of these meetings, those of which somebody whom this colleague may see is still to be ticked."""
    unseen = people.unseen(tx, colleague)
    open_ = {of for of, person_id in attending.unticked(tx, [row.id for row in ended]) if person_id not in unseen}
    return [row for row in ended if row.id in open_]
