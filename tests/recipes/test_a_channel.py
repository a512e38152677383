"""A channel: Heard is started as anybody starts it, a provider posts a message, and is given the answer to send."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from aiohttp import web

from tests.bot.town import free_port
from tests.end_to_end.running import by, running
from tests.recipes.followed import Followed

PATIENCE = 30.0  # seconds


@asynccontextmanager
async def raven_post(notes: asyncio.Queue[tuple[str, str]]) -> AsyncIterator[str]:
    """The provider: who shows the token may give it a note, which is laid in the queue. Its address."""

    async def take(request: web.Request) -> web.Response:
        if request.headers["authorization"] != "Bearer invented":
            return web.Response(status=401)
        note = await request.json()
        notes.put_nowait((note["tower"], note["text"]))
        return web.Response(status=202, text=f"n{notes.qsize()}")

    app = web.Application()
    app.add_routes([web.post("/notes", take)])
    runner, port = web.AppRunner(app), free_port()
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield f"http://127.0.0.1:{port}"
    await runner.cleanup()


def test_its_cases_hold(followed: Followed) -> None:
    followed.works("A channel")
    assert followed.passed["tests/channels/test_raven.py"] == 11
    assert "0 broken" in followed.said[".venv/bin/lint-imports"]


async def test_a_message_comes_in_and_is_answered(followed: Followed, tmp_path: Path) -> None:
    notes: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
    async with raven_post(notes) as post:
        variables = {
            "PYTHONPATH": str(followed.house),
            "HEARD_PORT": str(free_port()),
            "HEARD_DATA_DIR": str(tmp_path / "data"),
            "HEARD_RAVEN__TOKEN": "invented",
            "HEARD_RAVEN__SECRET": "hush",
            "HEARD_RAVEN__API_BASE_URL": post,
        }
        heard = by([str(followed.house / ".venv" / "bin" / "heard"), "run"])
        async with running(variables, tmp_path, heard) as started, aiohttp.ClientSession() as birds:
            where, note = f"{started.url}/webhooks/raven", {"tower": "tower 7", "id": "n1", "text": "JOIN"}
            async with birds.post(where, json=note) as forged:
                assert forged.status == 403
            async with birds.post(where, json=note, headers={"x-raven-secret": "hush"}) as taken:
                assert taken.status == 200
            tower, text = await asyncio.wait_for(notes.get(), PATIENCE)
        assert tower == "tower 7"
        assert text.startswith("Ashdale Council here. ")
        assert text.endswith("\n1 Yes\n2 Tell me more\n3 No")
        assert notes.empty()
