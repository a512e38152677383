"""Today: what needs a person now, most urgent first. Each row says what to do, and is one press from doing it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bank import (
    arrangement_today,
    attendance_today,
    broadcast_today,
    commitment_today,
    concern_list,
    forgotten,
    letters,
    meeting_today,
    place_news,
    project_today,
    questions,
    reading_sample,
    rsvp_today,
    story_today,
    templates,
    trouble,
    waiting,
)
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.to_do import Row
from storage.store import Tx

MOST = 200


Source = Callable[[Tx, Colleague, datetime, Organisation], list[Row]]
# Each noun tells what of it needs a person.
SOURCES: tuple[Source, ...] = (
    concern_list.rows,
    waiting.rows,
    questions.rows,
    forgotten.rows,
    trouble.rows,
    letters.rows,
    place_news.rows,
    project_today.rows,
    broadcast_today.rows,
    commitment_today.rows,
    meeting_today.rows,
    attendance_today.rows,
    arrangement_today.rows,
    rsvp_today.rows,
    story_today.rows,
    templates.rows,
    reading_sample.rows,
)


def rows(tx: Tx, colleague: Colleague, now: datetime, organisation: Organisation) -> list[Row]:
    """Everything that needs a person whom they may see, most urgent first."""
    found = [row for source in SOURCES for row in source(tx, colleague, now, organisation)]
    # What has no day comes last of its kind; where it cannot wait, first.
    first, last = datetime.min.replace(tzinfo=now.tzinfo), datetime.max.replace(tzinfo=now.tzinfo)
    found.sort(key=lambda row: (row.urgency, not row.overdue, row.due_at or (first if row.overdue else last)))
    return found[:MOST]
