"""The team at the console in a real browser, and people's phones at /try beside it."""

from __future__ import annotations

import re
import time
from collections.abc import Container, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Locator, Page, expect

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
# WCAG 2.2 A and AA, and what axe-core's makers call good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = "(rules) => axe.run(document, {runOnly: rules}).then((found) => found.violations)"
# Where colours are the reader's own, what axe-core measures is not what they see.
NO_COLOURS = """(rules) => axe.run(document, {runOnly: rules, rules: {"color-contrast": {enabled: false}}})
    .then((found) => found.violations)"""
_TOKEN = re.compile(r"[\w-]{16,}")
# A link never changes anything, but these lead out of the console, or to what is no page.
_NOT_FOLLOWED = ("/assets", "/try", "/sign-in", "/sign-out")


def come_in(page: Page, name: str) -> None:
    """Sign in as one of the demo's team."""
    page.goto("/sign-in")
    page.get_by_role("button", name=f"Come in as {name}").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Sign in")


def texts(page: Page, code: str, *words: str, channel: str = "sms") -> None:
    """Somebody writes from the phone `code` at /try, and waits for what comes back."""
    page.goto(f"/try/?phone={channel}.{code}")
    for text in words:
        before = page.locator(".theirs").count()
        page.get_by_label("Your message").fill(text)
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.locator(".theirs")).to_have_count(before + 1)


def answer(phone: Page) -> Locator:
    """What we said last to the phone that this page shows."""
    return phone.locator(".ours .bubble").last


def move(phone: Page, label: str) -> None:
    """Move the demo's time, on a page of phones. Whoever is signed in may be signed out by it."""
    before = phone.locator("#now").inner_text()
    phone.get_by_role("button", name=f"Move time: {label}", exact=True).click()
    expect(phone.locator("#now")).not_to_have_text(before)


def to_do(page: Page, who: str) -> Locator:
    """The row of Today about somebody."""
    return page.locator("main tbody tr").filter(has_text=who)


def kind_of(address: str) -> str:
    """A page's kind: its path with the tokens taken out."""
    return "/".join("…" if _TOKEN.fullmatch(part) else part for part in urlsplit(address).path.split("/"))


class _Links(HTMLParser):
    """Links to pages: not to files, which a browser saves."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_file = "download" in given or (given.get("type") or "").startswith("application/")
        if tag == "a" and given.get("href") and not is_file:
            self.found.append(given["href"] or "")


def links(address: str, html: str) -> list[str]:
    """Where one can go on to from this page, inside the console."""
    parser = _Links()
    parser.feed(html)
    found = [urljoin(address, link) for link in parser.found]
    here = urlsplit(address)
    return [
        link
        for link in found
        if urlsplit(link).netloc == here.netloc and not urlsplit(link).path.startswith(_NOT_FOLLOWED)
    ]


def walk(
    page: Page, start: str, known: Container[str] = (), *, each: int = 1, most: int = 120, seconds: float = 60
) -> Iterator[str]:
    """Go to every kind of page that can be reached by links, and stop at each, until the time is over.

    Those of a `known` kind are asked for in the same browser, and not shown.
    """
    waiting, seen, over = [start], dict[str, int](), time.monotonic() + seconds
    while waiting and sum(seen.values()) < most and time.monotonic() < over:
        address = waiting.pop(0)
        kind = kind_of(address)
        if seen.get(kind, 0) >= each:
            continue
        seen[kind] = seen.get(kind, 0) + 1
        opened = page.request.get(address) if kind in known else page.goto(address)
        assert opened is not None
        assert opened.ok, f"a link leads to {kind}, which answers {opened.status}"
        waiting += links(opened.url, opened.text())
        yield kind


def violations(page: Page, axe: Path, run: str = AXE) -> list[Any]:
    """What axe-core finds wrong with the page, in short."""
    page.wait_for_load_state()
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe.read_text(encoding="utf-8"))  # no script tag: the page's own policy forbids it
    return [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in page.evaluate(run, RULES)]


def is_too_wide(page: Page) -> bool:
    """Whether one has to scroll sideways to read it; tables and pictures may have a way to scroll of their own."""
    return bool(page.locator("html").evaluate("html => html.scrollWidth > html.clientWidth + 1"))
