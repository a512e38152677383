"""What of stories needs a person, as Today shows it: a story to read, and one to take down where it is used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bank import people, rota, story_places
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.story_list import READERS
from bank.to_do import Row, Urgency
from storage import stories
from storage.schema import Record
from storage.store import Tx

_MOST = 200


def rows(tx: Tx, colleague: Colleague, now: datetime, organisation: Organisation) -> list[Row]:
    """One for each story whose words nobody has read as they are, and one for each place from which one comes down."""
    if not colleague.may(*READERS):
        return []
    unseen = people.unseen(tx, colleague)
    unread = (row for row in stories.unread(tx, Act.SAW_STORY, _MOST) if row.person_id not in unseen)
    used = (row for row in stories.standing_somewhere(tx, _MOST) if row.person_id not in unseen)
    to_read = [_to_read(row, now, organisation) for row in unread]
    return to_read + [one for row in used for one in _to_take_down(tx, row, now, organisation)]


def _to_read(row: Record, now: datetime, organisation: Organisation) -> Row:
    due = rota.read_by(row.changed_at, organisation)
    urgency = Urgency.OVERDUE if due <= now else Urgency.UNREAD
    return Row(urgency, "A story to read", row.name or "", due, f"/stories/{row.token}", due <= now)


def _to_take_down(tx: Tx, row: Record, now: datetime, organisation: Organisation) -> Iterator[Row]:
    for one in story_places.to_come_down(tx, row, organisation):
        late = one.due_at <= now
        todo = f"Take their story down: {one.place.place}"
        yield Row(
            Urgency.OVERDUE if late else Urgency.TASK, todo, row.name or "", one.due_at, f"/stories/{row.token}", late
        )
