"""A text that was sent while Heard was down is fetched from Twilio when it is up again, and answered."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from pathlib import Path

from bot.missed import LOOKED
from storage import marks
from tests.end_to_end.installation import PATIENCE, Installation, installed
from tests.end_to_end.test_joining_for_real import ASHA, starts_so


async def has_looked(there: Installation) -> None:
    deadline = time.monotonic() + PATIENCE
    while await there.look(partial(marks.get, name=LOOKED)) is None:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.1)


async def test_what_was_sent_while_heard_was_down_is_answered(tmp_path: Path) -> None:
    async with installed(tmp_path) as there:
        async with there.running() as first:
            await has_looked(there)
            assert await first.ctrl_c() == 0
        for text in ("JOIN", "1", "1", "Asha"):
            assert (await there.texts(ASHA, text)).status == 0
        async with there.running():
            starts_so(await there.got(ASHA, 4))
            assert await there.took() == 4
