"""By keys alone, zoomed to 200% and 400%, and in colours that somebody chose for themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.team import NO_COLOURS, WIDE, answer, come_in, is_too_wide, texts, to_do

pytestmark = pytest.mark.browser

Sound = Callable[..., None]
WORDS = "Sam at Ashdale Council here. Thank you."
MOST_KEYS = 150
# Whether whatever has the focus shows it: a line around it, a shadow, or a colour of its own.
SHOWS_FOCUS = """() => {
    const one = document.activeElement, style = getComputedStyle(one);
    const lines = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const box = one.getBoundingClientRect();
    return (lines || style.boxShadow !== "none") && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
}"""
HAS_AN_EDGE = """(all) => all.filter((one) => {
    const style = getComputedStyle(one);
    return !["border", "outline"].some((edge) => parseFloat(style[`${edge}Width`]) > 0);
}).map((one) => one.outerHTML.slice(0, 200))"""


def _tab_to(page: Page, wanted: Locator) -> None:
    """By Tab alone; whatever is passed shows that it has the focus."""
    expect(wanted).to_have_count(1)
    for _key in range(MOST_KEYS):
        page.keyboard.press("Tab")
        assert page.evaluate(SHOWS_FOCUS), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if wanted.evaluate("(one) => one === document.activeElement"):
            return
    pytest.fail(f"{wanted} was not reached by keys")


def test_keys_are_enough(open_page: OpenPage) -> None:
    phone = open_page("/try/?phone=sms.keyed1")
    texts(phone, "keyed1", "join", "yes", "1", "Perdita", "a parcel came for you")
    page = open_page("/sign-in", viewport=WIDE)
    _tab_to(page, page.get_by_role("button", name="Come in as Sam Field"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    _tab_to(page, to_do(page, "Perdita").get_by_role("link"))
    page.keyboard.press("Enter")
    _tab_to(page, page.get_by_role("button", name="Write to them"))
    page.keyboard.press("Enter")
    _tab_to(page, page.get_by_label("Your message"))
    page.keyboard.type(WORDS)
    _tab_to(page, page.get_by_role("button", name="Send", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your message is on its way.")).to_be_visible()
    expect(answer(phone)).to_contain_text(WORDS)


@pytest.mark.parametrize(("name", "zoom"), [("Rosalind", 200), ("Beatrix", 400)])
def test_zoomed_nothing_is_lost_at_the_side(
    open_page: OpenPage, sound: Sound, refused: Callable[[], None], name: str, zoom: int
) -> None:
    code = name.lower()
    phone = open_page(f"/try/?phone=sms.{code}")
    texts(phone, code, "join", "yes", "1", name, "a parcel came for you")
    page = open_page("/sign-in", viewport={"width": 128_000 // zoom, "height": 102_400 // zoom})

    def fits() -> None:
        assert not is_too_wide(page), page.url

    fits()
    come_in(page, "Sam Field")
    fits()
    to_do(page, name).get_by_role("link").click()
    fits()
    page.get_by_role("button", name="Write to them").click()
    fits()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    refused()
    fits()
    sound(page)
    page.get_by_label("Your message").fill(WORDS)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Your message is on its way.")).to_be_visible()
    fits()


def test_colours_of_their_own(open_page: OpenPage, sound: Sound, keep_picture: Callable[[Page, str], None]) -> None:
    page = open_page("/sign-in", viewport=WIDE, forced_colors="active", color_scheme="dark")
    come_in(page, "Priya Nair")
    for path in ("/", "/inbox?show=all", "/questions", "/safeguarding", "/people"):
        page.goto(path)
        sound(page, NO_COLOURS)
        keep_picture(page, f"forced{path.split('?')[0].replace('/', '-')}")
        assert page.locator("main").locator("button, .govuk-button, input:visible").evaluate_all(HAS_AN_EDGE) == []
        page.keyboard.press("Tab")
        assert page.evaluate(SHOWS_FOCUS)
