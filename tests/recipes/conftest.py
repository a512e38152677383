"""The recipes are followed once."""

from __future__ import annotations

import pytest

from tests.recipes.followed import Followed, follow_all


@pytest.hookimpl(tryfirst=True)  # before xdist sorts them
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process does all of it: another would follow them all again."""
    for item in items:
        if "followed" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("recipes"))


@pytest.fixture(scope="session")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Followed:
    return follow_all(tmp_path_factory.mktemp("house"))
