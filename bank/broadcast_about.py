"""What a broadcast is about: a project, or a meeting and its project."""

from __future__ import annotations

from datetime import datetime

from storage import meetings, projects
from storage.broadcasts import BroadcastKind
from storage.meetings import GOES_ON
from storage.projects import ProjectState
from storage.schema import Record
from storage.store import Tx

# In which a project takes people.
OPEN = frozenset({ProjectState.OPEN, ProjectState.UNDER_WAY})


def meeting_of(tx: Tx, row: Record) -> Record | None:
    """The meeting that it is about."""
    return meetings.get(tx, row.meeting_id) if row.meeting_id is not None else None


def project_of(tx: Tx, row: Record) -> Record | None:
    """The project that it is about; of an invitation to a meeting, the project of that meeting."""
    if row.project_id is not None:
        return projects.get(tx, row.project_id)
    meeting = meeting_of(tx, row)
    return projects.get(tx, meeting.project_id) if meeting is not None and meeting.project_id is not None else None


def invites_to_meeting(row: Record) -> bool:
    return row.kind == BroadcastKind.INVITATION and row.meeting_id is not None


def expires_at(tx: Tx, row: Record, due: datetime) -> datetime | None:
    """When it is of no use any more, where it is due then: once so much time has passed; what invites to a meeting,
    when that begins at the latest.
    """
    own: datetime | None = due + (row.expires_at - row.due_at) if row.expires_at is not None else None
    meeting = meeting_of(tx, row)
    if meeting is None or row.kind != BroadcastKind.INVITATION:
        return own
    starts: datetime = meeting.starts_at
    return min(own, starts) if own is not None else starts


def is_closed(tx: Tx, row: Record, now: datetime) -> bool:
    """Whether it invites to a project that takes nobody any more, or to a meeting that began, is over or cancelled."""
    if row.kind != BroadcastKind.INVITATION:
        return False
    if row.meeting_id is not None:
        meeting = meetings.get(tx, row.meeting_id)
        return meeting.state not in GOES_ON or meeting.starts_at <= now
    return row.project_id is not None and projects.get(tx, row.project_id).state not in OPEN
