"""Signing in, as somebody who is not on the team tries to: told nothing, slowed down, and kept out."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

import httpx
import pytest
from sqlalchemy import Engine, event, func, select

from bank import pass_phrases
from bank.audit import Act
from bot.team import invent
from console.door import COOKIE
from storage import attempts, sessions, staff
from storage.audit import audit
from tests.console.arriving import PHRASE, code_of, hired, sent
from tests.console.desk import HOST, Console

both = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


@contextmanager
def written_down() -> Iterator[tuple[list[str], list[str]]]:
    """Every statement that goes to the database, and each hash that a pass phrase is held against."""
    statements: list[str] = []
    hashes: list[str] = []
    real: Callable[[str, str], bool] = pass_phrases._HASHER.verify

    def verify(phrase: str, kept: str) -> bool:
        hashes.append(kept)
        return real(phrase, kept)

    def execute(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", execute)
    try:
        with patch.object(pass_phrases._HASHER, "verify", verify):
            yield statements, hashes
    finally:
        event.remove(Engine, "before_cursor_execute", execute)


def without_name(answer: httpx.Response, name: str) -> str:
    """The page without what each must have of its own: the name that was typed, and the form's token."""
    return re.sub(r'name="form_token" value="[^"]+"', "", answer.text.replace(name, "somebody"))


@both
async def test_promise_36_a_known_and_an_unknown_name_get_the_same_bytes_for_the_same_work(console: Console) -> None:
    await hired(console, "samuel")
    seen = []
    for name in ("samuel", "nobody"):
        client = console.client()
        await client.get("/sign-in")
        with written_down() as (statements, hashes):
            answer = await sent(client, "/sign-in", login=name, pass_phrase="not the pass phrase of anybody")
        headers = [pair for pair in answer.headers.items() if pair[0] not in {"set-cookie", "content-length"}]
        seen.append((answer.status_code, headers, without_name(answer, name), statements))
        assert len(hashes) == 1
    known, unknown = seen
    assert known == unknown
    assert "The name or the pass phrase is not right" in known[2]
    assert len(known[3]) > 5, "the statements were written down"


async def test_promise_36_somebody_not_yet_or_no_longer_on_the_team_is_nobody(console: Console) -> None:
    await hired(console, "closed")
    await console.write(
        lambda tx: staff.change(tx, staff.called(tx, "closed").id, {"state": "closed"})  # type: ignore[union-attr]
    )
    answer = await sent(console.client(), "/sign-in", login="closed", pass_phrase=PHRASE)
    assert "The name or the pass phrase is not right" in answer.text


@pytest.mark.parametrize("name", ["sam", "nobody"])
async def test_five_wrong_pass_phrases_from_one_place_are_enough_for_a_while(console: Console, name: str) -> None:
    await hired(console)
    client = console.client()
    for _ in range(5):
        assert "is not right" in (await sent(client, "/sign-in", login=name, pass_phrase="wrong")).text
    with written_down() as (_, hashes):
        assert "too many tries" in (await sent(client, "/sign-in", login=name, pass_phrase=PHRASE)).text
    assert hashes == [], "a crowd costs us nothing"
    await console.moves(minutes=16)
    assert "too many tries" not in (await sent(client, "/sign-in", login=name, pass_phrase=PHRASE)).text


async def test_a_stranger_elsewhere_does_not_lock_somebody_out(console: Console) -> None:
    await hired(console)
    stranger = at(console, "203.0.113.9")
    for _ in range(7):
        await sent(stranger, "/sign-in", login="sam", pass_phrase="wrong")
    assert "Enter the code" in (await sent(console.client(), "/sign-in", login="sam", pass_phrase=PHRASE)).text


async def test_one_place_cannot_try_many_names(console: Console) -> None:
    stranger = at(console, "203.0.113.9")
    for number in range(50):
        assert "is not right" in (await sent(stranger, "/sign-in", login=f"name{number}", pass_phrase="wrong")).text
    assert "too many tries" in (await sent(stranger, "/sign-in", login="another", pass_phrase="wrong")).text


async def test_a_home_is_one_place_however_many_addresses_it_has(console: Console) -> None:
    for number in range(5):
        await sent(at(console, f"2001:db8:1:2::{number}"), "/sign-in", login="sam", pass_phrase="wrong")
    answer = await sent(at(console, "2001:db8:1:2:ffff::1"), "/sign-in", login="sam", pass_phrase="wrong")
    assert "too many tries" in answer.text
    answer = await sent(at(console, "2001:db8:1:3::1"), "/sign-in", login="sam", pass_phrase="wrong")
    assert "is not right" in answer.text


