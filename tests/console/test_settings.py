"""Settings: an administrator changes how the bank speaks, and it speaks so from that moment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bank import topics as bank_topics
from bank.organisation import Topic
from console.settings_hours import read_time
from language.dates import clock
from storage import audit as audit_rows
from storage import interests, people, preferences
from storage.interests import InterestKind
from storage.staff import Role
from storage.store import Tx
from tests.console.desk import Browser, Console

OWN = {
    "council": "Oakshire Council",
    "privacy_url": "oakshire.example/heard",
    "contact": "Ewa in the web team, 07700 900123",
    "days_to_answer": "3",
    "most_sign_ups": "20",
    "most_sign_ups_in_all": "80",
}
HOURS = {"days": ["0", "1", "2"], "opens": "10am", "closes": "4.30pm", "division": "scotland"}
NUMBERS = {
    "emergency": "999",
    "child_helpline": "0800 1111",
    "care_line": "07700 900111 (9am to 5pm)",
    "care_owner": "Customer care lead",
    "out_of_hours": "07700 900190",
    "crisis_numbers": "A night line: 07700 900191\r\nCarers Hub: 07700 900192\r\n",
    "out_of_hours_words": "They ring the duty social worker.",
    "numbers_owner": "Ewa Lis",
    "checked": "yes",
}


@pytest.fixture
async def admin(console: Console) -> Browser:
    return await console.as_(Role.ADMINISTRATOR, name="Ada Marsh")


async def changes(console: Console) -> list[dict[str, list[object]]]:
    """What the audit has of settings, oldest first."""

    def told(tx: Tx) -> list[dict[str, list[object]]]:
        rows = [row for row in audit_rows.everything(tx) if row.act == "setting_changed"]
        return [audit_rows.opened(tx, row.details) for row in rows]

    return await console.read(told)


async def test_the_way_to_each_setting_is_on_one_page(admin: Browser) -> None:
    text = (await admin.get("/settings")).text
    for href in ("organisation", "hours", "numbers", "topics", "channels"):
        assert f'href="/settings/{href}"' in text
        assert (await admin.get(f"/settings/{href}")).status_code == 200
    assert 'href="/team"' in text


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SAFEGUARDING_LEAD, Role.VIEWER, Role.PARTNER, Role.APPROVER])
async def test_settings_are_for_administrators(console: Console, role: Role) -> None:
    browser = await console.as_(role)
    for page in ("", "/organisation", "/hours", "/numbers", "/topics"):
        assert (await browser.get(f"/settings{page}")).status_code == 404
    assert (await browser.post("/settings/hours", HOURS)).status_code == 404
    assert await console.read(preferences.everything) == {}


async def test_the_name_in_our_texts_changes_at_once(console: Console, admin: Browser) -> None:
    page = await admin.post("/settings/organisation", OWN)
    assert "Your change is kept" in page.text
    assert "Heard - Oakshire Council" in page.text, "on the page itself too"
    asha = console.phone("+447700900101")
    await asha.says("JOIN")
    assert (await asha.heard())[-1].startswith("Oakshire Council here.")
    assert console.organisation.days_to_answer == 3
    assert "07700 900123" in (await admin.get("/accessibility")).text


async def test_new_hours_are_promised_in_the_very_next_text(console: Console, admin: Browser) -> None:
    """On a Monday at 11am."""

    async def answer(number: int, text: str) -> str:
        phone = console.phone(f"+4477009001{number}")
        await phone.says(text)
        return (await phone.heard())[-1]

    assert "by 5pm" in await answer(10, "It rained on my washing today")
    assert "by 5pm" in await answer(11, "my husband hits me")
    assert "by Wednesday 25 November" in await answer(12, "Can I bring my dog?")
    page = await admin.post("/settings/hours", {**HOURS, "days": ["0", "1"]})
    assert "a person reads it by 4.30pm" in page.text
    assert "by 4.30pm" in await answer(13, "It rained on my washing today")
    assert "by 4.30pm" in await answer(14, "my husband hits me")
    assert "by Tuesday 1 December" in await answer(15, "Can I bring my dog?"), "Scotland keeps St Andrew's Day"


async def test_a_change_says_what_it_was_before_and_who_made_it(console: Console, admin: Browser) -> None:
    await admin.post("/settings/hours", HOURS)
    (told,) = await changes(console)
    before, after = told["hours"]
    assert before == {"days": [0, 1, 2, 3, 4], "opens": "09:00", "closes": "17:00", "division": "england-and-wales"}
    assert after == {"days": [0, 1, 2], "opens": "10:00", "closes": "16:30", "division": "scotland"}
    await admin.post("/settings/hours", {**HOURS, "closes": "5pm"})
    assert (await changes(console))[-1]["hours"][0] == after

    def rows(tx: Tx) -> set[int | None]:
        return {row.staff_id for row in audit_rows.everything(tx) if row.act == "setting_changed"}

    assert await console.read(rows) == {admin.staff.id}


async def test_what_stays_the_same_is_no_change(console: Console, admin: Browser) -> None:
    for _ in range(2):
        await admin.post("/settings/organisation", OWN)
    assert len(await changes(console)) == 1
    await admin.post("/settings/organisation", {**OWN, "council": "Elmshire Council"})
    assert (await changes(console))[-1] == {"council": ["Oakshire Council", "Elmshire Council"]}


@pytest.mark.parametrize(
    ("page", "form", "wrong", "sentence"),
    [
        ("organisation", {**OWN, "council": " "}, "council", "Enter the name that people know you by"),
        ("organisation", {**OWN, "council": "C" * 41}, "council", "You have 41"),
        ("organisation", {**OWN, "days_to_answer": "0"}, "days_to_answer", "a whole number from 1 to 20"),
        ("organisation", {**OWN, "days_to_answer": "soon"}, "days_to_answer", "a whole number from 1 to 20"),
        ("hours", {**HOURS, "days": []}, "days", "Choose at least one day"),
        ("hours", {**HOURS, "days": ["9"]}, "days", "Choose at least one day"),
        ("hours", {**HOURS, "opens": "early"}, "opens", "Enter a time, like 9am or 5.30pm"),
        ("hours", {**HOURS, "opens": "9"}, "opens", "Enter a time, like 9am or 5.30pm"),
        ("hours", {**HOURS, "opens": "5pm", "closes": "9am"}, "closes", "You must close later than you open"),
        ("hours", {**HOURS, "division": "mars"}, "division", "Choose whose bank holidays you keep"),
        ("numbers", {**NUMBERS, "emergency": ""}, "emergency", "Enter the number to ring in danger"),
        ("numbers", {**NUMBERS, "emergency": "the police"}, "emergency", "figures and spaces only"),
        ("numbers", {**NUMBERS, "numbers_owner": ""}, "numbers_owner", "Enter the person or post"),
        ("numbers", {**NUMBERS, "out_of_hours": "0770"}, "out_of_hours", "Enter a whole phone number"),
        ("numbers", {**NUMBERS, "crisis_numbers": "Carers Hub 07700 900192"}, "crisis_numbers", "one on each line"),
        ("numbers", {**NUMBERS, "checked": "", "emergency": "112"}, "checked", "tick that you have"),
        ("topics", {"home_care-en": ""}, "home_care-en", "Enter the topic in English"),
        ("topics", {"home_care-en": "H" * 25}, "home_care-en", "24 characters or fewer"),
        ("topics", {"home_care-en": "Stop"}, "home_care-en", "heard to say STOP"),
        ("topics", {"home_care-en": "Charges and money"}, "money-en", "two topics called Charges and money"),
    ],
)
async def test_a_mistake_is_named_beside_its_field_and_on_top(
    console: Console, admin: Browser, page: str, form: dict[str, str | list[str]], wrong: str, sentence: str
) -> None:
    if page == "topics":
        form = words_of(console) | form
    answer = await admin.post(f"/settings/{page}", form)
    assert answer.status_code == 400
    assert "There is a problem" in answer.text
    assert f'href="#{wrong}"' in answer.text
    assert f'id="{wrong}' in answer.text
    assert answer.text.count(sentence) >= 2
    assert await console.read(preferences.everything) == {}


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("9am", "9am"),
        ("9.30am", "9.30am"),
        ("5:30 PM", "5.30pm"),
        ("17:30", "5.30pm"),
        ("12 noon", "12 noon"),
        ("12pm", "12 noon"),
        ("12am", "12am"),
    ],
)
def test_times_as_people_write_them(given: str, read: str) -> None:
    found = read_time(given)
    assert found is not None
    assert clock(found, "en") == read


@pytest.mark.parametrize("given", ["", "9", "25:00", "9:75", "13pm", "0am", "soon"])
def test_what_is_no_time_or_could_be_two(given: str) -> None:
    assert read_time(given) is None


async def test_numbers_are_given_at_once_and_someone_stands_for_them(console: Console, admin: Browser) -> None:
    await admin.post("/settings/numbers", NUMBERS)
    organisation = console.organisation
    assert organisation.care_line == "07700 900111 (9am to 5pm)"
    assert (organisation.out_of_hours, organisation.out_of_hours_words[:4]) == ("+447700900190", "They")
    assert organisation.crisis_numbers == {"A night line": "07700 900191", "Carers Hub": "07700 900192"}
    assert organisation.numbers_owner == "Ewa Lis"
    assert organisation.numbers_checked == console.clock().date()


async def test_after_90_days_the_numbers_are_warned_about(console: Console, admin: Browser) -> None:
    await admin.post("/settings/numbers", NUMBERS)
    console.clock.move(timedelta(days=90))
    admin = await console.as_(Role.ADMINISTRATOR)
    assert "has checked" not in (await admin.get("/settings")).text
    console.clock.move(timedelta(days=1))
    admin = await console.as_(Role.ADMINISTRATOR)
    for page in ("/settings", "/settings/numbers"):
        assert "for 91 days" in (await admin.get(page)).text
    await admin.post("/settings/numbers", NUMBERS)
    assert "for 91 days" not in (await admin.get("/settings")).text


def words_of(console: Console) -> dict[str, str | list[str]]:
    """The form of the topics as the page shows it."""
    topics, spoken = console.organisation.topics, console.organisation.catalogs.spoken
    return {f"{topic.id}-{tag}": topic.wording.get(tag, "") for topic in topics for tag in spoken}


async def test_a_topic_is_added_and_people_can_choose_it(console: Console, admin: Browser) -> None:
    form = words_of(console) | {"new-en": "Day centres", "new-pl": "Domy pobytu"}
    assert "Day centres" in (await admin.post("/settings/topics", form)).text
    new = console.organisation.topics[-1]
    assert (new.id, new.label("en"), new.label("pl")) == ("day_centres", "Day centres", "Domy pobytu")
    told = (await changes(console))[-1]["topics"]
    assert [len(topics) for topics in told if isinstance(topics, list)] == [5, 6]


async def test_a_topic_that_somebody_chose_stays_and_its_words_may_change(console: Console, admin: Browser) -> None:
    asha = console.phone("+447700900101")
    await asha.says("JOIN", "1", "1", "Asha")
    chosen = console.organisation.topics[0].id
    await console.write(lambda tx: choose(tx, chosen))
    refused = await admin.post("/settings/topics", words_of(console) | {"gone": [chosen]})
    assert refused.status_code == 400
    assert "so it must stay" in refused.text
    await admin.post("/settings/topics", words_of(console) | {f"{chosen}-en": "Help at home", "gone": ["money"]})
    topics = console.organisation.topics
    assert topics[0] == Topic(chosen, topics[0].wording)
    assert topics[0].label("en") == "Help at home"
    assert "money" not in {topic.id for topic in topics}


def choose(tx: Tx, topic: str) -> None:
    """The one member chooses it."""
    interests.choose(tx, people.get(tx, 1).id, InterestKind.TOPIC, [topic])


def test_a_new_topic_has_a_name_of_its_own() -> None:
    there = [Topic("day_centres", {"en": "Day centres"})]
    assert bank_topics.named({"en": "Day centres!"}, there).id == "day_centres_2"
    assert bank_topics.named({"en": "???"}, there).id == "topic"
    assert len(bank_topics.named({"en": "word " * 30}, there).id) <= 40
