"""Stories as colleagues see them: the list, and one with all that was said of it. Each look is recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bank import audit, people, story_copy, story_places, story_uses
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.sources import Source, sources
from storage import people as people_kept
from storage import staff, stories
from storage.people import PersonState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from storage.stories import Named, StoryState, Use

A_PAGE = 50
READERS = (Role.COORDINATOR, Role.APPROVER, Role.CO_CHAIR, Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR)
# The list itself, in the audit, where no one story is named.
_ALL = "stories"


@dataclass(frozen=True, slots=True)
class Line:
    """A story in a list: its token, whose it is, how it stands, and for which uses it may be used now."""

    token: str
    person: str
    name: str
    state: str
    uses: Mapping[Use, Named]
    changed_at: datetime
    up: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What they said of one use, with the words that they answered."""

    use: Use
    named: Named
    words: str
    source: Source
    holds: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where it was used, by whom, and when it was taken down or has to be."""

    token: str
    use: Use
    place: str
    by: str
    used_at: datetime
    down_by: str
    down_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Copy:
    """Its words ready to be used in one way: by whom it says that it is told, and the text."""

    use: Use
    named: Named
    credit: str
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """All of one story. `person` is the row of who tells it."""

    row: Record
    person: Record
    state: str
    by: str
    said: Sequence[Said]
    places: Sequence[Place]
    copies: Sequence[Copy]


def listed(tx: Tx, colleague: Colleague, page: int, now: datetime) -> tuple[list[Line], bool]:
    """A page (from 1) of the stories that they may see; whether there are more. The look is recorded."""
    audit.record(tx, now, Act.SAW_STORY, colleague.id, about=_ALL)
    rows = stories.page(tx, A_PAGE + 1, (page - 1) * A_PAGE)
    unseen = people.unseen(tx, colleague)
    return [_line(tx, row) for row in rows[:A_PAGE] if row.person_id not in unseen], len(rows) > A_PAGE


def of_person(tx: Tx, person: Record) -> list[Line]:
    """Those of somebody whose page is looked at."""
    return [
        Line(row.token, person.token, person.name or "", stands(row, person.state), *_more(tx, row))
        for row in stories.of_person(tx, person.id)
    ]


def _line(tx: Tx, row: Record) -> Line:
    return Line(row.token, row.person_token, row.name or "", stands(row, row.person_state), *_more(tx, row))


def _more(tx: Tx, row: Record) -> tuple[Mapping[Use, Named], datetime, bool]:
    up = any(place.down_at is None for place in stories.places(tx, [row.id]))
    return story_uses.holds(tx, row), row.changed_at, up


def stands(row: Record, person_state: str) -> str:
    """How it stands, in a few words."""
    if row.state != StoryState.WITHDRAWN and person_state != PersonState.MEMBER:
        return "They have left"
    return {
        StoryState.TELLING: "They are telling it",
        StoryState.READ_BACK: "They have not said that it is right",
        StoryState.TOLD: "Told, and right",
        StoryState.WITHDRAWN: "Taken back",
    }[StoryState(row.state)]


def find(tx: Tx, colleague: Colleague, name: str) -> Record | None:
    """The story of that name of ours, where they may see whose it is."""
    row = stories.by_token(tx, name)
    if row is None:
        return None
    person = people_kept.get(tx, row.person_id)
    return row if people.seen(tx, colleague, person.token) is not None else None


def look(tx: Tx, colleague: Colleague, row: Record, now: datetime, organisation: Organisation) -> Shown:
    """All of it. The look is recorded."""
    audit.record(tx, now, Act.SAW_STORY, colleague.id, person_id=row.person_id, about=row.token)
    person = people_kept.get(tx, row.person_id)
    by = staff.names(tx, {row.entered_by}).get(row.entered_by, "") if row.entered_by is not None else ""
    copies = [_copy(row, person.name or "", use, named) for use, named in story_uses.holds(tx, row).items()]
    said, places = _said(tx, row), _places(tx, row, organisation)
    return Shown(row, person, stands(row, person.state), by, said, places, copies)


def _copy(row: Record, name: str, use: Use, named: Named) -> Copy:
    return Copy(use, named, story_copy.credit(name, named), story_copy.words(row.parts, name, named))


def _said(tx: Tx, row: Record) -> list[Said]:
    rows = stories.uses(tx, [row.id])
    last, holding = story_uses.newest(rows), story_uses.holds(tx, row)
    return [
        Said(Use(one.use), Named(one.named), one.words or "", source, _holds(one, last, holding))
        for one, source in zip(rows, sources(tx, rows), strict=True)
    ]


def _holds(one: Record, last: Mapping[Use, Record], holding: Mapping[Use, Named]) -> bool:
    return bool(last[Use(one.use)].id == one.id) and Use(one.use) in holding


def _places(tx: Tx, row: Record, organisation: Organisation) -> list[Place]:
    rows = stories.places(tx, [row.id])
    due = {one.place.id: one.due_at for one in story_places.to_come_down(tx, row, organisation)}
    names = staff.names(tx, {who for one in rows for who in (one.used_by, one.down_by) if who is not None})
    return [
        Place(
            one.token,
            Use(one.use),
            one.place,
            names.get(one.used_by, ""),
            one.used_at,
            names.get(one.down_by, ""),
            one.down_at,
            due.get(one.id),
        )
        for one in rows
    ]
