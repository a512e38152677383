"""Two coordinators on one thread: each sees the other, neither sends over the other, and no word is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.team import WIDE, answer, come_in, texts, to_do

pytestmark = pytest.mark.browser

Sound = Callable[..., None]
SAMS, PRIYAS = "Sam here. We will look for it.", "Priya here. It is at the desk of Oak Hall."


def _opens_the_answer(page: Page, name: str) -> None:
    come_in(page, name)
    to_do(page, "Nadiya").get_by_role("link").click()
    page.get_by_role("button", name="Write to them").click()


def test_two_colleagues_answer_one_person(open_page: OpenPage, sound: Sound) -> None:
    phone = open_page("/try/?phone=sms.two1")
    texts(phone, "two1", "join", "yes", "1", "Nadiya", "I left my umbrella in the hall")
    sam, priya = (open_page("/sign-in", viewport=WIDE) for _colleague in range(2))
    _opens_the_answer(sam, "Sam Field")
    sam.get_by_label("Your message").fill(SAMS)
    _opens_the_answer(priya, "Priya Nair")
    expect(priya.get_by_text("Sam Field is writing to them now.")).to_be_visible()
    priya.get_by_label("Your message").fill(PRIYAS)
    expect(sam.get_by_text("Priya Nair is writing to them now.")).to_be_visible()

    sam.get_by_role("button", name="Send", exact=True).click()
    expect(sam.get_by_text("Your message is on its way.")).to_be_visible()
    priya.get_by_role("button", name="Send", exact=True).click()
    warning = priya.get_by_role("alert")
    expect(warning).to_contain_text("Somebody has answered since you opened this page")
    expect(warning).to_contain_text(SAMS)
    expect(priya.get_by_label("Your message")).to_have_value(PRIYAS)
    expect(answer(phone)).to_contain_text(SAMS)
    sound(priya)

    priya.get_by_role("button", name="Send anyway").click()
    expect(priya.get_by_text("Your message is on its way.")).to_be_visible()
    expect(answer(phone)).to_contain_text(PRIYAS)
