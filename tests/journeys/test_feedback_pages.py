"""The pages that tell what people said, in a real browser: sound for everybody, with their charts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import demo
from tests.journeys.conftest import OpenPage, Service
from tests.journeys.team import NARROW, WIDE, come_in, is_too_wide

pytestmark = pytest.mark.browser

# The smallest letters in it, in pixels of the screen.
_LETTERS = """svg => Math.min(...[...svg.querySelectorAll("text")].map(
    one => parseFloat(getComputedStyle(one).fontSize) * svg.getScreenCTM().a))"""
_LEAST_LETTERS = 12


@pytest.fixture(scope="module")
def tokens() -> list[str]:
    """Of the meeting and of the project, once the service runs."""
    return []


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, tokens: list[str]) -> Iterator[Service]:
    """A demo in which people said how it was."""
    folder = tmp_path_factory.mktemp("answering")
    with demo.running(folder) as url:
        tokens += demo.filled(folder, "tests.journeys.answering")
        yield Service(url)


def can_be_read(chart: Locator, window: Mapping[str, int]) -> None:
    """Its letters are large enough; where there is no room for such, the table beside it is all that is shown."""
    if window is NARROW:
        expect(chart).to_be_hidden()
        return
    expect(chart).to_have_accessible_description(chart.locator("desc").text_content() or "")
    letters = chart.evaluate(_LETTERS)
    assert letters >= _LEAST_LETTERS, letters


@pytest.mark.parametrize("window", [WIDE, NARROW], ids=["wide", "narrow"])
def test_they_are_sound_and_show_their_charts(
    service: Service,
    tokens: list[str],
    open_page: OpenPage,
    sound: Callable[..., None],
    keep_picture: Callable[[Page, str], None],
    window: dict[str, int],
) -> None:
    meeting, project = tokens
    page = open_page("/sign-in", viewport=window)
    come_in(page, "Sam Field")
    for where, charts in (
        (f"/meetings/{meeting}/feedback", 3),
        (f"/meetings/{meeting}/feedback/tell", 0),
        (f"/projects/{project}/feedback", 1),
        ("/feedback", 3),
        ("/feedback/kinds/space", 3),
        ("/feedback/themes", 0),
    ):
        page.goto(where)
        expect(page.locator("main svg.heard-chart")).to_have_count(charts)
        for chart in page.locator("main svg.heard-chart").all():
            can_be_read(chart, window)
        sound(page)
        assert not is_too_wide(page), where
        keep_picture(
            page, f"{where.strip('/').replace('/', '-').replace(meeting, 'm').replace(project, 'p')}-{window['width']}"
        )
