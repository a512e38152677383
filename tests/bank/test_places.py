"""Places: never more than there are, in an order that holds; an answer to a project is the answer to all that asked."""

from __future__ import annotations

from datetime import date, timedelta

from bank import invitations, places
from bank.invitations import By
from bank.tokens import token
from storage import invitations as asked
from storage import people, projects
from storage import places as kept
from storage.broadcasts import BroadcastKind
from storage.invitations import Answer
from storage.people import Part
from storage.places import PlaceState
from storage.projects import PlacesBy
from storage.schema import Record
from storage.store import Store, Tx
from tests import looking
from tests.bank import leaflet
from tests.bank.ashdale import MORNING
from tests.bank.members import crowd

LATER = MORNING + timedelta(days=2)


def members(tx: Tx, number: int) -> list[Record]:
    crowd(tx, number)
    return list(tx.execute(people.people.select().order_by(people.people.c.id)))


def one_place(tx: Tx, **more: object) -> Record:
    return leaflet.opened(tx, leaflet.hired(tx, "Sam"), None, leaflet.but(**({"places": 1} | more)))


def states(tx: Tx, project: Record) -> list[str]:
    return [row.state for row in sorted(kept.in_project(tx, project.id), key=lambda row: int(row.person_id))]


def drawn_after_a_line(tx: Tx) -> tuple[Record, list[Record]]:
    """One place, which the first has; two waited before places were drawn here, and two were drawn."""
    project, all_ = one_place(tx), members(tx, 5)
    for person in all_[:3]:
        places.take(tx, project, person, MORNING)
    projects.change(tx, project.id, {"places_by": PlacesBy.DRAW})
    project = projects.get(tx, project.id)
    for person in all_[3:]:
        places.take(tx, project, person, MORNING)
    places.draw(tx, leaflet.hired(tx, "Priya"), project, MORNING, "a seed")
    for row in kept.in_project(tx, project.id):
        kept.change(tx, row.id, {"told": True})
    return project, all_


async def test_who_waited_before_a_draw_comes_before_who_is_drawn(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], list[int]]:
        project, _all = drawn_after_a_line(tx)
        rows = kept.in_project(tx, project.id, PlaceState.WAITING)
        return [row.turn for row in rows], [row.person_id for row in rows[:2]]

    assert await store.write(story) == ([2, 3, 6, 7], [2, 3])


async def test_a_draw_leaves_the_free_place_to_who_waited_before_it(lite_store: Store) -> None:
    def story(tx: Tx) -> list[str]:
        project, all_ = one_place(tx), members(tx, 3)
        for person in all_[:2]:
            places.take(tx, project, person, MORNING)
        projects.change(tx, project.id, {"places_by": PlacesBy.DRAW})
        project = projects.get(tx, project.id)
        places.take(tx, project, all_[2], MORNING)
        places.give_up(tx, project.id, all_[0].id, MORNING)
        places.draw(tx, leaflet.hired(tx, "Priya"), project, MORNING)
        return states(tx, project)

    assert await lite_store.write(story) == ["given_up", "waiting", "waiting"]


async def test_of_two_with_the_same_turn_one_is_next(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], list[str]]:
        project, all_ = one_place(tx), members(tx, 3)
        for person in all_:
            places.take(tx, project, person, MORNING)
        waiting = kept.in_project(tx, project.id, PlaceState.WAITING)
        for row in waiting:
            kept.change(tx, row.id, {"turn": 2})
        places.give_up(tx, project.id, all_[0].id, MORNING)
        offered = [row.id for row in waiting if places.offer(tx, row.id, LATER, MORNING)]
        for person in all_[1:]:
            places.take(tx, project, person, MORNING)
        return kept.next_in_line(tx, 10) + offered, states(tx, project)

    offered, stand = await store.write(story)
    assert len(offered) == 1
    assert stand == ["given_up", "place", "waiting"]


