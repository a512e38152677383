"""Status callbacks, as Twilio sends them: `python -m bench.callbacks PORT A_SECOND SECONDS`, tokens on standard input.

Each message has three: sent, delivered, read. It prints how many were answered; one that is not answered 2xx ends it.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Iterator

import uvloop

from bench.join import CLIENT_CORES
from bench.load import answered, signed
from bench.server import ACCOUNT

_CONNECTIONS = 16


def posts(tokens: list[str]) -> Iterator[bytes]:
    for status in ("sent", "delivered", "read"):
        for number, token in enumerate(tokens):
            form = {
                "AccountSid": ACCOUNT,
                "ApiVersion": "2010-04-01",
                "From": "+447700900999",
                "MessageSid": f"SM{number:032x}",
                "MessageStatus": status,
                "SmsSid": f"SM{number:032x}",
                "SmsStatus": status,
                "To": "+447700900123",
            }
            yield signed(f"/webhooks/twilio/status?t={token}", form)


async def run(port: int, a_second: int, seconds: int, tokens: list[str]) -> int:
    due = enumerate(post for post, _ in zip(posts(tokens), range(a_second * seconds), strict=False))
    began = time.perf_counter()

    async def carry() -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        count = 0
        for number, post in due:
            await asyncio.sleep(max(0.0, began + number / a_second - time.perf_counter()))
            writer.write(post)
            await answered(reader)
            count += 1
        writer.close()
        return count

    return sum(await asyncio.gather(*(carry() for _ in range(_CONNECTIONS))))


if __name__ == "__main__":
    os.sched_setaffinity(0, CLIENT_CORES)
    print(uvloop.run(run(*(int(given) for given in sys.argv[1:4]), sys.stdin.read().split())))
