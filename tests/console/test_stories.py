"""The pages of stories: what may be used and how, where it is used, and what is typed in for who does not text."""

from __future__ import annotations

import pytest

from storage import addresses, audit, people, reach, stories
from storage.audit import Hidden, Wanted
from storage.oneself import NOBODY
from storage.people import PersonState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from storage.stories import StoryState
from tests import looking
from tests.console.desk import Browser, Console, Somebody

ASHA = "+447700900411"
TOLD = "My name is Asha Khan. Asha was nobody to them. Nobody helped my son."
DOWN = "Ashdale Council: we have taken your story down, as you asked. You do not need to reply. STOP ends texts."


async def joined(console: Console, name: str = "Asha") -> Somebody:
    phone = console.phone(ASHA)
    await phone.says("JOIN", "1", "1", name)
    return phone


async def member(console: Console) -> Record:
    def look(tx: Tx) -> Record:
        found = addresses.find(tx, "sms", ASHA)
        assert found is not None
        return reach.people_at(tx, found.id)[0]

    return await console.read(look)


async def tells(console: Console, web: str = "3", training: str = "2", report: str = "no") -> Somebody:
    """A member tells a story by text, and agrees to these uses."""
    asha = await joined(console)
    person = await member(console)
    await console.write(lambda tx: people.change(tx, person.id, {"name": "Asha Khan"}))
    await asha.says("STORY", TOLD, "DONE", "yes", web, training, report)
    await console.moves(minutes=1)
    return asha


async def story(console: Console) -> Record:
    person = await member(console)
    return (await console.read(lambda tx: stories.of_person(tx, person.id)))[0]


async def acts(console: Console) -> list[tuple[str, str | None]]:
    rows = await console.read(lambda tx: audit.page(tx, Wanted(), Hidden(NOBODY, (), None), 100, 0))
    return [(row.act, row.about) for row in rows]


async def use(sam: Browser, row: Record, what: str = "web", place: str = "ashdale.example/stories") -> str:
    return (await sam.post(f"/stories/{row.token}/used", {"use": what, "place": place})).text


async def test_a_story_is_on_today_in_the_list_and_on_the_page_of_who_tells_it(console: Console) -> None:
    await tells(console)
    sam, row, person = await console.as_(Role.COORDINATOR), await story(console), await member(console)
    assert "A story to read" in (await sam.get("/")).text
    listed = (await sam.get("/stories")).text
    assert f"/stories/{row.token}" in listed
    assert "Told, and right" in listed
    assert "A web page: without their name" in listed
    assert f"/stories/{row.token}" in (await sam.get(f"/people/{person.token}")).text
    assert 'href="/stories"' in (await sam.get("/people")).text


async def test_a_look_is_recorded_and_takes_it_off_today(console: Console) -> None:
    await tells(console)
    sam, row = await console.as_(Role.COORDINATOR), await story(console)
    await sam.get(f"/stories/{row.token}")
    assert ("saw_story", row.token) in await acts(console)
    assert "A story to read" not in (await sam.get("/")).text


async def test_its_page_has_the_words_each_answer_and_the_words_that_were_shown(console: Console) -> None:
    await tells(console)
    sam, row = await console.as_(Role.COORDINATOR), await story(console)
    page = (await sam.get(f"/stories/{row.token}")).text
    assert TOLD in page
    assert "May we put your story on our website?" in page
    assert "Holds now" in page
    assert "names of other people" in page


async def test_what_is_ready_to_copy_has_no_name_but_the_one_that_was_agreed(console: Console) -> None:
    await tells(console)
    sam, row = await console.as_(Role.COORDINATOR), await story(console)
    web, training = (await sam.get(f"/stories/{row.token}")).text.split("Ready to copy:")[1:]
    nameless = web.partition("<blockquote")[2].partition("</blockquote>")[0]
    assert "My name is [name taken out] [name taken out]." in nameless
    assert "Asha" not in nameless
    assert "Khan" not in nameless
    first = training.partition("<blockquote")[2].partition("</blockquote>")[0]
    assert "My name is Asha [name taken out]." in first
    assert "Khan" not in first


