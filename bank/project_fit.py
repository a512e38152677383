"""Which projects fit somebody: where they live, what they want to hear about, and how they like to take part."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bank.organisation import Organisation
from storage import interests, places, projects
from storage.interests import InterestKind
from storage.places import PlaceState
from storage.projects import ProjectState
from storage.schema import Record
from storage.store import Tx


def open_to(tx: Tx, person: Record, organisation: Organisation, now: datetime) -> list[Record]:
    """The open projects that this person may take part in and is not in yet, the best fitting first.

    What either side left open always fits. Who gave a place up may come back.
    """
    today = now.astimezone(organisation.zone).date().isoformat()
    inside = {row.project_id for row in places.of_person(tx, person.id) if row.state != PlaceState.GIVEN_UP}
    topics = interests.of(tx, person.id, InterestKind.TOPIC)
    ways = interests.of(tx, person.id, InterestKind.WAY)
    found = [
        (fits, row)
        for row in projects.in_states(tx, [ProjectState.OPEN])
        if row.id not in inside and not (row.ends_on and row.ends_on < today)
        if (fits := _fits(row, person.district, topics, ways)) is not None
    ]
    # The newest first among those that fit as well: so they come.
    return [row for _fits, row in sorted(found, key=lambda pair: -pair[0])]


def _fits(row: Record, district: str | None, topics: Collection[str], ways: Collection[str]) -> int | None:
    """How many things speak for it; None where it is not for them."""
    asked = ((row.districts, [district] if district else []), (row.topics, topics), (row.ways, ways))
    if any(wanted and theirs and not set(wanted) & set(theirs) for wanted, theirs in asked):
        return None
    return sum(len(set(wanted) & set(theirs)) for wanted, theirs in asked)
