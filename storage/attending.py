"""Attending: who answered a meeting and who came to it, set by set, with what its pages tell of each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select

from storage.coming import was_asked
from storage.invitations import invitations
from storage.meetings import MeetingState, meetings
from storage.people import PersonState, people
from storage.rsvps import RsvpState, rsvp_answers, rsvps
from storage.schema import Record
from storage.store import Tx
from storage.supporters import LinkState, supporters

_person = (
    people.c.token.label("person_token"),
    people.c.name,
    people.c.language,
    people.c.format,
)
_members = select(rsvps, *_person).join(people, people.c.id == rsvps.c.person_id)
_members = _members.where(people.c.state == PersonState.MEMBER)
_has_answered = exists().where(
    rsvp_answers.c.meeting_id == rsvps.c.meeting_id, rsvp_answers.c.person_id == rsvps.c.person_id
)


def everybody(tx: Tx, meeting_id: int) -> list[Record]:
    """The RSVPs of all who are on our list, in the order of their turns.

    Each has `person_token`, `name`, `language` and `format` of the person, and `answered`: whether they ever did.
    """
    found = _members.add_columns(_has_answered.label("answered")).where(rsvps.c.meeting_id == meeting_id)
    return list(tx.execute(found.order_by(rsvps.c.turn, rsvps.c.id)))


def who_came(tx: Tx, meeting_id: int) -> list[Record]:
    """The RSVPs of those who were there, as somebody of the team ticked."""
    found = select(rsvps).where(rsvps.c.meeting_id == meeting_id, rsvps.c.came)
    return list(tx.execute(found.order_by(rsvps.c.turn, rsvps.c.id)))


def came_to(tx: Tx, person_id: int, since: datetime, now: datetime) -> list[Record]:
    """The meetings since then that are over and that this person came to, or was to and nobody has ticked it yet.

    The newest first.
    """
    there = or_(rsvps.c.came, and_(rsvps.c.came.is_(None), rsvps.c.state == RsvpState.COMING))
    found = select(meetings).join(rsvps, rsvps.c.meeting_id == meetings.c.id)
    took_place = meetings.c.state != MeetingState.CANCELED, meetings.c.ends_at <= now, meetings.c.ends_at > since
    found = found.where(rsvps.c.person_id == person_id, there, *took_place)
    return list(tx.execute(found.order_by(meetings.c.starts_at.desc(), meetings.c.id.desc())))


def came_before(tx: Tx, person_ids: Collection[int], then: datetime) -> set[int]:
    """Which of these people were at any meeting that began before then."""
    found = select(rsvps.c.person_id).join(meetings, meetings.c.id == rsvps.c.meeting_id)
    found = found.where(rsvps.c.person_id.in_(list(person_ids)), rsvps.c.came, meetings.c.starts_at < then)
    return set(tx.execute(found.distinct()).scalars()) if person_ids else set()


def unticked(tx: Tx, meeting_ids: Collection[int]) -> set[tuple[int, int]]:
    """Of these meetings, the ids of meeting and person of all who were to come and of whom nobody ticked a thing."""
    found = select(rsvps.c.meeting_id, rsvps.c.person_id).join(people, people.c.id == rsvps.c.person_id)
    found = found.where(
        rsvps.c.meeting_id.in_(list(meeting_ids)),
        rsvps.c.state == RsvpState.COMING,
        rsvps.c.came.is_(None),
        people.c.state == PersonState.MEMBER,
    )
    return {(row.meeting_id, row.person_id) for row in tx.execute(found)} if meeting_ids else set()


def invited(tx: Tx, meeting_id: int) -> int:
    """How many people were asked to come; whom no text of ours reached was not."""
    asked = select(func.count(invitations.c.person_id.distinct())).where(invitations.c.meeting_id == meeting_id)
    asked = asked.where(was_asked)
    return int(tx.execute(asked).scalar_one())


def not_answered(tx: Tx, meeting_id: int) -> int:
    """How many were asked to come, are on our list, and have not answered in any way."""
    answered = exists().where(rsvps.c.meeting_id == meeting_id, rsvps.c.person_id == invitations.c.person_id)
    said = invitations.alias("said")
    said_so = exists().where(
        said.c.meeting_id == meeting_id, said.c.person_id == invitations.c.person_id, said.c.answer.is_not(None)
    )
    asked = (
        select(func.count(invitations.c.person_id.distinct()))
        .join(people, people.c.id == invitations.c.person_id)
        .where(invitations.c.meeting_id == meeting_id, people.c.state == PersonState.MEMBER, ~answered, ~said_so)
        .where(was_asked)
    )
    return int(tx.execute(asked).scalar_one())


def helpers(tx: Tx, person_ids: Collection[int]) -> dict[int, list[str]]:
    """Who helps each of these people, as both agreed: their names, by the id of whom they help."""
    agreed = select(supporters.c.person_id, supporters.c.name).where(
        supporters.c.person_id.in_(list(person_ids)), supporters.c.state == LinkState.AGREED
    )
    found: dict[int, list[str]] = {}
    for row in tx.execute(agreed.order_by(supporters.c.id)) if person_ids else ():
        if row.name:
            found.setdefault(row.person_id, []).append(row.name)
    return found


def last_turn(tx: Tx, meeting_id: int) -> int:
    """The highest turn that anybody has; 0 where there is nobody."""
    last = select(func.max(rsvps.c.turn)).where(rsvps.c.meeting_id == meeting_id)
    return int(tx.execute(last).scalar_one() or 0)
