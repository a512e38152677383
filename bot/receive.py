"""The current in: provider events into the bank, each in one transaction, nothing lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime

import structlog

from bank import events as events_taken
from bank import letters
from bank.intake import Taken
from bank.organisation import Organisation
from bot import figures
from channels.message import Adapter, Event, Incoming
from storage.store import Away, Store, Tx

log = structlog.get_logger()


class Receiver:
    """Takes events in; `wake` is told which sender may have something to send."""

    def __init__(
        self,
        store: Store,
        organisation: Callable[[], Organisation],
        now: Callable[[], datetime],
        wake: Callable[[str], None],
    ) -> None:
        self._store = store
        self._organisation = organisation
        self._now = now
        self._wake = wake
        self._acknowledging: set[asyncio.Task[None]] = set()

    async def take(self, events: Iterable[Event], adapter: Adapter, path: str = "") -> None:
        """Take in what one request (to `path`) carried.

        Raises Away when the database cannot keep it: nothing has happened then.
        """
        for event in events:
            if isinstance(event, Incoming) and event.callback_id is not None:
                self._acknowledge(adapter, event)
            try:
                taken = await self._store.write(self._work(event))
            except Away:
                raise
            except Exception as error:  # noqa: BLE001  a poison event must not be sent again for ever: it is kept, and shown
                log.error("event_kept_as_dead_letter", kind=type(event).__name__, error=type(error).__name__)
                letter = await self.keep_dead_letter(event.sender, event.raw, type(error).__name__, path, event)
                if isinstance(event, Incoming) and letter is not None:
                    await self._ask_a_person(letter, event)
            else:
                if taken is not None:
                    figures.count_taken(taken)
                self._wake(event.sender)

    async def keep_dead_letter(
        self, source: str, raw: str, problem: str, path: str = "", event: Event | None = None
    ) -> int | None:
        """Keep what could not be taken in, or not even be read as an event. Raises Away.

        Returns the letter's id; None where there is a letter with this message already.
        """
        at = self._now()
        letter = await self._store.write(lambda tx: letters.keep(tx, source, raw, problem, at, path, event))
        figures.dead_letters.inc()
        return letter

    async def _ask_a_person(self, letter: int, event: Incoming) -> None:
        """Somebody wrote what we could not take in: one of ours reads it. Where that fails, the clock sees to it."""
        now, organisation = self._now(), self._organisation()
        try:
            kind = await self._store.write(lambda tx: letters.ask_a_person(tx, letter, event, now, organisation))
        except Exception as error:  # noqa: BLE001  whatever it is, the letter is kept, and what follows must be taken in
            log.error("dead_letter_without_task", error=type(error).__name__)
        else:
            log.warning("dead_letter_to_be_read", kind=kind)

    def _work(self, event: Event) -> Callable[[Tx], Taken | None]:
        now, organisation = self._now(), self._organisation()
        return lambda tx: events_taken.take(tx, event, now, organisation)

    def _acknowledge(self, adapter: Adapter, incoming: Incoming) -> None:
        """The person's phone shows a spinner until the provider hears from us: do not wait for the database."""
        task = asyncio.ensure_future(adapter.acknowledge(incoming))
        self._acknowledging.add(task)
        task.add_done_callback(self._acknowledging.discard)
