"""Without JavaScript: sign in, read, answer, and settle a question, by forms and links alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import OpenPage
from tests.journeys.team import NARROW, WIDE, answer, come_in, texts, to_do

pytestmark = pytest.mark.browser

WORDS = "Sam at Ashdale Council here. Keep it, please."


@pytest.mark.parametrize(("name", "window"), [("Olwen", WIDE), ("Eluned", NARROW)], ids=["wide", "narrow"])
def test_a_mornings_work_without_script(open_page: OpenPage, name: str, window: dict[str, int]) -> None:
    code = name.lower()
    phone = open_page(f"/try/?phone=sms.{code}")
    texts(phone, code, "join", "yes", "1", name, "a parcel came for you")
    page = open_page("/sign-in", viewport=window, java_script_enabled=False)
    come_in(page, "Sam Field")
    to_do(page, name).get_by_role("link", name="Read what they wrote").click()
    page.get_by_role("button", name="Write to them").click()
    page.get_by_label("Your message").fill(WORDS)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Your message is on its way.")).to_be_visible()
    expect(answer(phone)).to_contain_text(WORDS)

    texts(phone, code, "is there a ramp at Ferry House?")
    page.get_by_role("link", name="Today", exact=True).click()
    to_do(page, name).get_by_role("link", name="Answer their question").click()
    page.get_by_label("The answer, in English").fill("Yes, at the side door.")
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("button", name="Send the answer").click()
    expect(answer(phone)).to_contain_text("Yes, at the side door.")
    page.get_by_role("link", name="Today", exact=True).click()
    expect(to_do(page, name)).to_have_count(0)
