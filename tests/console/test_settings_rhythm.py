"""How often people hear from us, and from how many people on a message needs approval: changed by administrators."""

from __future__ import annotations

import pytest

from storage.staff import Role
from tests.console.desk import Console
from tests.console.test_people import BOTH
from tests.console.test_person import text_of
from tests.console.test_settings import changes

AT = "/settings/rhythm"
OWN = {"most_a_week": "2", "days_between_questions": "14", "approve_above": "50"}


@BOTH
async def test_what_is_changed_counts_at_once_and_is_on_record(console: Console) -> None:
    ada = await console.as_(Role.ADMINISTRATOR)
    assert f'href="{AT}"' in (await ada.get("/settings")).text
    page = (await ada.get(AT)).text
    for name, value in (("most_a_week", 1), ("days_between_questions", 7), ("approve_above", 100)):
        assert f'name="{name}"' in page
        assert f'value="{value}"' in page
    assert "That is not so now" not in page

    kept = text_of(await ada.post(AT, OWN))
    assert "Your change is kept" in kept
    assert "we text once a week at most. That is not so now." in kept
    own = console.organisation
    assert (own.most_a_week, own.days_between_questions, own.approve_above) == (2, 14, 50)
    assert await changes(console) == [
        {"most_a_week": [1, 2], "days_between_questions": [7, 14], "approve_above": [100, 50]}
    ]


@pytest.mark.parametrize(
    ("name", "given", "sentence"),
    [
        ("most_a_week", "0", "Enter a whole number from 1 to 7"),
        ("most_a_week", "8", "Enter a whole number from 1 to 7"),
        ("most_a_week", "two", "Enter a whole number from 1 to 7"),
        ("days_between_questions", "6", "Enter a whole number from 7 to 90"),
        ("approve_above", "-1", "Enter a whole number from 0 to 100000"),
        ("approve_above", "", "Enter a whole number from 0 to 100000"),
    ],
)
async def test_what_cannot_be_is_said_in_plain_words(console: Console, name: str, given: str, sentence: str) -> None:
    ada = await console.as_(Role.ADMINISTRATOR)
    page = await ada.post(AT, {**OWN, name: given})
    assert page.status_code == 400
    assert sentence in text_of(page)
    assert await changes(console) == []


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.APPROVER, Role.CO_CHAIR, Role.VIEWER, Role.PARTNER])
async def test_it_is_for_administrators(console: Console, role: Role) -> None:
    browser = await console.as_(role)
    assert (await browser.get(AT)).status_code == 404
    assert (await browser.post(AT, OWN)).status_code == 404
    assert console.organisation.most_a_week == 1
