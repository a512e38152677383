"""A provider that accepts everything at once, in a process of its own: the sender is measured, not the provider.

`python -m bench.sink PORT`. It counts what it accepted, and in which second: `GET /` gives both as JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import urlopen

import uvloop

_HEAD = b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


class Sink(asyncio.Protocol):
    """Answers each POST as Twilio answers a created message."""

    accepted = 0
    times: list[float] = []  # noqa: RUF012  one list for all connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: asyncio.WriteTransport = transport  # type: ignore[assignment]
        self._waiting = b""

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while (end := self._waiting.find(b"\r\n\r\n")) >= 0:
            head = self._waiting[:end]
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)
            if len(self._waiting) < end + 4 + length:
                return
            self._waiting = self._waiting[end + 4 + length :]
            self._transport.write(self._answer(head))

    def _answer(self, head: bytes) -> bytes:
        if head.startswith(b"GET"):
            return _whole(b"200 OK", {"accepted": Sink.accepted, "busiest": _busiest(Sink.times), "times": _ends()})
        Sink.accepted += 1
        Sink.times.append(time.monotonic())
        return _whole(b"201 Created", {"sid": f"SM{Sink.accepted:032x}", "status": "queued", "error_code": None})


def _whole(status: bytes, told: dict[str, object]) -> bytes:
    body = json.dumps(told).encode()
    return _HEAD % (status, len(body)) + body


def _ends() -> list[float]:
    return [Sink.times[0], Sink.times[-1]] if Sink.times else []


def _busiest(times: list[float]) -> int:
    """The most that came in any second, wherever it begins."""
    most = first = 0
    for last, at in enumerate(times):
        while at - times[first] >= 1:
            first += 1
        most = max(most, last - first + 1)
    return most


class Provider:
    """The sink as whoever started it sees it."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    def told(self) -> dict[str, Any]:
        """How many it accepted, the most in any second, and when the first and the last came."""
        with urlopen(self.url) as answer:  # noqa: S310  our own process
            return dict(json.load(answer))


@contextmanager
def sink(cores: Collection[int]) -> Iterator[Provider]:
    """A sink in a process of its own, on these cores."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "bench.sink", str(port)])
    try:
        os.sched_setaffinity(process.pid, cores)
        while True:
            with socket.socket() as knocking:
                if knocking.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                raise SystemExit("the sink did not start")
            time.sleep(0.05)
        yield Provider(port)
    finally:
        process.kill()
        process.wait()


async def main(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
