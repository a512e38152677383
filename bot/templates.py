"""Templates: what WhatsApp says of each is asked for at Twilio, which does not tell it by itself."""

from __future__ import annotations

from functools import partial

import structlog

from bank import templates
from bank.templates import Found, NotTold
from bot.house import House
from channels.twilio.adapter import TwilioAdapter
from channels.twilio.content import CannotTell
from storage import templates as kept
from storage.store import Tx

log = structlog.get_logger()

SECONDS = 600  # WhatsApp looks at a template for minutes, or for days
_GONE = "disabled"


async def look(house: House) -> int:
    """Ask after each one in use. Returns of how many we know something new. Raises Away."""
    adapter, changed = house.channels.twilio, 0
    if adapter is None:
        return 0
    for row in await house.store.read(kept.in_use):
        try:
            found = await find(adapter, row.content_sid)
        except NotTold as error:
            log.warning("templates_not_told", error=str(error))
            return changed
        said = found or Found(row.content_sid, row.name, row.language, row.words, _GONE, row.category or "")
        changed += await house.store.write(partial(_note, token=row.token, said=said, house=house))
    return changed


def _note(tx: Tx, token: str, said: Found, house: House) -> bool:
    row = kept.by_token(tx, token)
    return row is not None and templates.note(tx, row, said, house.now())


async def find(adapter: TwilioAdapter | None, sid: str) -> Found | None:
    """The template as Twilio has it; None where it has none. Raises NotTold."""
    if adapter is None:
        raise NotTold("WhatsApp is off")
    try:
        content = await adapter.content.find(sid)
    except CannotTell as error:
        raise NotTold(str(error)) from None
    if content is None:
        return None
    told = content.state, content.category, content.reason
    return Found(sid, content.name, content.language, content.words, *told)