async def test_the_next_in_line_is_one(store: Store) -> None:
    def story(tx: Tx) -> int:
        project, all_ = one_place(tx), members(tx, 3)
        for person in all_:
            places.take(tx, project, person, MORNING)
        for row in kept.in_project(tx, project.id, PlaceState.WAITING):
            kept.change(tx, row.id, {"turn": 2})
        places.give_up(tx, project.id, all_[0].id, MORNING)
        return len(kept.next_in_line(tx, 10))

    assert await store.write(story) == 1


async def test_who_has_become_staff_is_not_next(store: Store) -> None:
    def story(tx: Tx) -> list[int]:
        project, all_ = one_place(tx), members(tx, 3)
        for person in all_:
            places.take(tx, project, person, MORNING)
        people.change(tx, all_[1].id, {"part": Part.STAFF})
        places.give_up(tx, project.id, all_[0].id, MORNING)
        return [kept.get(tx, one).person_id for one in kept.next_in_line(tx, 10)]

    assert await store.write(story) == [3]


async def test_an_offered_place_that_is_gone_is_not_taken(lite_store: Store) -> None:
    def story(tx: Tx) -> tuple[PlaceState | None, bool]:
        project, all_ = one_place(tx, places=2), members(tx, 3)
        for person in all_:
            places.take(tx, project, person, MORNING)
        places.give_up(tx, project.id, all_[0].id, MORNING)
        row = kept.of(tx, project.id, all_[2].id)
        assert row is not None
        assert places.offer(tx, row.id, LATER, MORNING)
        projects.change(tx, project.id, {"places": 1})
        stands = places.take(tx, project, all_[2], MORNING)
        return stands, places.offer(tx, row.id, LATER, MORNING)

    assert await lite_store.write(story) == (PlaceState.WAITING, False)


async def test_where_people_are_chosen_a_yes_is_never_a_place(lite_store: Store) -> None:
    def story(tx: Tx) -> tuple[list[PlaceState | None], set[str]]:
        chosen = {"places": 5, "places_by": PlacesBy.CHOSEN, "decided_on": date(2026, 12, 10)}
        project, (got, refused, late) = one_place(tx, **chosen), members(tx, 3)
        places.take(tx, project, got, MORNING)
        places.take(tx, project, refused, MORNING)
        places.choose(tx, leaflet.hired(tx, "Priya"), project, [got.id], MORNING, shown=[got.id, refused.id])
        assert states(tx, project) == ["place", "not_chosen"]
        stand = [places.take(tx, project, one, MORNING) for one in (refused, late)]
        return stand, {places.stands(tx, project, one) for one in stand}

    assert await lite_store.write(story) == ([PlaceState.INTERESTED, PlaceState.INTERESTED], {"noted"})


def asked_again(tx: Tx, project: Record, person: Record, kind: BroadcastKind = BroadcastKind.INVITATION) -> Record:
    row = leaflet.broadcast(tx, leaflet.hired(tx, token()), project, kind)
    made = {"broadcast_id": row.id, "project_id": project.id, "person_id": person.id, "invited_at": MORNING}
    return asked.add(tx, token=token(), **made)


def answers(tx: Tx, *rows: Record) -> list[str | None]:
    return [looking.invitation(tx, row.id).answer for row in rows]


async def test_an_answer_to_a_project_is_the_answer_to_all_that_asked_for_it(store: Store) -> None:
    def story(tx: Tx) -> list[list[str | None]]:
        project, (asha, ben) = one_place(tx), members(tx, 2)
        first, second, other = (asked_again(tx, project, one) for one in (asha, asha, ben))
        choice = asked_again(tx, project, asha, BroadcastKind.MESSAGE)
        found = []
        for invitation, answer in ((second, Answer.YES), (first, Answer.NO), (choice, "c1")):
            invitations.answered(tx, invitation, answer, MORNING, By())
            found.append(answers(tx, first, second, other, choice))
        assert asked.to_project(tx, project.id, asha.id) == looking.invitation(tx, second.id)
        return found

    assert await store.write(story) == [
        ["yes", "yes", None, None],
        ["no", "no", None, None],
        ["no", "no", None, "c1"],
    ]
