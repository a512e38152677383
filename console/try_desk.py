"""What the phone in the browser may do with the running service."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bank import phones as bank_phones
from bank.organisation import Organisation
from channels.message import Message, Request, Shown
from console.try_phone import Phone
from storage.store import Store, Tx


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page may do with the house.

    `deliver` takes a form in by the phone's adapter and waits until the replies are sent; `show` is how a
    message looks on its phone.
    """

    store: Store
    now: Callable[[], datetime]
    living: Callable[[], Organisation]
    show: Callable[[Message], Shown]
    deliver: Callable[[Request], Awaitable[None]]
    move_time: Callable[[timedelta], Awaitable[None]]

    @property
    def organisation(self) -> Organisation:
        """As its team has it now."""
        return self.living()

    async def threads(self, phones: Sequence[Phone]) -> list[list[bank_phones.Line]]:
        """What was said on each phone, oldest first. Raises Away."""

        def look(tx: Tx) -> list[list[bank_phones.Line]]:
            return [bank_phones.thread(tx, phone.channel, phone.address) for phone in phones]

        return await self.store.read(look)
