"""Letting a broadcast go, and what can still be done about it then: hold it, let it go on, take the rest back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bank import approvals, audit, broadcasts, projects
from bank.audit import Act
from bank.broadcast_about import expires_at, meeting_of, project_of
from bank.broadcast_check import Check, Manners, any_manner, check
from bank.broadcast_draft import WRITTEN, Draft, approval_words, draft_of, write
from bank.broadcast_words import values_of
from bank.colleague import Colleague
from bank.handling import CannotDo
from bank.lacking import NotYet
from bank.organisation import Organisation
from storage import broadcasts as kept
from storage import picking
from storage.broadcasts import BroadcastKind, BroadcastState
from storage.queueing import TEXTED
from storage.schema import Record
from storage.store import Tx

_GOES = (BroadcastState.QUEUEING, BroadcastState.GOING)
_POSTS = {
    "second": "A second person has to say yes to it first.",
    "staff_chair": "The co-chair from the team has to say yes to it first.",
    "member_chair": "The co-chair with lived experience has to say yes to it first.",
}


def ask_approval(
    tx: Tx,
    colleague: Colleague | None,
    row: Record,
    now: datetime,
    organisation: Organisation,
    *,
    manners: Manners = any_manner,
) -> list[Record]:
    """Ask whoever has to say yes and has not. Returns whom was asked; none: it may go. Raises NotYet, CannotDo."""
    _must_be_written(row)
    found = check(tx, row, now, organisation, manners=manners)
    if found.mend:
        raise NotYet(found.mend)
    if not found.missing:
        return []
    subject, words = approvals.subject_of(row), approval_words(tx, row, organisation)
    asked = approvals.ask(tx, colleague, subject, row.id, words, found.missing, now, organisation)
    _change(tx, colleague, row, now, {"state": BroadcastState.WAITING})
    return asked


def let_go(
    tx: Tx,
    colleague: Colleague | None,
    row: Record,
    now: datetime,
    organisation: Organisation,
    *,
    manners: Manners = any_manner,
    prices: Mapping[str, int] | None = None,
) -> Record:
    """It goes at its time. What stands for its placeholders, and what was counted, are kept as they are now.

    Raises NotYet where something is to be mended or approved first, and CannotDo where it was let go already.
    """
    _must_be_written(row)
    found = check(tx, row, now, organisation, manners=manners, prices=prices)
    reasons = (*found.mend, *(_POSTS[post] for post in found.missing))
    if reasons:
        raise NotYet(reasons)
    due = max(row.due_at, now)
    changed = {
        "state": BroadcastState.QUEUEING,
        "due_at": due,
        "expires_at": expires_at(tx, row, due),
        "counted": _counted(tx, row, found, organisation),
        "sent_by": colleague.id if colleague is not None else None,
        "let_go_at": now,
    }
    if row.corrects_id is not None:
        _take_back_the_wrong_one(tx, colleague, row.corrects_id, now)
    return _change(tx, colleague, row, now, changed, people=found.preview.reached)


def _take_back_the_wrong_one(tx: Tx, colleague: Colleague | None, broadcast_id: int, now: datetime) -> None:
    """What has not gone of it does not go: they would read what is wrong after the others read what is right."""
    row = kept.get(tx, broadcast_id)
    if row.state != BroadcastState.CANCELED and broadcasts.is_unfinished(tx, row):
        cancel(tx, colleague, row, now)


def _must_be_written(row: Record) -> None:
    if row.state not in WRITTEN:
        raise CannotDo("It was let go already.")


def _counted(tx: Tx, row: Record, found: Check, organisation: Organisation) -> dict[str, Any]:
    """The figures of the check, who is the last who may get it, and what stands for the placeholders by language."""
    project, meeting = project_of(tx, row), meeting_of(tx, row)
    counted = found.preview
    return {
        "people": counted.people,
        "texted": sum(counted.ways.get(way, 0) for way in TEXTED),
        "ways": {str(way): number for way, number in counted.ways.items()},
        "left": {str(why): number for why, number in counted.left.items()},
        "by_language": [[str(way), tag, number] for (way, tag), number in counted.by_language.items()],
        "tenths": found.tenths,
        "values": {tag: values_of(organisation, project, tag, meeting) for tag in row.words},
    }


def hold(tx: Tx, colleague: Colleague | None, row: Record, now: datetime) -> Record:
    """Nothing more of it is claimed, from this transaction on. Raises CannotDo."""
    if row.state not in _GOES:
        raise CannotDo("It is not being sent.")
    return _change(tx, colleague, row, now, {"state": BroadcastState.HELD})


def release(tx: Tx, colleague: Colleague | None, row: Record, now: datetime, ceiling: int | None = None) -> Record:
    """It goes on, up to this ceiling, or to the one that it had. Raises CannotDo.

    What is not released at once is, a few thousand rows at a time, by the clock.
    """
    if row.state != BroadcastState.HELD:
        raise CannotDo("It is not held.")
    most = row.ceiling if ceiling is None else ceiling
    if most is not None and row.spent >= most:
        raise CannotDo("It has cost as much as it may. Set a higher limit to send the rest.")
    broadcasts.release(tx, row.id, most)
    return _change(tx, colleague, row, now, {"state": BroadcastState(kept.get(tx, row.id).state)})


def cancel(tx: Tx, colleague: Colleague | None, row: Record, now: datetime) -> Record:
    """Whatever of it has not gone does not go, from this transaction on. Raises CannotDo."""
    if row.state == BroadcastState.CANCELED:
        raise CannotDo("It was cancelled already.")
    after = _change(tx, colleague, row, now, {"state": BroadcastState.CANCELED})
    broadcasts.cancel(tx, row.id, now)
    if row.kind == BroadcastKind.OUTCOME and row.project_id is not None and not picking.anybody_got(tx, row.id):
        projects.not_told(tx, colleague, row.project_id, row.id, now)
    return after


def correct(tx: Tx, colleague: Colleague | None, row: Record, now: datetime) -> Record:
    """A new draft for exactly those who got it, once. Its words are still to be written. Raises CannotDo."""
    if row.let_go_at is None:
        raise CannotDo("It has not been sent. Change its words instead.")
    if kept.correction_of(tx, row.id) is not None:
        raise CannotDo("A correction of it is there already. One is all that people get.")
    before = draft_of(row)
    draft = Draft(
        f"Correction: {before.name}",
        {},
        BroadcastKind.CORRECTION,
        before.project,
        promotion=before.promotion,
        corrects=row.id,
        meeting=before.meeting,
    )
    return write(tx, colleague, draft, now)


def _change(
    tx: Tx, colleague: Colleague | None, row: Record, now: datetime, values: Mapping[str, Any], **told: Any
) -> Record:
    by = colleague.id if colleague is not None else None
    state = [row.state, values["state"].value]
    audit.record(tx, now, Act.BROADCAST_CHANGED, by, about=row.token, state=state, **told)
    kept.change(tx, row.id, values)
    return kept.get(tx, row.id)
