"""Forgotten: threads that somebody took over, and on which nobody writes any more, as Today shows them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bank import rota
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.question_rota import ANSWERING
from bank.threads import eyes
from bank.to_do import Row, Urgency
from storage import staff, taken_over, threads
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx

# While somebody has taken over, Heard is silent: so long may they be silent as well.
_SILENT = timedelta(hours=24)
_MOST = 200


def rows(tx: Tx, colleague: Colleague, now: datetime, organisation: Organisation) -> list[Row]:
    """Theirs as soon as they are late, and everybody's a working day later, or where the holder is gone."""
    if not colleague.may(*ANSWERING):
        return []
    holders = {one.id: one.name for one in staff.active(tx)}
    found = [_row(tx, colleague, group, holders, now, organisation) for group in _groups(tx, colleague, now)]
    return [row for row in found if row is not None]


def _groups(tx: Tx, colleague: Colleague, now: datetime) -> list[list[Record]]:
    """The addresses of each thread that was taken over long enough ago to be late."""
    taken = taken_over.listed(tx, eyes(colleague), now, _MOST)
    near = threads.shared(tx, [one.id for one in taken])
    groups: list[list[Record]] = []
    for one in taken:
        there = {other for here, other in near if here == one.id}
        group = next((known for known in groups if any(row.id in there for row in known)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return groups


def _row(
    tx: Tx,
    colleague: Colleague,
    group: Sequence[Record],
    holders: dict[int, str],
    now: datetime,
    organisation: Organisation,
) -> Row | None:
    due_at = _due_at(tx, group, organisation)
    holder = group[0].taken_by
    is_theirs = holder == colleague.id
    climbed = rota.working_days_after(due_at.astimezone(organisation.zone).date(), 1, organisation)
    if now < due_at or not (is_theirs or holder not in holders or now >= climbed):
        return None
    by = "You" if is_theirs else holders.get(holder, "Somebody who is gone")
    todo = f"{by} took this over and nobody writes: answer them, or hand it back"
    who = _names(tx, [one.id for one in group])
    return Row(Urgency.OVERDUE, todo, who, due_at, f"/inbox/{group[0].token}#actions", overdue=True)


def _due_at(tx: Tx, group: Sequence[Record], organisation: Organisation) -> datetime:
    """A day after we wrote last, or sooner where a question that they asked since would be due."""
    ids = [one.id for one in group]
    wrote = taken_over.last_by_team(tx, ids)
    since: datetime = max([*wrote.values(), *(one.taken_at for one in group)])
    silent = since + _SILENT
    asked = taken_over.first_since(tx, ids, since)
    return min(silent, rota.answer_by(asked, organisation)) if asked is not None else silent


def _names(tx: Tx, ids: Collection[int]) -> str:
    there = threads.people_of(tx, ids)
    return " and ".join(dict.fromkeys(one.name for one in there if one.state == PersonState.MEMBER and one.name))
