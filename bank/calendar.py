"""Calendars: somebody who comes to a meeting asks for it as a file for their calendar.

They get a link that nobody can guess and that ends a week after the meeting; where a channel carries such files (see
`CARRY_FILES`) the file itself comes too. The link always gives the meeting as it is then: moved, or cancelled; for who
said since that they do not come it is cancelled too.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bank import calendar_file
from bank.calendar_file import Theirs
from bank.organisation import Organisation
from channels.media import File
from channels.message import Channel
from storage import meetings, people
from storage import rsvps as kept
from storage.people import PersonState
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx

# WhatsApp takes no calendar files (Twilio, "Accepted content types for media": documents are PDF and office files).
CARRY_FILES = frozenset({Channel.TELEGRAM})
_HOLDS = timedelta(days=7)


def begin(tx: Tx, meeting: Record, rsvp: Record) -> None:
    """They asked for it: from now on its link holds."""
    kept.change(tx, rsvp.id, {"calendar_until": meeting.ends_at + _HOLDS})


def link(rsvp: Record, organisation: Organisation) -> str:
    """Where its file is; with no name of anybody's in it."""
    return f"{organisation.public_url}/calendar/{rsvp.token}"


def open_(tx: Tx, token: str, now: datetime, organisation: Organisation) -> bytes | None:
    """The file of that link, as the meeting is now; None where there is none, or it does not hold any more."""
    rsvp = kept.by_token(tx, token)
    if rsvp is None or rsvp.calendar_until is None:
        return None
    if max(rsvp.calendar_until, meetings.get(tx, rsvp.meeting_id).ends_at + _HOLDS) < now:  # it may have been moved
        return None
    person = people.get(tx, rsvp.person_id)
    return _written(tx, rsvp, person.language, now, organisation) if person.state == PersonState.MEMBER else None


def enclosed(tx: Tx, rsvp_id: int, language: str, now: datetime, organisation: Organisation) -> File:
    """The file that goes with a message: the meeting as it is now."""
    content = _written(tx, kept.get(tx, rsvp_id), language, now, organisation)
    return File(calendar_file.NAME, calendar_file.KIND.partition(";")[0], content)


def _written(tx: Tx, rsvp: Record, language: str, now: datetime, organisation: Organisation) -> bytes:
    said = len(kept.answers(tx, rsvp.meeting_id, rsvp.person_id))
    theirs = Theirs(rsvp.way, rsvp.state != RsvpState.NOT_COMING, max(said - 1, 0))
    return calendar_file.written(meetings.get(tx, rsvp.meeting_id), theirs, language, organisation, now)
