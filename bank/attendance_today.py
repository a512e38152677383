"""Who came is still to be ticked: meetings of the days before, as Today shows them."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bank import attendance, meetings, wall_time
from bank.colleague import Colleague
from bank.meeting_facts import said
from bank.organisation import Organisation
from bank.project_today import WRITERS
from bank.to_do import Row, Urgency
from language.wording import SOURCE_LANGUAGE
from storage import meetings as kept
from storage.meetings import GOES_ON, MeetingState
from storage.schema import Record
from storage.store import Tx

# By then nobody remembers who was there.
_GONE_BY = timedelta(days=28)


def rows(tx: Tx, colleague: Colleague, now: datetime, _organisation: Organisation) -> list[Row]:
    """Meetings that were yesterday or before, and of which nobody ticked who came."""
    ended = [
        row
        for row in kept.between(tx, now - _GONE_BY, now, (*sorted(GOES_ON), MeetingState.OVER))
        if _was_before_today(row, now) and colleague.may(*WRITERS, project=meetings.project_of(tx, row))
    ]
    return [_row(one, now) for one in attendance.to_tick(tx, colleague, ended)]


def _was_before_today(meeting: Record, now: datetime) -> bool:
    over = wall_time.ends_here(meeting)
    return now.astimezone(over.tzinfo).date() > over.date()


def _row(meeting: Record, now: datetime) -> Row:
    over = wall_time.ends_here(meeting)
    by = datetime.combine(over.date() + timedelta(days=1), time(17), over.tzinfo)
    title, here = said(meeting, "title", SOURCE_LANGUAGE), f"/meetings/{meeting.token}/attend"
    return Row(Urgency.TASK, "Tick who came to this meeting", title, by, here, overdue=now >= by)
