"""The one door to the network for everything we send: a shared aiohttp session, kept lean.

An error says what may be done next: after `NotSent` the same call may be made again, after
`NoAnswer` nobody knows whether it had an effect. None carries a URL, since ours hold tokens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO

import aiohttp

CONNECT_SECONDS = 5.0
CHUNK = 64 * 1024  # bytes
IDLE_SECONDS = 15.0  # shorter than providers keep an idle connection, so that it is we who close it
DNS_SECONDS = 60

NEVER_WENT_OUT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)


class NotSent(Exception):
    """The request never went out: no such host, refused or timed-out connect, TLS failure."""


class NoAnswer(Exception):
    """The request may have gone out, but no whole answer came back in time."""


class TooBig(Exception):
    """The answer is longer than was asked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `headers` has lower-case names; `body` is the decompressed bytes."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Body = bytes | aiohttp.FormData


def form(fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes | IO[bytes], str]]) -> Body:
    """A form that carries files: each has a name, what is in it, and its content type."""
    made = aiohttp.FormData()
    for name, value in fields.items():
        made.add_field(name, value)
    for name, (called, content, kind) in files.items():
        made.add_field(name, content, filename=called, content_type=kind)
    return made


class Transport:
    """HTTP calls over kept-alive connections, at most `connections` at a time.

    Redirects are not followed, cookies are not kept, certificates are always checked.
    """

    def __init__(self, *, connections: int = 100) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self._limits: dict[float, aiohttp.ClientTimeout] = {}

    async def call(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: Body | None = None,
        timeout: float,  # noqa: ASYNC109 - aiohttp's own timer tells connecting from waiting
        most_bytes: int | None = None,
    ) -> Answer:
        """Make one call. `timeout` is in seconds, for the whole of it; no more than `most_bytes` are read of it.

        Raises NotSent or NoAnswer, and TooBig where the body is longer than that.
        """
        session = self._session or self._open()
        limit = self._limits.get(timeout) or self._limit(timeout)
        try:
            async with session.request(
                method, url, headers=headers, data=body, timeout=limit, allow_redirects=False
            ) as response:
                content = await (response.read() if most_bytes is None else _at_most(response, most_bytes))
                named = {name.lower(): value for name, value in response.headers.items()}
                return Answer(response.status, named, content)
        except NEVER_WENT_OUT as error:
            raise NotSent(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError) as error:
            raise NoAnswer(type(error).__name__) from None

    async def close(self) -> None:
        """Close the idle connections. A later call opens new ones."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _open(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            limit=self._connections, keepalive_timeout=IDLE_SECONDS, ttl_dns_cache=DNS_SECONDS
        )
        self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        return self._session

    def _limit(self, seconds: float) -> aiohttp.ClientTimeout:
        # Connecting must give up before the whole call does, or a slow connect would look like a
        # lost answer. Waiting for a free connection counts as connecting.
        connect = min(CONNECT_SECONDS, seconds / 2)
        return self._limits.setdefault(seconds, aiohttp.ClientTimeout(total=seconds, connect=connect))


async def _at_most(response: aiohttp.ClientResponse, most: int) -> bytes:
    """The body, let go of as soon as it is longer. Raises TooBig."""
    if (response.content_length or 0) > most:
        raise TooBig
    content = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):
        content += chunk
        if len(content) > most:
            raise TooBig
    return bytes(content)
