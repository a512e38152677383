"""MEETINGS: theirs, with their answer, and what they could join. A pick tells where it is, and asks if they come."""

from __future__ import annotations

import pytest

from flows.meetings import MEETINGS
from storage import places, rsvps
from storage.meetings import MeetingState, Way
from storage.places import PlaceState
from storage.schema import Record
from storage.store import Tx
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting, invites_to, stand
from tests.conversations.phones import Phone
from tests.conversations.telling import a_project, step

NOTHING = step(MEETINGS, "none")
ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
SPACE = "Carers' space, Thursday 3 December"
PLACE = "Carers' space is at Oak Hall, Station Road, by Aldi."
COMING = "Carers' space: Thursday 3 December, 2pm. Can you come?\n1 Yes 2 No 3 Not sure"


def listed(*labels: str) -> str:
    return sayings.numbered(step(MEETINGS, "ask"), labels)


@pytest.mark.parametrize(
    "said", ["MEETINGS", "my meetings", "what meetings are there", "when is the next meeting?", "/meetings"]
)
async def test_there_is_none(phone: Phone, said: str) -> None:
    await phone.joins()
    await phone.says(said)
    phone.reads(NOTHING)


async def test_a_stranger_reads_the_same(phone: Phone, bank: Bank) -> None:
    await a_meeting(bank)
    await phone.says("MEETINGS")
    phone.reads(NOTHING)
    assert await bank.nobody_is_known()


@ON_BOTH
async def test_one_that_is_open_to_all_is_picked_and_answered(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await phone.joins()
    await phone.says("MEETINGS")
    phone.reads(listed(SPACE))
    await phone.says("1")
    phone.reads(PLACE, COMING)
    await phone.says("yes")
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == ["coming"]


async def test_theirs_are_listed_with_their_answer_the_soonest_first(phone: Phone, bank: Bank) -> None:
    await a_meeting(bank)
    await phone.joins()
    await phone.says("MEETINGS")
    await phone.says("1")
    await phone.says("yes")
    asked = await a_meeting(bank, "Food workshop", on_day="2026-12-01", project_id=(await a_project(bank)).id)
    await invites_to(bank, asked)
    phone.ignores_the_rest()
    await phone.says("my meetings")
    phone.reads(listed("Food workshop, Tuesday 1 December: coming?", f"{SPACE}: you come"))
    await phone.says("2")
    phone.reads(
        "You come to Carers' space. Thursday 3 December, 2pm, Oak Hall, Station Road, by Aldi. "
        "If you can't come, just text us. For your calendar, text CALENDAR."
    )


async def test_from_the_menu(phone: Phone, bank: Bank) -> None:
    await a_meeting(bank)
    await phone.joins()
    await phone.says("MENU")
    await phone.says("9")
    phone.reads(sayings.MENU, listed(SPACE))
    await phone.says("SKIP")
    phone.reads(step(MEETINGS, "left"))


async def test_who_joins_online_reads_the_link(phone: Phone, bank: Bank) -> None:
    await a_meeting(bank, way=Way.ONLINE, words={"link": {"en": "meet.example/space"}, "place": {}, "find": {}})
    await phone.joins()
    await phone.says("meetings")
    await phone.says("1")
    phone.reads(listed(SPACE), COMING)
    await phone.says("yes")
    phone.ignores_the_rest()
    await phone.says("meetings")
    await phone.says("1")
    phone.reads(
        listed(f"{SPACE}: you come"),
        "You join Carers' space online. Thursday 3 December, 2pm. meet.example/space If you can't come, just text us.",
    )


async def test_what_is_over_full_or_for_a_project_of_others_is_not_offered(phone: Phone, bank: Bank) -> None:
    for title, more in (
        ("Cancelled", {"state": MeetingState.CANCELED}),
        ("A draft", {"state": MeetingState.DRAFT}),
        ("Last month", {"on_day": "2026-11-02"}),
        ("Full", {"capacity": 0}),
        ("Of others", {"project_id": (await a_project(bank)).id}),
    ):
        await a_meeting(bank, title, **more)
    await phone.joins()
    await phone.says("meetings")
    phone.reads(NOTHING)


async def test_those_of_their_project_are_offered(phone: Phone, bank: Bank) -> None:
    project = await a_project(bank)
    await a_meeting(bank, project_id=project.id)
    await phone.joins()
    person = await bank.member(phone)
    await bank.does(lambda tx: _place(tx, project, person, bank))
    await phone.says("meetings")
    phone.reads(listed(SPACE))


def _place(tx: Tx, project: Record, person: Record, bank: Bank) -> None:
    kept = {"state": PlaceState.PLACE, "turn": 1, "at": bank.now(), "changed_at": bank.now()}
    places.add(tx, project_id=project.id, person_id=person.id, **kept)


async def test_on_a_shared_phone_the_list_does_not_say_whose_answer_it_is(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await phone.joins("Asha")
    for reply in ("JOIN", "yes", "somebody else", "yes", "Ben"):
        await phone.says(reply)
    phone.ignores_the_rest()
    await phone.says("MEETINGS")
    phone.reads(listed(SPACE))
    await phone.says("1")
    phone.reads(PLACE, sayings.who(sayings.WHO_ARE_YOU, "Asha", "Ben"))
    await phone.says("Ben")
    phone.reads(COMING)
    await phone.says("yes")
    phone.ignores_the_rest()
    ben = next(one for one in await bank.members(phone) if one.name == "Ben")
    row = await bank.asks(lambda tx: rsvps.of(tx, meeting.id, ben.id))
    assert row is not None


async def test_in_polish(phone: Phone, bank: Bank) -> None:
    await a_meeting(bank)
    await phone.joins()
    await phone.says("po polsku")
    phone.ignores_the_rest()
    await phone.says("jakie są spotkania")
    (said,) = phone.unread
    assert "1 Spotkanie opiekunów, czwartek 3 grudnia" in said.screen
    phone.ignores_the_rest()
