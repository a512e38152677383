"""A coordinator's morning: what needs a person is on Today, is read, is answered, and is gone from Today."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import OpenPage
from tests.journeys.team import WIDE, answer, come_in, texts, to_do

pytestmark = pytest.mark.browser

Sound = Callable[..., None]
WORDS = "Sam at Ashdale Council here. Thank you, we will fetch it on Monday."


def test_read_answered_and_gone_from_today(open_page: OpenPage, sound: Sound) -> None:
    phone = open_page("/try/?phone=sms.morning1")
    texts(phone, "morning1", "join", "yes", "1", "Mavis", "a parcel came for you")
    page = open_page("/sign-in", viewport=WIDE)
    come_in(page, "Sam Field")
    sound(page)
    expect(to_do(page, "Mavis")).to_have_count(1)
    rows = page.locator("main tbody tr")
    before = rows.count()

    to_do(page, "Mavis").get_by_role("link", name="Read what they wrote").click()
    expect(page.locator("#said")).to_contain_text("a parcel came for you")
    sound(page)
    page.get_by_role("button", name="Write to them").click()
    page.get_by_label("Your message").fill(WORDS)
    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_role("heading", name="How their phone shows it")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Your message is on its way.")).to_be_visible()
    sound(page)

    expect(answer(phone)).to_contain_text(WORDS)
    page.get_by_role("link", name="Today", exact=True).click()
    expect(to_do(page, "Mavis")).to_have_count(0)
    expect(rows).to_have_count(before - 1)
