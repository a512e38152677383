"""Broadcasts, as coordinators write, check, approve, send and watch them."""

from __future__ import annotations

import re

import pytest
from httpx import Response

from bank import approvals
from bank.broadcast_draft import approval_words
from storage import askings, broadcasts, staff
from storage.approvals import How, Post, Subject
from storage.broadcasts import BroadcastState, WhenCapped
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.console.desk import Browser, Console
from tests.console.read import said

BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
ASHA, BEN, CARYS = "+447700900101", "+447700900102", "+447700900103"
WORDS = "{council} here. The carers' meeting has moved to Oak Hall, by Aldi. {stop}"
NAMES = {ASHA: "Asha", BEN: "Ben", CARYS: "Carys"}
_SEEN = re.compile(r'name="seen" value="([^"]+)"')
Form = dict[str, str | list[str]]
SAYS: Form = {"name": "The meeting has moved", "kind": "message", "words-en": WORDS, "press": "on"}
AT_ONCE: Form = {"goes": "now", "spread": "0", "lasts": "48", "when_capped": "wait", "ceiling": "", "press": "check"}
TO_ALL: Form = {"whom": "all", "press": "on"}


async def joined(console: Console, *numbers: str) -> None:
    for number in numbers:
        name = NAMES[number]
        await console.phone(number).says("JOIN", "1", "1", name)


async def written(sam: Browser, says: Form = SAYS, whom: Form = TO_ALL, goes: Form = AT_ONCE) -> tuple[str, str]:
    """A broadcast, page by page; its address, and the page that it comes to."""
    answer = await sam.post("/broadcasts/new", says, page="/broadcasts/new")
    at = str(answer.url.path).removesuffix("/people")
    assert at.startswith("/broadcasts/"), answer.text
    await sam.post(f"{at}/people", whom, page=f"{at}/people")
    return at, (await sam.post(f"{at}/time", goes, page=f"{at}/time")).text


async def presses(sam: Browser, at: str, what: str) -> Response:
    """A button of the check, as the page shows it now."""
    found = _SEEN.search((await sam.get(at)).text)
    return await sam.post(f"{at}/{what}", {"seen": found[1]} if found else {}, page=at)


async def the_only_one(console: Console) -> Record:
    def look(tx: Tx) -> Record:
        (row,) = broadcasts.newest(tx)
        return row

    return await console.read(look)


@BOTH
async def test_it_is_written_looked_at_and_let_go(console: Console) -> None:
    await joined(console, ASHA, BEN)
    sam = await console.as_(Role.COORDINATOR)
    at, page = await written(sam)
    looked = said(page)
    assert "It reaches 2 people" in looked
    assert "The carers' meeting has moved to Oak Hall, by Aldi." in looked
    assert "1 text for this name (GSM-7)" in looked
    assert "It costs £0.05 at the most" in looked
    sent = await presses(sam, at, "send")
    assert "It is let go." in sent.text
    await console.moves(seconds=30)
    assert (await console.phone(ASHA).heard())[-1].startswith("Ashdale Council here. The carers' meeting has moved")
    told = said((await sam.get(at)).text)
    assert "It was for 2 people" in told
    assert "Handed over, and no more is known 2" in told


async def test_what_must_be_put_right_stands_on_top_and_it_does_not_go(console: Console) -> None:
    await joined(console, ASHA)
    sam = await console.as_(Role.COORDINATOR)
    at, page = await written(sam, SAYS | {"words-en": "Come to {plaice}!"})
    assert "To put right before it goes" in page
    assert "There is no {plaice}" in page
    await presses(sam, at, "send")
    assert (await the_only_one(console)).state == BroadcastState.DRAFT


async def approvals_from(console: Console, above: int) -> None:
    """From now on somebody else has to approve what goes to more people than this."""
    ada = await console.as_(Role.ADMINISTRATOR, name="Ada Lead")
    own = {"most_a_week": "1", "days_between_questions": "7", "approve_above": str(above)}
    await ada.post("/settings/rhythm", dict(own), page="/settings/rhythm")


