"""For what a story may be used, as its teller said for each use by itself. Nothing is agreed by default."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bank.organisation import Organisation
from flows.grammar import Choose
from flows.story import STORY
from flows.story_predicates import SHOWS
from storage import people, stories
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx
from storage.stories import Named, StoryState, Use


def answer(
    tx: Tx,
    row: Record,
    use: Use,
    named: Named,
    words: str,
    now: datetime,
    *,
    message_id: int | None = None,
    entered_by: int | None = None,
    how: str | None = None,
) -> None:
    """What they say of this use, with the exact words that they answered."""
    by = {"message_id": message_id, "entered_by": entered_by, "how": how}
    stories.agree(tx, story_id=row.id, use=use, named=named, words=words, at=now, **by)


def newest(said: Sequence[Record]) -> dict[Use, Record]:
    """What was said last of each use."""
    return {Use(one.use): one for one in said}


def holds(tx: Tx, row: Record) -> dict[Use, Named]:
    """For which uses it may be used now, and with which name.

    Nothing while its words are not right, once it was taken back, and when its teller has left. What was agreed to
    before the words changed was agreed to for other words.
    """
    if row.state != StoryState.TOLD or people.get(tx, row.person_id).state != PersonState.MEMBER:
        return {}
    return {use: named for use, named in said(tx, row).items() if named is not Named.NOT}


def said(tx: Tx, row: Record) -> dict[Use, Named]:
    """What they said last of each use, of the story as its words stand: a no too."""
    found = newest(stories.uses(tx, [row.id]))
    return {use: Named(one.named) for use, one in found.items() if row.told_at is not None and one.at >= row.told_at}


def shows(named: str | None) -> int:
    """How much of the person this shows: the more, the higher."""
    return SHOWS.index(named) if named is not None else 0


def question(use: Use, organisation: Organisation, language: str) -> str:
    """What we ask about this use, as it is read out to somebody who tells a colleague."""
    step = STORY.steps[use.value]
    if not isinstance(step, Choose) or not isinstance(step.choices, tuple):
        raise TypeError(f"story.{use} asks for no choice of ours")
    render, values = organisation.catalogs.render, {"council": organisation.council}
    labels = [render(choice.label, language, values) for choice in step.choices if choice.label is not None]
    numbered = (f"{number} {label}" for number, label in enumerate(labels, 1))
    return "\n".join((render(step.text, language, values), *numbered))
