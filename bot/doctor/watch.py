"""A transport in a hurry, which notes what time the other end says it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from channels.transport import Answer, Body, Transport

LONGEST_SECONDS = 5.0


class Watch(Transport):
    """`ahead` is by how much each host's clock is ahead of `now`, from the Date header of its last answer."""

    def __init__(self, now: datetime) -> None:
        super().__init__(connections=4)
        self.ahead: dict[str, timedelta] = {}
        self._now = now
        self._began = datetime.now(UTC)

    async def call(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: Body | None = None,
        timeout: float,  # noqa: ASYNC109  see Transport
        most_bytes: int | None = None,
    ) -> Answer:
        """As any transport's, but it waits 5 seconds at most."""
        soon = min(timeout, LONGEST_SECONDS)
        answer = await super().call(method, url, headers=headers, body=body, timeout=soon, most_bytes=most_bytes)
        said = _instant(answer.headers.get("date", ""))
        if said is not None:
            here = self._now + (datetime.now(UTC) - self._began)
            self.ahead[urlsplit(url).hostname or "?"] = said - here
        return answer


def _instant(date: str) -> datetime | None:
    try:
        said = parsedate_to_datetime(date)
    except ValueError:
        return None
    return said if said.tzinfo else said.replace(tzinfo=UTC)
