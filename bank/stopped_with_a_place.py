"""Who stopped our texts and has a place, in a project or at a meeting, and can be texted nowhere else: they are rung.

STOP is about texts: the place stays theirs until they say, or a colleague gives it on.
"""

from __future__ import annotations

from datetime import datetime

from bank import asked_by_call, meeting_facts, outward, places, project_facts, rota, rsvps
from bank.organisation import Organisation
from language.wording import SOURCE_LANGUAGE
from storage import places as kept
from storage import projects, reach
from storage.people import PersonState
from storage.places import PlaceState
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx

_IN_PROJECT = "They stopped our texts, and have a place in: {title}. Ask whether they still want it."
_AT_MEETING = {
    RsvpState.COMING: "They stopped our texts, and have a place: {meeting}. Ask whether they still come.",
    RsvpState.WAITING: "They stopped our texts, and wait for a place: {meeting}. Ask whether they still want one.",
}


def ring(tx: Tx, address_id: int, now: datetime, organisation: Organisation) -> None:
    """Have everybody rung of whom it is so. Our texts have just been stopped at this address."""
    for person in reach.people_at(tx, address_id):
        if person.state == PersonState.MEMBER and outward.address_of(tx, person, now) is None:
            _about_projects(tx, person, now, organisation)
            _about_meetings(tx, person, now, organisation)


def _about_projects(tx: Tx, person: Record, now: datetime, organisation: Organisation) -> None:
    for place in kept.of_person(tx, person.id):
        project = projects.get(tx, place.project_id)
        if place.state == PlaceState.PLACE and project.state in places.GOES_ON:
            words = _IN_PROJECT.format(title=project_facts.said(project, "title", SOURCE_LANGUAGE))
            asked_by_call.about_place(tx, person, project, words, rota.read_by(now, organisation), now)


def _about_meetings(tx: Tx, person: Record, now: datetime, organisation: Organisation) -> None:
    for meeting, row in rsvps.upcoming(tx, [person.id], now):
        words = _AT_MEETING.get(row.state)
        if words is not None and rsvps.goes_on(meeting, now):
            about = words.format(meeting=meeting_facts.spoken(meeting, organisation))
            due = min(rota.read_by(now, organisation), meeting.starts_at)
            asked_by_call.about_meeting(tx, meeting, person, about, due, now)
