"""What of commitments needs a person, as Today shows it: what is late, not done after all, not promised, not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from bank import commitment_approval, people, rota
from bank.by_when import closing
from bank.colleague import Colleague
from bank.commitment_check import lacks
from bank.commitment_late import is_late, today
from bank.commitment_owner import WRITERS
from bank.commitment_words import title
from bank.organisation import Organisation
from bank.to_do import Row, Urgency
from storage import commitment_list, commitments, projects, who_said
from storage.commitments import CommitmentState, What
from storage.schema import Record
from storage.staff import EVERYWHERE
from storage.store import Tx

_LOOKED_AT = (CommitmentState.OPEN, CommitmentState.WAITING)
# What somebody wrote back is read within so many working days.
_READ_WITHIN = 3
_MOST = 200


def rows(tx: Tx, colleague: Colleague, now: datetime, organisation: Organisation) -> list[Row]:
    """Of those that are theirs, or of projects for which they write."""
    found = commitments.in_states(tx, _LOOKED_AT)
    tokens = _tokens(tx, found)
    theirs = [row for row in found if _is_theirs(colleague, row, tokens)]
    changes = commitment_list.changes_of(tx, [row.id for row in theirs if row.state == CommitmentState.OPEN])
    told = [one for row in theirs for one in _of(tx, row, changes.get(row.id, []), now, organisation)]
    return [*told, *_replies(tx, colleague, now, organisation)]


def _tokens(tx: Tx, rows: list[Record]) -> Mapping[int, str]:
    return {one: projects.get(tx, one).token for one in {row.project_id for row in rows} if one is not None}


def _is_theirs(colleague: Colleague, row: Record, tokens: Mapping[int, str]) -> bool:
    where = tokens.get(row.project_id, EVERYWHERE)
    return row.owner_id == colleague.id or colleague.may(*WRITERS, project=where)


def _of(tx: Tx, row: Record, changes: list[Record], now: datetime, organisation: Organisation) -> Iterator[Row]:
    here = f"/commitments/{row.token}"
    if is_late(row, today(now, organisation)):
        due = closing(date.fromisoformat(row.due_on), organisation)
        todo = "This promise is late: do it, or move its day and say why"
        yield Row(Urgency.OVERDUE, todo, title(row), due, here, overdue=True)
    elif row.state == CommitmentState.OPEN and _is_open_again(changes):
        todo = "Those who said it say that this is not done: see to it"
        yield Row(Urgency.TASK, todo, title(row), closing(date.fromisoformat(row.due_on), organisation), here)
    elif row.state == CommitmentState.WAITING and lacks(row, now, organisation):
        yield Row(Urgency.TASK, "This cannot be promised as it is: put it right", title(row), None, f"{here}/change")
    elif row.state == CommitmentState.WAITING and False in commitment_approval.standing(tx, row).values():
        yield Row(Urgency.TASK, "Somebody wants other words for this: see what to change", title(row), None, here)


def _is_open_again(changes: list[Record]) -> bool:
    """Those who said it have said that it is not done, and nobody has done anything about it since."""
    told = [one.what for one in changes if one.what != What.NAGGED]
    return bool(told) and told[-1] == What.NOT_KEPT


def _replies(tx: Tx, colleague: Colleague, now: datetime, organisation: Organisation) -> Iterator[Row]:
    """What people wrote back, and nobody has read; never one's own, nor of somebody whom they may not see."""
    unread, hidden = who_said.unseen(tx, _MOST), people.unseen(tx, colleague)
    rows_of = commitments.these(tx, {one.commitment_id for one in unread})
    tokens = _tokens(tx, list(rows_of.values()))
    oldest: dict[int, Record] = {}
    for one in unread:
        if one.person_id not in hidden and _is_theirs(colleague, rows_of[one.commitment_id], tokens):
            oldest.setdefault(one.commitment_id, one)
    for one in oldest.values():
        row = rows_of[one.commitment_id]
        by = rota.working_days_after(today(one.at, organisation), _READ_WITHIN, organisation)
        urgency = Urgency.OVERDUE if now >= by else Urgency.TASK
        todo = "Somebody wrote back about what you promised: read it"
        yield Row(urgency, todo, title(row), by, f"/commitments/{row.token}#replies", overdue=now >= by)
