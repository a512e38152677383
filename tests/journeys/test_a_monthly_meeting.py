"""A carers' space from its first line on a page to the thanks after it: fifty-three people are asked, and answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import people
from storage.rsvps import RsvpState
from tests.journeys import figures, near_the_day
from tests.journeys.carers import CARERS, LATER, ONLINE, SOON
from tests.journeys.space import POLISH, WORDS, Space, begun, narrow, texted

pytestmark = pytest.mark.browser

COMING, WAITING, MAYBE = RsvpState.COMING, RsvpState.WAITING, RsvpState.MAYBE


@pytest.fixture
async def space(tmp_path: Path, axe: Path, pictures: Path | None) -> AsyncIterator[Space]:
    async with begun(tmp_path / "data", axe, pictures) as told:
        yield told


async def test_a_monthly_meeting(space: Space) -> None:
    await it_is_made(space)
    await fifty_three_are_invited(space)
    await they_answer_in_their_own_words(space)
    await one_is_rung_and_three_wait(space)
    await the_figures_add_up(space)
    await places_that_are_given_back_are_taken(space)
    await what_they_need_is_arranged(space)
    await it_is_ready_when_all_is_settled(space)
    await near_the_day.the_room_and_the_hour_change(space)
    await near_the_day.it_is_prepared(space)
    await near_the_day.who_comes_is_reminded(space)
    await near_the_day.somebody_is_late(space)
    await near_the_day.who_came_is_ticked(space)
    await near_the_day.they_are_thanked(space)
    await near_the_day.the_next_one_stands_ready(space)


async def it_is_made(space: Space) -> None:
    ada = space.ada
    await ada.opens("/meetings")
    await ada.is_sound()
    await ada.presses("Add a meeting")
    await ada.is_sound()
    await ada.ticks("kind", "space")
    await ada.fills(on_day__day="3", on_day__month="12", on_day__year="2026", at_time="2pm", until="4pm")
    await ada.ticks("repeats", "monthly_weekday")
    await ada.ticks("way", "hybrid")
    await ada.fills(**WORDS, capacity="20")
    await ada.page.get_by_label("Ask people how many they bring").check()
    await ada.page.get_by_label("Who of the team leads it?").select_option(label="Ada Lead")
    token = await space.town.house.store.read(lambda tx: people.get(tx, space["Asha"].id).token)
    await ada.fills(member_chair=f"{space.town.url}/people/{token}")
    await ada.is_pictured("meeting-form")
    await ada.presses("Keep it")
    space.at = space.here()
    read = await ada.reads()
    assert "Thursday 3 December, 2pm to 4pm" in read
    assert "Leads it, of the team Ada Lead Leads it, a member Asha" in read
    await ada.is_sound()
    await ada.is_pictured("meeting-draft")
    await ada.presses("Open it: people may be invited")
    assert "It is open." in await ada.reads()


async def fifty_three_are_invited(space: Space) -> None:
    ada, olu = space.ada, space.olu
    await ada.follows("Invite people")
    await ada.ticks("whom", "all")
    await ada.presses("See how many")
    read = await ada.reads()
    assert "It would reach 53 people" in read
    assert "There may be no time left to arrange this: BSL interpreter. 1 of them needs it." in read
    await ada.is_sound()
    await ada.is_pictured("meeting-invite")
    await ada.presses("Go on to the words")
    await ada.is_sound()
    await ada.presses("Keep it and look at it")
    assert "It takes 3 texts for one person. Shorten it" in await ada.reads()
    await ada.follows("Change what it says")
    await ada.fills(words__pl=POLISH)
    await ada.presses("Keep it and look at it")
    assert "Shorten it" not in await ada.reads()
    space.invitation = space.here()
    await ada.is_sound()
    await ada.is_pictured("meeting-check")
    assert sum((await figures.reached(ada)).values()) == len(CARERS) == 53
    await ada.presses("Ask them to approve it")
    await olu.opens("/")
    await olu.follows("Say yes or no to an invitation")
    await olu.is_sound()
    await olu.ticks("given", "yes")
    await olu.presses("Keep the answer")
    await ada.opens(space.invitation)
    await ada.presses("Let it go to 53 people")
    await space.time_passes(minutes=1)
    got = space.got()
    assert {name: len(texts) for name, texts in got.items()} == dict.fromkeys(texted(one.name for one in CARERS), 1)
    for one in CARERS:
        asks = "czwartek 3 grudnia" if one.language == "pl" else "Thursday 3 December, 2pm, Oak Hall"
        assert one.name not in got or asks in got[one.name][0], one


async def they_answer_in_their_own_words(space: Space) -> None:
    for one in SOON:
        await space.tells(one.name, *one.says)
    got = space.got()
    stand = {state: await space.stand(state) for state in RsvpState}
    meant = {state: {one.name for one in SOON if one.means == state} for state in RsvpState}
    assert stand == meant
    assert "There is free parking behind the hall." in got["Ida"][0]
    assert "We will answer by Wednesday 25 November." in got["Jon"][0]
    assert "We have this down for you: BSL interpreter. Is it still right?" in got["Kit"][2]
    for name in ONLINE:
        assert "https://meet.example/oak" in got[name][-1]
    assert [got[name][-1] for name in ("Dev", "Eve")] == ["One guest comes with you.", "You come late."]
    assert "May they see your name?" not in " ".join(got["Asha"]), "she leads it"


async def one_is_rung_and_three_wait(space: Space) -> None:
    olu = space.olu
    await olu.opens("/tasks?show=calls")
    await olu.page.locator("main tbody tr", has_text="Vera").get_by_role("link").first.click()
    assert "There is free parking behind the hall." in await olu.reads()
    for name, chosen in (("answer", "yes"), ("how", "phone"), ("way", "in_person")):
        await olu.ticks(name, chosen)
    await olu.fills(guests="0")
    await olu.is_sound()
    await olu.is_pictured("meeting-call")
    await olu.presses("Keep their answer")
    assert "They come. Tell them that we have noted it." in await olu.reads()
    assert "They answered: Yes, they come." in await olu.reads()
    assert await space.seats() == 20
    for one in LATER:
        await space.tells(one.name, *one.says)
    got = space.got()
    for number, one in enumerate(LATER, 1):
        assert f"You are number {number} in line." in got[one.name][0]


async def the_figures_add_up(space: Space) -> None:
    ada = space.ada
    told = await space.adds_up()
    assert told == {
        "Coming": 19,
        "Wait for a place": 3,
        "Not sure": 3,
        "Not coming": 6,
        "Have not answered": 21,  # and one whose number is not in use was not asked
    }
    await ada.is_pictured("meeting-answers")
    await narrow(ada, "meeting-answers")
    await space.goes_to()
    shown = dict(await figures.listed(ada))
    assert (shown["Coming"], shown["Places taken"]) == ("19, and 1 with them", "20 of 20")
    await ada.is_pictured("meeting-page")
    await narrow(ada, "meeting-page")
    await ada.page.route("**/latest", lambda asked: asked.fulfill(status=204))
    await ada.opens(space.invitation)
    await ada.is_sound()
    of_all = await figures.progress(ada)
    asked = (entry for entry in space.book() if "przyjdziesz?" in entry.text or "Coming?" in entry.text)
    book = figures.by_the_book(asked)
    assert of_all.stands == {
        "Handed over, and no more is known": book[""],
        "Delivered": book["delivered"],
        "To be rung": 3,
        "Rung": 1,
        "To get a letter": 3,
    }
    assert of_all.failed == {"30005": book["30005"]} == {"30005": 1}
    assert of_all.answers == {"yes": 22, "no": 6, "maybe": 3}
    assert of_all.sum == of_all.people == sum(told.values()) + 1 == 53


async def places_that_are_given_back_are_taken(space: Space) -> None:
    await space.tells("Max", "CANCEL")
    await space.time_passes(minutes=1)
    got = space.got()
    assert "Your place goes to the next person." in got["Max"][0]
    assert "a place is free" in got["Nan"][0]
    await space.tells("Nan", "yes please", "in person", "0", "yes")
    await space.tells("Lou", "I can't make Thursday after all")
    await space.time_passes(minutes=1)
    assert "a place is free" in space.got()["Oli"][0]
    await space.tells("Oli", "sorry no")
    await space.time_passes(minutes=1)
    await space.tells("Dan", "[Yes]", "[In person]", "0", "[Yes]")
    assert "We have noted that you come" in space.got()["Dan"][-1]
    assert await space.adds_up() == {
        "Coming": 19,
        "Wait for a place": 0,
        "Not sure": 3,
        "Not coming": 9,
        "Have not answered": 21,
    }
    assert await space.seats() == 20


async def what_they_need_is_arranged(space: Space) -> None:
    ada = space.ada
    await space.until("2026-11-24 09:30")
    await ada.comes_in()
    await space.goes_to("/arrange")
    assert "4 things are still to be done" in await ada.reads()
    assert await ada.page.get_by_role("button", name="The meeting is ready").count() == 0
    await ada.is_pictured("meeting-arrange")
    await space.settles_it("BSL interpreter, Kit", "booked", "Jo meets you at the door.")
    await space.settles_it("Interpreter of a spoken language, Łucja", "could_not")
    await space.settles_it("Large print, Wes", "booked")
    await space.time_passes(minutes=1)
    got = space.got()
    assert "Your BSL interpreter is booked. Jo meets you at the door." in got["Kit"][0]
    assert "You will get large print." in got["Wes"][0]
    assert "nie ma tłumacza" in got["Łucja"][0]
    await space.tells("Łucja", "1")


async def it_is_ready_when_all_is_settled(space: Space) -> None:
    ada, olu = space.ada, space.olu
    await olu.comes_in()
    await olu.opens(f"{space.at}/arrange")
    await space.goes_to("/arrange/add")
    for choice in ("Bea", "Transport", "By phone"):
        await ada.page.get_by_role("radio", name=choice, exact=True).check()
    await ada.fills(words="a taxi to get there")
    await ada.presses("Add it")
    await olu.presses("The meeting is ready")
    assert "This is neither arranged nor talked about: Transport, for Bea" in await olu.reads()
    assert all("status of 409" in said for said in olu.complaints)
    olu.complaints.clear()
    await olu.is_sound()
    await olu.is_pictured("meeting-not-ready")
    await space.settles_it("Transport, Bea", "talked", "Her sister brings her.")
    await olu.opens(f"{space.at}/arrange")
    await olu.presses("The meeting is ready")
    assert (await space.row()).state == "ready"
