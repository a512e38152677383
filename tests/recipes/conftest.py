"""The recipes are followed once."""

from __future__ import annotations

import pytest

from tests.recipes.followed import Followed, follow_all


@pytest.fixture(scope="session")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Followed:
    return follow_all(tmp_path_factory.mktemp("house"))