async def test_it_is_marked_as_used_only_for_what_was_agreed(console: Console) -> None:
    await tells(console)
    sam, row = await console.as_(Role.COORDINATOR), await story(console)
    page = await use(sam, row, "report", "Annual report, page 4")
    assert "They have not agreed that it is used for a report. Ask them first." in page
    assert "Annual report, page 4" in page  # nothing that was typed is lost
    page = await use(sam, row)
    assert "It is kept where the story is used." in page
    places = await console.read(lambda tx: stories.places(tx, [row.id]))
    assert [(one.use, one.place) for one in places] == [("web", "ashdale.example/stories")]


@pytest.mark.parametrize(
    "form", [{"use": "web", "place": ""}, {"use": "", "place": "A page"}, {"use": "x", "place": "y"}]
)
async def test_what_is_missing_is_said_beside_it(console: Console, form: dict[str, str]) -> None:
    await tells(console)
    sam, row = await console.as_(Role.COORDINATOR), await story(console)
    answer = await sam.post(f"/stories/{row.token}/used", dict(form))
    assert answer.status_code == 400
    assert "There is a problem" in answer.text


async def test_when_it_is_taken_back_it_comes_down_and_they_are_told(console: Console) -> None:
    asha = await tells(console)
    sam, row = await console.as_(Role.COORDINATOR), await story(console)
    await use(sam, row)
    await asha.says("take my story down")
    assert "Take their story down: ashdale.example/stories" in (await sam.get("/")).text
    page = (await sam.get(f"/stories/{row.token}")).text
    assert "Take it down" in page
    (place,) = await console.read(lambda tx: stories.places(tx, [row.id]))
    page = (await sam.post(f"/stories/{row.token}/down", {"place": place.token})).text
    assert "It is taken down." in page
    assert "The words are deleted." in page
    await console.moves(minutes=1)
    assert (await asha.heard())[-1] == DOWN
    assert "Take their story down" not in (await sam.get("/")).text


async def test_a_place_is_taken_down_once(console: Console) -> None:
    await tells(console)
    sam, row = await console.as_(Role.COORDINATOR), await story(console)
    await use(sam, row)
    (place,) = await console.read(lambda tx: stories.places(tx, [row.id]))
    for _ in range(2):
        await sam.post(f"/stories/{row.token}/down", {"place": place.token})
    assert [one for one in await acts(console) if one[0] == "story_changed"] == [("story_changed", row.token)] * 2


async def test_one_is_typed_in_with_their_say_for_each_use(console: Console) -> None:
    await joined(console)
    sam, person = await console.as_(Role.COORDINATOR), await member(console)
    page = (await sam.get(f"/people/{person.token}/story")).text
    assert "May we use your story in a report?" in page
    form = {"words": TOLD, "how": "phone", "use_web": "name", "use_training": ""}
    page = (await sam.post(f"/people/{person.token}/story", dict(form))).text
    assert "Their story is kept." in page
    row = await story(console)
    assert (row.state, row.how, row.entered_by) == (StoryState.TOLD, "phone", sam.staff.id)
    (said,) = await console.read(lambda tx: stories.uses(tx, [row.id]))
    assert (said.use, said.named, said.how, said.entered_by) == ("web", "name", "phone", sam.staff.id)
    assert said.words.startswith("May we put your story on our website?\n1 With my name")


async def test_without_their_say_nothing_is_agreed(console: Console) -> None:
    await joined(console)
    sam, person = await console.as_(Role.COORDINATOR), await member(console)
    await sam.post(f"/people/{person.token}/story", {"words": TOLD, "how": "paper"})
    page = (await sam.get(f"/stories/{(await story(console)).token}")).text
    assert "They have agreed to nothing yet." in page
    assert "Ready to copy" not in page


async def test_what_is_wrong_with_the_form_is_said_and_nothing_is_lost(console: Console) -> None:
    await joined(console)
    sam, person = await console.as_(Role.COORDINATOR), await member(console)
    answer = await sam.post(f"/people/{person.token}/story", {"words": TOLD, "use_web": "name"})
    assert answer.status_code == 400
    assert "Choose how they told you" in answer.text
    assert TOLD in answer.text


