"""Every way in from the web: who may use it, what it says to everybody else, and what each answer carries."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from starlette.routing import BaseRoute, Mount, Route

from bot import web
from bot.house import open_house
from bot.settings import load
from console.app import PAGES
from console.door import COOKIE, HEADERS
from console.page import Page, page
from console.who import ANYBODY
from storage.staff import Role
from tests.console.conftest import console, database_url  # noqa: F401  fixtures that the console's own tests have too
from tests.console.desk import Browser, Console

# Ways in that ask for no login, and why not. One that is not here asks for one, whoever adds it.
OPEN = {
    "/healthz": "anybody: says only that the process runs",
    "/readyz": "anybody: says only which parts of this process are well",
    "/metrics": "anybody who reaches the port: counts, without a word or a number of anybody's",
    "/webhooks/twilio/message": "Twilio: signed",
    "/webhooks/twilio/status": "Twilio: signed",
    "/webhooks/twilio/voice": "Twilio: signed",
    "/webhooks/telegram": "Telegram: carries our secret",
    "/try": "the demo only: invented people",
    "/sign-in": "anybody: it is where one signs in",
    "/sign-in/code": "who gave a pass phrase: the code opens the rest",
    "/sign-in/demo": "the demo only: invented people",
    "/sign-out": "anybody: it only ends a session",
    "/welcome/{link}": "who has a link that is good once",
    "/accessibility": "anybody: the law asks for it",
    "/privacy": "anybody: the law asks for it",
    "/join": "the public: how to join; our own number, and nothing about anybody",
    "/open": "the public: projects that are open and public; nothing about anybody",
    "/open/feed.xml": "the public: the same, for feed readers",
    "/open/{token}": "the public: one of them",
    "/calendar/{token}": "who asked for it and has the link: one meeting, and nobody's name",
    "/promises/{token}": "the group that scrutinises us, by a link that nobody guesses: what was promised, no names",
    "/promises/{token}/paper": "the same, to print",
    "/promises/project/{token}": "the public: what was promised in a project that its team has published; no names",
    "/promises/project/{token}/feed.xml": "the public: the same, for feed readers",
    "/assets": "anybody: styles, scripts and fonts",
}
ONLY_DEMO = {"/try", "/sign-in/demo"}
# Paths that could be tokens of nobody, and that no browser makes by itself.
ODD = ("nobody", "%00", "x" * 300, "%F0%9F%98%80", "-1", "%E2%80%AE", "a%0Ab", "%2e%2e")
GETS = [one for one in PAGES if "GET" in one.methods]
POSTS = [one for one in PAGES if "POST" in one.methods]


def filled(where: str, name: str = "nobody") -> str:
    return re.sub(r"\{[^}]+\}", name, where)


async def somebody_with(console: Console, *roles: Role) -> Browser:  # noqa: F811
    """Somebody of the team in whose browser a page may fail: what failed is listed, with all the others."""
    somebody = await console.as_(*roles)
    somebody.client.event_hooks = {}
    return somebody


def _paths(routes: Sequence[BaseRoute]) -> set[str]:
    return {route.path for route in routes if isinstance(route, (Route, Mount))}


async def test_every_way_in_is_behind_the_door_or_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    monkeypatch.setenv("HEARD_SECRETS_DIR", str(secrets))
    monkeypatch.setenv("HEARD_DATA_DIR", str(tmp_path / "data"))
    for name, value in {
        "TWILIO__ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO__AUTH_TOKEN": "invented",
        "TWILIO__SMS_FROM": "+447700900999",
        "TELEGRAM__TOKEN": "1:invented",
    }.items():
        monkeypatch.setenv(f"HEARD_{name}", value)
    guarded = {one.where for one in PAGES}
    real = load()
    async with open_house(real) as house:
        assert _paths(web.app(house).routes) - guarded == set(OPEN) - ONLY_DEMO
    async with open_house(real.model_copy(update={"demo": "on"})) as house:
        assert _paths(web.app(house).routes) - guarded == set(OPEN)


async def test_nobody_sees_a_page_without_a_login(console: Console) -> None:  # noqa: F811  the fixture
    client = console.client()
    client.follow_redirects = False
    for one in PAGES:
        for method in one.methods:
            answer = await client.request(method, filled(one.where))
            assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/sign-in"), one.where


async def test_a_browser_that_gave_no_code_yet_sees_no_page(console: Console) -> None:  # noqa: F811
    somebody = await console.as_(*Role)
    await console.write(lambda tx: tx.exec_driver_sql("UPDATE sessions SET strong = false"))
    somebody.client.follow_redirects = False
    for one in PAGES:
        for method in one.methods:
            answer = await somebody.client.request(method, filled(one.where))
            assert answer.status_code == 303, one.where


def test_every_page_has_roles_and_no_two_are_at_one_place() -> None:
    assert all(one.who for one in PAGES)
    assert all(one.methods for one in PAGES)
    assert len({one.where for one in PAGES}) == len(PAGES)


def test_no_page_changes_anything_by_get() -> None:
    assert {method for one in PAGES for method in one.methods} <= {"GET", "POST"}


@pytest.mark.parametrize("role", [None, *Role])
async def test_each_role_opens_its_pages_and_no_other(console: Console, role: Role | None) -> None:  # noqa: F811
    somebody = await somebody_with(console, *([role] if role else []))
    somebody.client.follow_redirects = False
    wrong = []
    for one in GETS:
        answer = await somebody.client.get(filled(one.where))
        if answer.status_code not in expected(one, role):
            wrong.append((one.where, answer.status_code))
    assert wrong == []


def expected(one: Page, role: Role | None) -> set[int]:
    if "{" in one.where:
        return {404}
    if one.who == ANYBODY or role in one.who:
        return {200, 303}
    return {303} if one.where == "/" else {404}


@pytest.mark.parametrize("role", [None, *Role])
async def test_each_role_changes_what_is_its_own_and_nothing_else(
    console: Console,  # noqa: F811
    role: Role | None,
) -> None:
    somebody = await somebody_with(console, *([role] if role else []))
    token = await token_of(somebody)
    wrong = []
    for one in POSTS:
        theirs = one.who == ANYBODY or role in one.who
        path = filled(one.where)
        bare = await somebody.client.post(path, data={"form_token": "f" * 32})
        if bare.status_code != (403 if theirs else 404):
            wrong.append((path, "without the form's token", bare.status_code))
        if not theirs and (await somebody.client.post(path, data={"form_token": token})).status_code != 404:
            wrong.append((path, "with the token", 0))
    assert wrong == []


async def token_of(browser: Browser) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', (await browser.get("/account")).text)
    assert found
    return found[1]


async def test_no_form_of_another_site_changes_anything(console: Console) -> None:  # noqa: F811
    everybody = await console.as_(*Role)
    token = await token_of(everybody)
    for site in ("cross-site", "same-site"):
        for path in [filled(one.where) for one in POSTS] + ["/sign-in", "/sign-out", "/sign-in/demo"]:
            answer = await everybody.client.post(
                path,
                data={"form_token": token},
                headers={"Sec-Fetch-Site": site, "Origin": "https://elsewhere.example"},
            )
            assert answer.status_code == 403, path
    assert COOKIE in everybody.client.cookies


async def test_another_browsers_form_token_is_none(console: Console) -> None:  # noqa: F811
    everybody, other = await console.as_(*Role), await console.as_(*Role)
    token = await token_of(other)
    await everybody.get("/account")
    assert (await everybody.client.post("/account/sessions", data={"form_token": token})).status_code == 403
    assert (await everybody.client.post("/account/sessions", data={})).status_code == 403


async def test_a_form_of_nothing_or_nonsense_breaks_no_page(console: Console) -> None:  # noqa: F811
    everybody = await somebody_with(console, *Role)
    token = await token_of(everybody)
    wrong = []
    for one in POSTS:
        for form in ({}, {"name": "\u202e" + "x" * 6000, "page": "-1"}):
            answer = await everybody.client.post(filled(one.where), data={"form_token": token, **form})
            if answer.status_code not in ({404, 400} if "{" in one.where else {200, 400}):
                wrong.append((one.where, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_a_token_of_nobody_is_no_page_however_odd(console: Console) -> None:  # noqa: F811
    everybody = await somebody_with(console, *Role)
    wrong = []
    for one in GETS:
        for token in ODD if "{" in one.where else ():
            answer = await everybody.get(filled(one.where, token))
            if answer.status_code != 404:
                wrong.append((one.where, token, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("asked", ["?page=0", "?page=-1", "?page=9999999999999", "?page=x&done=x&then=//x", "?%00=%00"])
async def test_an_odd_question_breaks_no_page(console: Console, asked: str) -> None:  # noqa: F811
    everybody = await somebody_with(console, *Role)
    for one in GETS:
        if "{" not in one.where:
            assert (await everybody.get(one.where + asked)).status_code in {200, 404}, one.where


class Inline(HTMLParser):
    """What a page must not carry: script or style of its own, and files of another host."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in {"style", "iframe", "object", "embed", "base"} or (tag == "script" and "src" not in given):
            self.found.append(tag)
        for name, value in attrs:
            if name == "style" or name.startswith("on") or (value or "").strip().casefold().startswith("javascript:"):
                self.found.append(f"{tag} {name}")
            loads = name in {"src", "srcset", "action", "formaction"} or (tag == "link" and name == "href")
            if loads and re.match(r"\s*(?:[a-z]+:)?//", value or "", re.IGNORECASE):
                self.found.append(f"{tag} {name} of another host")


