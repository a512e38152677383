"""The bell: a word to every process on one PostgreSQL database that there is something to send (LISTEN, NOTIFY).

It only shortens the wait: whoever missed it looks again within a second anyway. On SQLite there is one process, and
nobody to ring for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import make_url

if TYPE_CHECKING:
    from psycopg import AsyncConnection

log = structlog.get_logger()

_CHANNEL = "heard"
_GATHER_SECONDS = 0.005  # what rings meanwhile rings once
_AGAIN_SECONDS = 1.0


class Bell:
    """`ring` may be called from the event loop at any time; `run` carries it to the others, and theirs to us."""

    def __init__(self, url: str) -> None:
        address = make_url(url)
        self._address = None
        if address.get_backend_name() == "postgresql":
            self._address = address.set(drivername="postgresql").render_as_string(hide_password=False)
        self._rung: set[str] = set()
        self._pressed = asyncio.Event()

    def __repr__(self) -> str:
        return "Bell()"

    def ring(self, name: str) -> None:
        """Tell the others. Nothing is done where there are none."""
        if self._address is not None:
            self._rung.add(name)
            self._pressed.set()

    async def run(self, hear: Callable[[str], None], stop: asyncio.Event) -> None:
        """Carry rings both ways until told to stop, with connections that are made anew when they break."""
        if self._address is None:
            return
        ways = [asyncio.create_task(self._keep_up(way)) for way in (self._send, lambda: self._listen(hear))]
        await stop.wait()
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)

    async def _keep_up(self, way: Callable[[], Awaitable[None]]) -> None:
        import psycopg  # noqa: PLC0415  for those who use it

        while True:
            try:
                await way()
            except (psycopg.Error, OSError):
                log.warning("bell_broken")
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _listen(self, hear: Callable[[str], None]) -> None:
        async with await self._connected() as link:
            await link.execute(f"LISTEN {_CHANNEL}")
            async for note in link.notifies():
                hear(note.payload)

    async def _send(self) -> None:
        async with await self._connected() as link:
            while True:
                await self._pressed.wait()
                await asyncio.sleep(_GATHER_SECONDS)
                self._pressed.clear()
                while self._rung:
                    await link.execute("SELECT pg_notify(%s, %s)", (_CHANNEL, self._rung.pop()))

    async def _connected(self) -> AsyncConnection:
        import psycopg  # noqa: PLC0415  see above

        return await psycopg.AsyncConnection.connect(self._address or "", autocommit=True, connect_timeout=5)