async def test_a_second_one_is_not_typed_in_beside_the_first(console: Console) -> None:
    await tells(console)
    sam, person = await console.as_(Role.COORDINATOR), await member(console)
    answer = await sam.post(f"/people/{person.token}/story", {"words": "Another one.", "how": "phone"})
    assert "We have a story of theirs already." in answer.text


async def test_uses_are_changed_by_what_they_say_later(console: Console) -> None:
    await tells(console)
    sam, row = await console.as_(Role.COORDINATOR), await story(console)
    await use(sam, row)
    await console.moves(minutes=1)
    page = (await sam.post(f"/stories/{row.token}/uses", {"use_web": "not", "how": "phone"})).text
    assert "It is kept what they said." in page
    assert "Take it down" in page
    nothing = await sam.post(f"/stories/{row.token}/uses", {"how": "phone"})
    assert "Choose what they said of at least one use" in nothing.text


async def test_changed_words_have_to_be_agreed_to_anew(console: Console) -> None:
    await tells(console)
    sam, row = await console.as_(Role.COORDINATOR), await story(console)
    await console.moves(minutes=1)
    assert TOLD in (await sam.get(f"/stories/{row.token}/words")).text
    page = (await sam.post(f"/stories/{row.token}/words", {"words": "Other words.", "how": "phone"})).text
    assert "Ask about each use again." in page
    assert "Ready to copy" not in page
    assert "They have not agreed" in await use(sam, row)


async def test_it_is_taken_back_on_their_word(console: Console) -> None:
    await tells(console)
    sam, row = await console.as_(Role.COORDINATOR), await story(console)
    page = (await sam.post(f"/stories/{row.token}/back", {"back_how": "phone"})).text
    assert "They have taken it back." in page
    assert (await story(console)).state == StoryState.WITHDRAWN


async def test_one_that_was_read_to_them_is_right(console: Console) -> None:
    asha = await joined(console)
    await asha.says("STORY", TOLD)
    sam, row = await console.as_(Role.COORDINATOR), await story(console)
    assert "They have not said yet that the story is right" in await use(sam, row)
    await sam.post(f"/stories/{row.token}/right", {"right_how": "phone"})
    assert (await story(console)).state == StoryState.TOLD


async def test_who_does_not_text_is_rung_when_it_is_down(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    values = {"state": PersonState.MEMBER, "language": "en", "name": "Ben", "joined_at": console.clock()}
    person = await console.write(lambda tx: people.add(tx, token="ben", contact={"phone": "+447700900412"}, **values))
    await sam.post(f"/people/{person.token}/story", {"words": "It was hard.", "how": "phone", "use_web": "name"})
    (row,) = await console.read(lambda tx: stories.of_person(tx, person.id))
    await use(sam, row)
    await sam.post(f"/stories/{row.token}/back", {"back_how": "phone"})
    (place,) = await console.read(lambda tx: stories.places(tx, [row.id]))
    await sam.post(f"/stories/{row.token}/down", {"place": place.token})
    waiting = await console.read(looking.open_tasks)
    assert [(one.kind, one.person_id) for one in waiting] == [("call", person.id)]


async def test_nobody_who_may_not_see_them_finds_it(console: Console) -> None:
    await tells(console)
    row, person = await story(console), await member(console)
    for role in (Role.VIEWER, Role.PARTNER):
        browser = await console.as_(role, name=role)
        for page in ("/stories", f"/stories/{row.token}", f"/people/{person.token}/story"):
            assert (await browser.get(page)).status_code == 404
    await console.write(lambda tx: people.change(tx, person.id, {"held": "danger"}))
    sam = await console.as_(Role.COORDINATOR)
    assert (await sam.get(f"/stories/{row.token}")).status_code == 404
    assert row.token not in (await sam.get("/stories")).text
    assert "A story to read" not in (await sam.get("/")).text
    assert (await sam.get("/stories/nothing-of-ours")).status_code == 404
