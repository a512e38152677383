"""The call list of a meeting: who was asked and has not answered is rung, once. An answer by text closes the call."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bank import audit, broadcast_tasks, rota
from bank.audit import Act
from bank.broadcast_words import Script
from bank.colleague import Colleague
from bank.handling import CannotDo
from bank.organisation import Organisation
from bank.rsvps import goes_on
from bank.tokens import token
from language.dates import day
from language.wording import SOURCE_LANGUAGE
from storage import broadcasts, invitations, picking, recipients, tasks, who_answered
from storage.picking import Left, Terms, Way
from storage.schema import Record
from storage.store import Tx
from storage.tasks import TaskKind

# Whom a colleague can ring, by how they are reached.
_RUNG = frozenset({Way.SMS.value, Way.WHATSAPP.value, Way.CALL.value})
_WITHIN, _BEFORE = timedelta(hours=2), timedelta(hours=3)
_WORKING_DAYS = 2


@dataclass(frozen=True, slots=True)
class ToRing:
    """Those who have not answered and can be rung; of the others, how many are `held`, as far as they may be seen, and
    how many are `left` out for another reason: they paused, left, or we have no number of theirs.
    """

    rows: tuple[Record, ...]
    left: int
    held: int

    @property
    def people(self) -> int:
        return len(self.rows)


def to_ring(tx: Tx, meeting: Record, days: int, now: datetime, unseen: Collection[int] = ()) -> ToRing:
    """Who was asked at least so many days ago, has not answered, and nobody was to ring yet.

    `unseen` are ids of people of whom not even the number is told.
    """
    found = who_answered.unanswered(tx, meeting.id, now - timedelta(days=days))
    ids = [row.person_id for row in found]
    ways = picking.ways_of(tx, ids, Terms(now, 0, leave_out_capped=False))
    rows = tuple(ways[one] for one in ids if one in ways and ways[one].way in _RUNG)
    held = {one for one in ids if one in ways and ways[one].way == Left.HELD.value}
    hidden = len(held.intersection(unseen))
    return ToRing(rows, len(ids) - len(rows) - len(held), len(held) - hidden)


def ask(tx: Tx, colleague: Colleague, meeting: Record, days: int, now: datetime, organisation: Organisation) -> int:
    """A call for each of them, with the words to say. Returns how many. Raises CannotDo."""
    if not goes_on(meeting, now):
        raise CannotDo("It has begun, is over, or does not take place. Nobody needs to be rung about it.")
    rows = to_ring(tx, meeting, days, now).rows
    scripts: dict[int, Script] = {}
    known = recipients.known(tx, [row.person_id for row in rows])
    for row in rows:
        newest = invitations.all_to_meeting(tx, meeting.id, row.person_id)[0]
        words = _words(tx, meeting, newest, row, scripts, known, organisation)
        task_id = tasks.add(
            tx,
            token=token(),
            kind=TaskKind.CALL,
            person_id=row.person_id,
            meeting_id=meeting.id,
            words=words,
            owner=organisation.owners.get(TaskKind.CALL),
            opened_at=now,
            due_at=_due(meeting, now, organisation),
        )
        invitations.change(tx, newest.id, {"task_id": task_id})
    audit.record(tx, now, Act.TASK_ADDED, colleague.id, about=meeting.token, people=len(rows))
    return len(rows)


def _words(
    tx: Tx,
    meeting: Record,
    invitation: Record,
    row: Record,
    scripts: dict[int, Script],
    known: Mapping[int, recipients.Recipient],
    organisation: Organisation,
) -> str:
    """What to say, as they were asked it, in their language."""
    asked_on = day(invitation.invited_at.astimezone(organisation.zone).date(), SOURCE_LANGUAGE)
    lines = f"We asked them on {asked_on}, and they have not answered."
    if invitation.broadcast_id is None:
        return lines
    if invitation.broadcast_id not in scripts:
        broadcast = broadcasts.get(tx, invitation.broadcast_id)
        scripts[broadcast.id] = Script.let_go(broadcast, organisation, meeting).aloud()
    script = scripts[invitation.broadcast_id]
    said = broadcast_tasks.to_say(script.row, script, TaskKind.CALL, row, known.get(row.person_id), organisation)
    return f"{lines} {said}"


def _due(meeting: Record, now: datetime, organisation: Organisation) -> datetime:
    """Within two working days, and in time for the meeting."""
    due = rota.working_days_after(now.astimezone(organisation.zone).date(), _WORKING_DAYS, organisation)
    starts: datetime = meeting.starts_at
    return min(due, max(now + _WITHIN, starts - _BEFORE), starts)


def to_close(tx: Tx, now: datetime, _organisation: Organisation, limit: int) -> list[int]:
    """Ids of the calls and letters about meetings that have begun, are over or do not take place."""
    return who_answered.tasks_too_late(tx, now, limit)


def close(tx: Tx, now: datetime, _organisation: Organisation, task_id: int) -> int:
    """Nobody needs to ask any more."""
    tasks.change(tx, task_id, {"closed_at": now, "result": "The meeting has begun, or does not take place."})
    return 1
