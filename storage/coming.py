"""Coming: who was asked to a meeting, came to one before, or takes part in a project, as conditions of a query."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, exists, or_, select

from storage.invitations import invitations
from storage.meetings import meetings
from storage.outbox import NOT_SENT, messages_out
from storage.people import people
from storage.places import PlaceState, places
from storage.projects import projects
from storage.rsvps import RsvpState, rsvps
from storage.schema import constant
from storage.tasks import IS_OPEN, tasks

# By the index of what went to one person, as in storage.fitting.
_its_text = exists().where(
    messages_out.c.person_id == invitations.c.person_id,
    messages_out.c.broadcast_id + 0 == invitations.c.broadcast_id,
    messages_out.c.state.not_in([constant(one) for one in NOT_SENT]),
)
_its_task = exists().where(tasks.c.id == invitations.c.task_id, or_(IS_OPEN, tasks.c.closed_by.is_not(None)))
# It reached them, or may still.
was_asked: ColumnElement[bool] = or_(
    invitations.c.broadcast_id.is_(None),
    invitations.c.answer.is_not(None),
    _its_text.correlate_except(messages_out),
    _its_task.correlate_except(tasks),
)


def was_invited(meeting_id: int) -> ColumnElement[bool]:
    """Whoever was asked to this meeting, or is about to be, or answered without being asked."""
    theirs = invitations.c.meeting_id == meeting_id, invitations.c.person_id == people.c.id
    answered = rsvps.c.meeting_id == meeting_id, rsvps.c.person_id == people.c.id
    return or_(exists().where(*theirs, was_asked), exists().where(*answered))


def takes_part_in(tokens: Collection[str]) -> ColumnElement[bool]:
    """Whoever has a place in one of these projects, or took part in it."""
    which = select(projects.c.id).where(projects.c.token.in_(tokens))
    have = places.c.state.in_([PlaceState.PLACE, PlaceState.TOOK_PART])
    return exists().where(places.c.person_id == people.c.id, places.c.project_id.in_(which), have)


def came_to(tokens: Collection[str]) -> ColumnElement[bool]:
    """Whoever came to one of these meetings; where nobody ticked whether they did, whoever said so."""
    said_so = and_(rsvps.c.came.is_(None), rsvps.c.state == RsvpState.COMING)
    return _answered(tokens, or_(rsvps.c.came, said_so))


def waited_for(tokens: Collection[str]) -> ColumnElement[bool]:
    """Whoever waited for a place in one of these meetings, and got none."""
    return _answered(tokens, rsvps.c.state == RsvpState.WAITING)


def _answered(tokens: Collection[str], how: ColumnElement[bool]) -> ColumnElement[bool]:
    which = select(meetings.c.id).where(meetings.c.token.in_(tokens))
    return exists().where(rsvps.c.person_id == people.c.id, rsvps.c.meeting_id.in_(which), how)