@BOTH
async def test_where_it_goes_to_many_somebody_else_says_yes_first(console: Console) -> None:
    await joined(console, ASHA, BEN)
    await approvals_from(console, 1)
    sam = await console.as_(Role.COORDINATOR)
    at, page = await written(sam)
    assert "A second person of the team" in page
    refused = await presses(sam, at, "send")
    assert "A second person has to say yes to it first." in refused.text
    assert "They are asked to approve it." in (await presses(sam, at, "ask")).text
    row = await the_only_one(console)
    assert row.state == BroadcastState.WAITING
    now, organisation = console.clock(), console.organisation
    olu = await console.as_(Role.APPROVER, name="Olu Approver")

    def says_yes(tx: Tx) -> None:
        words = approval_words(tx, broadcasts.get(tx, row.id), organisation)
        approvals.record(
            tx, Subject.BROADCAST, row.id, words, Post.SECOND, True, How.CONSOLE, now, staff_id=olu.staff.id
        )

    await console.write(says_yes)
    assert "Said yes" in (await sam.get(at)).text
    assert "It is let go." in (await presses(sam, at, "send")).text


async def test_words_that_are_changed_after_the_yes_need_a_new_one(console: Console) -> None:
    await joined(console, ASHA, BEN)
    await approvals_from(console, 1)
    sam, olu = await console.as_(Role.COORDINATOR), await console.as_(Role.APPROVER, name="Olu Approver")
    at, _page = await written(sam)
    row, now, organisation = await the_only_one(console), console.clock(), console.organisation

    def says_yes(tx: Tx) -> None:
        words = approval_words(tx, broadcasts.get(tx, row.id), organisation)
        approvals.record(
            tx, Subject.BROADCAST, row.id, words, Post.SECOND, True, How.CONSOLE, now, staff_id=olu.staff.id
        )

    await console.write(says_yes)
    changed = SAYS | {"words-en": WORDS.replace("Oak Hall", "Elm Hall"), "press": "check"}
    assert "Has not said yet" in (await sam.post(f"{at}/words", changed, page=f"{at}/words")).text


@BOTH
async def test_it_is_held_goes_on_and_what_is_left_is_taken_back(console: Console) -> None:
    await joined(console, ASHA, BEN)
    sam = await console.as_(Role.COORDINATOR)
    at, _page = await written(sam, goes=AT_ONCE | {"spread": "480"})
    await presses(sam, at, "send")
    await console.moves(seconds=30)
    assert "Held" in said((await sam.post(f"{at}/hold", page=at)).text)
    await console.moves(hours=9)
    sam = await console.as_(Role.COORDINATOR)  # nobody stays signed in for so long
    before = len(await console.phone(ASHA).heard()) + len(await console.phone(BEN).heard())
    assert "It goes on." in (await sam.post(f"{at}/release", page=at)).text
    await sam.post(f"{at}/cancel", page=at)
    await console.moves(days=1)
    sam = await console.as_(Role.COORDINATOR)
    assert len(await console.phone(ASHA).heard()) + len(await console.phone(BEN).heard()) <= before + 1
    assert "Cancelled" in said((await sam.get(at)).text)


async def test_a_mistake_is_corrected_once_for_exactly_those_who_got_it(console: Console) -> None:
    await joined(console, ASHA, BEN)
    sam = await console.as_(Role.COORDINATOR)
    at, _page = await written(sam)
    await presses(sam, at, "send")
    await console.moves(seconds=30)
    await joined(console, CARYS)
    sam = await console.as_(Role.COORDINATOR)
    began = await sam.post(f"{at}/correct", page=at)
    anew = str(began.url.path).removesuffix("/words")
    sorry = "{council} here. Sorry: it is in Elm Hall, not Oak Hall. {stop}"
    says: Form = {"name": "Elm Hall", "words-en": sorry, "press": "on"}
    await sam.post(f"{anew}/words", says, page=f"{anew}/words")
    looked = said((await sam.post(f"{anew}/time", AT_ONCE, page=f"{anew}/time")).text)
    assert "It reaches 2 people" in looked
    await presses(sam, anew, "send")
    await console.moves(seconds=30)
    assert "Elm Hall" in (await console.phone(BEN).heard())[-1]
    assert not any("Elm Hall" in text for text in await console.phone(CARYS).heard())
    again = await sam.post(f"{at}/correct", page=at)
    assert "It has a correction" in said(again.text)


