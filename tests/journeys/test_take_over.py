"""Taking over from Heard, and handing back: never two voices, and the person's place is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import OpenPage
from tests.journeys.team import WIDE, answer, come_in, texts

pytestmark = pytest.mark.browser

Sound = Callable[..., None]
WORDS = "Sam at Ashdale Council here. Take all the time you need."


def test_a_colleague_takes_over_and_hands_back(open_page: OpenPage, sound: Sound) -> None:
    phone = open_page("/try/?phone=sms.over1")
    texts(phone, "over1", "join", "zebra crossing Mill Lane")
    page = open_page("/sign-in", viewport=WIDE)
    come_in(page, "Sam Field")
    page.goto("/inbox?show=all")
    page.get_by_role("link", name="Somebody we have no name for").first.click()
    expect(page.locator("#said")).to_contain_text("zebra crossing Mill Lane")
    page.get_by_role("button", name="Take over from Heard").click()
    expect(page.get_by_text("Taken over", exact=True)).to_be_visible()
    sound(page)

    said = phone.locator(".ours").count()
    texts(phone, "over1", "yes")
    expect(phone.locator(".ours")).to_have_count(said)
    page.get_by_role("button", name="Write to them").click()
    page.get_by_label("Your message").fill(WORDS)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Your message is on its way.")).to_be_visible()
    expect(answer(phone)).to_contain_text(WORDS)

    page.get_by_role("button", name="Hand back to Heard").click()
    expect(page.get_by_role("button", name="Take over from Heard")).to_be_visible()
    sound(page)
    texts(phone, "over1", "yes")
    expect(answer(phone)).to_contain_text("We will keep your number")
