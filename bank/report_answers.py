"""Replies: what we asked people and they answered, what they asked us, and how long each took."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from statistics import median

from bank.number import TOO_FEW, Unit, bounded, said
from bank.report_scope import Scope
from bank.report_section import Section, counted
from bank.suppression import published
from storage import invited_lately, promised_answers
from storage.questions import QuestionState
from storage.schema import Record
from storage.store import Tx

_HOUR, _DAY = 3600, 86_400


def sections(tx: Tx, scope: Scope) -> list[Section]:
    return [_invitations(tx, scope), _questions(tx, scope)]


def _invitations(tx: Tx, scope: Scope) -> Section:
    """What we asked: to projects, to meetings, and for a choice."""
    people: dict[str, set[int]] = {month: set() for month in scope.months}
    waits: dict[str, list[float]] = {month: [] for month in scope.months}
    asked: dict[str, int] = dict.fromkeys(scope.months, 0)
    for person_id, at, answered_at in invited_lately.asked(tx, scope.begins, scope.ends):
        month = scope.month_of(at)
        people[month].add(person_id)
        asked[month] += 1
        if answered_at is not None and answered_at < scope.now:
            waits[month].append((answered_at - at).total_seconds() / _HOUR)
    breakdowns = {month: {month: asked_then} for month, asked_then in people.items()}
    lines = published(set().union(*people.values()), {}, breakdowns, scope.smallest).breakdowns
    rows = []
    for month in scope.months:
        enough = len(people[month]) >= scope.smallest
        share = bounded(len(waits[month]), asked[month], scope.smallest) if enough else ""
        after = f"{median(waits[month]):.0f} hours" if enough and len(waits[month]) >= scope.smallest else ""
        rows.append((month, counted(lines[month][month].total), share, after))
    return Section(
        "invitations",
        "What we asked people",
        "Invitations to projects and meetings, and questions to many. The time is that of the answer in the middle.",
        ("Month", "People we asked", "Answered", "After"),
        tuple(rows),
    )


def _questions(tx: Tx, scope: Scope) -> Section:
    by_month: Mapping[str, list[Record]] = {month: [] for month in scope.months}
    for row in promised_answers.asked(tx, scope.begins, scope.ends):
        by_month[scope.month_of(row.opened_at)].append(row)
    return Section(
        "questions",
        "What people asked us",
        "Questions that a person of ours has to answer. The time is that of the answer in the middle.",
        ("Month", "Asked", "Answered", "By itself, to be checked", "Closed without an answer", "Open", "After"),
        tuple((month, *_answered(rows, scope.now)) for month, rows in by_month.items()),
        line=tuple((month, float(len(rows))) for month, rows in by_month.items()),
    )


def _answered(rows: list[Record], now: datetime) -> tuple[str, ...]:
    answered = [row for row in rows if row.state == QuestionState.ANSWERED and row.had_at is not None]
    by_itself, closed = (
        sum(row.state == state for row in rows) for state in (QuestionState.AUTOMATIC, QuestionState.CLOSED)
    )
    left = len(rows) - len(answered) - by_itself - closed
    days = [(row.had_at - row.opened_at).total_seconds() / _DAY for row in answered if row.had_at <= now]
    return (
        str(len(rows)),
        str(len(answered)),
        str(by_itself),
        str(closed),
        str(left),
        said(median(days), Unit.DAYS, len(days)) if days else TOO_FEW if rows else "",
    )
