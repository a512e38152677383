"""Drafts: a broadcast as it is written, until it is let go."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

from bank import audit
from bank.audit import Act
from bank.broadcast_about import meeting_of, project_of
from bank.broadcast_words import Script
from bank.colleague import Colleague
from bank.handling import CannotDo
from bank.organisation import Organisation
from bank.tokens import token
from storage import broadcasts
from storage.broadcasts import BroadcastKind, BroadcastState, WhenCapped
from storage.outbox import Priority
from storage.schema import Record
from storage.store import Tx

WRITTEN = (BroadcastState.DRAFT, BroadcastState.WAITING)
_ASKING = (BroadcastKind.INVITATION, BroadcastKind.CORRECTION)

Wording = Mapping[str, str]
# The rule of a draft for which nobody is chosen yet. It picks nobody, so that no slip sends it to every member.
UNCHOSEN: Mapping[str, Any] = {"nobody_is_chosen_yet": True}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a coordinator writes and chooses.

    `name` is what colleagues call it. `words` is language to text, and each of `choices` and `parts` is too. `project`,
    `meeting` and `corrects` are ids; an invitation to a meeting has no project but that of the meeting. `rule` is as
    bank.audience.Rule writes itself down, or UNCHOSEN; None: every member. `formats` is "bsl", "audio", "easy_read" or
    "large_print" to the address of a page. `templates` is language to the token of what WhatsApp has approved, for
    people who last wrote more than a day ago. It is due at `due_at` (None: as soon as it is let go), spread over so
    many minutes, and of no use any more once `expires` has passed since it was due. `ceiling` is what it may cost in
    all, in tenths of a penny.
    """

    name: str
    words: Wording
    kind: BroadcastKind = BroadcastKind.MESSAGE
    project: int | None = None
    rule: Mapping[str, Any] | None = None
    choices: Sequence[Wording] = ()
    parts: Sequence[Wording] = ()
    formats: Mapping[str, str] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)
    when_capped: WhenCapped = WhenCapped.WAIT
    promotion: bool = False
    spread: int = 0
    due_at: datetime | None = None
    expires: timedelta | None = None
    ceiling: int | None = None
    corrects: int | None = None
    meeting: int | None = None


def write(tx: Tx, colleague: Colleague | None, draft: Draft, now: datetime) -> Record:
    """Keep a new draft. `colleague`: who writes it; None: the command line."""
    row_id = broadcasts.add(
        tx,
        token=token(),
        state=BroadcastState.DRAFT,
        staff_id=colleague.id if colleague is not None else None,
        created_at=now,
        **_values(draft, now),
    )
    row = broadcasts.get(tx, row_id)
    audit.record(tx, now, Act.BROADCAST_WRITTEN, row.staff_id, about=row.token, kind=row.kind)
    return row


def rewrite(tx: Tx, colleague: Colleague | None, row: Record, draft: Draft, now: datetime) -> Record:
    """Keep the draft as it is written now. Who approved other words has not approved these. Raises CannotDo."""
    if row.state not in WRITTEN:
        raise CannotDo("It was let go already. Its words cannot be changed any more.")
    before = draft_of(row)
    changed = sorted(one.name for one in fields(Draft) if getattr(before, one.name) != getattr(draft, one.name))
    by = colleague.id if colleague is not None else None
    # Whoever wrote it last is who cannot approve it: two people have looked, whichever of them began.
    broadcasts.change(tx, row.id, {"state": BroadcastState.DRAFT, "staff_id": by, **_values(draft, row.created_at)})
    audit.record(tx, now, Act.BROADCAST_WRITTEN, by, about=row.token, changed=changed)
    return broadcasts.get(tx, row.id)


def draft_of(row: Record) -> Draft:
    """What was written and chosen, of a broadcast in any state. A draft without a time is due when it was written."""
    return Draft(
        name=row.name or "",
        words=row.words,
        kind=BroadcastKind(row.kind),
        project=row.project_id,
        rule=row.rule,
        choices=tuple(row.choices or ()),
        parts=tuple(row.parts or ()),
        formats=row.formats or {},
        templates=row.templates or {},
        when_capped=WhenCapped(row.when_capped),
        promotion=row.promotion,
        spread=row.spread,
        due_at=None if row.due_at <= row.created_at else row.due_at,
        expires=row.expires_at - row.due_at if row.expires_at is not None else None,
        ceiling=row.ceiling,
        corrects=row.corrects_id,
        meeting=row.meeting_id,
    )


def _values(draft: Draft, written_at: datetime) -> dict[str, Any]:
    due = draft.due_at or written_at
    return {
        "name": draft.name.strip() or None,
        "words": _written(draft.words),
        "kind": draft.kind,
        "project_id": draft.project,
        "meeting_id": draft.meeting,
        "rule": dict(draft.rule) if draft.rule else None,
        "choices": [_written(one) for one in draft.choices] or None,
        "parts": [_written(one) for one in draft.parts] or None,
        "formats": _written(draft.formats) or None,
        "templates": _written(draft.templates) or None,
        "when_capped": draft.when_capped,
        "promotion": draft.promotion,
        "spread": draft.spread,
        "due_at": due,
        "expires_at": due + draft.expires if draft.expires is not None else None,
        "ceiling": draft.ceiling,
        "corrects_id": draft.corrects,
        "priority": Priority.INVITATION if draft.kind in _ASKING else Priority.BULK,
    }


def _written(words: Wording) -> dict[str, str]:
    """Without what was left empty."""
    return {tag: text.strip() for tag, text in words.items() if text.strip()}


def is_chosen(row: Record) -> bool:
    """Whether somebody has said whom it is for."""
    return bool(row.rule != UNCHOSEN)


def seen_as(tx: Tx, row: Record, organisation: Organisation) -> str:
    """A name for all that a page shows of a draft: another one as soon as anything of it is otherwise."""
    told = row.state, row.name, row.due_at, row.expires_at, row.spread, row.ceiling, row.when_capped
    whole = json.dumps([approval_words(tx, row, organisation), *(str(one) for one in told)])
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def approval_words(tx: Tx, row: Record, organisation: Organisation) -> str:
    """All that somebody says yes to: what people will read, and whom it is for. A change of it needs a new yes."""
    script = Script.now(row, organisation, project_of(tx, row), meeting_of(tx, row))
    said = {tag: script.in_words(tag, "{name}") for tag in row.words}
    about = {
        "words": {tag: [worded.text, [label for _id, label in worded.options]] for tag, worded in said.items()},
        "parts": row.parts,
        "formats": row.formats,
        "templates": row.templates,
        "rule": row.rule,
        "kind": row.kind,
        "project": row.project_id,
        "when_capped": row.when_capped,
        "promotion": row.promotion,
        "corrects": row.corrects_id,
    }
    # Only where there is one: a yes to anything else stands that was given before there were meetings.
    about |= {"meeting": row.meeting_id} if row.meeting_id is not None else {}
    return json.dumps(about, sort_keys=True, ensure_ascii=False)
