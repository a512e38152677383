"""A coordinator builds a question set: without script, with the keyboard, and for a page that everybody can read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.team import NARROW, WIDE, come_in, is_too_wide

pytestmark = pytest.mark.browser


def question(page: Page, number: int, words: str, kind: str, choices: str = "") -> None:
    """Fill in one question, in English."""
    asked = page.get_by_role("group", name=f"Question {number}")
    asked.get_by_label("How people answer").select_option(label=kind)
    asked.get_by_label("The question in English").fill(words)
    asked.get_by_label("The choices in English").fill(choices)


@pytest.mark.parametrize("window", [WIDE, NARROW], ids=["wide", "narrow"])
def test_built_checked_tried_and_saved_without_script(
    open_page: OpenPage, refused: Callable[[], None], keep_picture: Callable[[Page, str], None], window: dict[str, int]
) -> None:
    page = open_page("/sign-in", viewport=window, java_script_enabled=False)
    come_in(page, "Sam Field")
    page.goto("/question-sets/new")
    page.get_by_label("A name for it").fill(f"The leaflet, {window['width']}")
    question(page, 1, "What shall we utilise?", "In their own words")
    page.get_by_role("button", name="Add a question").click()
    assert page.url.endswith("#q2")
    question(page, 2, "When suits you best?", "One choice", "Mornings\nEvenings")
    page.get_by_role("button", name="Save it").click()
    expect(page.get_by_role("link", name='It says "utilise"')).to_be_visible()
    keep_picture(page, f"question-set-mistake-{window['width']}")
    refused()
    question(page, 1, "What would make it better?", "In their own words")
    page.get_by_role("button", name="Move up question 2").click()
    expect(page.get_by_label("The question in English").first).to_have_value("When suits you best?")
    page.get_by_label("The phone").select_option(label="WhatsApp")
    page.get_by_role("button", name="Begin", exact=True).click()
    page.get_by_role("button", name="Evenings").click()
    page.get_by_label("Their reply").fill("bigger letters")
    page.get_by_label("Their reply").press("Enter")
    expect(page.get_by_text("Thank you for your answers.", exact=False).last).to_be_visible()
    keep_picture(page, f"question-set-phone-{window['width']}")
    assert not is_too_wide(page)
    page.get_by_role("button", name="Save it").click()
    expect(page.get_by_text("It is kept as a new version.")).to_be_visible()
    page.get_by_role("link", name="Back to question sets").click()
    expect(page.get_by_role("link", name=f"The leaflet, {window['width']}", exact=True)).to_be_visible()


def test_its_pages_are_sound(open_page: OpenPage, sound: Callable[..., None], refused: Callable[[], None]) -> None:
    page = open_page("/sign-in", viewport=WIDE)
    come_in(page, "Sam Field")
    page.goto("/question-sets/new")
    sound(page)
    question(page, 1, "Which do you use?", "Several choices", "Tea")
    page.get_by_role("button", name="Check it").last.click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    sound(page)
    refused()
    question(page, 1, "Which do you use?", "Several choices", "Tea\n2 sugars")
    page.get_by_label("A name for it").fill("Tea")
    page.get_by_role("button", name="Begin", exact=True).click()
    page.get_by_label("Their reply").fill("tea")
    page.get_by_role("button", name="Send", exact=True).click()
    sound(page)
    page.get_by_role("button", name="Save it").click()
    expect(page.get_by_text("Worth knowing")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="See the answers").click()
    expect(page.get_by_text("Nobody has answered it yet.")).to_be_visible()
    sound(page)
    page.goto("/question-sets")
    sound(page)
