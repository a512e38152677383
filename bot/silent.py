"""Silent: what Twilio took from us and told no more of is looked up there, after 12 hours and after four days.

Twilio docs, "Best practices for messaging delivery": poll what has no final status after 12 hours. Telegram tells
nothing of what it took, and nothing can be asked there.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import structlog

from bank import delivery
from bot.house import House
from channels.message import Receipt, Status
from channels.twilio.adapter import TwilioAdapter
from channels.twilio.listed import CannotList
from storage import how_far, outbox, standstill
from storage.schema import Record
from storage.store import Away

log = structlog.get_logger()

SECONDS = 120
_MOST = 100  # of each look in one round
_LOOKS = (("silent_first", timedelta(hours=12)), ("silent_last", timedelta(days=4)))
_SENDERS = ("sms", "whatsapp")


async def look(house: House) -> int:
    """Look up those whose time has come, each once. Returns of how many Twilio knew more. Raises Away."""
    adapter, known = house.channels.twilio, 0
    if adapter is None:
        return 0
    for name, age in _LOOKS:
        try:
            known += await _look(house, adapter, name, house.now() - age)
        except CannotList as error:
            log.warning("twilio_list_not_read", error=str(error))
            break
    if known:
        await house.wake()
    return known


async def _look(house: House, adapter: TwilioAdapter, name: str, before: datetime) -> int:
    after = await house.store.read(partial(how_far.reached, name=name))
    given = partial(standstill.silent, senders=_SENDERS, after=after, settled_before=before, limit=_MOST)
    known = 0
    for row in await house.store.read(given):
        known += await _ask(house, adapter, row)
        await house.store.write(partial(how_far.go_to, name=name, at=row.settled_at, row_id=row.id))
    return known


async def _ask(house: House, adapter: TwilioAdapter, row: Record) -> bool:
    """As if its callback had come, where there is more to tell. Raises CannotList and Away."""
    try:
        whole = await house.store.read(partial(outbox.get, row_id=row.id))
    except Away:
        raise
    except Exception as error:  # noqa: BLE001  one row is bad: the others have a right to their turn
        log.error("silent_row_left_out", row=row.id, error=type(error).__name__)
        return False
    sent = await adapter.list.became(whole.provider_id) if whole.provider_id else None
    if sent is None or sent.status is Status.ACCEPTED:
        return False
    receipt = Receipt(whole.sender, whole.provider_id, sent.status, whole.token, sent.problem)
    taken = partial(delivery.take_receipt, receipt=receipt, now=house.now(), organisation=house.organisation)
    return await house.store.write(taken)
