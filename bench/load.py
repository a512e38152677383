"""The load: many strangers joining by SMS over kept-alive connections, each with one request under way."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.server import ACCOUNT, PUBLIC_URL, TOKEN

SAYS = ("JOIN", "yes", "1", "Asha")
_PATH = "/webhooks/twilio/message"
_APART = 64  # strangers who write in turns
_STEADY = 7_000_000  # their first number: nobody else in a benchmark has it


@dataclass(frozen=True, slots=True)
class Measured:
    """Turns a second, and latencies in milliseconds."""

    turns: int
    seconds: float
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        return self.turns / self.seconds


def request(number: int, turn: int) -> bytes:
    """One signed post of a stranger's n-th text, as Twilio sends it, ready for the wire."""
    address = f"+4477{number:08}"
    form = {
        "AccountSid": ACCOUNT,
        "ApiVersion": "2010-04-01",
        "Body": SAYS[turn],
        "From": address,
        "MessageSid": f"SM{number:028x}{turn:04x}",
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsStatus": "received",
        "To": "+447700900999",
    }
    return signed(_PATH, form)


def signed(path: str, form: dict[str, str]) -> bytes:
    """A post of this form, with Twilio's signature, ready for the wire."""
    whole = PUBLIC_URL + path + "".join(name + form[name] for name in sorted(form))
    signature = base64.b64encode(hmac.digest(TOKEN.encode(), whole.encode(), hashlib.sha1)).decode()
    body = urlencode(form).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"X-Twilio-Signature: {signature}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def conversations(first: int, count: int) -> Iterator[list[bytes]]:
    """Each stranger's four posts, in order."""
    for number in range(first, first + count):
        yield [request(number, turn) for turn in range(len(SAYS))]


async def run(port: int, first: int, count: int, at_once: int) -> Measured:
    """`count` strangers join, `at_once` of them at a time; every answer must be 2xx."""
    waiting = list(conversations(first, count))
    latencies: list[float] = []
    began = time.perf_counter()
    await asyncio.gather(*(_carry(port, waiting, latencies) for _ in range(at_once)))
    return measured(latencies, time.perf_counter() - began)


def measured(latencies: list[float], seconds: float) -> Measured:
    """What these latencies, in seconds, come to."""
    latencies.sort()
    count = len(latencies)
    return Measured(count, seconds, latencies[count // 2] * 1000, latencies[int(count * 0.99)] * 1000)


async def _carry(port: int, waiting: list[list[bytes]], latencies: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while waiting:
        for post in waiting.pop():
            began = time.perf_counter()
            writer.write(post)
            await answered(reader)
            latencies.append(time.perf_counter() - began)
    writer.close()


async def steadily(port: int, a_second: int, seconds: int, connections: int = 32) -> Measured:
    """So many texts a second, whether they are answered or not; a latency begins when its text was due.

    The texts of one stranger are a moment apart, as `_APART` strangers write in turns.
    """
    due = enumerate(request(number, turn) for number, turn in _in_turns(a_second * seconds))
    latencies: list[float] = []
    began = time.perf_counter()

    async def carry() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number, post in due:
            at = began + number / a_second
            await asyncio.sleep(max(0.0, at - time.perf_counter()))
            writer.write(post)
            await answered(reader)
            latencies.append(time.perf_counter() - at)
        writer.close()

    await asyncio.gather(*(carry() for _ in range(connections)))
    return measured(latencies, time.perf_counter() - began)


def _in_turns(count: int) -> Iterator[tuple[int, int]]:
    """Strangers and their turns: the first texts of some, then their second ones, and so on."""
    for place in range(count):
        round_, at = divmod(place, _APART * len(SAYS))
        turn, stranger = divmod(at, _APART)
        yield _STEADY + round_ * _APART + stranger, turn


async def answered(reader: asyncio.StreamReader) -> None:
    """Read one answer, which must be 2xx."""
    head = await reader.readuntil(b"\r\n\r\n")
    if b" 20" not in head[:12]:
        raise SystemExit(f"a request was refused: {head[:40]!r}")
    await reader.readexactly(int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0))
