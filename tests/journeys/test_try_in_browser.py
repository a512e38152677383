"""The phone in the browser, used in a real one, against the real service."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import OpenPage

pytestmark = pytest.mark.browser

WELCOME, AGREE = "Would you like to join?", "OK?"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
# WCAG 2.2 AA and what axe-core's makers call good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = "(rules) => axe.run(document, {runOnly: rules}).then((found) => found.violations)"
TOO_SMALL = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select")]
    .filter((one) => one.matches(":not(.skip)"))
    .filter((one) => one.getBoundingClientRect().height < 24 || one.getBoundingClientRect().width < 24)
    .map((one) => one.outerHTML)"""


def phone(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def says(handset: Locator, *texts: str) -> None:
    """Write each and wait for an answer to it."""
    for text in texts:
        answers = handset.locator(".ours").count()
        handset.get_by_label("Your message").fill(text)
        handset.get_by_role("button", name="Send", exact=True).click()
        expect(handset.locator(".ours").nth(answers)).to_be_visible()


def last(handset: Locator) -> Locator:
    return handset.locator(".ours .bubble").last


def test_a_new_person_joins_by_text(open_page: OpenPage, keep_picture: Callable[[Page, str], None]) -> None:
    page = open_page("/try", viewport=WIDE)
    sms = phone(page, "SMS")
    says(sms, "join")
    expect(last(sms)).to_contain_text(WELCOME)
    expect(sms.locator(".carried").last).to_have_text("GSM-7, 1 text (155 characters)")
    says(sms, "yes", "1", "Asha")
    expect(last(sms)).to_contain_text("Thank you, Asha.")
    expect(last(sms)).to_be_in_viewport()
    keep_picture(page, "joined")


def test_buttons_are_pressed_on_telegram(open_page: OpenPage) -> None:
    page = open_page("/try/?phone=telegram.buttons")
    telegram = phone(page, "Telegram")
    telegram.get_by_role("button", name="Send /start").click()
    expect(last(telegram)).to_contain_text(WELCOME)
    telegram.get_by_role("button", name="Yes", exact=True).click()
    expect(telegram.locator(".theirs .bubble").last).to_contain_text("Yes")
    expect(last(telegram)).to_contain_text(AGREE)
    telegram.get_by_role("button", name="Yes, and I am 18 or over").click()
    expect(last(telegram)).to_contain_text("You have joined.")


def test_two_phones_lie_side_by_side(open_page: OpenPage) -> None:
    page = open_page("/try/?phone=sms.left2", viewport=WIDE)
    page.get_by_label("Channel").select_option(label="WhatsApp")
    page.get_by_role("button", name="Add a phone").click()
    left, right = phone(page, "SMS"), phone(page, "WhatsApp")
    says(left, "join", "yes", "1", "Asha")
    says(right, "join")
    expect(last(left)).to_contain_text("Thank you, Asha.")
    expect(last(right)).to_contain_text(WELCOME)
    boxes = [one.bounding_box() for one in (left, right)]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] + boxes[0]["width"] < boxes[1]["x"]
    page.reload()
    expect(last(left)).to_contain_text("Thank you, Asha.")


def test_time_is_moved_and_a_nudge_comes(open_page: OpenPage, keep_picture: Callable[[Page, str], None]) -> None:
    page = open_page("/try/?phone=sms.nudged&phone=telegram.nudged2", viewport=WIDE)
    sms, telegram = phone(page, "SMS"), phone(page, "Telegram")
    says(sms, "join")
    says(telegram, "/start")
    before = page.locator("#now").inner_text()
    page.get_by_role("button", name="1 day").click()
    expect(page.locator("#now")).not_to_have_text(before)
    page.get_by_role("button", name="Next texting day").click()  # it may have been a Saturday night
    for handset in (sms, telegram):
        expect(handset.locator(".ours .bubble", has_text="You began to join us.")).to_have_count(1)
        expect(handset.locator(".day")).not_to_have_count(1)
    keep_picture(page, "nudged")


