"""Signing in, as somebody of the team does it."""

from __future__ import annotations

import pytest

from bank import ways_in
from console.door import COOKIE
from storage import sessions
from storage.staff import Role
from tests.console.arriving import PHRASE, code_of, hired, sent, signed_in
from tests.console.desk import Console

both = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


@both
async def test_promise_35_a_pass_phrase_then_a_code_open_the_console(console: Console) -> None:
    secret = await hired(console)
    await console.moves(minutes=5)
    client = console.client()

    assert "Enter the code" in (await sent(client, "/sign-in", login="Sam ", pass_phrase=PHRASE)).text
    assert "Your sign-in name" in (await client.get("/")).text, "the code is still to come"
    assert "Your sign-in name" in (await client.get("/account")).text
    assert "Today" in (await sent(client, "/sign-in/code", code=code_of(console, secret))).text

    again = console.client()
    await sent(again, "/sign-in", login="sam", pass_phrase=PHRASE)
    code = code_of(console, secret)
    assert "That code is not right" in (await sent(again, "/sign-in/code", code=code)).text, "a code is good once"


async def test_each_step_gives_the_browser_a_new_token_and_the_old_one_is_worth_nothing(console: Console) -> None:
    secret = await hired(console)
    await console.moves(minutes=5)
    client = console.client()
    await sent(client, "/sign-in", login="sam", pass_phrase=PHRASE)
    half = client.cookies[COOKIE]
    await sent(client, "/sign-in/code", code=code_of(console, secret))
    whole = client.cookies[COOKIE]
    assert half != whole
    assert await console.read(lambda tx: sessions.find(tx, half)) is None

    await sent(client, "/sign-in", login="sam", pass_phrase=PHRASE)
    assert await console.read(lambda tx: sessions.find(tx, whole)) is None, (
        "who signs in again leaves no session behind"
    )


async def test_a_code_has_ten_minutes_after_its_pass_phrase(console: Console) -> None:
    secret = await hired(console)
    client = console.client()
    await sent(client, "/sign-in", login="sam", pass_phrase=PHRASE)
    page = (await client.get("/sign-in/code")).text
    await console.moves(minutes=11)
    assert "Enter the code" in page
    assert "Your pass phrase" in (await client.get("/sign-in/code")).text
    late = await sent(client, "/sign-in", login="sam", pass_phrase=PHRASE)
    assert "Enter the code" in late.text
    assert "Today" in (await sent(client, "/sign-in/code", code=code_of(console, secret))).text


@both
async def test_promise_35_a_session_ends_by_itself(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    assert "Today" in (await sam.get("/")).text
    await console.moves(minutes=29)
    assert "Today" in (await sam.get("/")).text
    await console.moves(minutes=31)
    assert "Your pass phrase" in (await sam.get("/")).text, "half an hour without a press"


async def test_promise_35_a_session_ends_after_a_working_day_however_busy_it_was(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    for _ in range(36):
        assert "Today" in (await sam.get("/")).text
        await console.moves(minutes=20)
    assert "Your pass phrase" in (await sam.get("/")).text


async def test_a_page_that_renews_itself_keeps_nobody_signed_in(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    for _ in range(3):
        await console.moves(minutes=9)
        assert (await sam.get("/", **{"HX-Request": "true"})).status_code == 200
    await console.moves(minutes=9)
    answer = await sam.get("/", **{"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/sign-in")


async def test_who_signs_out_is_out(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    kept = sam.client.cookies[COOKIE]
    answer = await sam.post("/sign-out")
    assert "Your sign-in name" in answer.text
    assert answer.history[0].headers["clear-site-data"] == '"cache", "storage"'
    assert COOKIE not in sam.client.cookies
    assert await console.read(lambda tx: sessions.find(tx, kept)) is None


async def test_after_signing_in_they_are_where_they_wanted_to_be(console: Console) -> None:
    secret = await hired(console)
    await console.moves(minutes=5)
    client = console.client()
    asked = await client.get("/account")
    assert str(asked.url).endswith("/sign-in?then=/account")
    await sent(client, "/sign-in?then=/account", login="sam", pass_phrase=PHRASE)
    came = await sent(client, "/sign-in/code?then=/account", code=code_of(console, secret))
    assert came.url.path == "/account"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//elsewhere.example",
        "https://elsewhere.example",
        "/\\elsewhere.example",
        "/%5Celsewhere.example",
        "javascript:x",
    ],
)
async def test_nobody_is_led_to_another_site(console: Console, elsewhere: str) -> None:
    secret = await hired(console)
    await console.moves(minutes=5)
    client = console.client()
    await sent(client, "/sign-in", login="sam", pass_phrase=PHRASE)
    came = await sent(client, "/sign-in/code", {"then": elsewhere}, code=code_of(console, secret))
    assert (came.url.host, came.url.path) == ("heard.test", "/")


async def test_somebody_with_no_page_of_that_name_lands_on_their_first(console: Console) -> None:
    nobody = await console.as_()
    assert (await nobody.get("/")).url.path == "/account"
    assert (await nobody.get("/inbox")).status_code == 404


async def test_a_link_is_good_once_and_three_days(console: Console) -> None:
    now = console.clock()
    invited = await console.write(lambda tx: ways_in.invite(tx, None, "Sam Field", "sam", [Role.COORDINATOR], now))
    assert invited
    await console.moves(days=2, hours=23)
    assert "Choose a pass phrase" in (await console.client().get(f"/welcome/{invited[1]}")).text
    await console.moves(hours=2)
    assert (await console.client().get(f"/welcome/{invited[1]}")).status_code == 404

    await hired(console, "alex")
    assert "Your account" in (await (await signed_in(console, "alex")).get("/account")).text


@pytest.mark.parametrize(
    ("phrase", "again", "says"),
    [
        ("short", "short", "15 characters or more"),
        ("x" * 201, "x" * 201, "200 characters or fewer"),
        ("passwordpassword", "passwordpassword", "too easy to guess"),
        ("Ashdale Council Sam", "Ashdale Council Sam", "too easy to guess"),
        (PHRASE, f"{PHRASE} ", "not the same"),
    ],
)
async def test_a_pass_phrase_must_be_hard_to_guess(console: Console, phrase: str, again: str, says: str) -> None:
    now = console.clock()
    invited = await console.write(lambda tx: ways_in.invite(tx, None, "Sam Field", "sam", [Role.VIEWER], now))
    assert invited
    secret = "A" * 32
    answer = await sent(
        console.client(),
        f"/welcome/{invited[1]}",
        pass_phrase=phrase,
        again=again,
        secret=secret,
        code=code_of(console, secret),
    )
    assert answer.status_code == 400
    assert says in answer.text
    assert phrase not in answer.text
