"""Stories: a member's own words, part by part, and how a story stands. Each change of its words is kept at once."""

from __future__ import annotations

from datetime import datetime

from bank.tokens import token
from storage import stories
from storage.schema import Record
from storage.store import Tx
from storage.stories import StoryState

# Of a longer one a person of ours helps to make one that somebody can read.
MOST_WORDS = 1000


def current(tx: Tx, person_id: int) -> Record | None:
    """The story of theirs that stands, or is being told: the newest that was not taken back."""
    return next((row for row in stories.of_person(tx, person_id) if row.state != StoryState.WITHDRAWN), None)


def standing(tx: Tx, person_id: int) -> list[Record]:
    """Every story of theirs that was not taken back, the newest first."""
    return [row for row in stories.of_person(tx, person_id) if row.state != StoryState.WITHDRAWN]


def begin(
    tx: Tx, person_id: int, language: str, now: datetime, *, entered_by: int | None = None, how: str | None = None
) -> Record:
    """A new story, of which nothing is told yet."""
    begun = {"token": token(), "person_id": person_id, "state": StoryState.TELLING, "parts": [], "language": language}
    return stories.add(tx, **begun, entered_by=entered_by, how=how, begun_at=now, changed_at=now)


def add_part(tx: Tx, row: Record, words: str, now: datetime) -> Record:
    """They told one part more."""
    return _worded(tx, row, [*row.parts, words], now)


def change_part(tx: Tx, row: Record, number: int, words: str, now: datetime) -> Record:
    """The part of that number, from 1, is as they tell it now. One that there is not changes nothing."""
    if not 1 <= number <= len(row.parts):
        return row
    return _worded(tx, row, [*row.parts[: number - 1], words, *row.parts[number:]], now)


def begin_anew(tx: Tx, row: Record, now: datetime) -> Record:
    """They tell it from the beginning."""
    return _worded(tx, row, [], now)


def change_all(tx: Tx, row: Record, words: str, now: datetime) -> Record:
    """All of it is as they tell it now, to a colleague who read it to them: it is right."""
    return right(tx, _worded(tx, row, [words], now), now)


def _worded(tx: Tx, row: Record, parts: list[str], now: datetime) -> Record:
    return stories.change(tx, row.id, {"parts": parts, "state": StoryState.TELLING, "changed_at": now})


def read_back(tx: Tx, row: Record) -> Record:
    """They read it as we have it, and have not said that it is right."""
    return stories.change(tx, row.id, {"state": StoryState.READ_BACK})


def right(tx: Tx, row: Record, now: datetime) -> Record:
    """They say that it is right. What they agreed to for other words before holds no more (bank.story_uses)."""
    if row.state == StoryState.TOLD or not row.parts:
        return row
    return stories.change(tx, row.id, {"state": StoryState.TOLD, "told_at": now})


def withdraw(tx: Tx, row: Record, now: datetime) -> Record:
    """They take it back. Its words go at once, or when it is taken down everywhere: until then we must find it."""
    changed = stories.change(tx, row.id, {"state": StoryState.WITHDRAWN, "withdrawn_at": now})
    return let_go(tx, changed)


def let_go(tx: Tx, row: Record) -> Record:
    """Delete the words of a story that was taken back and is used nowhere any more."""
    if row.state != StoryState.WITHDRAWN or any(place.down_at is None for place in stories.places(tx, [row.id])):
        return row
    return stories.change(tx, row.id, {"parts": []})


def count_words(row: Record) -> int:
    return sum(len(part.split()) for part in row.parts)
