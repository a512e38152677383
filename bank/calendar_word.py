"""CALENDAR: whoever comes to a meeting is sent what puts it in the calendar of their phone."""

from __future__ import annotations

from bank import calendar, meeting_facts, rsvps, talk
from bank.visit import Visit
from flows import everywhere
from flows.engine import Saying
from language.wording import own
from storage import outbox
from storage.rsvps import RsvpState
from storage.schema import Record

# So many of the next ones are told at once.
_MOST = 3


def give(visit: Visit) -> None:
    """What CALENDAR does: one message for each of the next meetings that those who share the phone come to."""
    coming = [
        (meeting, rsvp)
        for meeting, rsvp in rsvps.upcoming(visit.tx, [person.id for person in visit.people], visit.now)
        if rsvp.state == RsvpState.COMING
    ][:_MOST]
    if not coming:
        visit.tell("no_calendar", everywhere.NO_CALENDAR)
    for meeting, rsvp in coming:
        _give(visit, meeting, rsvp)
    talk.ask_again(visit)


def _give(visit: Visit, meeting: Record, rsvp: Record) -> None:
    calendar.begin(visit.tx, meeting, rsvp)
    before = len(visit.queued)
    told = meeting_facts.facts(meeting, visit.language, visit.organisation)
    values = {**told, "calendar": calendar.link(rsvp, visit.organisation)}
    text = visit.organisation.catalogs.render(everywhere.CALENDAR, visit.language, values)
    # Each is another message, though all are said in one moment.
    visit.say(Saying(f"everywhere.calendar_{meeting.id}", (own(text),)))
    if visit.address.channel in calendar.CARRY_FILES:
        for row_id in visit.queued[before:]:
            outbox.advance(visit.tx, row_id, {"calendar_id": rsvp.id})
