"""Who answered: everybody who was asked to a meeting or answered it, and how they stand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, or_, select

from storage.coming import was_asked
from storage.invitations import invitations
from storage.look import NOW, Look
from storage.meetings import MeetingState, meetings
from storage.outbox import messages_out
from storage.people import PersonState, people
from storage.reminders import ReminderState, Step, reminders
from storage.rsvps import RsvpState, rsvp_answers, rsvps
from storage.schema import Record, among
from storage.store import Tx
from storage.tasks import IS_OPEN, TaskKind, tasks


class Said(StrEnum):
    """What somebody said last of whether they come."""

    YES = "yes"  # and they have a place
    WAITING = "waiting"  # they said yes, and wait for a place
    MAYBE = "maybe"
    NO = "no"
    NONE = "none"  # they were asked, and have not answered


# Why somebody whom a text was to ask again was rung instead.
_RUNG = ("too_late", "no_address", "paused", "not_delivered")
_STATES = {
    Said.YES: RsvpState.COMING,
    Said.WAITING: RsvpState.WAITING,
    Said.MAYBE: RsvpState.MAYBE,
    Said.NO: RsvpState.NOT_COMING,
}
_SAID = {state.value: said.value for said, state in _STATES.items()}
_ORDER = {state.value: number for number, state in enumerate(_STATES.values())}


def _invited(meeting_id: int) -> Subquery:
    """Whoever was asked, or is about to be: when last, whether by a text, and by which call or letter."""
    return (
        select(
            invitations.c.person_id,
            func.max(invitations.c.invited_at).label("invited_at"),
            func.max(invitations.c.address_id).label("address_id"),
            func.max(invitations.c.task_id).label("task_id"),
        )
        .where(invitations.c.meeting_id == meeting_id, was_asked)
        .group_by(invitations.c.person_id)
        .subquery("invited")
    )


def _everybody(meeting_id: int, without: Collection[int]) -> tuple[Select[Any], Subquery]:
    """Members who were asked or answered, each with their RSVP; and those who were asked."""
    asked = _invited(meeting_id)
    theirs = (rsvps.c.person_id == people.c.id) & (rsvps.c.meeting_id == meeting_id)
    joined = people.outerjoin(rsvps, theirs).outerjoin(asked, asked.c.person_id == people.c.id)
    either = asked.c.person_id.is_not(None) | rsvps.c.id.is_not(None)
    found = select(people.c.id.label("whose_id")).select_from(joined)
    return found.where(either, people.c.state == PersonState.MEMBER, people.c.id.not_in(without)), asked


def _which(said: Said) -> ColumnElement[bool]:
    return rsvps.c.id.is_(None) if said is Said.NONE else rsvps.c.state == _STATES[said]


def _asked_again(meeting_id: int) -> ColumnElement[bool]:
    """Who said that they come, or may, was asked again after a large change, and has not answered since."""
    theirs = reminders.c.meeting_id == meeting_id, reminders.c.person_id == people.c.id
    was_asked_again = or_(reminders.c.state == ReminderState.SENT, reminders.c.why.in_(_RUNG))
    answered = exists().where(
        rsvp_answers.c.meeting_id == reminders.c.meeting_id,
        rsvp_answers.c.person_id == reminders.c.person_id,
        rsvp_answers.c.at >= reminders.c.due_at,
    )
    unanswered = exists().where(*theirs, reminders.c.step == Step.MOVED, was_asked_again, ~answered)
    still = rsvps.c.state.in_([RsvpState.COMING, RsvpState.MAYBE])
    return and_(still, unanswered.correlate_except(reminders))


def asked_again(tx: Tx, meeting_id: int, without: Collection[int]) -> int:
    """How many were asked again after a large change, and have not answered since."""
    found, _asked = _everybody(meeting_id, without)
    asked = found.where(_asked_again(meeting_id)).subquery("asked_again")
    return int(tx.execute(select(func.count()).select_from(asked)).scalar_one())


def listed(
    tx: Tx,
    meeting_id: int,
    said: Said | None,
    without: Collection[int],
    limit: int,
    after: int,
    *,
    again: bool = False,
) -> list[Record]:
    """Those who said this (None: all), those who come first: `whose_id`, `token`, `name`, all of their RSVP,
    `invited_at`, `address_id` and `task_id`. `without`: ids of people who are left out. So many, beginning after so
    many others.

    `again`: only those who were asked again after a large change, and have not answered since.
    """
    found, asked = _everybody(meeting_id, without)
    told = people.c.token, people.c.name, asked.c.invited_at, asked.c.address_id, asked.c.task_id
    own = (column for column in rsvps.c if column.name not in {"id", "token", "meeting_id", "person_id"})
    found = found.add_columns(*told, *own)
    found = found.where(_which(said)) if said is not None else found
    found = found.where(_asked_again(meeting_id)) if again else found
    turn = case(_ORDER, value=rsvps.c.state, else_=len(_ORDER))
    return list(tx.execute(found.order_by(turn, rsvps.c.turn, people.c.id).limit(limit).offset(after)))


def texts(tx: Tx, meeting_id: int, persons: Collection[int]) -> dict[int, str]:
    """How the newest text that asks each of these people stands, a state of the outbox by their id; nothing of those to
    whom no text of a broadcast was meant to go.
    """
    # By the index of what went to one person, as in storage.coming.
    its = (
        messages_out.c.person_id == invitations.c.person_id,
        messages_out.c.broadcast_id + 0 == invitations.c.broadcast_id,
    )
    found = select(invitations.c.person_id, messages_out.c.state).join(messages_out, and_(*its))
    asked = invitations.c.meeting_id == meeting_id, invitations.c.person_id.in_(persons)
    return {row.person_id: row.state for row in tx.execute(found.where(*asked).order_by(messages_out.c.id))}


def counts(tx: Tx, meeting_id: int, without: Collection[int]) -> dict[Said, int]:
    """How many said what."""
    found, _asked = _everybody(meeting_id, without)
    each = found.add_columns(rsvps.c.state).subquery("each")
    counted = select(each.c.state, func.count()).group_by(each.c.state)
    numbers = {Said(_SAID.get(state, Said.NONE)): int(number) for state, number in tx.execute(counted)}
    return {said: numbers.get(said, 0) for said in Said}


def unanswered(tx: Tx, meeting_id: int, asked_before: datetime) -> list[Record]:
    """Members who were asked before then and have not answered, and whom nobody was or is to ring about it.

    `person_id`, and `invited_at`. Those who answered "later" have answered.
    """
    found, asked = _everybody(meeting_id, ())
    rung = tasks.c.meeting_id == meeting_id, tasks.c.person_id == people.c.id, tasks.c.kind == TaskKind.CALL
    answered = (
        invitations.c.meeting_id == meeting_id,
        invitations.c.person_id == people.c.id,
        invitations.c.answer.is_not(None),
    )
    found = found.where(_which(Said.NONE), ~exists().where(*rung), ~exists().where(*answered))
    found = found.add_columns(people.c.id.label("person_id"), asked.c.invited_at)
    return list(tx.execute(found.where(asked.c.invited_at <= asked_before).order_by(asked.c.invited_at, people.c.id)))


def open_tasks(tx: Tx, meeting_id: int, person_id: int) -> list[int]:
    """Ids of the calls and letters that are still to ask this person about it."""
    theirs = tasks.c.meeting_id == meeting_id, tasks.c.person_id == person_id, tasks.c.closed_at.is_(None)
    found = select(tasks.c.id).where(*theirs, tasks.c.kind.in_([TaskKind.CALL, TaskKind.LETTER]))
    return list(tx.execute(found.order_by(tasks.c.id)).scalars())


_TASKS_TOO_LATE = Look(
    select(tasks.c.id)
    .join(meetings, meetings.c.id == tasks.c.meeting_id)
    .where(
        IS_OPEN,
        exists().where(invitations.c.task_id == tasks.c.id, invitations.c.meeting_id == meetings.c.id),
        (meetings.c.starts_at <= NOW) | among(meetings.c.state, (MeetingState.CANCELED, MeetingState.OVER)),
    )
    .order_by(tasks.c.id)
)


def tasks_too_late(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Ids of the open calls and letters that are to ask whether somebody comes, where that is decided by now."""
    return _TASKS_TOO_LATE.ids(tx, limit, now=now)
