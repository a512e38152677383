"""The public pages in a real browser: wide and narrow, without script, and with a camera before the screen."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.bank.printed import read_by_camera
from tests.journeys.conftest import OpenPage
from tests.journeys.team import NARROW, WIDE, is_too_wide

pytestmark = pytest.mark.browser
OURS = ["SMSTO:+447700900999:JOIN", "https://wa.me/447700900998?text=JOIN", "https://t.me/ashdale_heard_bot"]


@pytest.mark.parametrize("window", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", ["en", "en_GB@simple", "pl"])
def test_they_are_sound_for_everybody(
    open_page: OpenPage,
    sound: Callable[..., None],
    keep_picture: Callable[[Page, str], None],
    language: str,
    window: dict[str, int],
) -> None:
    page = open_page(f"/join?language={language}", viewport=window)
    sound(page)
    assert not is_too_wide(page)
    keep_picture(page, f"join-{language}-{window['width']}")
    page.goto(f"/open?language={language}")
    sound(page)
    assert not is_too_wide(page)
    page.locator(".heard-public-list a").first.click()
    sound(page)
    assert not is_too_wide(page)
    keep_picture(page, f"open-{language}-{window['width']}")


def test_a_camera_reads_the_squares_off_the_screen(open_page: OpenPage) -> None:
    page = open_page("/join", viewport=WIDE, java_script_enabled=False, device_scale_factor=2)
    squares = page.locator(".heard-call__squares")
    expect(squares.get_by_text("WhatsApp")).to_be_visible()
    assert read_by_camera([Image.open(BytesIO(squares.screenshot()))]) == OURS


def test_one_comes_from_how_to_join_to_what_is_open_and_into_another_language(open_page: OpenPage) -> None:
    page = open_page("/join", viewport=WIDE, java_script_enabled=False)
    page.get_by_role("link", name="What is open now", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What is open now")
    page.get_by_role("link", name="Polski").click()
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    assert page.context.cookies() == []
