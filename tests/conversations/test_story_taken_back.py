"""A story is taken back by text, wholly or for one use: it comes down wherever it was used, and they are told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bank import erasure, story_list, story_today, story_used
from bank.colleague import Colleague
from storage import stories
from storage.stories import StoryState, Use
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.colleagues import Somebody
from tests.conversations.phones import Phone, TextPhone
from tests.conversations.stories_told import NONE, agreed, has_none, parts, said, state, story, tells, tells_all

STANDS = "We have your story. Website: with your name. Staff teaching: without your name. Report: no."
DOWN = "Ashdale Council: we have taken your story down, as you asked. You do not need to reply. STOP ends texts."
PAGE = "ashdale.example/stories"


async def is_used(bank: Bank, phone: Phone, use: Use = Use.WEB, place: str = PAGE) -> Colleague:
    """A colleague used it there."""
    priya = (await Somebody.at(bank, f"Priya {place}")).known
    row = await story(bank, phone)
    await bank.does(lambda tx: story_used.use(tx, priya, row, use, place, bank.now()))
    return priya


async def is_taken_down(bank: Bank, phone: Phone, by: Colleague) -> None:
    """The colleague takes it down wherever it still is."""
    row = await story(bank, phone)
    for place in await bank.asks(lambda tx: stories.places(tx, [row.id])):
        await bank.does(lambda tx, name=place.token: story_used.down(tx, by, row, name, bank.now(), bank.organisation))
    await bank.keeps_up()
    await bank.drains()


async def todo(bank: Bank, by: Colleague) -> list[str]:
    rows = await bank.asks(lambda tx: story_today.rows(tx, by, bank.now(), bank.organisation))
    return [row.todo for row in rows]


@pytest.mark.parametrize("text", ["take my story down", "Please don't use my story any more.", "stop using my story"])
async def test_from_nowhere_it_is_taken_back_at_once(sms: TextPhone, bank: Bank, text: str) -> None:
    await sms.joins()
    await tells_all(sms)
    await sms.says(text)
    sms.reads(said("gone"))
    assert (await state(bank, sms), await parts(bank, sms)) == (StoryState.WITHDRAWN, [])
    assert await agreed(bank, sms) == {}


async def test_where_it_is_used_it_comes_down_and_they_are_told(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells_all(sms)
    priya = await is_used(bank, sms)
    await sms.says("take my story down")
    sms.reads(said("down_by"))
    assert f"Take their story down: {PAGE}" in await todo(bank, priya)
    assert await parts(bank, sms) != []  # until it is down we must be able to find it
    await bank.later(hours=2)
    await is_taken_down(bank, sms, priya)
    sms.reads(DOWN)
    assert await todo(bank, priya) == []
    assert await parts(bank, sms) == []


async def test_they_are_told_once_when_the_last_of_it_is_down(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells_all(sms)
    priya = await is_used(bank, sms)
    await is_used(bank, sms, Use.TRAINING, "Induction, slide 4")
    await sms.says("STORY")
    await sms.says("3")
    sms.reads(STANDS, said("wants"), said("down_by"))
    assert len([one for one in await todo(bank, priya) if one.startswith("Take")]) == 2
    await is_taken_down(bank, sms, priya)
    sms.reads(DOWN)


async def test_one_use_is_taken_back(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells_all(sms)
    priya = await is_used(bank, sms)
    await is_used(bank, sms, Use.TRAINING, "Induction, slide 4")
    await sms.says("my story")
    await sms.says("2")
    await sms.says("no")
    await sms.says("without my name")
    await sms.says("no")
    sms.reads(STANDS, said("wants"), said("web"), said("training"), said("report"), said("coming_down"))
    assert await agreed(bank, sms) == {"training": "no_name"}
    assert [one for one in await todo(bank, priya) if one.startswith("Take")] == [f"Take their story down: {PAGE}"]


async def test_less_of_a_name_than_it_was_used_with_takes_it_down(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells_all(sms)
    priya = await is_used(bank, sms)
    await sms.says("STORY")
    for reply in ("2", "without my name", "3", "4"):
        await sms.says(reply)
    sms.ignores_the_rest()
    assert f"Take their story down: {PAGE}" in await todo(bank, priya)


async def test_a_story_that_is_left_as_it_is_stays(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells_all(sms)
    await sms.says("STORY")
    await sms.says("4")
    sms.reads(STANDS, said("wants"), said("left"))
    assert await agreed(bank, sms) == {"web": "name", "training": "no_name"}


async def test_words_that_are_added_are_agreed_to_anew(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells_all(sms)
    await sms.says("STORY")
    await sms.says("1")
    await sms.says("And now he is at school.")
    assert await agreed(bank, sms) == {}
    await sms.says("DONE")
    await sms.says("yes")
    sms.ignores_the_rest()
    assert (await state(bank, sms), await agreed(bank, sms)) == (StoryState.TOLD, {})
    await sms.says("2")
    assert await agreed(bank, sms) == {"web": "first_name"}
    sms.ignores_the_rest()


async def test_who_has_none_is_told_so(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await sms.says("take my story down")
    sms.reads(NONE)
    await tells(sms)
    await sms.says("take my story down")
    sms.reads(said("gone"))
    assert await has_none(bank, sms)


async def test_a_new_one_may_be_told_after_it(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells_all(sms)
    await sms.says("delete my story")
    await sms.says("STORY")
    sms.reads(said("gone"), said("about"), said("tell"))


async def test_who_leaves_is_used_no_more_and_erased_once_it_is_down(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells_all(sms)
    priya = await is_used(bank, sms)
    person = await bank.member(sms)
    await sms.says("LEAVE")
    sms.ignores_the_rest()
    assert await todo(bank, priya) == [f"Take their story down: {PAGE}"]
    bank.now.move(timedelta(days=20))
    assert not await bank.does(lambda tx: erasure.erase_person(tx, person.id, bank.now()))
    await is_taken_down(bank, sms, priya)
    sms.reads_nothing()  # who has left hears nothing more
    assert await bank.does(lambda tx: erasure.erase_person(tx, person.id, bank.now()))
    assert await bank.count(stories.stories, stories.story_uses, stories.story_places) == 0


async def test_who_comes_back_has_their_story_as_it_was(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells_all(sms)
    await sms.says("LEAVE")
    assert await agreed(bank, sms) == {}
    await sms.says("START")
    sms.ignores_the_rest()
    assert await agreed(bank, sms) == {"web": "name", "training": "no_name"}


async def test_who_sent_stop_hears_nothing_more(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells_all(sms)
    priya = await is_used(bank, sms)
    await sms.says("take my story down")
    await sms.says("STOP")
    sms.reads(said("down_by"), sayings.STOPPED)
    await is_taken_down(bank, sms, priya)
    sms.reads_nothing()


async def test_it_may_not_be_used_for_what_was_not_agreed(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells_all(sms)
    with pytest.raises(story_used.NotAgreed, match="have not agreed that it is used for a report"):
        await is_used(bank, sms, Use.REPORT)
    await sms.says("take my story down")
    sms.ignores_the_rest()
    with pytest.raises(story_used.NotAgreed, match="taken this story back"):
        await is_used(bank, sms, Use.WEB, "Another page")


async def test_a_story_to_read_stands_on_today_until_somebody_has(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms)
    priya = (await Somebody.at(bank)).known
    assert await todo(bank, priya) == ["A story to read"]
    row = await story(bank, sms)
    await bank.does(lambda tx: story_list.look(tx, priya, row, bank.now(), bank.organisation))
    assert await todo(bank, priya) == []
    await bank.later(hours=2)
    await sms.says("And then we moved house.")
    sms.ignores_the_rest()
    assert await todo(bank, priya) == ["A story to read"]
