"""Coming to the team by a link, and signing in with a pass phrase and a code, as a browser does it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import httpx
import pyotp

from bank import ways_in
from console.form_token import FIELD
from storage.staff import Role
from tests.console.desk import Console

PHRASE = "green kettle on a slow boat"
SECRETS: dict[str, str] = {}


async def sent(
    client: httpx.AsyncClient, path: str, asked: Mapping[str, str] | None = None, /, **form: str
) -> httpx.Response:
    """Open the page, fill its form in, and send it."""
    page = (await client.get(path, params=asked)).text
    given = re.search(rf'name="{FIELD}" value="([^"]+)"', page)
    assert given
    return await client.post(path, params=asked, data={FIELD: given[1], **form})


def code_of(console: Console, secret: str) -> str:
    return pyotp.TOTP(secret).at(console.clock())


async def hired(console: Console, login: str = "sam", *roles: Role, name: str = "Sam Field") -> str:
    """Somebody new, by their link; returns the secret of their app."""
    now = console.clock()
    given = roles or (Role.COORDINATOR,)
    invited = await console.write(lambda tx: ways_in.invite(tx, None, name, login, given, now))
    assert invited is not None
    SECRETS[login] = await settled(console, console.client(), invited[1])
    return SECRETS[login]


async def settled(console: Console, client: httpx.AsyncClient, link: str, phrase: str = PHRASE) -> str:
    """Open the link, choose a pass phrase, set the app up; returns its secret."""
    page = (await client.get(f"/welcome/{link}")).text
    found = re.search(r'name="secret" value="([A-Z2-7]{32})"', page)
    assert found
    form = {"pass_phrase": phrase, "again": phrase, "secret": found[1], "code": code_of(console, found[1])}
    answer = await sent(client, f"/welcome/{link}", **form)
    assert answer.status_code == 200, answer.text
    return found[1]


async def signed_in(console: Console, login: str, phrase: str = PHRASE) -> httpx.AsyncClient:
    """A browser that somebody signed in with, a minute later, so that their app has a new code."""
    await console.moves(minutes=1)
    client = console.client()
    await sent(client, "/sign-in", login=login, pass_phrase=phrase)
    answer = await sent(client, "/sign-in/code", code=code_of(console, SECRETS[login]))
    assert "/sign-in" not in answer.url.path, answer.text
    return client
