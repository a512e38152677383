"""The frame of the console's pages in a real browser: how it looks, what it weighs, and what it keeps to itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader
from playwright.sync_api import Browser, Page, Response, expect
from starlette.applications import Starlette
from starlette.requests import Request as WebRequest
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response as WebResponse
from starlette.routing import Route

from console import assets, build
from console.gaps import Gap
from console.said import Said
from language.dates import clock
from language.wording import SOURCE_LANGUAGE

# Fixtures that the journeys have too.
from tests.journeys.conftest import axe, browser, keep_picture, node, node_modules  # noqa: F401

pytestmark = pytest.mark.browser

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = "(rules) => axe.run(document, {runOnly: rules}).then((found) => found.violations)"
MOST_BYTES = 200_000
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Llanfairpwllgwyngyllgogerychwyrndrobwll"
PLACES = ("Today", "Safeguarding", "Inbox", "Questions", "People", "Tasks")
SAID_AT = datetime(2026, 11, 23, 10, 2, tzinfo=UTC)
MESSAGES = (
    Said(
        "theirs", "Jo", SAID_AT, "SMS", "Hello.\nCan I bring my sister?", day="Monday 23 November", how=("A question.",)
    ),
    Said("ours", "Ashdale Council", SAID_AT, "SMS", "Yes, do bring her.", buttons=("Yes", "No"), after="Delivered."),
    Said("theirs", "Jo", SAID_AT, "SMS", "Dziękuję, źle słyszę.", language="pl", tongue="Polish"),
    Said("theirs", "Jo", SAID_AT, "SMS", "تعال معي", language="ar"),
    Said("note", "Sam, to colleagues", SAID_AT, "", "I have booked two seats."),
    Said("theirs", LONG_NAME, SAID_AT, "WhatsApp", "a" * 160, after="Not delivered.", trouble=True),
    Said("theirs", "Jo", SAID_AT, "SMS", "Rude words.", covered="Show a message with abuse"),
    Said("theirs", "Jo", SAID_AT, "SMS", "", gone="What was written here has been erased."),
)


def templates() -> Environment:
    ours = FileSystemLoader([Path(__file__).parent, build.ROOM / "templates"])
    theirs = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    made = Environment(
        loader=ChoiceLoader([ours, theirs]), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=Gap
    )
    made.globals |= {"asset": assets.url, "council": "Ashdale Council"}
    made.filters["at"] = made.filters["when"] = lambda at: clock(at.time(), SOURCE_LANGUAGE)
    return made


def app() -> Starlette:
    page = templates().get_template("base_page.html")

    async def show(request: WebRequest) -> WebResponse:
        if request.method == "POST":
            return RedirectResponse(str(request.url), status_code=303)
        asked = request.query_params
        mistakes = {"called": "Enter their first name", "channel": "Choose how we reach them"}
        text = page.render(
            title="Jo",
            person=asked.get("person", "Jo"),
            said=MESSAGES,
            thread={"token": "jo"},
            number=2,
            navigation=[{"text": text, "href": "/", "current": text == "Inbox"} for text in PLACES],
            mistakes=mistakes if "wrong" in asked else {},
            done="Your message is on its way." if "done" in asked else "",
            exit_page="https://www.bbc.co.uk/weather",
            owner=asked.get("owner", "sam"),
        )
        return HTMLResponse(text, headers=HEADERS)

    return Starlette(routes=[Route("/", show, methods=["GET", "POST"]), *assets.routes()])


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    build.build()
    # Its own settings for logs would hold for every server that this process has later.
    config = uvicorn.Config(app(), port=0, ws="none", lifespan="off", log_config=None, access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:  # noqa: F811  the fixture above
    """Opens the page; fails afterwards when the browser complained of anything, such as a script it may not run."""
    contexts, complaints = [], []

    def opens(path: str = "/", heard: Callable[[Response], None] | None = None, **window: object) -> Page:
        context = browser.new_context(base_url=address, **window)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if heard is not None:
            page.on("response", heard)
        page.goto(path)
        page.wait_for_load_state("networkidle")
        return page

    yield opens
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("path", ["/?wrong=1", "/?done=1", f"/?person={LONG_NAME}"])
@pytest.mark.parametrize(
    ("name", "window"),
    [
        ("wide", {"viewport": WIDE}),
        ("narrow", {"viewport": NARROW, "has_touch": True}),
        ("own colours", {"viewport": NARROW, "forced_colors": "active", "reduced_motion": "reduce"}),
        ("without script", {"viewport": NARROW, "java_script_enabled": False}),
    ],
)
def test_the_page_is_whole_however_it_is_seen(
    open_page: Open,
    axe: Path,  # noqa: F811  the fixture above
    keep_picture: Callable[[Page, str], None],  # noqa: F811
    path: str,
    name: str,
    window: dict[str, object],
) -> None:
    page = open_page(path, **window)
    keep_picture(page, f"{name} {path.partition('?')[2][:6]}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Jo")
    expect(page.get_by_text("Can I bring my sister?")).to_be_visible()
    expect(page.get_by_text("Rude words.")).to_be_hidden()
    if name != "without script":
        assert page.evaluate("document.documentElement.scrollWidth") <= window["viewport"]["width"]
        page.evaluate(axe.read_text())
        assert [(found["id"], [node["html"] for node in found["nodes"]]) for found in page.evaluate(AXE, RULES)] == []


def test_nothing_comes_from_another_host_and_a_first_visit_is_light(open_page: Open, address: str) -> None:
    asked: list[Response] = []

    def note(response: Response) -> None:
        asked.append(response)

    open_page("/", heard=note, viewport=WIDE)
    sizes = {response.url: response.request.sizes() for response in asked}
    total = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes.values())
    assert {urlsplit(url).netloc for url in sizes} == {urlsplit(address).netloc}
    assert any(url.endswith("atkinson-latin-ext-400.woff2") for url in sizes), "Polish letters have their own file"
    assert all(response.status == 200 for response in asked)
    assert total < MOST_BYTES


def test_our_font_is_used_and_the_crown_is_not(open_page: Open) -> None:
    page = open_page()
    assert page.evaluate("document.fonts.check('19px \"Atkinson Hyperlegible\"')")
    assert "Atkinson" in page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    (styles,) = build.ASSETS.glob("*/heard.css")
    dressed = (page.content() + styles.read_text()).lower()
    assert not [word for word in ("gds transport", "crown", "crest", "open government") if word in dressed]


def test_typing_is_kept_until_it_is_sent(open_page: Open) -> None:
    page = open_page()
    reply = page.get_by_label("Your reply")
    reply.fill("Half an ans")
    page.reload()
    expect(reply).to_have_value("Half an ans")
    page.goto("/?owner=alex")
    expect(reply).to_have_value("")
    page.goto("/")
    expect(reply).to_have_value("")
    reply.fill("A whole answer")
    with page.expect_navigation():
        page.get_by_role("button", name="Save").click()
    page.reload()
    expect(reply).to_have_value("")


def test_the_menu_opens_on_a_small_screen(open_page: Open) -> None:
    page = open_page(viewport=NARROW)
    place = page.get_by_role("link", name="Safeguarding")
    expect(place).to_be_hidden()
    page.get_by_role("button", name="Show or hide the menu").click()
    expect(place).to_be_visible()


def test_the_way_out_is_a_link_that_needs_no_script(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    expect(page.get_by_role("button", name="Exit this page")).to_have_attribute("href", "https://www.bbc.co.uk/weather")
