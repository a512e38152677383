"""Missed: what people sent while nobody listened is fetched from Twilio's own list, at the start and now and then.

A message that came by its webhook is claimed by its name already, and has no second effect.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog

from bank import arrival
from bot import figures
from bot.house import House
from channels.message import Adapter, Incoming
from channels.twilio.listed import CannotList
from storage import marks, messages_in
from storage.store import Tx

log = structlog.get_logger()

SECONDS = 300
# How far back each look goes beyond the last: how long Twilio's list may lag is not known.
_OVERLAP = timedelta(minutes=15)
# Twilio keeps messages for months. What is older than this was not missed in an outage.
_LONGEST = timedelta(days=7)
LOOKED = "twilio_list_read_at"


async def begin(house: House) -> None:
    """From now on people may write: what they write before the first look is looked for as well. Raises Away."""
    await house.store.write(partial(marks.put_first, name=LOOKED, value=house.now().isoformat()))


class Missed:
    """Looks again and again. What could not be taken in is a dead letter, and is not tried twice by one process."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._tried: set[str] = set()

    async def fetch(self) -> int:
        """Take in what was missed. Returns how many messages that were. Raises Away."""
        store, adapter, now = self._house.store, self._house.channels.twilio, self._house.now()
        if adapter is None:
            return 0
        since = await store.read(partial(_since, now=now))
        count = 0
        if since is not None:  # before the first look nobody wrote to Heard
            try:
                listed = await adapter.list.came_in(max(since - _OVERLAP, now - _LONGEST))
            except CannotList as error:
                log.warning("twilio_list_not_read", error=str(error))
                return 0
            count = await self._take(listed, adapter)
        await store.write(partial(marks.put, name=LOOKED, value=now.isoformat()))
        return count

    async def _take(self, listed: Sequence[Incoming], adapter: Adapter) -> int:
        keys = {arrival.key_of(one): one for one in listed}
        known = await self._house.store.read(partial(messages_in.known, provider_keys=list(keys)))
        missed = {key: one for key, one in keys.items() if key not in known and key not in self._tried}
        await self._house.receiver.take(missed.values(), adapter)
        self._tried.update(missed)
        if missed:
            figures.missed.inc(len(missed))
            log.warning("missed_messages_fetched", count=len(missed))
        return len(missed)


def _since(tx: Tx, now: datetime) -> datetime | None:
    looked = marks.get(tx, LOOKED)
    return None if looked is None else min(datetime.fromisoformat(looked), now)