async def test_it_goes_at_any_minute(console: Console) -> None:
    await joined(console, ASHA)
    sam = await console.as_(Role.COORDINATOR)
    later: Form = {"goes": "later", "day-day": "24", "day-month": "11", "day-year": "2026", "time": "2.17pm"}
    _at, page = await written(sam, goes=AT_ONCE | later)
    row = await the_only_one(console)
    due_at = row.due_at.astimezone(console.organisation.zone)
    assert (due_at.hour, due_at.minute) == (14, 17)
    assert "The first goes 2.17pm, Tuesday 24 November" in said(page)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"time": "25:00"}, "Enter a time, like 10:30am or 2pm"),
        ({"day-month": "13"}, "Enter a day, like 27 3 2027"),
        ({"day-year": "2020"}, "That time has passed"),
        ({"day-year": "2099"}, "That is more than a year away"),
        ({"goes": "now"}, "You entered a day and a time"),
        ({"ceiling": "lots"}, "Enter an amount in pounds"),
        ({"spread": "7"}, "Choose how long it may take"),
        ({"when_capped": ""}, "Choose what happens to people"),
    ],
)
async def test_a_slip_about_the_time_is_told_beside_its_field(console: Console, wrong: Form, sentence: str) -> None:
    await joined(console, ASHA)
    sam = await console.as_(Role.COORDINATOR)
    later: Form = {"goes": "later", "day-day": "24", "day-month": "11", "day-year": "2027", "time": "2pm"}
    _at, page = await written(sam, goes=AT_ONCE | later | wrong)
    assert sentence in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Enter a name for it, for your team"),
        ({"kind": "spam"}, "Choose what it is"),
        ({"words-en": ""}, "Write the message"),
        ({"project": "nothing"}, "Choose from the list"),
    ],
)
async def test_a_slip_about_the_words_is_told_beside_its_field(console: Console, wrong: Form, sentence: str) -> None:
    sam = await console.as_(Role.COORDINATOR)
    answer = await sam.post("/broadcasts/new", SAYS | wrong, page="/broadcasts/new")
    assert answer.status_code == 400
    assert sentence in answer.text
    assert "The meeting has moved" in answer.text or not wrong.get("name", "x")


async def test_choices_parts_and_formats_are_kept_in_every_language(console: Console) -> None:
    await joined(console, ASHA)
    sam = await console.as_(Role.COORDINATOR)
    says = SAYS | {
        "choices-en": "In the morning\nIn the afternoon\n",
        "choices-pl": "Rano\nPo południu",
        "parts-en": "The second part.\n\nThe third part.",
        "format-bsl": "https://ashdale.example/signed",
        "promotion": "yes",
    }
    at, _page = await written(sam, says, goes=AT_ONCE | {"when_capped": "leave_out", "ceiling": "12.50"})
    row = await the_only_one(console)
    assert row.choices == [{"en": "In the morning", "pl": "Rano"}, {"en": "In the afternoon", "pl": "Po południu"}]
    assert [part["en"] for part in row.parts] == ["The second part.", "The third part."]
    assert (row.formats, row.promotion) == ({"bsl": "https://ashdale.example/signed"}, True)
    assert (row.when_capped, row.ceiling) == (WhenCapped.LEAVE_OUT, 12_500)
    shown = (await sam.get(f"{at}/words")).text
    assert "Po południu" in shown
    assert "The third part." in shown


async def test_a_test_goes_to_the_colleague_s_own_phone_and_to_nobody_else(console: Console) -> None:
    await joined(console, ASHA)
    sam = await console.as_(Role.COORDINATOR)
    at, page = await written(sam)
    assert "We do not have a phone of yours" in page
    own = {"alert_channel": "sms", "alert_address": CARYS}
    await console.write(lambda tx: staff.change(tx, sam.staff.id, own))
    assert "It is on its way to your phone." in (await sam.post(f"{at}/test", {"language": "en"}, page=at)).text
    await console.moves(seconds=5)
    assert "Oak Hall" in (await console.phone(CARYS).heard())[-1]
    assert not any("Oak Hall" in text for text in await console.phone(ASHA).heard())


async def test_nobody_but_coordinators_finds_them(console: Console) -> None:
    for role in (Role.PARTNER, Role.VIEWER):
        olu = await console.as_(role)
        assert (await olu.get("/broadcasts")).status_code == 404


