"""A paper form becomes a member: a partner enters it, and the person's own YES by text makes it so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import OpenPage, Service
from tests.journeys.team import WIDE, answer, come_in, move, texts

pytestmark = pytest.mark.browser

Sound = Callable[..., None]
NUMBER = "07700900321"


@pytest.fixture
def service(service_of_its_own: Service) -> Service:
    return service_of_its_own


def test_a_paper_form_becomes_a_member(open_page: OpenPage, sound: Sound, refused: Callable[[], None]) -> None:
    phone = open_page(f"/try/?phone=sms.{NUMBER}")
    page = open_page("/sign-in", viewport=WIDE)
    come_in(page, "Robin Hill")
    page.get_by_role("button", name="Enter one form").click()
    sound(page)
    page.get_by_role("button", name="Enter the form").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    refused()
    sound(page)
    page.get_by_label("First name").fill("Delphine")
    page.get_by_label("Mobile number").fill(NUMBER)
    page.get_by_label("They said yes, and signed on").fill("2 11 2026")
    page.get_by_label("They are 18 or over").check()
    page.get_by_role("button", name="Enter the form").click()
    expect(page.get_by_role("link", name="Delphine")).to_be_visible()
    sound(page)

    move(phone, "Next texting day, 10am")
    expect(answer(phone)).to_contain_text("Ashdale Council")
    texts(phone, NUMBER, "YES")
    expect(answer(phone)).to_contain_text("OK?")
    texts(phone, NUMBER, "1")
    expect(answer(phone)).to_contain_text("joined")
    come_in(page, "Robin Hill")
    expect(page.get_by_role("heading", name="Forms that wait for an answer")).to_be_visible()
    expect(page.get_by_role("link", name="Delphine")).to_have_count(0)

    colleague = open_page("/sign-in", viewport=WIDE)
    come_in(colleague, "Sam Field")
    colleague.get_by_role("link", name="People", exact=True).click()
    colleague.get_by_role("link", name="Delphine").click()
    expect(colleague.get_by_text("Member", exact=True)).to_be_visible()
    expect(colleague.get_by_role("heading", name="What they agreed to")).to_be_visible()
    sound(colleague)
