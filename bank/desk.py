"""The desk: what waits for a person of ours. Nothing put here is ever dropped."""

from __future__ import annotations

from bank import rota
from bank.tokens import token
from bank.visit import Visit
from storage import tasks
from storage.messages_in import Disposition
from storage.tasks import TaskKind

# One open item of these is enough for an address: the messages themselves are all kept beside it.
_ONE_IS_ENOUGH = frozenset({TaskKind.READ, TaskKind.WRONG_PERSON, TaskKind.BEREAVEMENT, TaskKind.PLAIN})


def ask_a_person(visit: Visit, kind: TaskKind, words: str = "", about: int | None = None) -> None:
    """Raise an item for a person, due when we say that one will read. `about`: an earlier message that it is about."""
    if kind in _ONE_IS_ENOUGH and tasks.open_at(visit.tx, visit.address.id, kind) is not None:
        return
    raise_anew(visit, kind, words, about)


def raise_anew(visit: Visit, kind: TaskKind, words: str = "", about: int | None = None) -> None:
    """The same, as an item of its own: other messages that wait there to be read do not hide it."""
    tasks.add(
        visit.tx,
        token=token(),
        kind=kind,
        address_id=visit.address.id,
        person_id=visit.person.id if visit.person else None,
        message_id=about or visit.message_id,
        words=words or None,
        owner=visit.organisation.owners.get(kind),
        opened_at=visit.now,
        due_at=rota.read_by(visit.now, visit.organisation),
    )
    visit.tasks.append(kind)


def keep(visit: Visit, disposition: Disposition = Disposition.INBOX) -> None:
    """No conversation was waiting for this message: a person reads it."""
    visit.disposition = disposition
    ask_a_person(visit, TaskKind.READ)
