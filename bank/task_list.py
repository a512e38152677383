"""Tasks: calls, letters and what else a person of ours does, from being raised to a result that is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from bank import audit, by_when, handling, people, waiting
from bank.audit import Act
from bank.colleague import Colleague, known
from bank.organisation import Organisation
from bank.threads import eyes
from bank.tokens import token
from bank.waiting import WHAT_TO_DO, is_overdue
from language import phones
from language.normal import safe
from storage import addresses, feedback, meetings, projects, staff, task_list, tasks, threads
from storage import people as people_kept
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx
from storage.tasks import TaskKind

A_PAGE = 50
_LATELY = timedelta(days=30)
# Danger and questions have rooms of their own, and what somebody wrote is read in its thread.
KINDS = frozenset(TaskKind) - {TaskKind.SAFEGUARDING, TaskKind.QUESTION, TaskKind.READ}
# What a colleague may raise for somebody.
FOR_SOMEBODY = (TaskKind.CALL, TaskKind.LETTER, TaskKind.PRINT)
_A_NUMBER = re.compile(r"\+?\d(?:[ -]?\d){8,14}")


class Which(StrEnum):
    """Which tasks a list shows."""

    MINE = "mine"
    CALLS = "calls"
    LETTERS = "letters"
    ALL = "all"
    DONE = "done"


_KINDS: Mapping[Which, frozenset[TaskKind]] = {
    Which.CALLS: frozenset({TaskKind.CALL}),
    Which.LETTERS: frozenset({TaskKind.LETTER, TaskKind.PRINT}),
}


class AlreadyDone(Exception):
    """Somebody has closed it in the meantime."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was tried or decided: by whom, what, and in which words."""

    at: datetime
    by: str
    what: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One task as a colleague sees it. Numbers in `words` are masked. `by` does it, or has done it; empty: nobody.

    `person` and `thread` are tokens of pages that they may see; empty where there is none. `tells`: by it somebody
    is told what became of something, and may say something to that. `asks_about`: the page of what they are asked
    about by it.
    """

    token: str
    kind: TaskKind
    todo: str
    who: str
    words: str
    owner: str
    by: str
    is_mine: bool
    opened_at: datetime
    due_at: datetime
    overdue: bool
    person: str = ""
    thread: str = ""
    closed_at: datetime | None = None
    result: str = ""
    history: Sequence[Step] = ()
    tells: bool = False
    asks_about: str = ""


def listed(
    tx: Tx, colleague: Colleague, which: Which, page: int, now: datetime, organisation: Organisation
) -> tuple[list[Task], bool]:
    """A page (from 1) of the tasks that they may see; whether there are more."""
    of = colleague.id if which is Which.MINE else None
    since = now - _LATELY if which is Which.DONE else None
    kinds, skip = _KINDS.get(which, KINDS), (page - 1) * A_PAGE
    rows = task_list.listed(tx, eyes(colleague), kinds, A_PAGE + 1, skip, of=of, done_since=since)
    shown = rows[:A_PAGE]
    names = staff.names(tx, {one for row in shown for one in (row.assigned_to, row.closed_by) if one is not None})
    found = [_shown(colleague, row, names, now, organisation) for row in shown]
    return found, len(rows) > A_PAGE


def find(tx: Tx, colleague: Colleague, name: str) -> Record | None:
    """The task of that name of ours, where they may see it."""
    row = tasks.called(tx, name)
    if row is None or row.kind not in KINDS:
        return None
    seen = threads.seen(tx, eyes(colleague), {row.address_id} if row.address_id is not None else set())
    return row if waiting.may_see(colleague, row, seen) else None


def look(tx: Tx, colleague: Colleague, name: str, now: datetime, organisation: Organisation) -> Task | None:
    """All of one task. The look is recorded."""
    row = find(tx, colleague, name)
    if row is None:
        return None
    audit.record(tx, now, Act.SAW_TASK, colleague.id, person_id=row.person_id, about=row.token)
    names = staff.names(tx, {one for one in (row.assigned_to, row.closed_by) if one is not None})
    person = people.seen(tx, colleague, row.person_token) if row.person_token else None
    return replace(
        _shown(colleague, row, names, now, organisation),
        person=person.token if person is not None else "",
        thread=row.address_token or "",
        result=_masked(row.result),
        history=[_step(one) for one in row.history or ()],
        asks_about=_asked_about(tx, row),
    )


def _asked_about(tx: Tx, row: Record) -> str:
    asked = feedback.get_round(tx, row.round_id) if row.round_id is not None else None
    if asked is None:
        return ""
    if asked.meeting_id is not None:
        return f"/meetings/{meetings.get(tx, asked.meeting_id).token}"
    return f"/projects/{projects.get(tx, asked.project_id).token}" if asked.project_id is not None else ""


def _shown(
    colleague: Colleague, row: Record, names: Mapping[int, str], now: datetime, organisation: Organisation
) -> Task:
    by = row.closed_by if row.closed_at is not None else row.assigned_to
    return Task(
        token=row.token,
        kind=TaskKind(row.kind),
        todo=WHAT_TO_DO[row.kind][1],
        who=row.name or "",
        words=_masked(row.words),
        owner=row.owner or "",
        by=names.get(by, ""),
        is_mine=row.assigned_to == colleague.id,
        opened_at=row.opened_at,
        due_at=row.due_at,
        overdue=row.closed_at is None and is_overdue(row, now, organisation),
        closed_at=row.closed_at,
        tells=row.telling_id is not None,
    )


def _masked(words: str | None) -> str:
    """The words, with the end only of each number in them."""
    return _A_NUMBER.sub(lambda found: f"(a number that ends {found[0][-3:]})", words or "")


def _step(kept: Mapping[str, Any]) -> Step:
    return Step(datetime.fromisoformat(kept["at"]), kept["by"], kept["what"], _masked(kept["words"]))


def reveal(tx: Tx, colleague: Colleague, row: Record, why: str, now: datetime) -> list[str]:
    """The numbers to ring, and where letters go; why they were asked for is recorded."""
    audit.record(tx, now, Act.SAW_NUMBER, colleague.id, person_id=row.person_id, about=row.token, why=why)
    found = [phones.domestic(one) for one in _A_NUMBER.findall(row.words or "")]
    person = people_kept.get(tx, row.person_id) if row.person_id is not None else None
    contact = (person.contact or {}) if person is not None else {}
    found += [phones.domestic(contact["phone"])] if contact.get("phone") else []
    found += [contact["post"]] if contact.get("post") else []
    address = addresses.get(tx, row.address_id).address if row.address_id is not None else None
    found += [phones.domestic(address)] if address and address.startswith("+") else []
    return list(dict.fromkeys(found))


def team(tx: Tx) -> list[Record]:
    """Colleagues who may do a task."""
    return handling.team(tx)


def take(tx: Tx, colleague: Colleague, row: Record, now: datetime) -> None:
    """They will do it. Raises AlreadyDone."""
    _assign(tx, colleague, row, colleague.id, colleague.name, "", now)


def hand(tx: Tx, colleague: Colleague, row: Record, to: str, words: str, now: datetime) -> bool:
    """The colleague of that token is to do it. False where there is none who may see it. Raises AlreadyDone."""
    chosen = next((one for one in team(tx) if one.token == to), None)
    if chosen is None or find(tx, known(tx, chosen), row.token) is None:
        return False
    _assign(tx, colleague, row, chosen.id, chosen.name, words, now)
    return True


def _assign(tx: Tx, colleague: Colleague, row: Record, staff_id: int, to_name: str, words: str, now: datetime) -> None:
    before = staff.names(tx, {row.assigned_to}).get(row.assigned_to, "") if row.assigned_to is not None else ""
    what = "took it" if staff_id == colleague.id else f"handed it to {to_name}"
    _change(tx, row, colleague, now, what, words, {"assigned_to": staff_id})
    _record(tx, now, Act.TASK_CHANGED, colleague, row, assigned_to=[before, to_name])


def put_off(
    tx: Tx, colleague: Colleague, row: Record, until: date, why: str, now: datetime, organisation: Organisation
) -> None:
    """It is to be done by another day. Raises AlreadyDone."""
    _until(tx, colleague, row, until, "gave it another day", why, now, organisation)


def tried(
    tx: Tx, colleague: Colleague, row: Record, again: date, words: str, now: datetime, organisation: Organisation
) -> None:
    """Nobody answered: it is tried again on that day. Raises AlreadyDone."""
    _until(tx, colleague, row, again, "got no answer", words, now, organisation)


def _until(
    tx: Tx,
    colleague: Colleague,
    row: Record,
    day: date,
    what: str,
    words: str,
    now: datetime,
    organisation: Organisation,
) -> None:
    due_at = by_when.closing(day, organisation)
    _change(tx, row, colleague, now, what, words, {"due_at": due_at})
    _record(tx, now, Act.TASK_CHANGED, colleague, row, due_at=[row.due_at.isoformat(), due_at.isoformat()], what=what)


def done(tx: Tx, colleague: Colleague, row: Record, result: str, now: datetime) -> None:
    """It is done, with this result. Raises AlreadyDone."""
    closed = {"closed_at": now, "closed_by": colleague.id, "result": safe(result)}
    _change(tx, row, colleague, now, "did it", "", closed)
    _record(tx, now, Act.TASK_CLOSED, colleague, row, kind=row.kind, closed_by=[None, colleague.name])


def add(
    tx: Tx,
    colleague: Colleague,
    person: Record,
    kind: TaskKind,
    words: str,
    until: date,
    now: datetime,
    organisation: Organisation,
) -> str | None:
    """A call, a letter or something to print for somebody, by that day. The task's name; None for who has left."""
    if person.state != PersonState.MEMBER or kind not in FOR_SOMEBODY:
        return None
    name = token()
    tasks.add(
        tx,
        token=name,
        kind=kind,
        person_id=person.id,
        words=safe(words),
        opened_at=now,
        due_at=by_when.closing(until, organisation),
        history=[_as_kept(Step(now, colleague.name, "asked for it"))],
    )
    audit.record(tx, now, Act.TASK_ADDED, colleague.id, person_id=person.id, about=name, kind=kind)
    return name


def _change(
    tx: Tx, row: Record, colleague: Colleague, now: datetime, what: str, words: str, values: Mapping[str, Any]
) -> None:
    if row.closed_at is not None:
        raise AlreadyDone
    steps = [*(row.history or ()), _as_kept(Step(now, colleague.name, what, safe(words)))]
    tasks.change(tx, row.id, {**values, "history": steps})


def _as_kept(step: Step) -> dict[str, str]:
    return {"at": step.at.isoformat(), "by": step.by, "what": step.what, "words": step.words}


def _record(tx: Tx, now: datetime, act: Act, colleague: Colleague, row: Record, **details: Any) -> None:
    audit.record(tx, now, act, colleague.id, person_id=row.person_id, about=row.token, **details)
