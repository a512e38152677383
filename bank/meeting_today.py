"""What of meetings needs a person, as Today shows it: drafts whose day comes near, and who should lead one has left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bank import meetings
from bank.colleague import Colleague
from bank.meeting_facts import said
from bank.meeting_repeat import AHEAD
from bank.organisation import Organisation
from bank.project_today import WRITERS
from bank.to_do import Row, Urgency
from language.wording import SOURCE_LANGUAGE
from storage import meetings as kept
from storage import people
from storage.meetings import GOES_ON, MeetingState
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx

# A week before it people are reminded for the first time. Before that they need some days to say that they come.
_OPEN_BY = timedelta(days=14)
_LATE = timedelta(days=7)
# It is drafted at the beginning of a day, whenever it starts on its own.
_NEAR = AHEAD + timedelta(days=1)
# So long a draft that nobody opened stands here after its day.
_GONE_BY = timedelta(days=14)


def rows(tx: Tx, colleague: Colleague, now: datetime, _organisation: Organisation) -> list[Row]:
    """Drafts to look at and open, drafts whose day has gone by, and meetings whose co-chair has left."""
    near = kept.between(tx, now - _GONE_BY, now + _NEAR, (MeetingState.DRAFT, *sorted(GOES_ON)))
    return [row for one in near if _is_theirs(tx, colleague, one) for row in _of(tx, one, now)]


def _is_theirs(tx: Tx, colleague: Colleague, row: Record) -> bool:
    return colleague.may(*WRITERS, project=meetings.project_of(tx, row))


def _of(tx: Tx, row: Record, now: datetime) -> Iterator[Row]:
    title, here = said(row, "title", SOURCE_LANGUAGE), f"/meetings/{row.token}"
    if row.state == MeetingState.DRAFT and row.starts_at <= now:
        todo = "This meeting was never opened, and its day has gone by: move it, or cancel it"
        yield Row(Urgency.TASK, todo, title, row.starts_at, here, overdue=True)
    elif row.state == MeetingState.DRAFT:
        is_late = row.starts_at - now <= _LATE
        by = row.starts_at - (_LATE if is_late else _OPEN_BY)
        urgency = Urgency.OVERDUE if is_late else Urgency.TASK
        yield Row(urgency, "Look at this meeting, and open it", title, by, here, overdue=now >= by)
    elif row.starts_at > now and _is_gone(tx, row):
        todo = "The member who leads this meeting has left: name another"
        yield Row(Urgency.TASK, todo, title, row.starts_at, f"{here}/change")


def _is_gone(tx: Tx, row: Record) -> bool:
    return row.member_chair is not None and people.get(tx, row.member_chair).state != PersonState.MEMBER