async def test_what_somebody_else_changed_meanwhile_does_not_go(console: Console) -> None:
    await joined(console, ASHA)
    sam, ann = await console.as_(Role.COORDINATOR), await console.as_(Role.COORDINATOR, name="Ann Other")
    at, page = await written(sam)
    seen = _SEEN.search(page)
    assert seen is not None
    other = SAYS | {"words-en": WORDS.replace("Oak Hall", "Elm Hall")}
    await ann.post(f"{at}/words", other, page=f"{at}/words")
    answer = await sam.post(f"{at}/send", {"seen": seen[1]}, page=at)
    assert answer.status_code == 409
    assert "Somebody has changed it since you looked" in answer.text
    assert (await the_only_one(console)).state == BroadcastState.DRAFT


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({"choices-en": "Red\nGreen\nBlue", "choices-pl": "Czerwony\n\nNiebieski"}, "Line 2 is empty"),
        ({"choices-en": "Red\nGreen\nBlue", "choices-pl": "Czerwony\nNiebieski"}, "There are 3 in another language"),
        ({"parts-en": "One.\n\nTwo.", "parts-pl": "Jeden."}, "There are 2 in another language, and 1 here"),
    ],
)
async def test_choices_stand_beside_their_own_in_each_language(console: Console, choices: Form, sentence: str) -> None:
    sam = await console.as_(Role.COORDINATOR)
    answer = await sam.post("/broadcasts/new", SAYS | choices, page="/broadcasts/new")
    assert (answer.status_code, sentence in answer.text) == (400, True)


@pytest.mark.parametrize(
    ("whom", "sentence"),
    [
        ({"whom": "rule"}, "Say below who they are, or choose every member"),
        ({"whom": "all", "roles": "carer"}, "You said below who they are"),
        ({"whom": "nothing"}, "Choose whom it is for"),
    ],
)
async def test_nobody_is_written_to_by_a_slip_about_whom_it_is_for(console: Console, whom: Form, sentence: str) -> None:
    sam = await console.as_(Role.COORDINATOR)
    answer = await sam.post("/broadcasts/new", SAYS, page="/broadcasts/new")
    there = answer.url.path
    told = await sam.post(there, whom, page=there)
    assert (told.status_code, sentence in told.text) == (400, True)


async def test_a_new_one_is_for_nobody_until_somebody_says_whom(console: Console) -> None:
    await joined(console, ASHA, BEN)
    sam = await console.as_(Role.COORDINATOR)
    answer = await sam.post("/broadcasts/new", SAYS, page="/broadcasts/new")
    there = answer.url.path
    assert " checked" not in answer.text.partition("Whom is it for?")[2].partition("</fieldset>")[0]
    await sam.post(there.replace("/people", "/time"), AT_ONCE)
    looked = said((await sam.get(there.removesuffix("/people"))).text)
    assert "Choose whom it is for." in looked
    assert "It reaches 2 people" not in looked


async def test_one_that_cost_as_much_as_it_may_goes_on_with_a_higher_limit(console: Console) -> None:
    await joined(console, ASHA, BEN)
    sam = await console.as_(Role.COORDINATOR)
    at, _page = await written(sam, goes=AT_ONCE | {"ceiling": "10"})
    await presses(sam, at, "send")
    row = await the_only_one(console)
    await console.write(lambda tx: broadcasts.change(tx, row.id, {"state": BroadcastState.HELD, "spent": 10_000}))
    assert "Set a higher limit to send the rest" in (await sam.post(f"{at}/release", page=at)).text
    assert "Enter an amount in pounds" in (await sam.post(f"{at}/release", {"ceiling": "lots"}, page=at)).text
    assert "It goes on." in (await sam.post(f"{at}/release", {"ceiling": "20"}, page=at)).text


async def test_whoever_approves_it_reads_all_that_people_may_read(console: Console) -> None:
    await joined(console, ASHA, BEN)
    await approvals_from(console, 1)
    sam, olu = await console.as_(Role.COORDINATOR), await console.as_(Role.APPROVER, name="Olu Approver")
    more: Form = {
        "choices-en": "Red\nGreen",
        "parts-en": "The second part.",
        "format-bsl": "https://ashdale.example/bsl",
    }
    at, page = await written(sam, SAYS | more)
    assert "The second part." in page
    assert "https://ashdale.example/bsl" in page
    await presses(sam, at, "ask")
    row = await the_only_one(console)
    (asking,) = await console.read(lambda tx: askings.open_of(tx, Subject.BROADCAST, row.id))
    shown = (await olu.get(f"/approvals/{asking.token}")).text
    for words in ("Green", "The second part.", "https://ashdale.example/bsl"):
        assert words in shown
