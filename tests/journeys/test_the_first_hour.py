"""docs/first-hour.md, followed to the letter by somebody new, in a real browser: the page is the test."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys import demo
from tests.journeys.conftest import OpenPage, Service
from tests.journeys.follower import Follower
from tests.journeys.instructions import Section, read, sections
from tests.journeys.team import WIDE, is_too_wide

pytestmark = pytest.mark.browser

HOUR = sections((demo.ROOT / "docs" / "first-hour.md").read_text(encoding="utf-8"))


@pytest.fixture
def service(service_of_its_own: Service) -> Service:
    """Nobody else is there: time is moved."""
    return service_of_its_own


@pytest.mark.parametrize("section", HOUR, ids=lambda section: section.title)
def test_every_step_is_one_that_can_be_read(section: Section) -> None:
    assert all(list(read(step)) for step in section.steps)


def test_the_hour_can_be_followed(
    service: Service, open_page: OpenPage, sound: Callable[..., None], keep_picture: Callable[..., None]
) -> None:
    """Where each section ends, the page is sound for everybody."""
    follower = Follower(open_page("/sign-in", viewport=WIDE), service.url)
    for number, section in enumerate(HOUR, 1):
        for step in section.steps:
            follower.follow(step)
        sound(follower.page)
        assert not is_too_wide(follower.page), section.title
        keep_picture(follower.page, f"first-hour-{number}")
    assert 6 <= len(HOUR) <= 8
