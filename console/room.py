"""The room that the pages work in: what `bot` hands them at start."""

from __future__ import annotations

from asyncio import Semaphore
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bank.organisation import Organisation
from bank.our_numbers import OurNumbers
from bank.templates import Found, NotTold
from channels.media import CannotOpen, Why
from channels.message import Message, Shown
from language.advice import Manner
from storage.store import Store, Tx

T = TypeVar("T")
_HASHES_AT_ONCE = 2
_FETCHED_AT_ONCE = 4
_PRINTED_AT_ONCE = 1


async def _nothing_new() -> None:
    """Nothing was changed that anybody else would have to know."""


def _any_manner(_language: str) -> Manner:
    return Manner()


def _no_reason(_sender: str, _code: str) -> str:
    return ""


async def _not_connected(_sender: str, _place: str) -> bytes:
    raise CannotOpen(Why.NOT_CONNECTED)


def _by_the_clock(_tx: Tx, _row_id: int) -> None:
    """Nobody is told: the clock sees it by itself."""


async def _no_templates(_sid: str) -> Found | None:
    raise NotTold("WhatsApp is off")


@dataclass(frozen=True, slots=True)
class Room:
    """`show` tells how a message will look on its phone; `send_now` sends what is due; `demo` is an invented bank.

    `manner` is what is settled about messages in a language. `why` is the sentence for what a sender calls a problem.
    `renew` has every part of this process take up what was changed of the organisation. `numbers` are those of the
    senders that are on, by sender, as they may be shown. `open_media` fetches what came to a sender from its provider;
    it raises CannotOpen. `find_template` asks the provider for a template of WhatsApp's; it raises NotTold.
    `mail` asks, in a transaction, for everybody to be given their row of the broadcast of that id.
    `go_on_with` has a worker go on with the transfer of that id, once the transaction is on disk.
    """

    store: Store
    now: Callable[[], datetime]
    living: Callable[[], Organisation]
    show: Callable[[Message], Shown]
    send_now: Callable[[], Awaitable[None]]
    public_url: str
    demo: bool = False
    # Hashing a pass phrase takes 19 MiB and a whole processor: a crowd at the door waits, and the rest of us work on.
    hashing: Semaphore = field(default_factory=lambda: Semaphore(_HASHES_AT_ONCE))
    renew: Callable[[], Awaitable[None]] = _nothing_new
    numbers: Mapping[str, str] = field(default_factory=dict)
    manner: Callable[[str], Manner] = _any_manner
    why: Callable[[str, str], str] = _no_reason
    open_media: Callable[[str, str], Awaitable[bytes]] = _not_connected
    find_template: Callable[[str], Awaitable[Found | None]] = _no_templates
    mail: Callable[[Tx, int], None] = _by_the_clock
    # Where people write to us, as posters and the public pages show it.
    ours: OurNumbers = field(default_factory=OurNumbers)
    # Making a PDF takes a whole processor for a good part of a second.
    printing: Semaphore = field(default_factory=lambda: Semaphore(_PRINTED_AT_ONCE))
    go_on_with: Callable[[Tx, int], None] = _by_the_clock
    # A piece of media is up to 20 MB, and held whole while it is given out.
    fetching: Semaphore = field(default_factory=lambda: Semaphore(_FETCHED_AT_ONCE))

    @property
    def organisation(self) -> Organisation:
        """As its team has it now."""
        return self.living()

    async def read(self, work: Callable[[Tx], T]) -> T:
        return await self.store.read(work)

    async def write(self, work: Callable[[Tx], T]) -> T:
        """Run it in one transaction, and send at once what it put in the outbox."""
        done = await self.store.write(work)
        await self.send_now()
        return done
