"""Doubts: messages of which nobody knows whether they went are looked up in Twilio's own list.

See docs/decisions/0005. What the list has is settled by it. What it does not have, some minutes later, did not go.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import structlog

from bank import delivery
from bank import doubts as doubted
from bank.claims import Claimed
from bot import figures
from bot.house import House
from channels.message import Receipt
from channels.twilio.adapter import TwilioAdapter
from channels.twilio.listed import CannotList, Sent
from storage.schema import Record
from storage.store import Tx

log = structlog.get_logger()

SECONDS = 60
_AT_ONCE = 100  # are read from our own tables
# Twilio's list may lag behind, and nobody says by how much.
_SECOND_LOOK = timedelta(minutes=5)
_CLOCKS_APART = timedelta(minutes=2)
_SENDERS = ("sms", "whatsapp")


async def settle(house: House) -> int:
    """Look them up. Returns how many are settled now. Raises Away."""
    adapter, now = house.channels.twilio, house.now()
    if adapter is None:
        return 0
    settled = looked_at = 0
    while doubtful := await house.store.read(partial(_next, now=now, after=looked_at)):
        for one, row in doubtful:
            try:
                settled += await _look_up(house, adapter, one, row, now)
            except CannotList as error:
                log.warning("twilio_list_not_read", error=str(error))
                return settled
            looked_at = one.id
    return settled


def _next(tx: Tx, now: datetime, after: int) -> list[tuple[Claimed, Record]]:
    return doubted.doubtful(tx, _SENDERS, now, _AT_ONCE, after)


async def _look_up(house: House, adapter: TwilioAdapter, one: Claimed, row: Record, now: datetime) -> bool:
    since = (row.claimed_at or row.created_at) - _CLOCKS_APART
    listed = await adapter.list.went_out(one.message.channel, one.message.address, since)
    nameless = [sent for sent in listed if not await _is_known(house, sent)]
    same = [sent for sent in nameless if sent.text == adapter.show(one.message).text]
    if len(same) > 1:
        log.warning("sent_twice", sender=one.message.sender, row=one.id)
        figures.sent_twice.inc(len(same) - 1)
    if same:
        await _bind(house, one, same[0], now)
        return True
    if now - row.settled_at < _SECOND_LOOK:
        return False
    # Another that we cannot name may be this one in other words: a template, or words that were taken out of the list.
    told = partial(doubted.not_listed, row_id=one.id, now=now, organisation=house.organisation, surely=not nameless)
    if await house.store.write(told):
        await house.wake()
    return True


async def _is_known(house: House, sent: Sent) -> bool:
    return await house.store.read(partial(doubted.is_known, provider_id=sent.provider_id))


async def _bind(house: House, one: Claimed, sent: Sent, now: datetime) -> None:
    """As if its callback had come."""
    receipt = Receipt(one.message.sender, sent.provider_id, sent.status, one.message.token, sent.problem)
    await house.store.write(partial(delivery.take_receipt, receipt=receipt, now=now, organisation=house.organisation))
