"""The demo's members are invented: with a real channel on, nothing may ever be sent to them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bot import demo
from bot.keys import keys_in
from storage import migrate
from storage.store import open_store
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bot.town import environment, free_port


async def test_heard_does_not_start_with_a_real_channel_on_the_demo_s_data(tmp_path: Path) -> None:
    url, ring = f"sqlite:///{tmp_path / 'heard.db'}", keys_in(tmp_path / "keys")
    migrate.upgrade(url, ring)
    store = open_store(url, ring)
    assert await demo.fill_if_empty(store, ASHDALE, MORNING) == demo.MEMBERS
    await store.close()
    nowhere = f"http://127.0.0.1:{free_port()}"
    variables = os.environ | environment(nowhere, nowhere, free_port(), tmp_path)
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "run"], env=variables, capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stderr.splitlines()[-1]) == (
        2,
        "The data folder holds the demo's invented members. Choose another data_dir (HEARD_DATA_DIR) for real people.",
    )
