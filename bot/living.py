"""The living organisation: as the team has it now, for every part of this process, without a question a message.

Whoever needs it is handed this and calls it, as they call the clock. See docs/decisions/0010.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

import structlog

from bank import preferences
from bank.organisation import Organisation
from storage.store import Store

log = structlog.get_logger()

_LOOK_SECONDS = 3.0


class Living:
    """Calling it gives the organisation. `shipped` is what settings.toml says."""

    def __init__(self, shipped: Organisation, store: Store) -> None:
        self._shipped = shipped
        self._store = store
        self._organisation = shipped
        self._turn = asyncio.Lock()

    def __call__(self) -> Organisation:
        return self._organisation

    async def renew(self) -> None:
        """Take up what was changed. Raises Away."""
        # One at a time: a look that began before a change must not end after the one that saw it.
        async with self._turn:
            self._organisation = await self._store.read(lambda tx: preferences.organisation_now(tx, self._shipped))

    async def run(self, stop: asyncio.Event, seconds: float = _LOOK_SECONDS) -> None:
        """Take up, every few seconds, what another process changed."""
        while not stop.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), seconds)
            try:
                await self.renew()
            except Exception as error:  # noqa: BLE001  as we know it, it goes on; the next look may go well
                log.warning("preferences_not_read", error=type(error).__name__)
