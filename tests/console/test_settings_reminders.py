"""When people are reminded of each kind of meeting: an administrator changes it, and it is on record."""

from __future__ import annotations

import pytest

from bank import reminder_defaults
from bank.reminder_plan import as_json
from storage.meetings import MeetingKind
from storage.staff import Role
from tests.console.desk import Console
from tests.console.test_people import BOTH
from tests.console.test_person import text_of
from tests.console.test_settings import changes

AT = "/settings/reminders"
OWN = {
    "plan": "own",
    "week-days": "10",
    "week-at": "9.30am",
    "day-days": "",
    "day-at": "",
    "hours-minutes": "180",
    "feedback-minutes": "90",
    "thanks-days": "2",
    "thanks-at": "noon",
}


@BOTH
async def test_what_is_changed_for_one_kind_counts_for_it_alone(console: Console) -> None:
    ada = await console.as_(Role.ADMINISTRATOR)
    assert f'href="{AT}"' in (await ada.get("/settings")).text
    before = text_of(await ada.get(AT))
    assert "7 days before, at 10am" in before
    assert "2 hours after it ends, those who came are asked how it was" in before
    page = (await ada.get(f"{AT}/panel")).text
    assert 'name="hours-minutes"' in page
    assert 'value="120"' in page

    kept = text_of(await ada.post(f"{AT}/panel", OWN))
    assert "Your change is kept" in kept
    assert "10 days before, at 9.30am" in kept
    plans = await console.read(reminder_defaults.plans)
    assert as_json(plans[MeetingKind.PANEL]) == [
        {"step": "week", "days": 10, "at": "09:30"},
        {"step": "hours", "minutes": 180},
        {"step": "feedback", "minutes": 90},
        {"step": "thanks", "days": -2, "at": "12:00"},
    ]
    assert len(plans[MeetingKind.SPACE]) == 4
    (change,) = await changes(console)
    assert [*change["reminders"]] == ["panel"]


async def test_one_kind_may_have_no_reminders_at_all(console: Console) -> None:
    ada = await console.as_(Role.ADMINISTRATOR)
    await ada.post(f"{AT}/drop_in", dict.fromkeys(OWN, "") | {"plan": "own"})
    assert (await console.read(reminder_defaults.plans))[MeetingKind.DROP_IN] == ()


async def test_keeping_it_as_it_is_changes_nothing(console: Console) -> None:
    ada = await console.as_(Role.ADMINISTRATOR)
    await ada.post(f"{AT}/panel", OWN)
    await ada.post(f"{AT}/panel", OWN)
    assert len(await changes(console)) == 1


@pytest.mark.parametrize(
    ("name", "given", "sentence"),
    [
        ("week-days", "soon", "Enter a whole number of days"),
        ("week-at", "9", "Enter a time, like 10am"),
        ("hours-minutes", "-5", "Enter a whole number of minutes"),
    ],
)
async def test_what_cannot_be_is_said_in_plain_words(console: Console, name: str, given: str, sentence: str) -> None:
    ada = await console.as_(Role.ADMINISTRATOR)
    page = await ada.post(f"{AT}/panel", {**OWN, name: given})
    assert page.status_code == 400
    assert sentence in page.text
    assert await changes(console) == []


async def test_a_kind_that_is_none_of_ours_is_not_there(console: Console) -> None:
    ada = await console.as_(Role.ADMINISTRATOR)
    assert (await ada.get(f"{AT}/party")).status_code == 404


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.VIEWER])
async def test_only_administrators_see_it(console: Console, role: Role) -> None:
    somebody = await console.as_(role)
    assert (await somebody.get(AT)).status_code == 404
