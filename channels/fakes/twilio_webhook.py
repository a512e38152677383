"""How Twilio calls us: signed, with time-outs and retries taken from the URL's fragment.

Source: Twilio docs, "Webhooks: connection overrides". Without a fragment a failure to connect is tried
once more; an error answer or a read time-out is not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode
from uuid import uuid4

import aiohttp
from yarl import URL

from channels.fakes.signature import sign


class Answer(NamedTuple):
    """What came back. `status` is 0 where nothing did."""

    status: int
    body: str


@dataclass(frozen=True, slots=True)
class Overrides:
    """Connect, read and total time-outs in seconds, the retry count, and what is retried."""

    connect: float = 5.0
    read: float = 15.0
    total: float = 15.0
    retries: int = 1
    policy: frozenset[str] = frozenset({"ct"})

    @classmethod
    def of(cls, url: str) -> Overrides:
        """Read the fragment of a URL. Raises ValueError where a number is none."""
        given = dict(parse_qsl(url.partition("#")[2]))
        return cls(
            connect=int(given.get("ct", 5000)) / 1000,
            read=int(given.get("rt", 15000)) / 1000,
            total=int(given.get("tt", 15000)) / 1000,
            retries=int(given.get("rc", 1)),
            policy=frozenset(given.get("rp", "ct").split(",")),
        )

    def retried(self, failure: str) -> bool:
        return bool(self.policy & {failure, "all"})


@dataclass(frozen=True, slots=True)
class Post:
    """One form post to us, ready to be repeated: the same token goes with each repeat."""

    url: str
    pairs: Sequence[tuple[str, str]]
    token: str = field(default_factory=lambda: str(uuid4()))


class Caller:
    """Makes the posts of one account. `attempts` counts each one that was tried."""

    def __init__(self, auth_token: str) -> None:
        self.attempts = 0
        self._auth_token = auth_token

    async def call(self, session: aiohttp.ClientSession, post: Post) -> Answer:
        """Post until it is answered or the retries are spent; Answer(0, "") where no answer came."""
        overrides = Overrides.of(post.url)
        answer = Answer(0, "")
        try:
            async with asyncio.timeout(overrides.total):
                for _ in range(overrides.retries + 1):
                    answer, failure = await self._once(session, post, overrides)
                    if failure is None or not overrides.retried(failure):
                        break
        except TimeoutError:
            return Answer(0, "")
        return answer

    async def _once(
        self, session: aiohttp.ClientSession, post: Post, overrides: Overrides
    ) -> tuple[Answer, str | None]:
        self.attempts += 1
        url = post.url.partition("#")[0]
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "X-Twilio-Signature": sign(self._auth_token, url, post.pairs),
            "I-Twilio-Idempotency-Token": post.token,
            "User-Agent": "TwilioProxy/1.1",
        }
        limits = aiohttp.ClientTimeout(total=None, sock_connect=overrides.connect, sock_read=overrides.read)
        body = urlencode(post.pairs)
        try:
            async with session.post(URL(url, encoded=True), data=body, headers=headers, timeout=limits) as response:
                answer = Answer(response.status, await response.text(errors="replace"))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            return Answer(0, ""), "ct"
        except (aiohttp.ClientError, TimeoutError):
            return Answer(0, ""), "rt"
        return answer, f"{answer.status // 100}xx" if answer.status >= 400 else None
