"""The servers under measure, each in a process of its own: Heard's web entry, and the limit beside it.

`python -m bench.server heard|everything|telegram|bare PORT FOLDER PROVIDER_URL [DATABASE_URL]`
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import queue
import sqlite3
import sys
import threading
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot import settings as settings_file
from bot import web
from bot.house import open_house
from bot.settings import Settings
from channels.telegram import limits

ACCOUNT, TOKEN = "AC" + "0" * 32, "bench-token"
BOT = "1:bench"
PUBLIC_URL = "https://heard.ashdale.example"
_EMPTY = Response(b"<Response/>", media_type="text/xml")


def settings(folder: Path, provider_url: str, database_url: str = "") -> Settings:
    own = settings_file.load()
    return own.model_copy(
        update={
            "demo": "off",
            "data_dir": folder,
            "public_url": PUBLIC_URL,
            "database": own.database.model_copy(update={"url": database_url}),
            "sender": own.sender.model_copy(
                update={"sms": own.sender.sms.model_copy(update={"per_second": 0, "pence_a_day": 0})}
            ),
            "twilio": own.twilio.model_copy(
                update={
                    "account_sid": ACCOUNT,
                    "auth_token": TOKEN,
                    "sms_from": "+447700900999",
                    "api_base_url": provider_url,
                }
            ),
        }
    )


def on_telegram(folder: Path, provider_url: str) -> Settings:
    """The same with Telegram instead of Twilio, as fast as it goes."""
    own = settings(folder, provider_url)
    sender = own.sender.model_copy(update={"telegram": own.sender.telegram.model_copy(update={"per_second": 0})})
    bot = {"token": BOT, "secret_token": TOKEN, "api_base_url": provider_url, "updates": "webhook"}
    return own.model_copy(
        update={
            "sender": sender,
            "twilio": own.twilio.model_copy(update={"account_sid": ""}),
            "telegram": own.telegram.model_copy(update=bot),
        }
    )


async def serve(app: Starlette, port: int, stop: asyncio.Event) -> None:
    config = uvicorn.Config(app, port=port, log_config=None, access_log=False, lifespan="off", server_header=False)
    await uvicorn.Server(config).serve()
    stop.set()


async def heard(port: int, own: Settings, *, sending: bool) -> None:
    """Heard as it is, with or without its senders in the same process."""
    async with open_house(own) as house:
        stop = asyncio.Event()
        works = [serve(web.app(house), port, stop)]
        if sending:
            works += [sender.run(stop) for sender in house.senders.values()]
        await asyncio.gather(*works)


class Bare:
    """The least that is durable: check the signature, and put the body on disk with whatever else waits."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: queue.SimpleQueue[tuple[bytes, asyncio.Future[None]]] = queue.SimpleQueue()
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._write, daemon=True).start()

    async def take(self, request: Request) -> Response:
        body = await request.body()
        signed = PUBLIC_URL + request.url.path
        for name, value in sorted(parse_qsl(body.decode(), keep_blank_values=True)):
            signed += name + value
        right = base64.b64encode(hmac.digest(TOKEN.encode(), signed.encode(), hashlib.sha1))
        if not hmac.compare_digest(right, request.headers["x-twilio-signature"].encode()):
            return Response(status_code=403)
        stored: asyncio.Future[None] = self._loop.create_future()
        self._waiting.put((body, stored))
        await stored
        return _EMPTY

    def _write(self) -> None:
        store = sqlite3.connect(self._folder / "bare.db", isolation_level=None)
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("PRAGMA synchronous = FULL")
        store.execute("CREATE TABLE messages (id INTEGER PRIMARY KEY, body BLOB)")
        while True:
            group = [self._waiting.get()]
            while not self._waiting.empty():
                group.append(self._waiting.get())
            store.execute("BEGIN IMMEDIATE")
            store.executemany("INSERT INTO messages (body) VALUES (?)", [(body,) for body, _stored in group])
            store.execute("COMMIT")
            self._loop.call_soon_threadsafe(_settle, [stored for _body, stored in group])


def _settle(futures: list[asyncio.Future[None]]) -> None:
    for future in futures:
        if not future.done():
            future.set_result(None)


async def bare(port: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240  once, before anything is served
    route = Route("/webhooks/twilio/message", Bare(folder).take, methods=["POST"])
    await serve(Starlette(routes=[route]), port, asyncio.Event())


def main(which: str, port: str, folder: str, provider_url: str, database_url: str = "") -> None:
    uvloop.run(_running(which, int(port), Path(folder), provider_url, database_url))


def _running(which: str, port: int, folder: Path, provider_url: str, database_url: str) -> Any:
    if which == "bare":
        return bare(port, folder)
    if which == "telegram":
        limits.BOT_RATE = 10_000  # Telegram's own 30 a second would be all that is measured
        return heard(port, on_telegram(folder, provider_url), sending=True)
    return heard(port, settings(folder, provider_url, database_url), sending=which == "everything")


if __name__ == "__main__":
    main(*sys.argv[1:])
