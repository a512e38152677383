"""What an approval is about: a broadcast, a commitment, or a version of what is agreed together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bank import broadcast_words, commitment_words
from bank.broadcast_about import project_of
from bank.organisation import Organisation
from storage import broadcasts, commitment_list, commitments, projects, terms
from storage.approvals import Subject
from storage.schema import Record
from storage.store import Tx

OF_BROADCASTS = frozenset({Subject.BROADCAST, Subject.INVITATION})


@dataclass(frozen=True, slots=True)
class Matter:
    """What is approved: its token, its words (language to text), whose project it is of, and who wrote it.

    Of a commitment the words are put together as they read (`shown`): there are none here.
    """

    token: str
    wording: Mapping[str, str]
    project: Record | None
    written_by: int | None


def matter(tx: Tx, subject: Subject, subject_id: int) -> Matter:
    if subject in OF_BROADCASTS:
        row = broadcasts.get(tx, subject_id)
        return Matter(row.token, broadcast_words.whole(row), project_of(tx, row), row.staff_id)
    if subject is Subject.LEDGER:
        row = commitments.get(tx, subject_id)
        return Matter(row.token, {}, _project(tx, row), commitment_list.writer(tx, row.id))
    row = terms.get(tx, subject_id)
    return Matter(row.token, row.words, _project(tx, row), row.made_by)


def _project(tx: Tx, row: Record) -> Record | None:
    return projects.get(tx, row.project_id) if row.project_id is not None else None


def shown(
    tx: Tx, subject: Subject, subject_id: int, wording: Mapping[str, str], organisation: Organisation
) -> dict[str, str]:
    """What is read of it, by language: of a commitment both halves put together."""
    if subject is Subject.LEDGER:
        return commitment_words.shown(commitments.get(tx, subject_id), organisation)
    return dict(wording)
