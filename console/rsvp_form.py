"""The part of a form that says whether somebody comes to a meeting, and how; parts/rsvp_fields.html draws it."""

from __future__ import annotations

import re

from bank.rsvps import Stood
from bank.who_answered import Given
from console.forms import Form
from console.person import HOW_MISTAKE, HOWS
from storage.invitations import Answer
from storage.meetings import Way
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.told import How

ANSWERS = (Answer.YES, Answer.NO, Answer.MAYBE)
WAYS = ((Way.IN_PERSON.value, "In person"), (Way.ONLINE.value, "Online"))
MOST_GUESTS = 9
_LONGEST = 500
_GUESTS = re.compile(r"[0-9]{1,2}")
# What to tell them, by the name of the sentence that the next page shows.
_DONE = {
    RsvpState.COMING: "rsvp_coming",
    RsvpState.WAITING: "rsvp_waiting",
    RsvpState.MAYBE: "rsvp_maybe",
    RsvpState.NOT_COMING: "rsvp_not_coming",
}


def read(form: Form, meeting: Record) -> Given | None:
    """What the form says; None where something is missing, which is noted there."""
    answer = form.chosen("answer", ANSWERS, "Choose their answer")
    how = form.chosen("how", HOWS, HOW_MISTAKE)
    guests = _guests(form) if meeting.guests else None
    ways = ("", *(way for way, _label in WAYS))
    way = form.chosen("way", ways, "Choose how they come") if meeting.way == Way.HYBRID else ""
    note, arrange = form.text("note", longest=_LONGEST), form.text("arrange", longest=_LONGEST)
    if form.mistakes:
        return None
    late, early = form.ticked("late"), form.ticked("early")
    return Given(Answer(answer), How(how), guests, way or None, late, early, note, arrange)


def _guests(form: Form) -> int | None:
    """How many people they bring; None where it is left empty."""
    given = form.line("guests")
    if not given:
        return None
    if not _GUESTS.fullmatch(given) or int(given) > MOST_GUESTS:
        form.mistakes["guests"] = f"Enter how many people come with them, from 0 to {MOST_GUESTS}"
        return None
    return int(given)


def done(stood: Stood) -> str:
    """The name of the sentence that says what came of it."""
    return "rsvp_fewer_guests" if stood.left_out else _DONE[stood.state]
