"""What of arrangements needs a person, as Today shows it: what has to be booked now, and what is booked in vain."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bank import meeting_facts
from bank.arrangement_times import LABELS
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.to_do import Row, Urgency
from language.wording import SOURCE_LANGUAGE
from storage import arrangements, meetings, people, projects
from storage.arrangements import ArrangementKind
from storage.meetings import MeetingState
from storage.schema import Record
from storage.staff import EVERYWHERE, Role
from storage.store import Tx

# So long before the day on which it has to be booked it is shown.
_AHEAD = timedelta(days=3)
_MOST = 100
_DO = (Role.COORDINATOR, Role.APPROVER, Role.CO_CHAIR, Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR)


def rows(tx: Tx, colleague: Colleague, now: datetime, organisation: Organisation) -> list[Row]:
    """What is to be booked within days, late first, and what nobody needs any more."""
    soon = (now.astimezone(organisation.zone).date() + _AHEAD).isoformat()
    booking = [_row(tx, colleague, row, now, organisation) for row in arrangements.unsettled_by(tx, soon, now, _MOST)]
    vain = [_vain(tx, colleague, row) for row in arrangements.booked_in_vain(tx, now, _MOST)]
    return [row for row in (*booking, *vain) if row is not None]


def _row(tx: Tx, colleague: Colleague, row: Record, now: datetime, organisation: Organisation) -> Row | None:
    meeting = meetings.get(tx, row.meeting_id)
    if not _is_theirs(tx, colleague, meeting):
        return None
    by = datetime.combine(date.fromisoformat(row.due_on), organisation.hours.closes, organisation.zone)
    todo = f"Book: {_what(row)}. {_title(meeting)}"
    late = now >= by
    return Row(Urgency.OVERDUE if late else Urgency.TASK, todo, _who(tx, colleague, row), by, _at(meeting), late)


def _vain(tx: Tx, colleague: Colleague, row: Record) -> Row | None:
    meeting = meetings.get(tx, row.meeting_id)
    if not _is_theirs(tx, colleague, meeting):
        return None
    why = "The meeting is cancelled" if meeting.state == MeetingState.CANCELED else "They do not come"
    todo = f"{why}: cancel what is booked. {_what(row)}. {_title(meeting)}"
    return Row(Urgency.TASK, todo, _who(tx, colleague, row), None, _at(meeting))


def _is_theirs(tx: Tx, colleague: Colleague, meeting: Record) -> bool:
    project = projects.get(tx, meeting.project_id).token if meeting.project_id is not None else EVERYWHERE
    return colleague.may(*_DO, project=project)


def _who(tx: Tx, colleague: Colleague, row: Record) -> str:
    person = people.get(tx, row.person_id)
    return (person.name or "") if colleague.sees(person_id=person.id, held=person.held) else ""


def _what(row: Record) -> str:
    return LABELS[ArrangementKind(row.kind)]


def _title(meeting: Record) -> str:
    return meeting_facts.said(meeting, "title", SOURCE_LANGUAGE)


def _at(meeting: Record) -> str:
    return f"/meetings/{meeting.token}/arrange"
