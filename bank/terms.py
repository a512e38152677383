"""What the people of a project agree together: its terms, the agenda, its commitments. Each version is kept as it was.

A version is agreed when every co-chair of the project said yes to exactly these words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bank import approvals, audit
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.tokens import token
from storage import terms
from storage.approvals import Post, Subject
from storage.schema import Record
from storage.store import Tx

KINDS = (Subject.TERMS, Subject.AGENDA, Subject.COMMITMENT)
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Version:
    """One version, what each co-chair said of it last (None: nothing yet), and all that was said of it."""

    row: Record
    standing: Mapping[Post, bool | None]
    history: list[Record]

    @property
    def is_agreed(self) -> bool:
        return bool(self.standing) and all(self.standing.values())


def exact(row: Record) -> str:
    """The words in every language, as an approval of them is about."""
    return json.dumps(row.words, sort_keys=True, ensure_ascii=False)


def write(
    tx: Tx, colleague: Colleague, project: Record, kind: Subject, words: Mapping[str, str], now: datetime
) -> Record:
    """The next version, by language to text; the newest as it is, where the words are the same."""
    before = terms.of(tx, project.id, kind)
    wording = {language: text for language, text in words.items() if text}
    if before and before[0].words == wording:
        return before[0]
    row = terms.add(
        tx,
        token=token(),
        project_id=project.id,
        kind=kind,
        version=before[0].version + 1 if before else 1,
        words=wording,
        made_by=colleague.id,
        made_at=now,
    )
    told = {"kind": kind, "version": row.version, "project": project.token}
    audit.record(tx, now, Act.TERMS_ADDED, colleague.id, about=row.token, **told)
    return row


def versions(tx: Tx, project: Record, kind: Subject) -> list[Version]:
    """All of that kind, newest first."""
    return [_version(tx, project, row) for row in terms.of(tx, project.id, kind)]


def _version(tx: Tx, project: Record, row: Record) -> Version:
    said = approvals.standing(tx, Subject(row.kind), row.id, exact(row))
    theirs = {post: said[post] for post in approvals.chairs(project)}
    return Version(row, theirs, approvals.history(tx, Subject(row.kind), row.id))


def ask(
    tx: Tx, colleague: Colleague, project: Record, row: Record, now: datetime, organisation: Organisation
) -> list[Record]:
    """Ask those of the co-chairs who have not said yes to these words."""
    version = _version(tx, project, row)
    posts = [post for post, given in version.standing.items() if not given]
    return approvals.ask(tx, colleague, Subject(row.kind), row.id, exact(row), posts, now, organisation)
