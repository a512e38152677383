"""A story is used somewhere, and taken down where its teller no longer wants it: then they are told."""

from __future__ import annotations

from datetime import datetime

from bank import audit, outward, rota, stories, story_places
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.tokens import token
from flows.engine import Saying
from flows.grammar import Say
from flows.story import STORY_IS_DOWN
from language.normal import safe
from storage import people, reach
from storage import stories as kept
from storage.outbox import Priority
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx
from storage.stories import Use

_RING = "Tell them that their story is taken down, as they asked."


class NotAgreed(Exception):
    """The story may not be used for this. The message says why."""


def use(tx: Tx, colleague: Colleague, row: Record, what: Use, place: str, now: datetime) -> None:
    """It is used there now. Raises NotAgreed."""
    why = story_places.why_not(tx, row, what)
    if why:
        raise NotAgreed(why)
    where = {"story_id": row.id, "use": what, "place": safe(place)}
    kept.add_place(tx, token=token(), **where, used_by=colleague.id, used_at=now)
    _record(tx, colleague, row, now, used=what.value)


def down(tx: Tx, colleague: Colleague, row: Record, name: str, now: datetime, organisation: Organisation) -> bool:
    """It is taken down there. False where it is, or nothing is of that name.

    Its teller is told once it is down wherever they wanted an end of it.
    """
    place = kept.place_called(tx, row.id, name)
    if place is None or place.down_at is not None:
        return False
    wanted = {one.place.id for one in story_places.to_come_down(tx, row, organisation)}
    kept.take_down(tx, place.id, colleague.id, now)
    _record(tx, colleague, row, now, taken_down=place.use)
    if wanted == {place.id}:
        _tell(tx, people.get(tx, row.person_id), now, organisation)
    stories.let_go(tx, row)
    return True


def _tell(tx: Tx, person: Record, now: datetime, organisation: Organisation) -> None:
    """By text; who does not text is rung. Who has left, or sent STOP, hears nothing more."""
    if person.state != PersonState.MEMBER:
        return
    address = outward.address_of(tx, person, now)
    if address is None:
        if not reach.addresses_of(tx, person.id):
            outward.ring(tx, person, _RING, rota.read_by(now, organisation), now)
        return
    step = STORY_IS_DOWN.steps[STORY_IS_DOWN.start]
    visit = outward.visit(tx, now, organisation, address, person.id)
    if isinstance(step, Say):
        visit.say(Saying(f"{STORY_IS_DOWN.name}.{STORY_IS_DOWN.start}.text", (step.text,)), Priority.REMINDER)
    outward.in_their_hours(visit, person)


def _record(tx: Tx, colleague: Colleague, row: Record, now: datetime, **details: str) -> None:
    audit.record(tx, now, Act.STORY_CHANGED, colleague.id, person_id=row.person_id, about=row.token, **details)
