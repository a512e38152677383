"""Joins by Telegram, where its API takes 50 ms for each message: `python -m bench.telegram`.

A turn lasts from the post of an update until the API has taken the answer. Heard keeps to one message a second to one
person, so many write at once; Telegram's 30 a second over all are lifted. Heard, its senders included, has one core;
the people and the API have the other.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import tempfile
import time
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs

import aiohttp
import uvloop
from aiohttp import web

from bench.join import CLIENT_CORES, server
from bench.load import SAYS, Measured, measured
from bench.server import BOT, TOKEN

API_SECONDS, PEOPLE, AT_ONCE = 0.05, 3_000, 1_000
_SECRET = {"X-Telegram-Bot-Api-Secret-Token": TOKEN}


class Telegram:
    """The API, and the people, each of whom waits for the answer before they write on."""

    def __init__(self) -> None:
        self._answered: dict[int, asyncio.Event] = {}
        self._numbers = count(1)
        self._waiting = iter(range(1, PEOPLE + 1))
        self._latencies: list[float] = []

    async def take(self, request: web.Request) -> web.Response:
        """sendMessage: taken after its time, and heard by whom it went to."""
        body = await request.read()
        told = json.loads(body) if body.startswith(b"{") else {k: v[0] for k, v in parse_qs(body.decode()).items()}
        chat = int(told.get("chat_id", 0))
        await asyncio.sleep(API_SECONDS)
        self._answered[chat].set()
        private = {"id": chat, "type": "private"}
        sent = {"message_id": next(self._numbers), "date": int(time.time()), "chat": private, "text": told["text"]}
        return web.json_response({"ok": True, "result": sent})

    async def run(self, port: int) -> Measured:
        began = time.perf_counter()
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}", connector=connector, headers=_SECRET) as client:
            await asyncio.gather(*(self._carry(client) for _ in range(AT_ONCE)))
        return measured(self._latencies, time.perf_counter() - began)

    async def _carry(self, client: aiohttp.ClientSession) -> None:
        for chat in self._waiting:
            for text in SAYS:
                heard = self._answered[chat] = asyncio.Event()
                began = time.perf_counter()
                async with client.post("/webhooks/telegram", json=self._update(chat, text)) as answer:
                    if answer.status != 200:
                        raise SystemExit(f"an update was answered {answer.status}")
                await heard.wait()
                self._latencies.append(time.perf_counter() - began)

    def _update(self, chat: int, text: str) -> dict[str, object]:
        number = next(self._numbers)
        person = {"id": chat, "first_name": "Asha"}
        message = {
            "message_id": number,
            "date": int(time.time()),
            "chat": {**person, "type": "private"},
            "from": {**person, "is_bot": False},
            "text": text,
        }
        return {"update_id": number, "message": message}


async def turns() -> Measured:
    telegram, app = Telegram(), web.Application()
    app.router.add_post(f"/bot{BOT}/sendMessage", telegram.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port: int = runner.addresses[0][1]
    with tempfile.TemporaryDirectory() as folder:
        starting = server("telegram", Path(folder), f"http://127.0.0.1:{port}")
        heard_port, _process = await asyncio.to_thread(starting.__enter__)
        try:
            return await telegram.run(heard_port)
        finally:
            await asyncio.to_thread(starting.__exit__, None, None, None)
            await runner.cleanup()


def main() -> None:
    os.sched_setaffinity(0, CLIENT_CORES)
    took = uvloop.run(turns())
    print(f"{platform.machine()}, Python {platform.python_version()}; Heard has one core, the API takes 50 ms\n")
    print("| Telegram, people at once | turns/s | p50 ms | p99 ms |\n|---|---|---|---|")
    print(f"| {AT_ONCE:,} | {took.rate:,.0f} | {took.p50:,.0f} | {took.p99:,.0f} |")


if __name__ == "__main__":
    main()
