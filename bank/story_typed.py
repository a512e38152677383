"""A story that a colleague types in for who tells it by phone, face to face or on paper; and what they say of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bank import audit, stories, story_uses
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from language.normal import safe
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx
from storage.stories import Named, Use
from storage.told import How


class HasOne(Exception):
    """There is a story of theirs already: that one is changed, or they have left."""


def tell(tx: Tx, colleague: Colleague, person: Record, words: str, language: str, how: How, now: datetime) -> Record:
    """Keep their story as they told it. Nothing is agreed to yet. Raises HasOne."""
    if person.state != PersonState.MEMBER or stories.current(tx, person.id) is not None:
        raise HasOne
    begun = stories.begin(tx, person.id, language, now, entered_by=colleague.id, how=how)
    told = stories.right(tx, stories.add_part(tx, begun, safe(words), now), now)
    _record(tx, colleague, told, now, told=how.value)
    return told


def change(tx: Tx, colleague: Colleague, row: Record, words: str, how: How, now: datetime) -> Record:
    """Its words are these, as they told us: each use has to be agreed to anew."""
    changed = stories.change_all(tx, row, safe(words), now)
    _record(tx, colleague, row, now, words_changed=how.value)
    return changed


def right(tx: Tx, colleague: Colleague, row: Record, how: How, now: datetime) -> None:
    """It was read to them, and they say that it is right."""
    stories.right(tx, row, now)
    _record(tx, colleague, row, now, right=how.value)


def agree(
    tx: Tx,
    colleague: Colleague,
    row: Record,
    said: Mapping[Use, Named],
    how: How,
    now: datetime,
    organisation: Organisation,
) -> None:
    """What they said of each of these uses, to the words that were read to them. Of the others nothing is known."""
    for use, named in said.items():
        words = story_uses.question(use, organisation, row.language)
        story_uses.answer(tx, row, use, named, words, now, entered_by=colleague.id, how=how)
    _record(tx, colleague, row, now, how=how.value, said={use.value: named.value for use, named in said.items()})


def take_back(tx: Tx, colleague: Colleague, row: Record, how: How, now: datetime) -> None:
    """They take it back."""
    stories.withdraw(tx, row, now)
    _record(tx, colleague, row, now, taken_back=how.value)


def _record(tx: Tx, colleague: Colleague, row: Record, now: datetime, **details: Any) -> None:
    audit.record(tx, now, Act.STORY_CHANGED, colleague.id, person_id=row.person_id, about=row.token, **details)
