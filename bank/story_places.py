"""Where a story is used: for what was agreed, and no longer than its teller wants it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bank import rota, story_uses
from bank.organisation import Organisation
from storage import consents, people
from storage import stories as kept
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx
from storage.stories import StoryState, Use


@dataclass(frozen=True, slots=True)
class ComesDown:
    """A place from which it has to be taken down, and by when."""

    place: Record
    due_at: datetime


_USED_FOR = {Use.WEB: "a web page", Use.TRAINING: "training", Use.REPORT: "a report"}


def why_not(tx: Tx, row: Record, what: Use) -> str:
    """Why the story may not be used for this, in plain words; empty where it may."""
    if row.state == StoryState.WITHDRAWN:
        return "They have taken this story back. It may not be used for anything."
    if row.state != StoryState.TOLD:
        return "They have not said yet that the story is right as it stands. Until then it may not be used."
    if what not in story_uses.holds(tx, row):
        return f"They have not agreed that it is used for {_USED_FOR[what]}. Ask them first."
    return ""


def to_come_down(tx: Tx, row: Record, organisation: Organisation) -> list[ComesDown]:
    """Where it stands though its teller no longer wants it, or has left. It is due the next working day."""
    said = kept.uses(tx, [row.id])
    up = [place for place in kept.places(tx, [row.id]) if place.down_at is None]
    found = ((place, _ended_at(tx, row, place, said)) for place in up)
    return [ComesDown(place, by(at, organisation)) for place, at in found if at is not None]


def by(since: datetime, organisation: Organisation) -> datetime:
    """When what they want an end of at that time is taken down."""
    return rota.working_days_after(since.astimezone(organisation.zone).date(), 1, organisation)


def _ended_at(tx: Tx, row: Record, place: Record, said: Sequence[Record]) -> datetime | None:
    """Since when it may not stand there as it was put there; None where it may."""
    if row.state == StoryState.WITHDRAWN:
        ended: datetime = row.withdrawn_at
        return ended
    person = people.get(tx, row.person_id)
    if person.state != PersonState.MEMBER:
        return consents.left_at(tx, person.id) or place.used_at
    last = story_uses.newest([one for one in said if one.use == place.use]).get(Use(place.use))
    if last is None or story_uses.shows(last.named) >= story_uses.shows(shown_as(place, said)):
        return None
    at: datetime = last.at
    return at


def shown_as(place: Record, said: Sequence[Record]) -> str | None:
    """With which name they had agreed to it as it was put there."""
    before = [one for one in said if one.use == place.use and one.at <= place.used_at]
    return before[-1].named if before else None
