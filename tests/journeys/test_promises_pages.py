"""The pages of what was promised in a real browser: sound for everybody, without script, wide, narrow and zoomed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import demo
from tests.journeys.conftest import OpenPage, Service
from tests.journeys.team import NARROW, WIDE, come_in, is_too_wide

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def links() -> list[str]:
    """Where the group's page and the project's are, once the service runs."""
    return []


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, links: list[str]) -> Iterator[Service]:
    """A demo that has promised a few things."""
    folder = tmp_path_factory.mktemp("promising")
    with demo.running(folder) as url:
        links += demo.filled(folder, "tests.journeys.promising")
        yield Service(url)


# On the group's page those of the demonstration too; on the project's only its own.
PROMISES = (12, 7)


@pytest.mark.parametrize("window", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", ["en", "en_GB@simple", "pl"])
@pytest.mark.parametrize("which", [0, 1], ids=["group", "project"])
def test_they_are_sound_for_everybody(
    service: Service,
    links: list[str],
    open_page: OpenPage,
    sound: Callable[..., None],
    keep_picture: Callable[[Page, str], None],
    which: int,
    language: str,
    window: dict[str, int],
) -> None:
    page = open_page(f"{links[which]}?language={language}", viewport=window)
    expect(page.locator("main h3")).to_have_count(PROMISES[which])
    sound(page)
    assert not is_too_wide(page)
    keep_picture(page, f"promises-{which}-{language}-{window['width']}")


def test_they_need_no_script_and_keep_no_cookie(service: Service, links: list[str], open_page: OpenPage) -> None:
    for link in links:
        page = open_page(link, viewport=WIDE, java_script_enabled=False)
        expect(page.locator("main form, main input, main textarea")).to_have_count(0)
        page.get_by_role("link", name="Polski").click()
        expect(page.locator("html")).to_have_attribute("lang", "pl")
        assert page.context.cookies() == []


def test_an_administrator_finds_the_link_and_a_new_one_ends_it(
    service: Service, links: list[str], open_page: OpenPage, sound: Callable[..., None]
) -> None:
    page = open_page("/sign-in", viewport=WIDE)
    come_in(page, "Alex Moor")
    page.goto("/settings")
    page.get_by_role("link", name="Promises", exact=True).click()
    sound(page)
    expect(page.locator("#link")).to_contain_text(links[0])
    page.get_by_role("button", name="Make a new link").click()
    expect(page.locator("#link")).not_to_contain_text(links[0])
    page.goto(f"{links[1].replace('/promises/project', '/projects')}/promises")
    sound(page)
    page.get_by_role("button", name="Take it off the page for everybody").click()
    expect(page.get_by_role("button", name="Put it on a page for everybody")).to_be_visible()
