"""Twilio's own list of messages: what people sent while its webhooks did not get through, and what became of ours.

Twilio docs, "Messages resource: read multiple". The list names no pressed button and no word that Twilio obeyed itself;
the text of both is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from channels.message import Channel, Incoming, Poison, Problem, Status
from channels.transport import NoAnswer, NotSent
from channels.twilio.account import TwilioAccount
from channels.twilio.inbound import STATUSES, WHATSAPP, incoming
from channels.twilio.media import TwilioMedia
from channels.twilio.problems import problem
from channels.twilio.wire import Declined

_PAGE = 1000  # the most that one answer holds
_NEWEST = 50  # of what went to one address
_INBOUND = "inbound"
_NOT_FOUND = 404


class CannotList(Exception):
    """Twilio did not give its list. Nothing is known of what it holds."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A message of ours as Twilio has it."""

    provider_id: str
    text: str
    status: Status
    problem: Problem | None


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

    async def went_out(self, channel: Channel, address: str, since: datetime) -> list[Sent]:
        """What Twilio took from us for this address since then, oldest first. Raises CannotList."""
        # No filter by date: what is still queued at Twilio has none.
        rows = await self._asked(to=prefixed(channel, address), limit=_NEWEST)
        ours = [row for row in reversed(rows) if row.direction != _INBOUND and (row.date_created or since) >= since]
        return [_sent(row) for row in ours if row.status in STATUSES]

    async def became(self, provider_id: str) -> Sent | None:
        """What became of the message of that name; None where Twilio has none, or says what we do not know.

        Raises CannotList.
        """
        try:
            row = await self._messages(provider_id).fetch_async()
        except Declined as answer:
            if answer.status == _NOT_FOUND:
                return None
            raise CannotList(type(answer).__name__) from None
        except (NotSent, NoAnswer, ValueError, TypeError, KeyError, AttributeError) as error:
            raise CannotList(type(error).__name__) from None
        return _sent(row) if row.status in STATUSES else None

    async def _listed(self, number: str, since: datetime) -> list[Any]:
        rows = await self._asked(to=number, date_sent_after=since, page_size=_PAGE)
        # The list has the newest first, and its times are whole seconds.
        return [row for row in reversed(rows) if row.direction == _INBOUND]

    async def _asked(self, **filters: Any) -> list[Any]:
        try:
            return list(await self._messages.list_async(**filters))
        except (Declined, NotSent, NoAnswer, ValueError, TypeError, KeyError, AttributeError) as error:
            raise CannotList(type(error).__name__) from None

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


def prefixed(channel: Channel, address: str) -> str:
    """An address by Twilio's name for it."""
    return WHATSAPP + address if channel is Channel.WHATSAPP else address


def _sent(row: Any) -> Sent:
    code = str(row.error_code or "")
    return Sent(row.sid, row.body or "", STATUSES[row.status], problem(code) if code.strip("0") else None)
