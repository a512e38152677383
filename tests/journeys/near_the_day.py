"""A carers' space near its day: what is changed and prepared, who is reminded, late, ticked and thanked."""

from __future__ import annotations

from pathlib import Path

from storage.rsvps import RsvpState
from tests.bank.printed import text_of
from tests.journeys import figures
from tests.journeys.carers import ONLINE
from tests.journeys.space import Space, each_once, narrow, texted

COMING, WAITING, MAYBE = RsvpState.COMING, RsvpState.WAITING, RsvpState.MAYBE
_LINK, _ROOM = "https://meet.example/oak", "in the green room"
_READY = "The meeting is ready"
# Who was to come, and did not.
_AWAY = ("Cal", "Ida")


def _helps(name: str, text: str) -> bool:
    """The link for who joins online, the place for who comes."""
    return (_LINK in text, _ROOM in text) == (name in ONLINE, name not in ONLINE)


async def the_room_and_the_hour_change(space: Space) -> None:
    ada, concerned = space.ada, await space.stand(COMING, WAITING, MAYBE)
    space.got()
    await space.changes("small", find__en="by Aldi, in the green room")
    each_once(space.got(), concerned, _helps)
    assert (await space.row()).state == "ready"
    await space.changes("large", at_time="4pm", until="6pm")
    each_once(space.got(), concerned, lambda _name, text: "4pm" in text or "16.00" in text)
    assert (await space.row()).state == "open"
    await space.tells("Bea", "2")
    await space.tells("Cal", "1", "0")
    got = space.got()
    assert "We have noted that you can't come." in got["Bea"][0]
    assert "Thursday 3 December, 4pm" in got["Cal"][-1]
    await space.goes_to("/arrange")
    assert await ada.page.get_by_role("button", name=_READY).count() == 0, "they are booked for 2pm"
    await space.settles_it("BSL interpreter, Kit", "booked", "Jo meets you at the door.")
    await space.settles_it("Large print, Wes", "booked")
    await space.goes_to("/arrange")
    await ada.presses(_READY)
    await space.time_passes(minutes=1)
    assert space.got().keys() == {"Kit", "Wes"}
    await ada.opens("/tasks?show=calls")
    assert "Vera" in await ada.reads(), "a voice tells her"


async def it_is_prepared(space: Space) -> None:
    ada = space.ada
    await space.goes_to("/prepare")
    read, numbers = await ada.reads(), dict(await figures.listed(ada))
    assert "In the room, and so for food and drink: 16 14 members, 1 guest, 1 who leads it" in read
    assert "BSL interpreter Kit a BSL interpreter Arranged." in read
    assert "Jon will the money man come again? To be answered by 5pm, Wednesday 25 November" in read
    asked = {name: int(numbers[name]) for name in ("Members who come", "Not sure yet", "Cannot come", "Were asked")}
    assert asked == {"Members who come": 18, "Not sure yet": 3, "Cannot come": 10, "Were asked": 52}
    assert 18 + 3 + 10 + int(numbers["Have not answered"]) == 52
    await ada.is_pictured("meeting-prepare")
    await narrow(ada, "meeting-prepare")
    in_room = await space.stand(COMING) - ONLINE
    for name in ("Sign-in sheet", "Name badges"):
        paper = await _printed(space, name)
        assert all(one in paper for one in in_room)
        assert "Bo " not in paper
    assert "A guest of Dev" in await _printed(space, "Sign-in sheet")
    await ada.follows("Look at what the member who leads it sees")
    shown = (await ada.reads()).partition("Others come too.")[2]
    assert ("Kit" in shown, "Dev" in shown) == (True, False), "those who said that she may see their name"
    await ada.is_sound()


async def _printed(space: Space, name: str) -> str:
    async with space.ada.page.expect_download() as waiting:
        await space.ada.page.get_by_role("link", name=f"{name} (PDF)").click()
    return text_of(Path(await (await waiting.value).path()).read_bytes())


