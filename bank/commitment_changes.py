"""What becomes of a commitment once it is promised: its day, its owner, that it is done, that it will not be kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bank.colleague import Colleague
from bank.commitment_check import WrongState, why_not_by
from bank.commitment_note import note
from bank.commitment_owner import able, token_of
from bank.commitment_tellings import happened
from bank.commitment_words import tidy
from bank.lacking import NotReady
from bank.organisation import Organisation
from language.wording import SOURCE_LANGUAGE
from storage import commitments
from storage.commitments import CommitmentState, Event, What
from storage.schema import Record
from storage.store import Tx

_WITH_OWNER = frozenset(CommitmentState) - {CommitmentState.STOPPED}
Wording = Mapping[str, str]


def move(
    tx: Tx, colleague: Colleague, row: Record, due: date | None, why: Wording, now: datetime, organisation: Organisation
) -> Record:
    """It is to be done by another day; everybody whom it concerns is told why. The first day stays on record.

    `why` is by language, and read by people. Raises NotReady, WrongState.
    """
    row = _open(tx, row)
    lacks = dict(_no_reason(why, "Say why the day is moved"))
    wrong = why_not_by(due, now, organisation)
    if due is not None and due.isoformat() == row.due_on:
        wrong = "It is to be done by that day already"
    if wrong is not None:
        lacks["due"] = wrong
    if lacks or due is None:
        raise NotReady(lacks)
    kept = _changed(tx, row, now, due_on=due.isoformat(), nagged_at=None)
    note(tx, kept, What.MOVED, now, colleague, before=row.due_on, after=kept.due_on, why=_tidy(why))
    happened(tx, kept, Event.MOVED, now)
    return kept


def hand_over(tx: Tx, colleague: Colleague, row: Record, owner: str, now: datetime) -> Record:
    """Another colleague sees to it from now on: their token. Raises NotReady, WrongState."""
    row = commitments.locked(tx, row.id)
    if row.state not in _WITH_OWNER:
        raise WrongState
    to = able(tx, owner)
    if to is None:
        raise NotReady({"owner": "Choose who sees to it"})
    if to.id == row.owner_id:
        return row
    kept = _changed(tx, row, now, owner_id=to.id, nagged_at=None)
    note(tx, kept, What.OWNER, now, colleague, before=token_of(tx, row), after=token_of(tx, kept))
    return kept


def done(tx: Tx, colleague: Colleague, row: Record, outcome: Wording, now: datetime) -> Record:
    """We say that it is done, and what was done: those who said it are asked whether it is so.

    `outcome` is by language, and read by people. Raises NotReady, WrongState.
    """
    row = _open(tx, row)
    if lacks := dict(_no_reason(outcome, "Say what was done", "outcome")):
        raise NotReady(lacks)
    told = _tidy(outcome)
    said = {"words": {**row.words, "outcome": told}, "done_at": now, "done_by": colleague.id}
    kept = _changed(tx, row, now, state=CommitmentState.DONE, **said)
    note(tx, kept, What.DONE, now, colleague, why=told)
    happened(tx, kept, Event.DONE, now)
    return kept


def stop(tx: Tx, colleague: Colleague, row: Record, why: Wording, now: datetime) -> Record:
    """It will not be kept after all; everybody whom it concerns is told why. Raises NotReady, WrongState."""
    row = _open(tx, row)
    if lacks := dict(_no_reason(why, "Say why it will not be kept")):
        raise NotReady(lacks)
    kept = _changed(tx, row, now, state=CommitmentState.STOPPED, settled_at=now)
    note(tx, kept, What.STOPPED, now, colleague, why=_tidy(why))
    happened(tx, kept, Event.STOPPED, now)
    return kept


def _open(tx: Tx, row: Record) -> Record:
    """As it stands now, and nobody else changes it meanwhile. Raises WrongState."""
    found = commitments.locked(tx, row.id)
    if found.state != CommitmentState.OPEN:
        raise WrongState
    return found


def _no_reason(words: Wording, says: str, name: str = "why") -> list[tuple[str, str]]:
    return [] if words.get(SOURCE_LANGUAGE, "").strip() else [(f"{name}-{SOURCE_LANGUAGE}", says)]


def _tidy(words: Wording) -> dict[str, str]:
    return tidy({"outcome": words}).get("outcome", {})


def _changed(tx: Tx, row: Record, now: datetime, **values: Any) -> Record:
    return commitments.change(tx, row.id, {**values, "changed_at": now})
