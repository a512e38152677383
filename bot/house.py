"""The composition root: builds everything once, from settings, and takes it down again."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from bank.limits import Limits
from bank.organisation import Hours, Organisation, Topic
from bot import data_folder, keys, rounds
from bot.channels_on import Channels, turn_on
from bot.living import Living
from bot.now import MovableNow, Now
from bot.receive import Receiver
from bot.sections import OneSender, PaidSender, PricedSender
from bot.sender import Sender
from bot.settings import ROOT, Settings, SettingsMistake
from bot.signs import Signs
from channels.message import Channel
from channels.transport import Transport
from language.wording import Catalogs
from storage import migrate
from storage.bell import Bell
from storage.store import Store, open_store
from storage.tasks import TaskKind

_LANGUAGES = "organisation.languages (HEARD_ORGANISATION__LANGUAGES)"


@dataclass(frozen=True, slots=True)
class House:
    """Everything that runs, built and joined together."""

    settings: Settings
    living: Living
    store: Store
    now: Now
    channels: Channels
    receiver: Receiver
    senders: Mapping[str, Sender]
    bell: Bell
    signs: Signs = field(default_factory=Signs)

    @property
    def organisation(self) -> Organisation:
        """As its team has it now."""
        return self.living()

    async def keep_up(self) -> None:
        """Do everything that is due now, and send it: what the clock does, at once."""
        await rounds.to_the_end(self.store, self.now, self.living, self.drain)

    async def drain(self) -> None:
        """Send all that is due."""
        for sender in self.senders.values():
            await sender.drain()

    async def wake(self) -> None:
        """Something is in the outbox: let every sender look at once, without waiting for it."""
        for name in self.senders:
            self.wake_one(name)
            self.bell.ring(name)

    def wake_one(self, name: str) -> None:
        """Let this sender of this process look at once; nothing where there is none."""
        if name in self.senders:
            self.senders[name].wake.set()

    async def move_time(self, by: timedelta) -> None:
        """Move the clock and let everything happen that would have. Raises TypeError outside the demo."""
        if not isinstance(self.now, MovableNow):
            raise TypeError("this clock cannot be moved")
        self.now.move(by)
        await self.keep_up()


def organisation_of(settings: Settings) -> Organisation:
    """Raises SettingsMistake for a language that may not be switched on."""
    own = settings.organisation
    return Organisation(
        council=own.council,
        zone=own.zone,
        emergency=own.emergency,
        child_helpline=own.child_helpline,
        privacy_url=own.privacy_url,
        topics=tuple(Topic(name, wording) for name, wording in own.topics.items()),
        catalogs=_catalogs(settings),
        care_line=own.care_line.strip(),
        owners={TaskKind.CARE: own.care_owner} if own.care_owner.strip() else {},
        days_to_answer=own.days_to_answer,
        most_a_week=own.most_a_week,
        approve_above=own.approve_above,
        smallest_shown=own.smallest_shown,
        numbers_owner=own.numbers_owner.strip(),
        numbers_checked=own.numbers_checked,
        crisis_numbers=own.crisis_numbers,
        out_of_hours=own.out_of_hours,
        out_of_hours_words=own.out_of_hours_words.strip(),
        public_url=settings.public_url,
        texts_from="sms" if settings.twilio.on else f"try-{Channel.SMS}",
        hours=Hours(frozenset(day - 1 for day in own.working_days), own.opens, own.closes, own.bank_holidays),
    )


def _catalogs(settings: Settings) -> Catalogs:
    """Every language in the demo; else those that are switched on. Raises SettingsMistake for one that may not be."""
    catalogs = Catalogs.load(ROOT / "locales")
    if settings.is_demo:
        return catalogs
    for language in settings.organisation.languages:
        if language not in catalogs.languages:
            raise SettingsMistake(f'{_LANGUAGES} names "{language}", which has no catalog in locales/.')
        if unsigned := sorted(catalogs.unsigned(language)):
            raise SettingsMistake(
                f'{_LANGUAGES} names "{language}", and nobody has signed off these words in it: {", ".join(unsigned)}.'
            )
    return catalogs.only(settings.organisation.languages)


@asynccontextmanager
async def open_house(settings: Settings, now: Now | None = None) -> AsyncIterator[House]:
    """Build the house on a migrated database. Raises WrongKeys, KeysUnusable, Away, DatabaseNewer, SettingsMistake."""
    organisation = organisation_of(settings)  # a mistake in it is told before anything is touched
    ring = data_folder.ready(settings)
    migrate.upgrade(settings.database_url, ring)
    store = open_store(settings.database_url, ring)
    transport = Transport()
    try:
        await keys.prove(store)
        # What is built now lives as long as the process: the collector need not look at it again.
        gc.collect()
        gc.freeze()
        living = Living(organisation, store)
        await living.renew()
        yield _furnish(settings, living, store, transport, now or (MovableNow() if settings.is_demo else Now()))
    finally:
        await transport.close()
        await store.close()


def _sender(settings: Settings, name: str, store: Store, now: Now, living: Living, channels: Channels) -> Sender:
    """One of our senders, with the limits that are set for it; the phone in the browser has none."""
    own: OneSender = getattr(settings.sender, name, OneSender())
    limits = Limits(
        per_second=own.per_second,
        a_day=own.pence_a_day * 10 if isinstance(own, PaidSender) else 0,
        price=_price(settings, own),
        receipts=isinstance(own, PaidSender),
        outside_window=name != Channel.WHATSAPP or settings.twilio.has_plain_template,
    )
    return Sender(name, channels.adapters[name], store, now, living, own.calls_at_once, limits=limits)


def _price(settings: Settings, own: OneSender) -> int:
    """Of a segment or a message, in tenths of a penny."""
    if isinstance(own, PricedSender):
        return own.price
    return settings.organisation.segment_price if isinstance(own, PaidSender) else 0


def _furnish(settings: Settings, living: Living, store: Store, transport: Transport, now: Now) -> House:
    channels = turn_on(settings, transport)
    senders = {name: _sender(settings, name, store, now, living, channels) for name in channels.adapters}
    bell = Bell(settings.database_url)

    def wake(sender: str) -> None:
        if sender in senders:
            senders[sender].wake.set()
            bell.ring(sender)

    receiver = Receiver(store, living, now, wake)
    return House(settings, living, store, now, channels, receiver, senders, bell)
