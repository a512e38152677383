"""The clock: how often it ticks, and that its ticks do what is due."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from bank import concerns
from bot import clock
from bot import settings as settings_file
from bot.house import open_house
from storage import concerns as stored
from tests import prepared
from tests.conftest import Fresh


async def test_promise_15_alerts_have_a_tick_of_their_own_well_within_the_minute(
    fresh_sqlite: Fresh, tmp_path: Path
) -> None:
    prepared.keys().save(tmp_path / "keys")
    with fresh_sqlite() as url:
        own = {"HEARD_DEMO": "on", "HEARD_DATA_DIR": str(tmp_path), "HEARD_DATABASE__URL": url}
        with patch.dict("os.environ", own):
            settings = settings_file.load()
        async with open_house(settings) as house:
            began = house.now()
            await house.store.write(lambda tx: concerns.raise_alone(tx, None, "help me", began))
            lease = clock.lease_of(house)
            assert await lease.hold()
            ticks = clock.ticks(house, lease)
            seconds = sorted(tick.seconds for tick in ticks)
            for tick in ticks:
                await tick.work()
            left = await house.store.read(lambda tx: stored.to_alert(tx, house.now(), 10))
    assert seconds == [1, 2, 2, 5, 20, 60, 120, 300, 600, 3600]
    assert left == []
