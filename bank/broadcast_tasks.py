"""Calls and letters of a broadcast: whoever does not text hears of it from a person of ours, in their language."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from bank import broadcast_words, rota
from bank.broadcast_about import meeting_of
from bank.broadcast_words import Script, asks
from bank.organisation import Organisation
from bank.tokens import token
from language.wording import SOURCE_LANGUAGE
from storage import queueing, recipients
from storage.picking import Way
from storage.recipients import Recipient
from storage.schema import Record
from storage.store import Tx
from storage.tasks import TaskKind

_KINDS = {Way.CALL.value: TaskKind.CALL, Way.LETTER.value: TaskKind.LETTER}
_WORKING_DAYS = 5
_A_DAY, _A_WHILE = timedelta(days=1), timedelta(hours=2)
_DO = {TaskKind.CALL: "Ring them and say:", TaskKind.LETTER: "Print this and send it to them:"}
_ASK = "Enter what they answer."


def ask_for(tx: Tx, row: Record, others: Collection[Record], now: datetime, organisation: Organisation) -> None:
    """Raise a task for each of these who is to be rung or written to, with the words to say or print."""
    theirs = [other for other in others if other.way in _KINDS]
    if not theirs:
        return
    meeting = meeting_of(tx, row)
    script = Script.let_go(row, organisation, meeting).aloud()
    people = recipients.known(tx, [other.person_id for other in theirs])
    due = _due(row, meeting, now, organisation)
    ids = queueing.add_tasks(
        tx,
        [
            _task(row, script, other, people.get(other.person_id), organisation) | {"opened_at": now, "due_at": due}
            for other in theirs
        ],
    )
    if asks(row):
        asked = zip(theirs, ids, strict=True)
        queueing.invite(tx, [_invitation(row, other.person_id, task_id, now) for other, task_id in asked])


def _due(row: Record, meeting: Record | None, now: datetime, organisation: Organisation) -> datetime:
    """Within five working days, before it is of no use any more, and a day before the meeting where there is time."""
    due = rota.working_days_after(now.astimezone(organisation.zone).date(), _WORKING_DAYS, organisation)
    due = min(due, max(now + _A_WHILE, meeting.starts_at - _A_DAY)) if meeting is not None else due
    return min(due, row.expires_at) if row.expires_at is not None else due


def _task(
    row: Record, script: Script, other: Record, who: Recipient | None, organisation: Organisation
) -> dict[str, Any]:
    kind = _KINDS[other.way]
    return {
        "token": token(),
        "kind": kind,
        "person_id": other.person_id,
        "broadcast_id": row.id,
        "meeting_id": row.meeting_id,
        "words": to_say(row, script, kind, other, who, organisation),
        "owner": organisation.owners.get(kind),
    }


def to_say(
    row: Record, script: Script, kind: TaskKind, other: Record, who: Recipient | None, organisation: Organisation
) -> str:
    """What a colleague does, and the words for it."""
    tag = broadcast_words.tag_for(row, other.language or SOURCE_LANGUAGE, organisation, plain=bool(other.plain))
    name, form = (who.name, who.format) if who is not None else (None, None)
    worded = script.for_one(tag, name, form, sms=False)
    lines = [_DO[kind], "", worded.text, *(label for _id, label in worded.options)]
    return "\n".join([*lines, "", _ASK] if worded.options else lines)


def _invitation(row: Record, person_id: int, task_id: int, now: datetime) -> dict[str, Any]:
    return {
        "token": token(),
        "broadcast_id": row.id,
        "project_id": row.project_id,
        "meeting_id": row.meeting_id,
        "person_id": person_id,
        "task_id": task_id,
        "invited_at": now,
    }
