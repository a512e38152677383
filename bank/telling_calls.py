"""Who does not text is told by a call or a letter of ours: one, with all of it. What they say is typed in there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bank import audit, rota, telling_answers
from bank.audit import Act
from bank.colleague import Colleague
from bank.commitment_confirmed import TheirOwn
from bank.invitations import By
from bank.organisation import Organisation
from bank.telling_answers import Says
from bank.telling_facts import asks
from bank.telling_words import aloud
from bank.tokens import token
from language.normal import safe
from language.wording import SOURCE_LANGUAGE
from storage import commitments, people, tasks, tellings
from storage.commitments import TellingState
from storage.picking import Way
from storage.schema import Record
from storage.store import Tx
from storage.tasks import TaskKind
from storage.told import How

_WORKING_DAYS = 5
_DO: Mapping[str, str] = {Way.CALL: "Ring them and say:", Way.LETTER: "Print this and send it to them:"}
_KINDS: Mapping[str, TaskKind] = {Way.CALL: TaskKind.CALL, Way.LETTER: TaskKind.LETTER}
_ENTER = "Enter what they say to it."
_NOT_DELIVERED = "Our text did not reach them."


@dataclass(frozen=True, slots=True)
class ToSay:
    """One thing that they are told: `asks` is "meant", "done" or nothing; `answer` what they said, if they did."""

    token: str
    title: str
    words: str
    asks: str
    answer: str


def ask(tx: Tx, person: Record, going: Sequence[Record], way: str, now: datetime, organisation: Organisation) -> int:
    """Have somebody tell them all of it, by a call or a letter; the id of the task."""
    language = person.language or SOURCE_LANGUAGE
    said = [one.words for one in _to_say(tx, going, language, organisation)]
    return _task(tx, person, going, way, "\n".join((_DO[way], "", *said, "", _ENTER)), now, organisation)


def ring(tx: Tx, person: Record, lost: Sequence[Record], now: datetime, organisation: Organisation) -> int:
    """A text did not reach them: somebody rings them instead."""
    language = person.language or SOURCE_LANGUAGE
    said = [one.words for one in _to_say(tx, lost, language, organisation)]
    words = "\n".join((f"{_NOT_DELIVERED} {_DO[Way.CALL]}", "", *said, "", _ENTER))
    return _task(tx, person, lost, Way.CALL, words, now, organisation)


def _task(
    tx: Tx, person: Record, rows: Sequence[Record], way: str, words: str, now: datetime, organisation: Organisation
) -> int:
    kind = _KINDS[way]
    due = rota.working_days_after(now.astimezone(organisation.zone).date(), _WORKING_DAYS, organisation)
    task_id = tasks.add(
        tx,
        token=token(),
        kind=kind,
        person_id=person.id,
        telling_id=rows[0].id,
        words=words,
        owner=organisation.owners.get(kind),
        opened_at=now,
        due_at=due,
    )
    tellings.change(tx, [one.id for one in rows], {"state": TellingState.RUNG, "told_at": now})
    return task_id


def _to_say(tx: Tx, rows: Sequence[Record], language: str, organisation: Organisation) -> list[ToSay]:
    known = commitments.these(tx, {one.commitment_id for one in rows})
    found = []
    for one in rows:
        row = known[one.commitment_id]
        words = aloud(tx, row, one, language, organisation)
        title = (row.words.get("title") or {}).get(SOURCE_LANGUAGE, "")
        found.append(ToSay(one.token, title, words, asks(one), one.answer or ""))
    return found


def of_task(tx: Tx, task: Record, organisation: Organisation) -> list[ToSay]:
    """What somebody is told by this call or letter, in their language; empty where it tells nothing of this kind."""
    rows = tellings.by_task(tx, task.id) if task.telling_id is not None else []
    language = people.get(tx, rows[0].person_id).language if rows else SOURCE_LANGUAGE
    return _to_say(tx, rows, language or SOURCE_LANGUAGE, organisation)


def enter(
    tx: Tx,
    colleague: Colleague,
    task: Record,
    said: Mapping[str, tuple[str, str]],
    how: How,
    now: datetime,
    organisation: Organisation,
) -> int:
    """Keep what they said: by the name of each thing, their answer (yes, no, cannot_tell or nothing) and their words.

    Returns of how many things they said something. Raises TheirOwn, with the name of the thing.
    """
    person, kept = people.get(tx, task.person_id), 0
    by = By(None, colleague.id, how)
    for one in tellings.by_task(tx, task.id):
        answer, words = said.get(one.token, ("", ""))
        if answer or words:
            says = Says(tx, one, person, now, organisation, by, safe(words).strip())
            _take(says, answer)
            kept += 1
    audit.record(tx, now, Act.ANSWER_ENTERED, colleague.id, person_id=person.id, about=task.token, how=how, told=kept)
    return kept


def _take(says: Says, answer: str) -> None:
    try:
        telling_answers.take(says, answer)
    except TheirOwn:
        raise TheirOwn(says.telling.token) from None