async def answers(console: Console) -> AsyncIterator[tuple[str, httpx.Response]]:  # noqa: F811
    """One of each kind: every page, the open ones, and every way to say no."""
    everybody, nobody = await console.as_(*Role), console.client()
    for one in GETS:
        yield one.where, await everybody.get(filled(one.where))
    for path in ("/sign-in", "/accessibility", "/welcome/nobody", "/nowhere", "/sign-out"):
        yield path, await nobody.get(path)
    yield "a redirect", await nobody.get("/team", follow_redirects=False)
    yield "no form token", await nobody.post("/sign-in", data={})
    yield "too much", await nobody.post("/sign-in", content=b"x" * 300_000)
    yield "not a form", await nobody.post("/sign-in", content=b"\xff")
    yield "not that way", await everybody.client.delete("/team")


async def test_every_answer_keeps_the_browser_from_harm(console: Console) -> None:  # noqa: F811
    seen = 0
    async for name, answer in answers(console):
        given = {header: answer.headers.get(header) for header in HEADERS}
        assert given == dict(HEADERS), name
        assert answer.headers["strict-transport-security"] == "max-age=31536000", name
        assert "server" not in answer.headers, name
        seen += 1
    assert seen > len(GETS) + 9
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


async def test_no_page_has_script_or_style_of_its_own(console: Console) -> None:  # noqa: F811
    async for name, answer in answers(console):
        looked = Inline()
        looked.feed(answer.text)
        assert looked.found == [], name


