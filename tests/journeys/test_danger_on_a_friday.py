"""Somebody in danger writes at 5.55pm on a Friday: the alert climbs the rota until one of the leads takes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import OpenPage, Service
from tests.journeys.team import WIDE, answer, come_in, move, texts

pytestmark = pytest.mark.browser

Sound = Callable[..., None]
_LOOKS = 40
WORDS = "my husband hits me and I am scared"


@pytest.fixture
def service(service_of_its_own: Service) -> Service:
    return service_of_its_own


def _a_second_lead(page: Page) -> None:
    """Sam may see safeguarding from now on, and has a phone for alerts."""
    come_in(page, "Alex Moor")
    page.get_by_role("link", name="Team", exact=True).click()
    page.get_by_role("link", name="Sam Field").click()
    page.get_by_label("Safeguarding lead").check()
    page.get_by_role("button", name="Save what they may do").click()
    page.get_by_label("Text message").check()
    page.get_by_label("Number").fill("07700900951")
    page.get_by_role("button", name="Save how we alert them").click()


def _the_rota(page: Page, sound: Sound) -> None:
    """Sam after Priya, at weekends' beginning too, and the night service after both."""
    come_in(page, "Priya Nair")
    page.goto("/safeguarding/rota")
    page.get_by_label("Who").select_option(label="Sam Field")
    page.get_by_label("Friday").check()
    page.get_by_label("From", exact=True).fill("9am")
    page.get_by_label("Until", exact=True).fill("8pm")
    page.get_by_role("button", name="Put them on the rota").click()
    expect(page.get_by_role("rowheader", name="Sam Field")).to_be_visible()
    page.get_by_label("Number that is texted too").fill("07700900955")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Number that is texted too")).not_to_have_value("")
    sound(page)


def _comes(page: Page, address: str, row: Locator, who: str) -> None:
    """Look at the page again until it is there: the clock ticks every few seconds, and the page shows what was so."""
    for _ in range(_LOOKS):
        page.goto(address)
        if row.filter(has_text=who).count():
            return
        page.wait_for_timeout(500)
    expect(row).to_contain_text(who)


def test_the_alert_climbs_until_somebody_takes_it(open_page: OpenPage, sound: Sound) -> None:
    page = open_page("/sign-in", viewport=WIDE)
    _a_second_lead(page)
    _the_rota(page, sound)
    phone = open_page("/try/?phone=sms.friday1")
    move(phone, "Friday, 5.55pm")
    expect(phone.locator("#now")).to_contain_text("5.55pm")
    texts(phone, "friday1", WORDS)
    expect(answer(phone)).to_contain_text("We are closed now.")
    expect(answer(phone)).to_contain_text("999")
    said = phone.locator(".ours").count()

    come_in(page, "Sam Field")
    page.get_by_role("link", name="Somebody may be in danger: take it").last.click()
    address = page.url
    alerted = page.get_by_role("table", name="Who was alerted").locator("tbody tr")
    expect(page.get_by_text(WORDS).first).to_be_visible()
    sound(page)
    for number, who in enumerate(("Priya Nair", "Sam Field", "out-of-hours"), 1):
        if number > 1:
            move(phone, "15 minutes")
        _comes(page, address, alerted.nth(number - 1), who)
        expect(alerted).to_have_count(number)

    page.get_by_role("button", name="Take it").click()
    expect(page.get_by_text("Taken by Sam Field")).to_be_visible()
    sound(page)
    move(phone, "15 minutes")
    page.goto(address)
    expect(alerted).to_have_count(3)
    phone.reload()
    expect(phone.locator(".ours")).to_have_count(said)
    come_in(page, "Alex Moor")
    page.goto("/inbox?show=all")
    expect(page.get_by_text(WORDS)).to_have_count(0)
