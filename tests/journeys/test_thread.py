"""A thread in a real browser: new messages come in by themselves, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.team import AXE, RULES, come_in, is_too_wide, texts

pytestmark = pytest.mark.browser

LIFT, TYPED = "a parcel came for you", "Sam at Ashdale Council here. We will"


def test_a_message_comes_in_while_somebody_types(
    open_page: OpenPage, axe: Path, keep_picture: Callable[[Page, str], None]
) -> None:
    phone = open_page("/try/?phone=sms.thread1")
    texts(phone, "thread1", LIFT)
    page = open_page("/sign-in", viewport={"width": 1280, "height": 900})
    come_in(page, "Priya Nair")
    page.get_by_role("link", name="Inbox", exact=True).click()
    page.get_by_role("link", name="Somebody we have no name for").first.click()
    page.get_by_role("button", name="Write to them").click()
    page.get_by_label("Your message").fill(TYPED)
    texts(phone, "thread1", "and a letter")
    expect(page.locator("#said")).to_contain_text("and a letter", timeout=20_000)
    expect(page.get_by_label("Your message")).to_have_value(TYPED)
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate(AXE, RULES)
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
    keep_picture(page, "thread-answer")

    page.reload()
    expect(page.get_by_label("Your message")).to_have_value(TYPED)
    page.set_viewport_size({"width": 320, "height": 640})
    assert not is_too_wide(page)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Your message is on its way.")).to_be_visible()
    expect(page.locator("#said")).to_contain_text(TYPED)
    expect(page.get_by_role("heading", name="To do here")).to_have_count(0)
    phone.reload()
    expect(phone.locator(".ours .bubble").last).to_contain_text(TYPED)
