"""Promise 33: every page of the console that links lead to, as each of the team sees it, is open to everybody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import OpenPage
from tests.journeys.team import come_in, is_too_wide, texts, violations, walk

pytestmark = pytest.mark.browser

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
TEAM = ("Priya Nair", "Sam Field", "Alex Moor", "Robin Hill", "Vic Stone")


@pytest.fixture
def busy(open_page: OpenPage) -> None:
    """A few people have written: one joined, one asks, one is in trouble, one is done with us."""
    page = open_page("/try/?phone=sms.walk1")
    texts(page, "walk1", "join", "yes", "1", "Asha", "is there a bus to Oak Hall?")
    texts(page, "walk2", "join", "yes", "1", "=SUM(A1) <b>Bo</b> \u202egnihtemos")
    texts(page, "walk3", "my husband hits me and I am scared")
    texts(page, "walk4", "call me please")
    texts(page, "walk5", "the carer did not come this morning")


@pytest.mark.parametrize("name", TEAM)
def test_every_page_is_sound(
    open_page: OpenPage, busy: None, axe: Path, keep_picture: Callable[[Page, str], None], name: str
) -> None:
    page = open_page("/sign-in", viewport=WIDE)
    asked_elsewhere: list[str] = []
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(page.url.split("/", 3)[0]) else asked_elsewhere.append(asked.url),
    )
    come_in(page, name)
    wrong = {}
    for kind in walk(page, page.url):
        if found := violations(page, axe):
            wrong[kind] = found
        keep_picture(page, f"{name.split(maxsplit=1)[0].lower()}{kind.replace('/', '-')}".rstrip("-"))
        page.set_viewport_size(NARROW)
        if is_too_wide(page):
            wrong[f"{kind} at 320 pixels"] = ["too wide"]
        page.set_viewport_size(WIDE)
    assert wrong == {}
    assert asked_elsewhere == []
