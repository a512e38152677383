"""Commitments: "You said, we will". What we heard, what we will do because of it or why we can't, who, and by when.

Nothing is promised before it is approved (`commitment_approval`), and nothing that was promised is taken away: every
change stays (`commitment_changes`), and only those who said it say that it is kept (`commitment_confirmed`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bank import audit, commitment_approval, commitment_sources
from bank.audit import Act
from bank.colleague import Colleague
from bank.commitment_check import WrongState
from bank.commitment_confirmed import confirmed as confirmed
from bank.commitment_note import note
from bank.commitment_owner import able, token_of
from bank.commitment_sources import Answered
from bank.commitment_tellings import happened as happened
from bank.commitment_words import Written, exact, tidy
from bank.organisation import Organisation
from bank.tokens import token
from storage import askings, commitments, meetings, projects
from storage.approvals import Subject
from storage.commitments import CommitmentKind, CommitmentState, What
from storage.schema import Record
from storage.staff import EVERYWHERE
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Draft:
    """What a colleague writes. `words` is by name (title, heard, will, why), then by language.

    `project`, `meeting` and `owner` are tokens; empty: none. `answers` are of feedback, each a number and its question;
    `people` are tokens of those who said it, among those who came to the meeting.
    """

    words: Mapping[str, Mapping[str, str]]
    kind: CommitmentKind = CommitmentKind.WILL
    due_on: date | None = None
    owner: str = ""
    project: str = ""
    meeting: str = ""
    answers: tuple[tuple[int, str], ...] = ()
    people: tuple[str, ...] = ()

    @property
    def written(self) -> Written:
        """As it reads."""
        return Written(self.kind.value, tidy(self.words), self.due_on.isoformat() if self.due_on else None)


def project_of(tx: Tx, row: Record) -> str:
    """The token of its project, for what a colleague may do; empty where it is of none."""
    return str(projects.get(tx, row.project_id).token) if row.project_id is not None else EVERYWHERE


def make(tx: Tx, colleague: Colleague, draft: Draft, now: datetime) -> Record:
    """A new draft, of which nobody outside the team hears yet. Raises NotReady for answers or people not theirs."""
    answers = commitment_sources.answered(tx, colleague, draft.answers)
    meeting = meetings.by_token(tx, draft.meeting) if draft.meeting else _only_meeting(tx, answers)
    said = commitment_sources.chosen(tx, colleague, meeting, draft.people)
    row = commitments.add(
        tx,
        token=token(),
        state=CommitmentState.DRAFT,
        meeting_id=meeting.id if meeting is not None else None,
        project_id=_project_id(tx, draft, meeting, answers),
        created_by=colleague.id,
        created_at=now,
        changed_at=now,
        **_columns(tx, draft),
    )
    commitment_sources.keep(tx, row, answers, said, now)
    note(tx, row, What.MADE, now, colleague)
    return row


def change(
    tx: Tx, colleague: Colleague, row: Record, draft: Draft, now: datetime, organisation: Organisation
) -> Record:
    """Write it anew, as long as it is not promised. Where its words were asked about, these are asked about anew.

    Its meeting, project and answers stay. Raises WrongState, and NotReady as `make` and `ask` do.
    """
    if row.state not in commitment_approval.UNPROMISED:
        raise WrongState
    meeting = meetings.get(tx, row.meeting_id) if row.meeting_id is not None else None
    said = commitment_sources.chosen(tx, colleague, meeting, draft.people)
    commitment_sources.keep(tx, row, (), said, now)
    kept = commitments.change(tx, row.id, {**_columns(tx, draft), "changed_at": now})
    if kept.owner_id != row.owner_id:
        note(tx, kept, What.OWNER, now, colleague, before=token_of(tx, row), after=token_of(tx, kept))
    if exact(kept) == exact(row):
        return kept
    note(tx, kept, What.WORDS, now, colleague)
    if row.state == CommitmentState.WAITING:
        askings.close(tx, Subject.LEDGER, row.id, now)
        return commitment_approval.ask(tx, colleague, kept, now, organisation)
    return kept


def may_remove(row: Record, changes: Sequence[Record]) -> bool:
    """Whether it is a draft that nobody was ever asked about."""
    return row.state == CommitmentState.DRAFT and all(one.what != What.ASKED for one in changes)


def remove(tx: Tx, colleague: Colleague, row: Record, now: datetime) -> None:
    """Throw a draft away; that it was there stays on record. Raises WrongState where somebody was asked about it."""
    if not may_remove(row, commitments.changes(tx, row.id)):
        raise WrongState
    commitments.remove(tx, row.id)
    audit.record(tx, now, Act.COMMITMENT_REMOVED, colleague.id, about=row.token)


def _columns(tx: Tx, draft: Draft) -> dict[str, Any]:
    cannot = draft.kind is CommitmentKind.CANNOT
    words = {name: wording for name, wording in draft.words.items() if name != ("will" if cannot else "why")}
    owner = able(tx, draft.owner)
    return {
        "words": tidy(words),
        "kind": draft.kind.value,
        "owner_id": owner.id if owner is not None else None,
        "due_on": draft.due_on.isoformat() if draft.due_on is not None and not cannot else None,
    }


def _only_meeting(tx: Tx, answers: list[Answered]) -> Record | None:
    """The meeting that all of these answers are about."""
    found = {one.meeting_id for one in answers}
    (only,) = found if len(found) == 1 else (None,)
    return meetings.get(tx, only) if only is not None else None


def _project_id(tx: Tx, draft: Draft, meeting: Record | None, answers: list[Answered]) -> int | None:
    """The project that is named, else its meeting's, else the one that all of these answers are of."""
    named = projects.by_token(tx, draft.project) if draft.project else None
    if named is not None:
        return int(named.id)
    if meeting is not None:
        return None if meeting.project_id is None else int(meeting.project_id)
    found = {one.project_id for one in answers}
    return found.pop() if len(found) == 1 else None
