"""The pages that tell what people said, in a real browser: sound for everybody, with their charts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import demo
from tests.journeys.conftest import OpenPage, Service
from tests.journeys.team import NARROW, WIDE, come_in, is_too_wide

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tokens() -> list[str]:
    """Of the meeting and of the project, once the service runs."""
    return []


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, tokens: list[str]) -> Iterator[Service]:
    """A demo in which people said how it was."""
    folder = tmp_path_factory.mktemp("answering")
    with demo.running(folder) as url:
        own = {name: value for name, value in os.environ.items() if not name.startswith("HEARD_")}
        given = {"HEARD_DATA_DIR": str(folder / "var"), "HEARD_DEMO": "on"}
        made = subprocess.run(
            [sys.executable, "-m", "tests.journeys.answering"],
            cwd=demo.ROOT,
            env=own | given,
            check=True,
            capture_output=True,
            text=True,
        )
        tokens += made.stdout.splitlines()[-1].split()
        yield Service(url)


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
            expect(chart).to_have_accessible_description(chart.locator("desc").text_content() or "")
        sound(page)
        assert not is_too_wide(page), where
        keep_picture(
            page, f"{where.strip('/').replace('/', '-').replace(meeting, 'm').replace(project, 'p')}-{window['width']}"
        )
