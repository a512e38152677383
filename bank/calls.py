"""Calls: somebody rings the number that is for texts. They hear who we are, and may ask us to ring back.

A caller's number can be forged: nothing that we hold is said, everybody hears the same, and all that changes is that a
person of ours has somebody to ring.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bank import new_address, reachable, rota
from bank.organisation import Organisation
from bank.tokens import token
from channels.message import Channel
from flows import aloud as words
from language import phones
from language.aloud import aloud
from language.dates import moment
from language.wording import Words
from storage import addresses, people, reach, tasks
from storage.schema import Record
from storage.store import Tx
from storage.tasks import TaskKind

RING_BACK = "1"
_RANG = (
    "They rang our number and asked us to ring back. Somebody else's number can be shown in place of one's own, so ask "
    "who they are before you say anything about them."
)
_CARE = " They may be in danger, or not safe when a message comes. Ask the safeguarding lead before you ring."


@dataclass(frozen=True, slots=True)
class Said:
    """Words for a voice, in one language."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Each of `asks` is said, and then a key is waited for; where none is pressed, `end` is said, and that is all."""

    end: tuple[Said, ...]
    asks: tuple[tuple[Said, ...], ...] = ()


def greet(number: str | None, now: datetime, organisation: Organisation) -> Answer:
    """Somebody rings; `number` as the provider has it (E.164), None where it is hidden. They hear the choice twice."""
    if _to_ring(number) is None:
        no_number = words.NO_NUMBER_CARE if organisation.care_line else words.NO_NUMBER
        return _only(now, organisation, words.HELLO, words.IN_DANGER, no_number, words.GOODBYE)
    first = _spoken((words.HELLO, words.IN_DANGER, words.PRESS), now, organisation)
    return Answer(_spoken((words.GOODBYE,), now, organisation), (first, _spoken((words.PRESS,), now, organisation)))


def ask_again(now: datetime, organisation: Organisation) -> Answer:
    """They pressed another key: once more, and then goodbye."""
    return Answer(_spoken((words.GOODBYE,), now, organisation), (_spoken((words.PRESS,), now, organisation),))


def goodbye(now: datetime, organisation: Organisation) -> Answer:
    return _only(now, organisation, words.GOODBYE)


def rang_often(now: datetime, organisation: Organisation) -> Answer:
    """They rang many times within the hour: what matters most, and no more."""
    return _only(now, organisation, words.IN_DANGER, words.RANG_OFTEN, words.GOODBYE)


def not_noted(now: datetime, organisation: Organisation) -> Answer:
    """They asked us to ring, and it could not be kept."""
    return _only(now, organisation, words.NOT_NOTED, words.IN_DANGER, words.GOODBYE)


def ring_back(tx: Tx, number: str | None, now: datetime, organisation: Organisation) -> Answer:
    """They pressed 1: a person of ours rings them by the next working day. Once a caller and day."""
    to_ring = _to_ring(number)
    if to_ring is None:
        return greet(None, now, organisation)
    _ask_a_person(tx, to_ring, now, organisation)
    return _only(now, organisation, words.NOTED, words.IN_DANGER, words.GOODBYE)


def due_by(now: datetime, organisation: Organisation) -> datetime:
    """When we close on the next working day."""
    return rota.working_days_after(now.astimezone(organisation.zone).date(), 1, organisation)


def _to_ring(number: str | None) -> str | None:
    """The number, where it is one that may be rung: none that is dear, and none that the network made up."""
    return phones.e164(number) if number else None


def _ask_a_person(tx: Tx, number: str, now: datetime, organisation: Organisation) -> None:
    rung = people.reached_by(tx, number)
    address = _known_address(tx, number) or (None if rung else _stranger(tx, number, now, organisation))
    known = reach.people_at(tx, address.id) if address else rung
    person_id = known[0].id if len(known) == 1 else None
    where = {"address_id": address.id if address else None, "person_id": person_id}
    midnight = datetime.combine(now.astimezone(organisation.zone).date(), time(), organisation.zone)
    if tasks.raised_since(tx, TaskKind.CALL, midnight, **where):
        return
    tasks.add(
        tx,
        token=token(),
        kind=TaskKind.CALL,
        words=_RANG + (_CARE if address and _needs_care(address, now) else ""),
        owner=organisation.owners.get(TaskKind.CALL),
        opened_at=now,
        due_at=due_by(now, organisation),
        **where,
    )


def _needs_care(address: Record, now: datetime) -> bool:
    return address.held is not None or reachable.is_unsafe(address, now)


def _known_address(tx: Tx, number: str) -> Record | None:
    found = (addresses.find(tx, channel, number) for channel in (Channel.SMS, Channel.WHATSAPP))
    return next((one for one in found if one is not None), None)


def _stranger(tx: Tx, number: str, now: datetime, organisation: Organisation) -> Record:
    """Their number is kept no longer than that of one who texted and never joined."""
    erase_at = now + timedelta(days=organisation.days_unfinished)
    return new_address.for_texts(tx, number, now, organisation, erase_at=erase_at)


def _only(now: datetime, organisation: Organisation, *texts: Words) -> Answer:
    return Answer(_spoken(texts, now, organisation))


def _spoken(texts: Iterable[Words], now: datetime, organisation: Organisation) -> tuple[Said, ...]:
    """In every language that we write: the caller's own may be known to us, and must not be told by our voice."""
    told = tuple(texts)
    return tuple(Said(language, _in(language, told, now, organisation)) for language in organisation.catalogs.spoken)


def _in(language: str, texts: tuple[Words, ...], now: datetime, organisation: Organisation) -> str:
    here = now.astimezone(organisation.zone)
    values = {
        "council": organisation.council,
        "emergency": organisation.emergency,
        "care_line": organisation.care_line,
        "by": moment(due_by(now, organisation), here, language),
        "read_by": rota.spoken(now, organisation, language),
    }
    return " ".join(aloud(organisation.catalogs.render(one, language, values)) for one in texts)
