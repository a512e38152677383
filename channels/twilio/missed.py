"""What people sent us by Twilio's own list, for when its webhooks did not get through.

Twilio docs, "Messages resource: read multiple". The list names no pressed button and no word that Twilio obeyed itself;
the text of both is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from channels.message import Incoming, Poison
from channels.transport import NoAnswer, NotSent
from channels.twilio.account import TwilioAccount
from channels.twilio.inbound import WHATSAPP, incoming
from channels.twilio.media import TwilioMedia
from channels.twilio.wire import Declined

_PAGE = 1000  # the most that one answer holds
_INBOUND = "inbound"


class CannotList(Exception):
    """Twilio did not give its list. Nothing is known of what it holds."""


class TwilioList:
    """The messages of one account. `messages` is the library's list of them."""

    def __init__(self, messages: Any, account: TwilioAccount, media: TwilioMedia) -> None:
        self._messages = messages
        self._media = media
        self._numbers = [account.sms_from, WHATSAPP + account.whatsapp_from if account.whatsapp_from else ""]

    async def came_in(self, since: datetime) -> list[Incoming]:
        """What people sent to our numbers since then, oldest first. Raises CannotList.

        A message that cannot be read is left out: its webhook was answered, and it was kept as a dead letter.
        """
        rows = [row for number in self._numbers if number for row in await self._listed(number, since)]
        rows.sort(key=lambda row: row.date_sent or since)
        return [one for row in rows for one in self._read(row)]

    async def _listed(self, number: str, since: datetime) -> list[Any]:
        try:
            rows = await self._messages.list_async(to=number, date_sent_after=since, page_size=_PAGE)
        except (Declined, NotSent, NoAnswer, ValueError, TypeError, KeyError, AttributeError) as error:
            raise CannotList(type(error).__name__) from None
        # The list has the newest first, and its times are whole seconds.
        return [row for row in reversed(rows) if row.direction == _INBOUND]

    def _read(self, row: Any) -> Iterator[Incoming]:
        parameters = {
            "From": row.from_,
            "To": row.to,
            "MessageSid": row.sid,
            "Body": row.body,
            "NumMedia": row.num_media,
        }
        try:
            found = incoming({name: str(value) for name, value in parameters.items() if value is not None}, self._media)
        except Poison:
            return
        yield replace(found, sent_at=row.date_sent)