async def who_comes_is_reminded(space: Space) -> None:
    await space.until("2026-11-26 09:59")
    assert space.got() == {}
    await space.until("2026-11-26 10:00")
    each_once(space.got(), await space.stand(COMING), _helps)
    await space.until("2026-11-30 10:00")
    assert space.got().keys() == {"Gus", "Zofia", "Fay"}, "who was not sure is asked once more"
    await space.tells("Gus", "sorry no")
    assert len(space.got()["Gus"]) == 1
    await space.tells("Fay", "[Yes]", "[In person]", "0", "[Yes]")
    assert "We have noted that you come" in space.got()["Fay"][-1]
    for before, due in (("12-02 09:59", "12-02 10:00"), ("12-03 13:59", "12-03 14:00")):
        await space.until(f"2026-{before}")
        assert space.got() == {}
        await space.until(f"2026-{due}")
        each_once(space.got(), await space.stand(COMING), _helps)


async def somebody_is_late(space: Space) -> None:
    ada = space.ada
    await space.until("2026-12-03 15:40")
    await space.tells("Eve", "sorry running late, bus broke down")
    got = space.got()
    assert got["Eve"] == ["Thank you for telling us. We have told Ada Lead. Come when you can."]
    (heard,) = got["Ada"]
    assert "Somebody is late, and will come." in heard
    assert "bus broke down" in heard
    assert "Eve" not in heard
    await ada.comes_in()
    await ada.opens("/")
    assert "Read what they wrote (Eve)" in await ada.reads()


async def who_came_is_ticked(space: Space) -> None:
    ada = space.ada
    await space.until("2026-12-03 18:15")
    await ada.comes_in()
    await space.goes_to()
    await ada.follows("Who came")
    await ada.is_sound()
    for name in await space.stand(COMING):
        if name not in _AWAY:
            await ada.page.get_by_label(name, exact=True).check()
    await ada.presses("Keep who came")
    await ada.fills(number=space["Rex"].address)
    await ada.presses("Find them")
    await ada.is_sound()
    await ada.presses("They came")
    shown = dict(await figures.listed(ada))
    # Six were to be rung or written to, and nobody did it.
    told = {"Were asked": "46", "Said yes": "19", "Came": "18", "Walked in": "1", "Said yes, and did not come": "2"}
    assert {name: shown[name] for name in told} == told
    await ada.is_sound()
    await ada.is_pictured("meeting-attend")


async def they_are_thanked(space: Space) -> None:
    came = (await space.stand(COMING)) - {*_AWAY}
    assert "Rex" in came
    await space.until("2026-12-04 10:00")
    thanked = space.got()
    assert {name: len(texts) for name, texts in thanked.items()} == dict.fromkeys(texted(came), 1)
    assert all("1" in texts[0] and "5" in texts[0] for texts in thanked.values()), "how it was"
    await space.tells("Kit", "it was brilliant")
    assert space.got()["Kit"] == ["Did you feel heard?\n1 Yes\n2 In part\n3 No"]
    await space.tells("Kit", "yes", "the tea", "skip", "yes")
    assert space.got()["Kit"][-1] == "Thank you. We read every answer. We will tell you what we do because of it."
    await space.tells("Wes", "4", "1", "skip", "skip", "no", "the print was too small")
    await space.ada.comes_in()
    await space.ada.opens("/")
    assert "Read what they wrote (Wes)" in await space.ada.reads()


async def the_next_one_stands_ready(space: Space) -> None:
    ada = space.ada
    await space.until("2026-12-10 09:30")
    await ada.comes_in()
    await ada.opens("/")
    await ada.is_sound()
    await ada.is_pictured("meeting-today")
    await ada.follows("Look at this meeting, and open it")
    read = await ada.reads()
    assert "Thursday 7 January, 4pm to 6pm Draft" in read
    assert "Oak Hall, Station Road, by Aldi, in the green room" in read, "like last month"
    await ada.presses("Open it: people may be invited")
    await ada.follows("Invite people")
    await ada.ticks("whom", "last")
    await ada.presses("See how many")
    assert "It would reach 18 people" in await ada.reads()
