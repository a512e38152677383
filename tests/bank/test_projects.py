"""Projects: written, checked before they open, fitting people or not, and led by two."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bank import project_team, project_today, projects, terms
from bank.join_codes import Refusal
from bank.lacking import NotReady
from bank.project_check import lacks
from bank.projects import WrongState
from flows.project_words import RUNGS
from storage import audit as audit_rows
from storage import interests, people, places, staff
from storage import projects as kept
from storage.approvals import Subject
from storage.interests import InterestKind
from storage.people import PersonState
from storage.places import PlaceState
from storage.projects import PlacesBy, ProjectState, Rung
from storage.schema import Record
from storage.staff import Role
from storage.store import Store, Tx
from tests.bank import leaflet
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.leaflet import LEAFLET, WORDS, but

TODAY = MORNING.date()


async def test_a_project_goes_from_draft_to_under_way_on_record(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str], list[str]]:
        sam, asha = leaflet.hired(tx, "Sam"), leaflet.member(tx)
        row = leaflet.led(tx, sam, asha)
        states = [row.state]
        row = projects.open_(tx, sam, row, MORNING, ASHDALE)
        states.append(row.state)
        states.append(projects.begin(tx, sam, row, MORNING).state)
        about = [one.act for one in audit_rows.everything(tx) if one.about == row.token]
        return states, about

    states, acts = await store.write(story)
    assert states == ["draft", "open", "under_way"]
    assert acts == ["project_added", "project_changed", "project_changed", "project_changed"]


@pytest.mark.parametrize(
    ("draft", "field", "says"),
    [
        (but(title={}), "title-en", "Enter a title"),
        (but(aim={}), "aim-en", "Enter the aim, in one plain sentence"),
        (but(aim={"en": "We write a leaflet. You help."}), "aim-en", "one sentence"),
        (
            but(aim={"en": "We will collaboratively reconceptualise organisational documentation responsibilities."}),
            "aim-en",
            "easier to read",
        ),
        (but(aim={**WORDS["aim"], "pl": "Piszemy. Pomagasz."}), "aim-pl", "one sentence"),
        (but(involves={}), "involves-en", "Enter what taking part involves"),
        (but(time={}), "time-en", "Enter how much time it takes"),
        (but(aim={**WORDS["aim"], "pl": "Napiszemy " * 12 + "to."}), "aim-pl", "120 characters or fewer. You have 123"),
        (but(involves={**WORDS["involves"], "pl": "x" * 121}), "involves-pl", "120 characters or fewer. You have 121"),
        (but(time={"en": "x" * 56}), "time-en", "55 characters or fewer"),
        (but(place={"en": "x" * 60}), "place-en", "96 characters or fewer. You have 101"),
        (but(ways=()), "ways", "Choose how people can take part"),
        (but(payment=None), "payment", "Enter how much it pays"),
        (but(ends_on=None), "ends", "Enter the day on which it ends"),
        (but(ends_on=date(2026, 12, 1)), "ends", "It cannot end before it starts"),
        (but(starts_on=None, ends_on=TODAY - timedelta(days=1)), "ends", "must be to come"),
        (but(places_by=PlacesBy.DRAW, decided_on=date(2026, 12, 1)), "places", "how many places"),
        (but(places_by=PlacesBy.CHOSEN, places=6), "decided", "the day by which the places are given"),
        (but(places_by=PlacesBy.DRAW, places=6, decided_on=date(2027, 3, 1)), "decided", "before it ends"),
    ],
)
async def test_what_is_missing_is_said_by_the_field(
    lite_store: Store, draft: projects.Draft, field: str, says: str
) -> None:
    def story(tx: Tx) -> dict[str, str]:
        sam = leaflet.hired(tx, "Sam")
        row = leaflet.led(tx, sam, leaflet.member(tx), draft)
        with pytest.raises(NotReady) as refused:
            projects.open_(tx, sam, row, MORNING, ASHDALE)
        return dict(refused.value.lacks)

    missing = await lite_store.write(story)
    assert set(missing) == {field}
    assert says in missing[field]


async def test_nothing_is_missing_of_the_leaflet(lite_store: Store) -> None:
    def story(tx: Tx) -> dict[str, str]:
        sam = leaflet.hired(tx, "Sam")
        return lacks(leaflet.led(tx, sam, leaflet.member(tx)), TODAY)

    assert await lite_store.write(story) == {}


async def test_two_lead_it_or_a_reason_is_on_record(lite_store: Store) -> None:
    def story(tx: Tx) -> list[object]:
        sam, asha = leaflet.hired(tx, "Sam"), leaflet.member(tx)
        row = projects.add(tx, sam, LEAFLET, MORNING)
        told: list[object] = [lacks(row, TODAY)]
        name: Any = project_team.name_chairs
        told.append(name(tx, sam, row, "", "", "No reason helps", MORNING))
        told.append(name(tx, sam, row, sam.token, "", "", MORNING))
        told.append(name(tx, sam, row, sam.token, "nobody", "", MORNING))
        told.append(name(tx, sam, row, sam.token, "", "She is ill", MORNING))
        told.append(lacks(kept.get(tx, row.id), TODAY))
        told.append(name(tx, sam, kept.get(tx, row.id), sam.token, asha.token, "ignored now", MORNING))
        led = kept.get(tx, row.id)
        return [*told, (led.staff_chair, led.member_chair, led.one_chair_why) == (sam.id, asha.id, None)]

    refusal = project_team.Refusal
    assert await lite_store.write(story) == [
        {"chairs": "Name two co-chairs: one of the team, and one member"},
        refusal.NOBODY,
        refusal.NO_REASON,
        refusal.NO_SUCH_PERSON,
        None,
        {},
        None,
        True,
    ]


async def test_nobody_leads_a_project_with_themselves(lite_store: Store) -> None:
    def story(tx: Tx) -> object:
        sam, asha = leaflet.hired(tx, "Sam"), leaflet.member(tx)
        staff.change(tx, sam.id, {"person_id": asha.id})
        row = projects.add(tx, sam, LEAFLET, MORNING)
        return project_team.name_chairs(tx, sam, row, sam.token, asha.token, "", MORNING)

    assert await lite_store.write(story) is project_team.Refusal.SAME_PERSON


async def test_who_leads_it_has_the_role_and_who_is_replaced_loses_it(store: Store) -> None:
    def story(tx: Tx) -> list[bool]:
        sam, olu, asha = leaflet.hired(tx, "Sam"), leaflet.hired(tx, "Olu"), leaflet.member(tx)
        row = leaflet.led(tx, sam, asha)

        def lead() -> list[bool]:
            both = (leaflet.again(tx, one.id) for one in (sam, olu))
            return [one.may(Role.CO_CHAIR, project=row.token) for one in both]

        before = lead()
        project_team.change_roles(tx, sam, row, sam.token, [Role.APPROVER], MORNING)
        project_team.name_chairs(tx, sam, row, olu.token, asha.token, "", MORNING)
        assert not leaflet.again(tx, olu.id).may(Role.CO_CHAIR)
        return before + lead() + [leaflet.again(tx, sam.id).may(Role.APPROVER, project=row.token)]

    assert await store.write(story) == [True, False, False, True, True]


async def test_what_people_are_told_of_stays_fit_for_that(lite_store: Store) -> None:
    """A draft may be half written; what is open may not become so, though a day that went by holds nothing up."""

    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        row = leaflet.led(tx, sam, leaflet.member(tx))
        row = projects.change(tx, sam, row, but(aim={}), MORNING, ASHDALE)
        row = projects.change(tx, sam, row, LEAFLET, MORNING, ASHDALE)
        row = projects.open_(tx, sam, row, MORNING, ASHDALE)
        with pytest.raises(NotReady):
            projects.change(tx, sam, row, but(aim={}), MORNING, ASHDALE)

    await lite_store.write(story)

    def later(tx: Tx) -> Record:
        sam = leaflet.hired(tx, "Olu")
        row = leaflet.opened(tx, sam, leaflet.member(tx))
        over = MORNING + timedelta(days=200)
        return projects.change(tx, sam, row, but(time={"en": "Four hours"}), over, ASHDALE)

    assert (await lite_store.write(later)).words["time"] == {"en": "Four hours"}


async def test_only_what_is_open_gets_under_way(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        row = leaflet.led(tx, sam, leaflet.member(tx))
        with pytest.raises(WrongState):
            projects.begin(tx, sam, row, MORNING)
        with pytest.raises(WrongState):
            projects.finish(tx, sam, row, MORNING, "Nobody came")
        row = projects.open_(tx, sam, row, MORNING, ASHDALE)
        with pytest.raises(WrongState):
            projects.open_(tx, sam, row, MORNING, ASHDALE)

    await lite_store.write(story)


async def test_a_word_is_one_project_s_alone(store: Store) -> None:
    def story(tx: Tx) -> list[object]:
        sam = leaflet.hired(tx, "Sam")
        one, other = (leaflet.led(tx, sam, leaflet.member(tx)) for _ in range(2))
        told: list[object] = [projects.set_code(tx, sam, one, "leaflet", MORNING, ASHDALE)]
        one = kept.get(tx, one.id)
        told.append(projects.set_code(tx, sam, one, "LEAFLET", MORNING, ASHDALE))
        told.append(projects.set_code(tx, sam, other, "Leaflet", MORNING, ASHDALE))
        told.append(projects.set_code(tx, sam, other, "x", MORNING, ASHDALE))
        found = leaflet.of_code(tx, "leaflet")
        told.append(found is not None and found.id == one.id)
        told.append(projects.code_of(tx, one))
        projects.set_code(tx, sam, one, "", MORNING, ASHDALE)
        told += [leaflet.of_code(tx, "LEAFLET"), leaflet.of_code(tx, "nothing")]
        return [*told, projects.set_code(tx, sam, kept.get(tx, one.id), "leaflet", MORNING, ASHDALE)]

    refused = [Refusal.TAKEN, Refusal.NOT_A_CODE]
    assert await store.write(story) == [None, None, *refused, True, "LEAFLET", None, None, None]


async def test_what_is_told_is_told_in_their_language_and_else_in_english(lite_store: Store) -> None:
    def story(tx: Tx) -> list[dict[str, str]]:
        row = leaflet.led(tx, leaflet.hired(tx, "Sam"), leaflet.member(tx))
        return [dict(projects.facts(row, tag, ASHDALE)) for tag in ("en", "pl", "en_GB@simple")]

    english, polish, simple = await lite_store.write(story)
    assert english == {
        "project": "Home care leaflet",
        "aim": "We will write a leaflet that is easy to read.",
        "involves": "You read drafts and tell us what to change.",
        "time": "Two hours, three times",
        "payment": "£20 for each meeting",
        "expenses": "We pay your bus fare.",
        "place": "Oak Hall, by Aldi",
        "ways": "In person",
        "rung_sentence": "You help plan it from the start. We run it.",
        "sender": "Ashdale Council",
        "starts": "Thursday 3 December",
        "ends": "Friday 26 February",
        "decided": "",
    }
    assert polish["project"] == "Ulotka o opiece"
    assert polish["starts"] == "czwartek 3 grudnia"
    assert polish["time"] == english["time"]
    assert simple["project"] == english["project"]


async def test_what_is_not_paid_says_so(lite_store: Store) -> None:
    def story(tx: Tx) -> str:
        row = projects.add(tx, leaflet.hired(tx, "Sam"), but(paid=False, place={}), MORNING)
        told = projects.facts(row, "en", ASHDALE)
        return f"{told['payment']} {told['place']} {row.payment}"

    assert await lite_store.write(story) == "This is not paid. In person None"


def test_every_rung_has_its_sentence() -> None:
    assert set(RUNGS) == set(Rung)


@pytest.mark.parametrize(
    ("about", "topics", "ways", "fits"),
    [
        ({"district": "AS1"}, ["home_care"], ["in_person"], True),
        ({}, [], [], True),  # they told us nothing yet
        ({"district": "AS9"}, ["home_care"], [], False),
        ({"district": "AS1"}, ["money"], [], False),
        ({}, [], ["post"], False),
    ],
)
async def test_what_is_open_to_somebody_fits_them(
    lite_store: Store, about: dict[str, str], topics: list[str], ways: list[str], fits: bool
) -> None:
    def story(tx: Tx) -> bool:
        person = leaflet.member(tx, "Ben", **about)
        interests.choose(tx, person.id, InterestKind.TOPIC, topics)
        interests.choose(tx, person.id, InterestKind.WAY, ways)
        leaflet.opened(tx, leaflet.hired(tx, "Sam"), leaflet.member(tx))
        return bool(projects.open_to(tx, person, ASHDALE, MORNING))

    assert await lite_store.write(story) == fits


async def test_the_best_fitting_comes_first_and_what_is_theirs_already_does_not_come(store: Store) -> None:
    def story(tx: Tx) -> list[list[str]]:
        sam, asha = leaflet.hired(tx, "Sam"), leaflet.member(tx)
        ben = leaflet.member(tx, "Ben", district="AS1")
        interests.choose(tx, ben.id, InterestKind.TOPIC, ["home_care"])
        best = leaflet.opened(tx, sam, asha)
        leaflet.opened(tx, sam, asha, but(title={"en": "Anybody"}, topics=(), districts=(), ways=("post",)))
        leaflet.led(tx, sam, asha, but(title={"en": "A draft"}))

        def names(day: int = 0) -> list[str]:
            found = projects.open_to(tx, ben, ASHDALE, MORNING + timedelta(days=day))
            return [projects.said(row, "title", "en") for row in found]

        told = [names(), names(day=200)]
        at = {"project_id": best.id, "person_id": ben.id, "turn": 1, "at": MORNING, "changed_at": MORNING}
        place = places.add(tx, state=PlaceState.PLACE, **at)
        told.append(names())
        places.change(tx, place.id, {"state": PlaceState.GIVEN_UP})
        return [*told, names()]

    both, alone = ["Home care leaflet", "Anybody"], ["Anybody"]
    assert await store.write(story) == [both, [], alone, both]


async def test_terms_are_kept_in_versions_and_the_same_words_are_no_new_one(lite_store: Store) -> None:
    def story(tx: Tx) -> list[object]:
        sam = leaflet.hired(tx, "Sam")
        row = leaflet.led(tx, sam, leaflet.member(tx))
        first = leaflet.agreement(tx, sam, row)
        same = leaflet.agreement(tx, sam, row)
        leaflet.agreement(tx, sam, row, "We meet on Mondays.")
        agenda = terms.write(tx, sam, row, Subject.AGENDA, {"en": "1. Tea", "pl": ""}, MORNING)
        versions = terms.versions(tx, row, Subject.TERMS)
        return [first.id == same.id, [one.row.words["en"] for one in versions], agenda.version, agenda.words]

    assert await lite_store.write(story) == [
        True,
        ["We meet on Mondays.", "We meet on Thursdays."],
        1,
        {"en": "1. Tea"},
    ]


async def test_today_tells_of_what_should_be_over_and_of_who_left(store: Store) -> None:
    def story(tx: Tx) -> list[list[str]]:
        sam, viv, asha = leaflet.hired(tx, "Sam"), leaflet.hired(tx, "Viv", Role.VIEWER), leaflet.member(tx)
        row = leaflet.opened(tx, sam, asha)
        over = MORNING + timedelta(days=100)

        def todo(who: Any, now: Any = over) -> list[str]:
            return [one.todo for one in project_today.rows(tx, who, now, ASHDALE)]

        told = [todo(sam, MORNING), todo(sam), todo(viv)]
        people.change(tx, asha.id, {"state": PersonState.LEFT})
        told.append(todo(sam))
        at = {"turn": 1, "at": MORNING, "changed_at": MORNING}
        places.add(tx, project_id=row.id, person_id=asha.id, state=PlaceState.PLACE, **at)
        done = projects.finish(tx, sam, row, over, "We will tell them in spring")
        assert done.state == ProjectState.FINISHED
        return [*told, todo(sam)]

    finish, another = "This project should be over: finish it", "The member who led this has left: name another"
    tell = "Tell everybody what came of this project"
    assert await store.write(story) == [[], [finish], [], [finish, another], [tell]]
