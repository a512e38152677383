"""Of how many answers a figure is shown: changed by administrators, and never fewer than five."""

from __future__ import annotations

import pytest

from storage.staff import Role
from tests.console.desk import Console
from tests.console.test_person import text_of
from tests.console.test_settings import changes

AT = "/settings/figures"


async def test_what_is_changed_counts_at_once_and_is_on_record(console: Console) -> None:
    ada = await console.as_(Role.ADMINISTRATOR)
    assert f'href="{AT}"' in (await ada.get("/settings")).text
    assert 'value="10"' in (await ada.get(AT)).text
    assert "Your change is kept" in text_of(await ada.post(AT, {"smallest_shown": "20"}))
    assert console.organisation.smallest_shown == 20
    assert await changes(console) == [{"smallest_shown": [10, 20]}]


@pytest.mark.parametrize("given", ["4", "0", "", "ten", "1001"])
async def test_fewer_than_five_would_pick_somebody_out(console: Console, given: str) -> None:
    ada = await console.as_(Role.ADMINISTRATOR)
    page = await ada.post(AT, {"smallest_shown": given})
    assert "Enter a whole number from 5 to 1000" in text_of(page)
    assert console.organisation.smallest_shown == 10
