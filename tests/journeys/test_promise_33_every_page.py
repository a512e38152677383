"""Promise 33: every page of the console that links lead to, as each of the team sees it, is open to everybody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import OpenPage, Service
from tests.journeys.team import WIDE, come_in, is_too_wide, texts, violations, walk

pytestmark = pytest.mark.browser

HOME = "/"  # each of the team has their own
# What a window of 1280 pixels shows at 200% and at 400%.
ZOOMED = ({"width": 640, "height": 450}, {"width": 320, "height": 256})
# Each of the team, and how many kinds of page they find at least, on a machine that has much else to do.
TEAM = {"Priya Nair": 12, "Sam Field": 12, "Alex Moor": 12, "Robin Hill": 5, "Vic Stone": 4}


@pytest.fixture(scope="module")
def busy() -> set[str]:
    """Which services have heard what the people here write."""
    return set()


@pytest.fixture(scope="module")
def looked_at() -> set[str]:
    """The kinds of page that were looked at closely as one of the team saw them; another then only opens them."""
    return set()


@pytest.fixture
def people(open_page: OpenPage, service: Service, busy: set[str]) -> None:
    """A few people have written: one joined, one has a name that tries everything, and others."""
    if service.url in busy:
        return
    busy.add(service.url)
    page = open_page("/try/?phone=sms.walk1")
    texts(page, "walk1", "join", "yes", "1", "Asha", "is there a bus to Oak Hall?")
    texts(page, "walk2", "join", "yes", "1", '=SUM(A1) <b onclick="x">Bo</b> \u202egnihtemos ' + "\U0001f389" * 12)
    texts(page, "walk3", "my husband hits me and I am scared")
    texts(page, "walk4", "call me please")
    texts(page, "walk5", "<script>alert(1)</script> \u202ebackwards " + "long" * 60)


@pytest.mark.parametrize("name", TEAM)
def test_every_page_is_sound(
    open_page: OpenPage,
    people: None,
    looked_at: set[str],
    axe: Path,
    keep_picture: Callable[[Page, str], None],
    name: str,
) -> None:
    page = open_page("/sign-in", viewport=WIDE)
    ours = page.url.removesuffix("sign-in")
    asked_elsewhere: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith(ours) else asked_elsewhere.append(asked.url))
    come_in(page, name)
    seen, wrong = set(), {}
    known = looked_at - {HOME}
    for kind in walk(page, page.url, known, seconds=180):
        seen.add(kind)
        if kind in known:
            continue
        looked_at.add(kind)
        if found := violations(page, axe):
            wrong[kind] = found
        keep_picture(page, f"{name.split(maxsplit=1)[0].lower()}{kind.replace('/', '-')}".rstrip("-"))
        for window in ZOOMED:
            page.set_viewport_size(window)
            if is_too_wide(page):
                wrong[f"{kind} at {window['width']} pixels"] = ["too wide"]
        page.set_viewport_size(WIDE)
    assert wrong == {}
    assert asked_elsewhere == []
    assert len(seen) >= TEAM[name], sorted(seen)
