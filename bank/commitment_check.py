"""Whether a commitment may be promised: what it lacks, in plain words, each by the field where it is put right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bank import rota
from bank.by_when import why_not_then
from bank.organisation import Organisation
from language.dates import day
from language.wording import SOURCE_LANGUAGE
from storage.commitments import CommitmentKind
from storage.schema import Record

_ENTER = {
    "title": "Enter a short title",
    "heard": "Enter what you heard",
    "will": "Enter what you will do",
    "why": "Enter why you can't",
}


class WrongState(Exception):
    """It does not stand so that this can be done; a colleague may have been quicker."""


def lacks(row: Record, now: datetime, organisation: Organisation) -> dict[str, str]:
    """What must be put right before it may be promised, by field; empty: nothing."""
    return dict(_lacks(row, now, organisation))


def _lacks(row: Record, now: datetime, organisation: Organisation) -> Iterator[tuple[str, str]]:
    cannot = row.kind == CommitmentKind.CANNOT
    for name in ("title", "heard", "why" if cannot else "will"):
        if not (row.words.get(name) or {}).get(SOURCE_LANGUAGE):
            yield f"{name}-{SOURCE_LANGUAGE}", _ENTER[name]
    if cannot:
        return
    if row.owner_id is None:
        yield "owner", "Choose who sees to it"
    due = date.fromisoformat(row.due_on) if row.due_on else None
    wrong = why_not_by(due, now, organisation)
    if wrong is not None:
        yield "due", wrong if due is not None else "Enter by when, such as 29 1 2027"


def why_not_by(due: date | None, now: datetime, organisation: Organisation) -> str | None:
    """What is wrong with a day by which something is promised; None where nothing is."""
    wrong = why_not_then(due, now, organisation)
    if wrong is not None or due is None:
        return wrong
    if rota.is_working_day(due, organisation.hours):
        return None
    closed, instead = day(due, SOURCE_LANGUAGE), _before(due, organisation)
    return f"Nobody of ours works on {closed}. Choose a working day, such as {instead}"


def _before(due: date, organisation: Organisation) -> str:
    while not rota.is_working_day(due, organisation.hours):
        due -= timedelta(days=1)
    return day(due, SOURCE_LANGUAGE)
