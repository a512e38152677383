"""Merging: what hangs on a person besides what they told us goes over with them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bank import delivery, merging
from bank.colleague import Colleague, known
from bank.tokens import token
from channels.message import Concern
from storage import (
    groups,
    invitations,
    messages_in,
    moving,
    people,
    places,
    projects,
    question_sets,
    reach,
    staff,
    tasks,
)
from storage.groups import GroupKind
from storage.people import PersonState
from storage.places import PlaceState
from storage.projects import PlacesBy, ProjectKind, ProjectState, Rung
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.members import begun, claimed, crowd, sent, written_to_all
from tests.bank.posting import refused
from tests.bank.writing import FREELY, gone


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
        broadcast_id = begun(tx, {"en": "Would you like to help?"}, MORNING)
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


async def test_a_message_for_many_goes_once_to_two_who_are_one(store: Store) -> None:
    """Of one it waits under both names, of one it went under the one, and to ring them is left to do once."""

    def story(tx: Tx) -> tuple[list[int], int, int | None, int]:
        olu = colleague(tx, "olu")
        one, other = (reach.people_at(tx, at)[0] for at in crowd(tx, 2))
        had = written_to_all(tx)
        assert len(sent(tx, limit=1)) == 1
        waits = gone(tx, {"en": "{council}: when? {stop}"}, choices=({"en": "Morning"}, {"en": "Night"}))
        for person in (one, other):
            about = {"token": token(), "kind": "call", "opened_at": MORNING, "due_at": MORNING}
            tasks.add(tx, **about, person_id=person.id, broadcast_id=had)
        merging.merge(tx, olu, one, other, "The same number", MORNING, FREELY)
        counts = [len(sent(tx, now, whose=FREELY)) for now in (MORNING, MORNING + timedelta(days=8))]
        asked = invitations.of(tx, waits.id, one.id)
        known = sum(invitations.answers(tx, waits.id).values())
        return counts, known, asked.person_id - one.id if asked else None, tasks.open_count(tx)["call"]

    assert await store.write(story) == ([1, 0], 1, 0, 1)


async def test_what_did_not_arrive_under_the_one_name_may_under_the_other(lite_store: Store) -> None:
    def story(tx: Tx) -> int:
        olu = colleague(tx, "olu")
        one, other = (reach.people_at(tx, at)[0] for at in crowd(tx, 2))
        written_to_all(tx)
        (row,) = claimed(tx, limit=1)
        delivery.settle(tx, {row.id: refused(Concern.CONTENT)}, MORNING, ASHDALE)
        merging.merge(tx, olu, one, other, "The same number", MORNING, ASHDALE)
        return len(sent(tx))

    assert await lite_store.write(story) == 1


@pytest.mark.parametrize("known", [True, False])
async def test_what_they_answered_to_a_set_goes_with_the_message(store: Store, known: bool) -> None:
    """To whom it was, where the newer answer stays; to nobody, where nobody knows."""

    def story(tx: Tx) -> list[tuple[int, str]]:
        asha, ben = member(tx, "Asha"), member(tx, "Ben")
        (at,) = crowd(tx, 1)
        asked = {"token": token(), "version": 1, "name": "Getting there", "questions": [], "made_at": MORNING}
        set_id = question_sets.add(tx, **asked).id
        about = {"provider_key": token(), "address_id": at, "person_id": asha.id, "kind": "text"}
        message_id = messages_in.claim(tx, **about, received_at=MORNING)
        assert message_id is not None
        answer = {"set_id": set_id, "project_id": None, "question": "q1"}
        question_sets.answer(tx, **answer, person_id=ben.id, value="A bus", at=MORNING - timedelta(days=1))
        question_sets.answer(tx, **answer, person_id=asha.id, value="A lift", at=MORNING, message_id=message_id)
        moving.messages(tx, [message_id], asha.id, ben.id if known else None)
        rows = tx.execute(question_sets.set_answers.select()).all()
        return [(row.person_id - ben.id, row.value) for row in rows]

    assert await store.write(story) == [(0, "A lift" if known else "A bus")]
