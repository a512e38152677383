"""A question asked inside a yes: both are heard, and a person answers it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import OpenPage
from tests.journeys.team import WIDE, answer, come_in, texts

pytestmark = pytest.mark.browser

Sound = Callable[..., None]
QUESTION = "is there a lift at Beech House?"


def test_asked_inside_a_yes_and_answered(open_page: OpenPage, sound: Sound) -> None:
    phone = open_page("/try/?phone=sms.inside1")
    texts(phone, "inside1", "join", f"yes, but {QUESTION}")
    expect(answer(phone)).to_contain_text("OK?")
    expect(phone.locator(".thread")).to_contain_text("We will answer by")

    page = open_page("/sign-in", viewport=WIDE)
    come_in(page, "Sam Field")
    page.get_by_role("link", name="Questions", exact=True).click()
    sound(page)
    page.get_by_role("link", name="Beech House").click()
    expect(page.get_by_text("We will answer by")).to_be_visible()
    sound(page)
    page.get_by_label("The answer, in English").fill("Yes. The lift is by the front door.")
    page.get_by_role("button", name="Look at it first").click()
    sound(page)
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("Beech House")).to_have_count(0)
    sound(page)

    expect(phone.locator(".thread")).to_contain_text("The lift is by the front door.")
    texts(phone, "inside1", "1")
    expect(answer(phone)).to_contain_text("You have joined.")
    page.goto("/questions?show=answered")
    expect(page.get_by_role("link", name="Beech House")).to_be_visible()
