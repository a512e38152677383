"""The heartbeat: a call a minute to a service outside, which warns somebody when the calls stop or say that we are ill.

No process can tell that it has died, or that its machine has. The clock's leader calls while all of Heard is well.
"""

from __future__ import annotations

import structlog

from bank import running
from bot import ready
from bot.house import House
from bot.lease import Lease
from channels.transport import NoAnswer, NotSent, TooBig, Transport
from storage.store import Away

log = structlog.get_logger()

SECONDS = 60
_CALL_SECONDS, _MOST_BYTES = 10.0, 64 * 1024
_BEGINNING = 60.0  # seconds in which parts of ours may still be starting: nobody is warned of that


class Heartbeat:
    """`beat` is called once a minute, beside the ticks and never before one."""

    def __init__(self, house: House, lease: Lease) -> None:
        self._house = house
        self._lease = lease
        self._well = house.settings.watch.heartbeat_url
        self._ill = house.settings.watch.heartbeat_fail_url or f"{self._well}/fail"
        self._transport = Transport(connections=1)

    async def beat(self) -> None:
        """Call, unless another process does. Never raises."""
        try:
            await self._beat()
        except Exception as error:  # noqa: BLE001  what watches must bring nothing down
            log.warning("heartbeat_failed", error=type(error).__name__)

    async def close(self) -> None:
        await self._transport.close()

    async def _beat(self) -> None:
        if self._lease.is_anothers and not self._lease.is_held:
            return
        wrong = await self._wrong()
        if wrong and self._house.signs.up < _BEGINNING:
            return
        if wrong:
            log.warning("heartbeat_says_ill", count=len(wrong))
        await self._call(self._ill if wrong else self._well)

    async def _wrong(self) -> list[str]:
        """What is wrong with this process, or else with any other."""
        here = [line.part for line in await ready.look(self._house) if not line.well]
        if here:
            return here
        now, organisation = self._house.now(), self._house.organisation
        try:
            return (await self._house.store.read(lambda tx: running.look(tx, now, organisation))).wrongs
        except Away:
            return ["database"]

    async def _call(self, url: str) -> None:
        try:
            answer = await self._transport.call("GET", url, timeout=_CALL_SECONDS, most_bytes=_MOST_BYTES)
        except (NotSent, NoAnswer, TooBig) as error:
            log.warning("heartbeat_failed", error=type(error).__name__)
        else:
            if not 200 <= answer.status < 300:
                log.warning("heartbeat_failed", status=answer.status)
