"""twilio's own client as a peer, alone: `sync NUMBER`, one message after the other, or `async NUMBER`, many at once."""

from __future__ import annotations

import os
import sys
from typing import Any

from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from bench.peers import message
from bench.peers.at_once import at_once
from bench.peers.measured import warm_and_report

_THEIRS, _OURS = "https://api.twilio.com", os.environ["ENDPOINT"]
_ACCOUNT = (f"AC{0:032}", "bench-token")


class ToUs(TwilioHttpClient):
    def request(self, method: str, url: str, *given: Any, **more: Any) -> Any:
        return super().request(method, url.replace(_THEIRS, _OURS), *given, **more)


class ToUsAsync(AsyncTwilioHttpClient):
    async def request(self, method: str, url: str, *given: Any, **more: Any) -> Any:
        return await super().request(method, url.replace(_THEIRS, _OURS), *given, **more)


def _create(number: int) -> dict[str, str]:
    form = message.form(number)
    return {"to": form["To"], "from_": form["From"], "body": form["Body"]}


def one_by_one(count: int) -> None:
    client = Client(*_ACCOUNT, http_client=ToUs())
    for number in range(count):
        assert client.messages.create(**_create(number)).sid


async def many(count: int) -> None:
    async with ToUsAsync() as ours:
        client = Client(*_ACCOUNT, http_client=ours)

        async def send(number: int) -> None:
            assert (await client.messages.create_async(**_create(number))).sid

        await at_once(send, count)


if __name__ == "__main__":
    warm_and_report(one_by_one if sys.argv[1] == "sync" else many, int(sys.argv[2]))
