"""Messages put in the outbox for a member, and what a provider may answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bank import claims, voice
from bank.voice import Envelope, Spoken
from channels.message import Concern, Problem, Refused, TryLater, Unknown
from storage import reach
from storage.outbox import Priority
from storage.store import Tx
from tests.bank.ashdale import ASHDALE, MORNING, Somebody, send_all

MINUTE = timedelta(minutes=1)


def problem(concern: Concern, code: str = "30003") -> Problem:
    return Problem(code, concern, "What the operator reads.")


def refused(concern: Concern) -> Refused:
    return Refused(problem(concern))


LATER = TryLater(problem(Concern.TEMPORARY), timedelta(seconds=30))
UNKNOWN = Unknown(problem(Concern.AMBIGUOUS))


def tell(tx: Tx, somebody: Somebody, text: str, priority: Priority = Priority.REPLY, **more: Any) -> int:
    """Put one message in the outbox for them."""
    here = somebody.here(tx)
    found = reach.people_at(tx, here.id)
    person_id = found[0].id if found else None
    envelope = Envelope(here.id, somebody.channel.value, "en", person_id=person_id, priority=priority, **more)
    return voice.queue(tx, envelope, "test.text", Spoken(text), MORNING)


def joined(tx: Tx) -> Somebody:
    asha = Somebody()
    asha.joins(tx)
    send_all(tx)
    return asha


def claim(tx: Tx, now: datetime = MORNING, limit: int = 100) -> list[int]:
    return [one.id for one in claims.claim(tx, "sms", now, limit, ASHDALE)]
