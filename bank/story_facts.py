"""What a conversation may know of somebody's story: how it stands, for what it may be used, where it is read back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bank import stories, story_back, story_places, story_uses
from bank.organisation import Organisation
from flows.story import NAMED, USES
from language.dates import day
from storage import stories as kept
from storage.schema import Record
from storage.store import Tx
from storage.stories import Use


def about(
    tx: Tx, organisation: Organisation, now: datetime, language: str, person: Record | None, address_id: int | None
) -> dict[str, Callable[[], Any]]:
    """The facts about the story of this person, who writes from this address."""

    def row() -> Record | None:
        return stories.current(tx, person.id) if person is not None else None

    def of_story(told: Callable[[Record], Any], otherwise: Any) -> Callable[[], Any]:
        return lambda: told(found) if (found := row()) is not None else otherwise

    return {
        "story_state": of_story(lambda one: one.state, ""),
        "story_parts": of_story(lambda one: len(one.parts), 0),
        "story_words": of_story(stories.count_words, 0),
        "story_most": lambda: stories.MOST_WORDS,
        "story_uses": of_story(lambda one: dict(story_uses.said(tx, one)), {}),
        "story_used": lambda: _used(tx, person),
        "story_stands": of_story(lambda one: _stands(tx, one, organisation, language), ""),
        "story_not_here": of_story(lambda one: story_back.is_for_a_person(tx, one, address_id), False),
        "story_down_by": lambda: day(story_places.by(now, organisation).date(), language),
    }


def _used(tx: Tx, person: Record | None) -> dict[str, str]:
    """For which uses it stands somewhere, each with the name that shows most."""
    ids = [row.id for row in stories.standing(tx, person.id)] if person is not None else []
    said, found = kept.uses(tx, ids), dict[str, str]()
    for place in kept.places(tx, ids):
        of_it = [one for one in said if one.story_id == place.story_id]
        named = story_places.shown_as(place, of_it)
        if place.down_at is None and named is not None:
            found[place.use] = max(found.get(place.use, named), named, key=story_uses.shows)
    return found


def _stands(tx: Tx, row: Record, organisation: Organisation, language: str) -> str:
    """For each use what they said: "Website: with your name. Staff teaching: no. Report: not asked."."""
    render, said = organisation.catalogs.render, story_uses.said(tx, row)
    named = {use: render(NAMED[said[Use(use)].value if Use(use) in said else ""], language, {}) for use, _text in USES}
    return " ".join(render(text, language, {"named": named[use]}) for use, text in USES)
