"""Merging: what hangs on a person besides what they told us goes over with them."""

from __future__ import annotations

from typing import Any

from bank import broadcasts, merging
from bank.colleague import Colleague, known
from bank.tokens import token
from storage import groups, invitations, people, places, projects, staff
from storage.groups import GroupKind
from storage.people import PersonState
from storage.places import PlaceState
from storage.projects import PlacesBy, ProjectKind, ProjectState, Rung
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING


def member(tx: Tx, name: str) -> Record:
    return people.add(tx, token=token(), name=name, state=PersonState.MEMBER, language="en", joined_at=MORNING)


def colleague(tx: Tx, login: str, person_id: int | None = None) -> Colleague:
    row = staff.add(
        tx,
        token=token(),
        name=login,
        login=login,
        state=StaffState.ACTIVE,
        person_id=person_id,
        created_at=MORNING,
    )
    staff.give(tx, row.id, [Role.COORDINATOR])
    return known(tx, row)


async def test_a_colleague_s_own_record_is_theirs_under_either_name(store: Store) -> None:
    """Else they could read what is said to them, and about them."""

    def story(tx: Tx) -> tuple[bool, bool]:
        kept, gone = member(tx, "Sam"), member(tx, "Sam Field")
        sam, olu = colleague(tx, "sam", gone.id), colleague(tx, "olu")
        merging.merge(tx, olu, kept, gone, "The same number", MORNING, ASHDALE)
        sam = known(tx, staff.get(tx, sam.id))
        return sam.sees(person_id=kept.id, held=None), olu.sees(person_id=kept.id, held=None)

    assert await store.write(story) == (False, True)


def a_project(tx: Tx) -> int:
    """The id of a project."""
    words = {"title": {"en": "Home care leaflet"}}
    known: dict[str, Any] = {"words": words, "ways": [], "topics": [], "districts": [], "changed_at": MORNING}
    named = {"kind": ProjectKind.GROUP, "state": ProjectState.OPEN, "rung": Rung.CO_DESIGN, "places_by": PlacesBy.FIRST}
    return int(projects.add(tx, token=token(), created_at=MORNING, **named, **known).id)


async def test_of_two_places_in_a_project_the_better_one_stays(store: Store) -> None:
    """Under one name she had a place and had answered, and under the other she waited for one, and was asked too."""

    def story(tx: Tx) -> tuple[list[str], int, str | None]:
        kept, gone = member(tx, "Sam"), member(tx, "Sam Field")
        olu, project_id = colleague(tx, "olu"), a_project(tx)
        broadcast_id = broadcasts.begin(tx, {"en": "Would you like to help?"}, MORNING)
        group = groups.add(tx, token=token(), kind=GroupKind.HAND, name="Choir", made_at=MORNING)
        for person, state, answer in ((kept, PlaceState.WAITING, None), (gone, PlaceState.PLACE, "yes")):
            whose: dict[str, Any] = {"project_id": project_id, "person_id": person.id}
            places.add(tx, **whose, state=state, turn=int(person.id), at=MORNING, changed_at=MORNING)
            asked = {"token": token(), "broadcast_id": broadcast_id, "invited_at": MORNING, "answer": answer}
            invitations.add(tx, **whose, **asked)
            groups.put_in(tx, group.id, [person.id], MORNING, olu.id)
        merging.merge(tx, olu, kept, gone, "The same number", MORNING, ASHDALE)
        asked_once = invitations.of(tx, broadcast_id, kept.id)
        return (
            [one.state for one in places.in_project(tx, project_id) if one.person_id == kept.id],
            groups.count(tx, group.id),
            asked_once.answer if asked_once is not None else None,
        )

    assert await store.write(story) == ([PlaceState.PLACE], 1, "yes")
