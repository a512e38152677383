"""Meetings in which something changed that a colleague should know of: for Today, and for a call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bank.colleague import Colleague
from bank.meeting_facts import said
from bank.organisation import Organisation
from bank.to_do import Row, Urgency
from language.wording import SOURCE_LANGUAGE
from storage import meetings, rsvp_line
from storage.meetings import GOES_ON
from storage.people import PersonState
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx

# So long Today shows a place that was given back and nobody waits for.
_SHOWN = timedelta(days=14)
# Who says so shortly before it begins that they do not come is one whom the room, and the food, were for.
_LATE = timedelta(hours=24)


def rows(tx: Tx, colleague: Colleague, now: datetime, _organisation: Organisation) -> list[Row]:
    """Who does not come after all, shortly before; who left the bank and had a place; a place that nobody waits for."""
    if not colleague.may(Role.COORDINATOR, Role.ADMINISTRATOR):
        return []
    late: list[Row] = []
    known: set[int] = set()
    for meeting in meetings.between(tx, now, now + _LATE, GOES_ON):
        found = list(_changed_late(tx, colleague, meeting))
        late += found
        known |= {meeting.id} if found else set()
    gone = [_gone(one) for one in rsvp_line.left_by_leavers(tx, now, now - _SHOWN)]
    free = [_free(one) for one in rsvp_line.free_again(tx, now, now - _SHOWN) if one.id not in known]
    return [*late, *gone, *free]


def _changed_late(tx: Tx, colleague: Colleague, meeting: Record) -> Iterator[Row]:
    for one in rsvp_line.changed_late(tx, meeting.id, meeting.starts_at - _LATE):
        if colleague.sees(person_id=one.person_id, held=one.held) and one.person_state == PersonState.MEMBER:
            todo = f"They do not come after all: {_title(meeting)}"
            unsure = f"They are not sure any more: {_title(meeting)}"
            words = unsure if one.state == RsvpState.MAYBE else todo
            yield Row(Urgency.TASK, words, one.name or "", meeting.starts_at, _where(meeting))


def _gone(meeting: Record) -> Row:
    todo = f"Somebody who had said yes has left the bank: {_title(meeting)}"
    return Row(Urgency.TASK, todo, "", meeting.starts_at, _where(meeting))


def _free(meeting: Record) -> Row:
    return Row(Urgency.TASK, f"A place is free again: {_title(meeting)}", "", meeting.starts_at, _where(meeting))


def _title(meeting: Record) -> str:
    return said(meeting, "title", SOURCE_LANGUAGE)


def _where(meeting: Record) -> str:
    return f"/meetings/{meeting.token}"
