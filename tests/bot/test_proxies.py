"""Proxies: only those that are named are believed when they say how and from where a browser calls."""

from __future__ import annotations

import asyncio
from pathlib import Path
from socket import create_server
from unittest.mock import patch

import httpx
import pytest

from bot import settings as settings_file
from bot.house import House, open_house
from bot.run import Server
from tests import prepared
from tests.bot.town import Town
from tests.conftest import Fresh

LONGEST_IDLE = 120  # seconds that Caddy, by its documentation, keeps such a connection to us


@pytest.mark.parametrize(
    ("named", "believed"),
    [(None, True), ('["10.0.0.2"]', False), ('["10.0.0.2", "127.0.0.0/8"]', True), ("[]", False)],
    ids=["as shipped", "another one", "a network", "none"],
)
async def test_only_proxies_that_are_named_are_believed(
    named: str | None, believed: bool, fresh_sqlite: Fresh, tmp_path: Path
) -> None:
    prepared.keys().save(tmp_path / "keys")
    with fresh_sqlite() as url:
        own = {"HEARD_DEMO": "on", "HEARD_DATA_DIR": str(tmp_path), "HEARD_DATABASE__URL": url}
        with patch.dict("os.environ", own if named is None else own | {"HEARD_TRUSTED_PROXIES": named}):
            settings = settings_file.load()
        async with open_house(settings) as house:
            answer = await asked_through_a_proxy(house)
    assert ("strict-transport-security" in answer.headers) is believed


async def test_idle_connections_are_the_proxy_s_to_close(town: Town) -> None:
    with create_server(("127.0.0.1", 0)) as door:
        assert Server(town.house, asyncio.Event(), door).config.timeout_keep_alive > LONGEST_IDLE


async def asked_through_a_proxy(house: House) -> httpx.Response:
    """A page, for which a proxy on this machine was asked over https."""
    stop, door = asyncio.Event(), create_server(("127.0.0.1", 0))
    server = Server(house, stop, door)
    serving = asyncio.create_task(server.serve_until_stopped())
    await server.started_up.wait()
    where = f"http://127.0.0.1:{door.getsockname()[1]}/sign-in"
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(where, headers={"X-Forwarded-Proto": "https"})
    stop.set()
    await serving
    return answer
