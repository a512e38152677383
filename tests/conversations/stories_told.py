"""Stories in a dialogue: the texts as people read them, and what of a story is kept."""

from __future__ import annotations

from bank import stories, story_uses
from flows.story import STORY, STORY_DOWN
from storage import people, reach
from storage import stories as kept
from storage.schema import Record
from storage.stories import StoryState
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone
from tests.conversations.telling import step

FIRST, SECOND = "My son was born deaf. Nobody told us what help there was.", "We waited two years for a hearing aid."
ABOUT = {
    "council": "Ashdale Council",
    "by": "5pm",
    "story_down_by": "Tuesday 24 November",
}


def said(name: str, **values: str) -> str:
    """A step of the story's flow, as people read it in English."""
    return step(STORY, name, **{**ABOUT, **values})


NONE = step(STORY_DOWN, "none")


async def tells(phone: Phone, *parts: str) -> None:
    """Begin a story, and tell these parts of it; all of it is read."""
    await phone.says("STORY")
    for part in parts or (FIRST, SECOND):
        await phone.says(part)
    phone.ignores_the_rest()


async def tells_all(phone: Phone, web: str = "1", training: str = "3", report: str = "4") -> None:
    """Tell a story to its end, say that it is right, and answer about each use."""
    await tells(phone)
    for reply in ("DONE", "yes", web, training, report):
        await phone.says(reply)
    phone.ignores_the_rest()


async def story(bank: Bank, phone: Phone) -> Record:
    """The newest story of whoever has this phone, taken back or not."""
    address = await bank.address(phone)
    (person,) = await bank.asks(lambda tx: reach.people_at(tx, address.id))
    return (await bank.asks(lambda tx: kept.of_person(tx, person.id)))[0]


async def parts(bank: Bank, phone: Phone) -> list[str]:
    return list((await story(bank, phone)).parts)


async def state(bank: Bank, phone: Phone) -> StoryState:
    return StoryState((await story(bank, phone)).state)


async def agreed(bank: Bank, phone: Phone) -> dict[str, str]:
    """For which uses the story may be used, and with which name."""
    row = await story(bank, phone)
    return {str(use): str(named) for use, named in (await bank.asks(lambda tx: story_uses.holds(tx, row))).items()}


async def has_none(bank: Bank, phone: Phone) -> bool:
    """No story of theirs stands, or is being told."""
    person = await bank.member(phone)
    found = await bank.asks(lambda tx: people.get(tx, person.id))
    return await bank.asks(lambda tx: stories.current(tx, found.id)) is None
