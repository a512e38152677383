"""The team at the console in a real browser, and people's phones at /try beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

# WCAG 2.2 A and AA, and what axe-core's makers call good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = "(rules) => axe.run(document, {runOnly: rules}).then((found) => found.violations)"
_TOKEN = re.compile(r"[\w-]{16,}")


def come_in(page: Page, name: str) -> None:
    """Sign in as one of the demo's team."""
    page.goto("/sign-in")
    page.get_by_role("button", name=f"Come in as {name}").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def texts(page: Page, code: str, *words: str, channel: str = "sms") -> None:
    """Somebody writes from the phone `code` at /try, and waits for what comes back."""
    page.goto(f"/try/?phone={channel}.{code}")
    for text in words:
        page.get_by_label("Your message").fill(text)
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.locator(".theirs .bubble").last).to_contain_text(text.split("\n")[0][:40])


def kind_of(address: str) -> str:
    """A page's kind: its path with the tokens taken out."""
    return "/".join("…" if _TOKEN.fullmatch(part) else part for part in urlsplit(address).path.split("/"))


def links(page: Page) -> list[str]:
    """Where one can go on to from here, inside the console."""
    found = page.eval_on_selector_all("a[href]", "(all) => all.map((one) => one.href)")
    here = urlsplit(page.url)
    return [
        address
        for address in found
        if urlsplit(address).netloc == here.netloc and not urlsplit(address).path.startswith(("/assets", "/try"))
    ]


def walk(page: Page, start: str, *, each: int = 1, most: int = 60) -> Iterable[str]:
    """Go to every kind of page that can be reached by links, and stop at each."""
    waiting, seen = [start], dict[str, int]()
    while waiting and sum(seen.values()) < most:
        address = waiting.pop(0)
        kind = kind_of(address)
        if seen.get(kind, 0) >= each:
            continue
        seen[kind] = seen.get(kind, 0) + 1
        page.goto(address)
        yield kind
        waiting += links(page)


def violations(page: Page, axe: Path) -> list[Any]:
    """What axe-core finds wrong with the page, in short."""
    page.add_script_tag(path=axe)
    return [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in page.evaluate(AXE, RULES)]


def is_too_wide(page: Page) -> bool:
    """Whether one has to scroll sideways to read it; tables and pictures may have a way to scroll of their own."""
    return bool(page.evaluate("() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"))