async def test_there_is_no_page_and_it_is_not_yours_are_the_same_page(console: Console) -> None:  # noqa: F811
    viewer = await console.as_(Role.VIEWER)
    pages = [await viewer.get(path) for path in ("/nowhere", "/team", "/team/nobody", "/people/nobody")]
    texts = {re.sub(r'name="form_token" value="[^"]+"', "", one.text) for one in pages}
    assert {one.status_code for one in pages} == {404}
    assert len(texts) == 1


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that trips over a person's words."""

    async def trip(_asked: object) -> None:
        raise ValueError("Asha wrote: my neighbour hits me")

    monkeypatch.setattr("console.app.PAGES", (page("/broken", ANYBODY, get=trip),))  # type: ignore[arg-type]


@pytest.mark.usefixtures("broken")
async def test_a_page_that_fails_tells_nobody_a_word_of_it(
    console: Console,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    somebody = await console.as_(Role.VIEWER)
    somebody.client.event_hooks = {}
    answer = await somebody.get("/broken")
    printed = capsys.readouterr()
    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
    assert dict(HEADERS).items() <= {name: answer.headers.get(name) for name in HEADERS}.items()
    assert "page_failed" in printed.out + printed.err
    assert "Asha" not in answer.text + printed.out + printed.err


def test_the_rule_sees_what_it_should() -> None:
    looked = Inline()
    looked.feed('<p style="x" onclick="y"><script>z</script><img src="//elsewhere.example/x"><a href="javascript:z">')
    assert looked.found == ["p style", "p onclick", "script", "img src of another host", "a href"]
