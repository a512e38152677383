"""Broadcasts as a coordinator writes them, lets them go and sends them, with providers that take everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bank import broadcast_draft, broadcast_going, broadcasts
from bank.broadcast_draft import Draft
from bank.limits import Limits
from bank.organisation import Organisation
from language.advice import Manner
from storage import broadcasts as kept
from storage.schema import Record
from storage.store import Tx
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.members import sent

# A broadcast to all of them needs nobody else, and nobody had enough this week.
FREELY = replace(ASHDALE, approve_above=1_000_000, most_a_week=0)
WORDS = {
    "en": "{council}: hello {name}. We meet on Tuesday 24 November at 2pm. {stop}",
    "pl": "{council}: dzień dobry, {name}. Spotkanie: wtorek 24 listopada, 14.00. {stop}",
}
PRICE = 40  # tenths of a penny for a segment
PRICED = Limits(price=PRICE)


def manner(_language: str) -> Manner:
    return Manner(segment_price=PRICE)


def written(tx: Tx, words: Mapping[str, str] = WORDS, now: datetime = MORNING, **more: Any) -> Record:
    """A draft that nobody of the team is behind."""
    return broadcast_draft.write(tx, None, Draft("News", words, **more), now)


def let_go(tx: Tx, row: Record, now: datetime = MORNING, whose: Organisation = FREELY) -> Record:
    """Let go, and everybody has their row or their task."""
    broadcast_going.let_go(tx, None, row, now, whose, manners=manner)
    while broadcasts.queue_more(tx, row.id, now, whose):
        pass
    return kept.get(tx, row.id)


def gone(tx: Tx, words: Mapping[str, str] = WORDS, now: datetime = MORNING, **more: Any) -> Record:
    return let_go(tx, written(tx, words, now, **more), now)


def texts(tx: Tx, now: datetime = MORNING, sender: str = "sms", own: Limits = PRICED) -> list[str]:
    """What went just now, in words."""
    return [one.message.text for one in sent(tx, now, own=own, sender=sender, whose=FREELY)]