def test_a_whole_join_without_script(open_page: OpenPage) -> None:
    page = open_page("/try/?phone=sms.plain2", java_script_enabled=False)
    sms = phone(page, "SMS")
    says(sms, "join")
    expect(sms.get_by_label("Your message")).to_be_focused()
    says(sms, "yes", "1", "Asha")
    expect(last(sms)).to_contain_text("Thank you, Asha.")
    expect(last(sms)).to_be_in_viewport()


def test_keys_are_enough(open_page: OpenPage) -> None:
    page = open_page("/try/?phone=sms.keys2", viewport=WIDE)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the phones")).to_be_focused()
    page.keyboard.press("Enter")
    field = phone(page, "SMS").get_by_label("Your message")
    for _key in range(12):
        page.keyboard.press("Tab")
        if field.evaluate("field => field === document.activeElement"):
            break
    expect(field).to_be_focused()
    page.keyboard.type("join")
    page.keyboard.press("Enter")
    expect(last(phone(page, "SMS"))).to_contain_text(WELCOME)
    expect(field).to_be_focused()
    expect(field).to_have_value("")


def test_what_happens_elsewhere_appears_by_itself(open_page: OpenPage) -> None:
    here, there = (open_page("/try/?phone=sms.shared2") for _window in range(2))
    says(phone(here, "SMS"), "join")
    phone(there, "SMS").get_by_label("Your message").fill("half a tho")
    expect(last(phone(there, "SMS"))).to_contain_text(WELCOME)
    expect(phone(there, "SMS").get_by_label("Your message")).to_have_value("half a tho")


def test_a_message_that_did_not_arrive_is_kept_to_send_again(open_page: OpenPage, complaints: list[str]) -> None:
    page = open_page("/try/?phone=sms.lost2")
    page.route("**/try/say*", lambda route: route.fulfill(status=503))
    sms = phone(page, "SMS")
    sms.get_by_label("Your message").fill("join")
    sms.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("That did not arrive. Please try again.")
    expect(sms.get_by_label("Your message")).to_have_value("join")
    page.unroute("**/try/say*")
    sms.get_by_role("button", name="Send", exact=True).click()
    expect(last(sms)).to_contain_text(WELCOME)
    expect(page.get_by_role("status")).to_have_text("")
    [complaint] = complaints
    assert "503" in complaint
    complaints.clear()


def test_a_persons_backward_letters_break_nothing(open_page: OpenPage) -> None:
    page = open_page("/try/?phone=sms.rtl2")
    sms = phone(page, "SMS")
    says(sms, "\u202e\u2067<b>abc שלום")
    expect(sms.locator(".theirs bdi")).to_have_text("\u202e\u2067<b>abc שלום")
    assert sms.locator(".theirs bdi").evaluate("words => getComputedStyle(words).unicodeBidi") == "plaintext"
    assert sms.locator(".theirs").evaluate("line => getComputedStyle(line).direction") == "ltr"


@pytest.mark.parametrize("window", [WIDE, NARROW], ids=["wide", "narrow"])
def test_everybody_can_use_it(
    open_page: OpenPage, axe: Path, keep_picture: Callable[[Page, str], None], window: dict[str, int]
) -> None:
    name = f"checked-{window['width']}"
    phones = "&".join(f"phone={channel}.axe{window['width']}" for channel in ("sms", "whatsapp", "telegram"))
    page = open_page(f"/try/?{phones}", viewport=window, before=axe)
    assert page.evaluate(AXE, RULES) == [], "before anything is said"
    for channel in ("SMS", "WhatsApp", "Telegram"):
        says(phone(page, channel), "join", "tell me more")
    keep_picture(page, name)
    assert page.evaluate(AXE, RULES) == []
    assert page.evaluate(TOO_SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= window["width"], "nothing is cut off at the side"
