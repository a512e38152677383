"""Reminders that were lost: a text about a meeting did not arrive, and there was no other way. A colleague rings them.

Somebody who only has WhatsApp, and last wrote there more than a day ago, gets nothing where no template of ours is
approved. What tells them where to be, or that it is another day, must not end there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bank import news_telling, outward, reminder_words, rota
from bank.organisation import Organisation
from bank.reminder_words import Reader
from language.wording import SOURCE_LANGUAGE
from storage import meetings, people, reminders, rsvps, tasks
from storage.meetings import GOES_ON
from storage.people import PersonState
from storage.reminders import NEWS, ReminderState, Step
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx

NOT_DELIVERED = "not_delivered"
_CALL = "Our text did not reach them: {meeting}. It is on {when}, {where}. Ring them to say so."


def to_ring(tx: Tx, now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of those reminders."""
    return reminders.not_delivered(tx, now, limit)


def ring(tx: Tx, now: datetime, organisation: Organisation, reminder_id: int) -> int:
    """Have somebody ring them, once for a meeting: of the week's reminder there are others to come."""
    row = reminders.get(tx, reminder_id)
    reminders.change(tx, row.id, {"state": ReminderState.LEFT_OUT, "why": NOT_DELIVERED})
    person, meeting = people.get(tx, row.person_id), meetings.get(tx, row.meeting_id)
    rsvp = rsvps.of(tx, meeting.id, person.id)
    if person.state != PersonState.MEMBER or person.held is not None or rsvp is None:
        return 1
    if row.step in NEWS:
        news_telling.ring(tx, row, meeting, person, rsvp, now, organisation)
    elif _helps(tx, row, meeting, rsvp):
        known = reminder_words.facts(meeting, Reader(SOURCE_LANGUAGE), organisation)
        online = reminder_words.way_of(meeting, rsvp) == "online"
        where = "online" if online else known["where"]
        words = _CALL.format(meeting=known["meeting"], when=f"{known['day']}, {known['time']}", where=where)
        due = max(now, min(rota.read_by(now, organisation), meeting.starts_at))
        outward.ring(tx, person, words, due, now, meeting_id=meeting.id)
    return 1


def _helps(tx: Tx, row: Record, meeting: Record, rsvp: Record) -> bool:
    """They come, nobody is to ring them about it already, and no other reminder is still to come before the day."""
    if row.step == Step.WEEK or meeting.state not in GOES_ON or rsvp.state != RsvpState.COMING:
        return False
    return not any(task.meeting_id == meeting.id for task in tasks.open_of(tx, row.person_id))
