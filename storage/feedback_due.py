"""Who is still to be asked how a project was that they took part in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, or_, select

from storage.conversations import conversations
from storage.feedback import About, feedback, feedback_rounds
from storage.people import Part, PersonState, people
from storage.places import PlaceState, places
from storage.schema import Record
from storage.store import Tx
from storage.tasks import tasks

_TOOK_PART = (PlaceState.PLACE, PlaceState.TOOK_PART)


def open_rounds(tx: Tx, now: datetime) -> list[Record]:
    """Those about projects in which people may be asked, the first one first."""
    open_now = feedback_rounds.c.about == About.PROJECT, feedback_rounds.c.closes_at > now
    return list(tx.execute(select(feedback_rounds).where(*open_now).order_by(feedback_rounds.c.id)))


def unasked(tx: Tx, asked: Record, flow: str, now: datetime, limit: int) -> list[int]:
    """Ids of the places of those whom nobody has asked in this round, whose questions stand in the flow of that name.

    Whoever is held, paused or no member is left out.
    """
    texted = exists().where(
        conversations.c.person_id == people.c.id,
        conversations.c.flow == flow,
        conversations.c.opened_at >= asked.opened_at,
    )
    rung = exists().where(tasks.c.person_id == people.c.id, tasks.c.round_id == asked.id)
    told = exists().where(feedback.c.round_id == asked.id, feedback.c.person_id == people.c.id)
    free = (
        people.c.state == PersonState.MEMBER,
        people.c.part == Part.MEMBER,
        people.c.held.is_(None),
        or_(people.c.paused_until.is_(None), people.c.paused_until <= now),
    )
    of_it = places.c.project_id == asked.project_id, places.c.state.in_(_TOOK_PART)
    found = select(places.c.id).join(people, people.c.id == places.c.person_id)
    found = found.where(*of_it, *free, ~texted, ~rung, ~told).order_by(places.c.id).limit(limit)
    return list(tx.execute(found).scalars())


def took_part(tx: Tx, project_id: int, person_id: int) -> bool:
    """They have, or had, a place in it."""
    theirs = places.c.project_id == project_id, places.c.person_id == person_id, places.c.state.in_(_TOOK_PART)
    return tx.execute(select(places.c.id).where(*theirs)).first() is not None
