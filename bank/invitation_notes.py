"""What is worth knowing before people are invited to a meeting: what it does not say, and what there is no time for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bank import arrangements, broadcasts
from bank.arrangement_times import LABELS
from bank.audience import NoCondition, TooDeep
from bank.broadcast_words import Script
from bank.organisation import Organisation
from language.wording import SOURCE_LANGUAGE
from storage import picking
from storage.broadcasts import BroadcastKind
from storage.meetings import Way
from storage.picking import Terms
from storage.schema import Record
from storage.store import Tx

MOST_SEGMENTS = 2
_MOST = 500  # people whose needs are looked at
# What is looked for in the words, and what is missing where it is not there.
_SAYS = (
    ("day", "It does not say the weekday and the date. {day} does."),
    ("time", "It does not say when it begins. {time} does."),
    ("where", "It does not say where it is. {where} does."),
)


def notes(
    tx: Tx,
    row: Record,
    meeting: Record | None,
    script: Script,
    most: int,
    now: datetime,
    organisation: Organisation,
) -> Iterator[str]:
    """A sentence each; none for what invites to no meeting. `most`: SMS segments for one person."""
    if meeting is None or row.kind != BroadcastKind.INVITATION:
        return
    yield from _unsaid(meeting, script)
    if most > MOST_SEGMENTS:
        yield f"It takes {most} texts for one person. Shorten it: two are the most that people read well."
    yield from late(tx, meeting, row.rule, broadcasts.terms_of(tx, row, now, organisation), organisation)


def _unsaid(meeting: Record, script: Script) -> Iterator[str]:
    values = script.values.get(SOURCE_LANGUAGE, {})
    text = script.in_words(SOURCE_LANGUAGE).text if script.row.words.get(SOURCE_LANGUAGE) else ""
    for name, sentence in _SAYS:
        if name == "where" and meeting.way == Way.ONLINE:
            continue
        if text and values.get(name) and values[name] not in text:
            yield sentence


def late(
    tx: Tx, meeting: Record, rule: Mapping[str, Any] | None, terms: Terms, organisation: Organisation
) -> Iterator[str]:
    """What people whom it would reach need at each meeting, and there is not time enough left to book."""
    try:
        persons = picking.with_needs(tx, rule, terms, _MOST)
    except (TooDeep, NoCondition):
        return
    for kind, count in arrangements.late_for(tx, meeting, persons, terms.now, organisation).items():
        need = "1 of them needs" if count == 1 else f"{count:,} of them need"
        yield f"There may be no time left to arrange this: {LABELS[kind]}. {need} it. Ring who books it first."
