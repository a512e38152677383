"""Alarms: what was lost on its way in or out, and a person must look at."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote_plus

from bank import alerting, concerns, hold, rota
from bank.organisation import Organisation
from bank.tokens import token
from bank.visit import ABOUT_DANGER
from channels.message import Incoming
from language.danger import danger
from language.normal import safe
from storage import addresses, tasks
from storage.outbox import OutState
from storage.schema import Record
from storage.store import Tx
from storage.tasks import TaskKind

# Where a message stands of which we must suppose that nobody reads it.
LOST = frozenset({OutState.FAILED, OutState.UNKNOWN, OutState.EXPIRED})
NOT_SENT = LOST | {OutState.CANCELED}
NOT_HEARD = "Our answer to words about danger did not get through. Please reach this person another way."
# Of what nobody could read, so many characters are looked through, and shown.
_LOOKED_AT, _SHOWN = 20_000, 4_000


@dataclass(frozen=True, slots=True)
class Raised:
    """An item that asks a person of ours to read something: its kind, its name, and the concern that goes with it."""

    kind: TaskKind
    task: str
    concern_id: int | None = None


def raise_for(tx: Tx, row: Record, state: OutState, now: datetime, organisation: Organisation) -> None:
    """A message of ours has come to this state of `NOT_SENT`: whoever must know is told, where it is about danger."""
    if row.wording.startswith(hold.ALERT):
        alerting.was_lost(tx, row, now)
    elif state in LOST:
        not_heard(tx, row, now, organisation)


def not_heard(tx: Tx, row: Record, now: datetime, organisation: Organisation) -> None:
    """An answer to somebody who may be in danger was lost: raise an item, once for each such message."""
    name = hashlib.sha256(f"not heard: {row.token}".encode()).hexdigest()[:32]
    if not row.wording.startswith(ABOUT_DANGER) or tasks.is_named(tx, name):
        return
    tasks.add(
        tx,
        token=name,
        kind=TaskKind.SAFEGUARDING,
        address_id=row.address_id,
        person_id=row.person_id,
        message_id=row.answers_id,
        words=NOT_HEARD,
        opened_at=now,
        due_at=rota.read_by(now, organisation),
    )


def not_taken_in(tx: Tx, incoming: Incoming, now: datetime, organisation: Organisation) -> Raised:
    """A person's message became a dead letter: one of ours reads it, and says what is to be done."""
    address_id = addresses.id_of(tx, incoming.channel, incoming.address)
    if _may_be_danger(incoming.text, organisation):
        why = f"{incoming.address}: {safe(incoming.text)}"
        return _in_danger(tx, address_id, why, safe(incoming.text) or None, now, organisation)
    return _to_read(tx, address_id, safe(incoming.text) or None, now, organisation)


def not_read(
    tx: Tx, raw: str, words: str, now: datetime, organisation: Organisation, known: str | None = None
) -> Raised:
    """Something came in that we cannot read (`raw`), and may be somebody's message: one of ours is told, in `words`.

    `known` is an open item that says so of another already: one is enough, but where there may be danger.
    """
    said = unquote_plus(raw[:_LOOKED_AT])
    if _may_be_danger(said, organisation):
        return _in_danger(tx, None, f"{words}\n{safe(said)[:_SHOWN]}", words, now, organisation)
    return Raised(TaskKind.READ, known) if known else _to_read(tx, None, words, now, organisation)


def _in_danger(
    tx: Tx, address_id: int | None, why: str, words: str | None, now: datetime, organisation: Organisation
) -> Raised:
    concern = concerns.raise_alone(tx, address_id, why, now)
    name = concerns.task_of(concern) if address_id is None else token()
    _add(tx, TaskKind.SAFEGUARDING, name, address_id, words, now, organisation)
    return Raised(TaskKind.SAFEGUARDING, name, concern.id)


def _to_read(tx: Tx, address_id: int | None, words: str | None, now: datetime, organisation: Organisation) -> Raised:
    raised = Raised(TaskKind.READ, token())
    _add(tx, raised.kind, raised.task, address_id, words, now, organisation)
    return raised


def _add(
    tx: Tx,
    kind: TaskKind,
    name: str,
    address_id: int | None,
    words: str | None,
    now: datetime,
    organisation: Organisation,
) -> None:
    due_at = rota.read_by(now, organisation)
    tasks.add(tx, token=name, kind=kind, address_id=address_id, words=words, opened_at=now, due_at=due_at)


def _may_be_danger(text: str, organisation: Organisation) -> bool:
    """In any language that we write; a text that cannot even be looked at may be."""
    try:
        return any(danger(text, language) is not None for language in organisation.catalogs.languages)
    except Exception:  # noqa: BLE001  the text itself may be what we tripped over
        return True
