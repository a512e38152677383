"""A message as Twilio's API shows it (Twilio docs, "Messages resource")."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from json import dumps
from json.encoder import encode_basestring_ascii as quote

from channels.fakes.book import Entry
from channels.fakes.segments import segments

API = "2010-04-01"


class MessageWriter:
    """Writes messages of one account as JSON. Hand-made: this is what each answer costs."""

    def __init__(self, account_sid: str) -> None:
        self._account = account_sid
        self._second = 0
        self._date = ""

    def write(self, entry: Entry, *, fresh: bool = False) -> str:
        """One message. `fresh` is the answer to its creation, when nothing has become of it yet."""
        came_in = "MessageSid" in entry.parameters
        service = entry.parameters.get("MessagingServiceSid")
        date = quote(self.date(entry.at))
        mark = entry.history[-1] if entry.history and not fresh else None
        status = "received" if came_in else mark.status if mark else "accepted" if service else "queued"
        uri = f"/{API}/Accounts/{self._account}/Messages/{entry.id}"
        unpicked = entry.from_ == service or (fresh and service and not entry.parameters.get("From"))
        sender = None if unpicked else entry.from_
        return (
            f'{{"account_sid": "{self._account}", "api_version": "{API}", "body": {quote(entry.text)}, '
            f'"date_created": {date}, "date_sent": {"null" if fresh else date}, "date_updated": {date}, '
            f'"direction": "{"inbound" if came_in else "outbound-api"}", '
            f'"error_code": {(mark.error if mark else None) or "null"}, "error_message": null, '
            f'"from": {quote(sender) if sender else "null"}, '
            f'"messaging_service_sid": {quote(service) if service else "null"}, '
            f'"num_media": "{_media(entry)}", "num_segments": "{_segments(entry, fresh=fresh)}", '
            f'"price": null, "price_unit": "GBP", "sid": "{entry.id}", "status": "{status}", '
            f'"subresource_uris": {{"media": "{uri}/Media.json"}}, "to": {quote(entry.to)}, "uri": "{uri}.json"}}'
        )

    def write_page(
        self, entries: Sequence[Entry], *, page: int, size: int, this: str, first: str, following: str | None
    ) -> str:
        """One page of a list. The URIs are paths with their queries."""
        start = page * size
        rest = {
            "end": start + len(entries) - 1 if entries else start,
            "first_page_uri": first,
            "next_page_uri": following,
            "page": page,
            "page_size": size,
            "previous_page_uri": None,
            "start": start,
            "uri": this,
        }
        return f'{{"messages": [{", ".join(map(self.write, entries))}], {dumps(rest)[1:]}'

    def date(self, at: datetime) -> str:
        """RFC 2822 in UTC, to the second."""
        second = int(at.timestamp())
        if second != self._second:
            self._second, self._date = second, format_datetime(at.astimezone(UTC))
        return self._date


def _media(entry: Entry) -> str:
    return entry.parameters.get("NumMedia") or str(len(entry.parameters.get("MediaUrl", "").split()))


def _segments(entry: Entry, *, fresh: bool) -> int:
    if fresh and "MessagingServiceSid" in entry.parameters:
        return 0
    return 1 if entry.to.startswith("whatsapp:") else segments(entry.text)
