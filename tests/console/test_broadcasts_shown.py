"""A broadcast does not go to more people than were chosen, and its writer sees how it stands in plain words."""

from __future__ import annotations

import re

import pytest

from storage import outbox
from storage.outbox import OutState
from storage.staff import Role
from tests.console.desk import Console
from tests.console.read import said
from tests.console.test_broadcasts import (
    ASHA,
    BEN,
    SAYS,
    approvals_from,
    joined,
    presses,
    the_only_one,
    written,
)
from tests.console.test_meeting_answers import a_meeting

BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


@BOTH
async def test_other_people_are_nobody_until_somebody_is_chosen(console: Console) -> None:
    await joined(console, ASHA, BEN)
    sam, meeting = await console.as_(Role.COORDINATOR), await a_meeting(console)
    here = f"/meetings/{meeting.token}/invite"
    not_yet = said((await sam.post(here, {"whom": "rule", "press": "count"}, here)).text)
    assert "Go on to the words first. After that you say who they are, and see how many" in not_yet
    words = await sam.post(here, {"whom": "rule", "press": "on"}, here)
    at = words.url.path.removesuffix("/words")
    chosen = re.compile(r'name="whom"[^>]* checked')
    assert not chosen.search((await sam.get(f"{at}/people")).text)
    assert "Choose whom it is for" in (await sam.post(f"{at}/people", {"press": "on"}, f"{at}/people")).text
    kept = {"name": "Space", "words-en": "{sender}: {meeting}. {day}, {time}, {where}. {stop} Coming?"}
    looked = said((await sam.post(f"{at}/words", {**kept, "press": "check"}, f"{at}/words")).text)
    assert "To put right before it goes Choose whom it is for." in looked
    assert "Nobody is chosen yet." in looked
    assert "It reaches 0 people" in looked
    refused = await presses(sam, at, "send")
    assert (refused.status_code, "Choose whom it is for." in refused.text) == (409, True)
    await sam.post(f"{at}/people", {"whom": "all", "press": "check"}, f"{at}/people")
    assert "It is let go." in (await presses(sam, at, "send")).text


async def test_whoever_wrote_it_finds_on_today_that_all_have_said_yes(console: Console) -> None:
    await joined(console, ASHA, BEN)
    await approvals_from(console, 1)
    sam, olu = await console.as_(Role.COORDINATOR), await console.as_(Role.APPROVER, name="Olu Approver")
    at, _page = await written(sam)
    await presses(sam, at, "ask")
    line = f'href="{at}">All have said yes: let it go'
    assert line not in (await sam.get("/")).text
    asked = re.search(r'href="(/approvals/[^"]+)"', (await olu.get("/")).text)
    assert asked is not None
    await olu.post(asked[1], {"given": "no", "note": "Say which room"}, asked[1])
    assert f'href="{at}">Somebody said no to this: see what to change' in (await sam.get("/")).text
    await presses(sam, at, "ask")
    asked = re.search(r'href="(/approvals/[^"]+)"', (await olu.get("/")).text)
    assert asked is not None
    await olu.post(asked[1], {"given": "yes"}, asked[1])
    assert line in (await sam.get("/")).text
    assert line not in (await olu.get("/")).text, "it is for whoever wrote it"
    await presses(sam, at, "send")
    assert line not in (await sam.get("/")).text


async def test_what_it_said_is_shown_as_people_read_it(console: Console) -> None:
    await joined(console, ASHA)
    sam = await console.as_(Role.COORDINATOR)
    says = SAYS | {"words-en": "{council} here. Hello {name}, red or green? {stop}", "choices-en": "Red\nGreen"}
    at, _page = await written(sam, says)
    await presses(sam, at, "send")
    shown = said((await sam.get(at)).text)
    assert "Ashdale Council here. Hello their name, red or green? STOP ends texts. 1 Red 2 Green" in shown
    assert "{" not in shown


async def test_a_language_is_called_the_same_wherever_it_is_named(console: Console) -> None:
    await joined(console, ASHA)
    sam, ada = await console.as_(Role.COORDINATOR), await console.as_(Role.ADMINISTRATOR, name="Ada Lead")
    words = {"words-pl": "{council}: spotkanie jest w Oak Hall. {stop}", "words-en_GB@simple": "{council} here. {stop}"}
    at, checked = await written(sam, SAYS | words)
    await ada.post("/settings/codes", {"code": "oak", "label": "Oak Hall"})
    told = [checked, *[(await sam.get(one)).text for one in (f"{at}/words", f"{at}/time", "/commitments/new")]]
    told += [(await ada.get(f"/settings/{one}")).text for one in ("topics", "codes")]
    for page in told:
        assert not re.search("polski|United Kingdom|simple[)]", page, re.IGNORECASE)
    for page in (*told[:2], *told[-2:]):
        assert "Polish" in page
    assert "English, easier words" in checked


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (OutState.QUEUED, "The text that asks them has not gone yet"),
        (OutState.UNKNOWN, "Nobody knows whether the text that asks them went"),
        (OutState.DELIVERED, "Asked by text on Monday 23 November"),
    ],
)
async def test_who_was_not_texted_yet_is_not_said_to_be_asked(console: Console, state: OutState, says: str) -> None:
    await joined(console, ASHA)
    sam, meeting = await console.as_(Role.COORDINATOR), await a_meeting(console)
    here = f"/meetings/{meeting.token}/invite"
    at = (await sam.post(here, {"whom": "all", "press": "on"}, here)).url.path.removesuffix("/words")
    await presses(sam, at, "send")
    await console.moves(seconds=30)
    row = await the_only_one(console)
    whose = outbox.messages_out.c.broadcast_id == row.id
    changed = outbox.messages_out.update().where(whose).values(state=state)
    await console.write(lambda tx: tx.execute(changed))
    shown = said((await sam.get(f"/meetings/{meeting.token}/answers")).text)
    assert says in shown
    assert (says.startswith("Asked")) == ("Asked by text" in shown)