@both
async def test_many_at_once_are_counted_too(console: Console) -> None:
    client = console.client()
    token = re.search(r'name="form_token" value="([^"]+)"', (await client.get("/sign-in")).text)
    assert token
    form = {"form_token": token[1], "login": "sam", "pass_phrase": "wrong"}
    answers = await asyncio.gather(*(client.post("/sign-in", data=form) for _ in range(12)))
    assert sum("is not right" in answer.text for answer in answers) == 5
    assert await console.read(lambda tx: tx.execute(select(func.count()).select_from(attempts.attempts)).scalar()) == 15


async def test_right_ones_are_not_counted(console: Console) -> None:
    await hired(console)
    for _ in range(8):
        answer = await sent(console.client(), "/sign-in", login="sam", pass_phrase=PHRASE)
        assert "Enter the code" in answer.text
        await console.moves(seconds=1)


@both
async def test_five_wrong_codes_are_enough_for_a_while(console: Console) -> None:
    secret = await hired(console)
    await console.moves(minutes=5)
    client = console.client()
    await sent(client, "/sign-in", login="sam", pass_phrase=PHRASE)
    right = code_of(console, secret)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for _ in range(5):
        assert "That code is not right" in (await sent(client, "/sign-in/code", code=wrong)).text
    assert "too many tries" in (await sent(client, "/sign-in/code", code=right)).text
    other = at(console, "203.0.113.9")
    await sent(other, "/sign-in", login="sam", pass_phrase=PHRASE)
    assert "too many tries" in (await sent(other, "/sign-in/code", code=right)).text, "wherever they try from"


async def test_what_is_refused_is_in_the_audit_without_what_was_typed(console: Console) -> None:
    await hired(console)
    await sent(console.client(), "/sign-in", login="sam", pass_phrase="wrong")
    await sent(console.client(), "/sign-in", login="nobody", pass_phrase="wrong")
    rows = await console.read(lambda tx: list(tx.execute(select(audit).where(audit.c.act == Act.SIGN_IN_REFUSED))))
    assert [(row.staff_id is None, row.details) for row in rows] == [(False, None), (True, None)]


async def test_a_pass_phrase_is_taken_exactly_as_it_was_typed(console: Console) -> None:
    await hired(console)
    for other in (PHRASE.upper(), f" {PHRASE}", f"{PHRASE} ", PHRASE[:-1]):
        assert "is not right" in (await sent(console.client(), "/sign-in", login="sam", pass_phrase=other)).text


async def test_cookies_are_for_our_host_alone_and_for_no_script(console: Console) -> None:
    await hired(console)
    client = console.client()
    await client.get("/sign-in")
    form = re.search(r'name="form_token" value="([^"]+)"', (await client.get("/sign-in")).text)
    assert form
    first = await console.client().get("/sign-in")
    answer = await client.post(
        "/sign-in",
        data={"form_token": form[1], "login": "sam", "pass_phrase": PHRASE},
        follow_redirects=False,
    )
    for given in (*first.headers.get_list("set-cookie"), *answer.headers.get_list("set-cookie")):
        name, *rules = given.split("; ")
        assert name.startswith("__Host-heard")
        assert sorted(rule.casefold() for rule in rules) == ["httponly", "path=/", "samesite=lax", "secure"]
    assert answer.headers["set-cookie"].startswith(f"{COOKIE}=")


async def test_the_token_in_the_cookie_is_not_in_the_database(console: Console) -> None:
    await hired(console)
    client = console.client()
    await sent(client, "/sign-in", login="sam", pass_phrase=PHRASE)
    token = client.cookies[COOKIE]
    rows = await console.read(lambda tx: list(tx.execute(select(sessions.sessions))))
    assert all(token.encode() not in bytes(row.token_key) for row in rows)
    assert len(token) >= 43, "256 bits"


async def test_the_demos_people_have_no_pass_phrase_to_guess(console: Console) -> None:
    await invent(console.store, console.clock())
    for phrase in ("", "alex", PHRASE):
        assert "is not right" in (await sent(console.client(), "/sign-in", login="alex", pass_phrase=phrase)).text


def at(console: Console, host: str) -> httpx.AsyncClient:
    """A browser that calls from there."""
    made = httpx.AsyncClient(
        transport=httpx.ASGITransport(console.app, client=(host, 40000)), base_url=HOST, follow_redirects=True
    )
    console._browsers.append(made)
    return made
