"""Media at Twilio: which of it a webhook names, and fetching a piece with our sign-in.

Twilio docs, Media resource, and "Protect media access with HTTP basic authentication": the API takes our sign-in and
leads on to a store of files whose address is good for four hours by itself.
"""

from __future__ import annotations

import asyncio
import re
from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import SplitResult, urljoin, urlsplit

from channels.media import MOST, CannotOpen, Media, Why, refused
from channels.transport import Answer, NoAnswer, NotSent, TooBig, Transport
from channels.twilio.account import TwilioAccount
from channels.twilio.wire import LIBRARY_BASE_URL

MOST_BYTES = 16 * 1024 * 1024
SECONDS = 30.0  # for all of it
HOPS = 4
LEADS_ON = frozenset({301, 302, 303, 307, 308})
STORES = re.compile(r"[a-z0-9-]+\.twiliocdn\.com|s3-external-1\.amazonaws\.com")


class TwilioMedia:
    """One account's. A place is a path at Twilio's API, so that it can lead to no host that a stranger chose."""

    def __init__(self, account: TwilioAccount, transport: Transport) -> None:
        self._transport = transport
        self._base_url = account.api_base_url.rstrip("/")
        self._sign_in = {"Authorization": "Basic " + b64encode(":".join(account.sign_in).encode()).decode()}
        self._path = re.compile(
            rf"/2010-04-01/Accounts/{re.escape(account.account_sid)}/Messages/[A-Za-z0-9]{{1,64}}/Media/[A-Za-z0-9]{{1,64}}"
        )
        self._api = {_origin(urlsplit(url)) for url in (self._base_url, LIBRARY_BASE_URL)}

    def named(self, parameters: Mapping[str, str], count: int) -> tuple[Media, ...]:
        """The pieces that lie at Twilio's API; what is said to lie elsewhere is left out."""
        found = []
        for number in range(min(count, MOST)):
            place = self._place(parameters.get(f"MediaUrl{number}", ""))
            if place:
                found.append(Media(place, parameters.get(f"MediaContentType{number}", "")))
        return tuple(found)

    async def fetch(self, place: str) -> bytes:
        """Raises CannotOpen."""
        if not self._path.fullmatch(place):
            raise CannotOpen(Why.NOT_THEIRS)
        try:
            async with asyncio.timeout(SECONDS):
                answer = await self._followed(self._base_url + place)
        except TooBig:
            raise CannotOpen(Why.TOO_BIG) from None
        except (NotSent, NoAnswer, TimeoutError):
            raise CannotOpen(Why.NOT_REACHED) from None
        if answer.status != 200:
            raise refused(answer.status)
        return answer.body

    async def _followed(self, url: str) -> Answer:
        """The answer at the end of the way. Our sign-in goes to the API alone, with the first call."""
        answer = await self._get(url, self._sign_in)
        for _ in range(HOPS):
            if answer.status not in LEADS_ON:
                return answer
            url = self._next(url, answer)
            answer = await self._get(url, {})
        raise CannotOpen(Why.NOT_REACHED)

    async def _get(self, url: str, headers: Mapping[str, str]) -> Answer:
        return await self._transport.call("GET", url, headers=headers, timeout=SECONDS, most_bytes=MOST_BYTES)

    def _place(self, url: str) -> str:
        try:
            parts = urlsplit(url)
            ours = _origin(parts) in self._api and self._path.fullmatch(parts.path)
        except ValueError:
            return ""
        return parts.path if ours else ""

    def _next(self, url: str, answer: Answer) -> str:
        """Where it leads on to: the API itself, or a store of Twilio's. Raises CannotOpen."""
        try:
            parts = urlsplit(urljoin(url, answer.headers.get("location", "")))
            scheme, host, port = _origin(parts)
        except ValueError:
            raise CannotOpen(Why.NOT_THEIRS) from None
        is_store = (scheme, port) == ("https", 443) and STORES.fullmatch(host)
        if not is_store and (scheme, host, port) not in self._api:
            raise CannotOpen(Why.NOT_THEIRS)
        # Put together anew from what was looked at: two readers of an odd URL may find two hosts in it.
        return f"{scheme}://{host}:{port}{parts.path}" + (f"?{parts.query}" if parts.query else "")


def _origin(parts: SplitResult) -> tuple[str, str, int]:
    """Scheme, host and port. Raises ValueError where they cannot be read."""
    return parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
