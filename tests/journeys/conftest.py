"""A real browser, and the real service for it to use."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot import house
from channels.telegram import limits

# Fixtures that the contract tests have too: a session makes each once.
from tests.contracts.conftest import node, node_modules  # noqa: F401
from tests.journeys import demo
from tests.journeys.team import AXE, violations
from tests.signed_off import polish_signed_off

# The first is the same browser without a window, at a third less work.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# Nothing but the page: no updates, no sign-in, no calls home.
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Others may be at work on this machine.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")  # while it is open no asynchronous test of another module could run: it holds the loop
def browser() -> Iterator[Browser]:
    program = chromium()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield opened
        opened.close()


def chromium() -> str | None:
    """The program; the test is left out where there is none."""
    program = _program() or _installed()
    if program is None:
        _give_up("No Chromium here, and it could not be installed: the journeys in a browser were not made.")
    return program


def _program() -> str | None:
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def _installed() -> str | None:
    """Debian's, where we may install it."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    quietly = {"DEBIAN_FRONTEND": "noninteractive"} | os.environ
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", PROGRAMS[0]]):
        subprocess.run(
            [*command, "-o", "DPkg::Lock::Timeout=300"],
            env=quietly,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    return _program()


def _give_up(why: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)


@dataclass(frozen=True)
class Service:
    """A running Heard of the test's own."""

    url: str


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with _service(tmp_path_factory) as opened:
        yield opened


@pytest.fixture(scope="module")
def service_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """For journeys that change the team or move time far: nobody else is there."""
    with _service(tmp_path_factory) as opened:
        yield opened


@contextmanager
def _service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    try:
        with demo.running(tmp_path_factory.mktemp("service")) as url:
            yield Service(url)
    except demo.DidNotStart as why:
        pytest.fail(f"The service did not start:\n{why}")


OpenPage = Callable[..., Page]


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complains of: a broken script, a file that is not there, something the page's policy forbids."""
    return []


@pytest.fixture
def open_page(browser: Browser, service: Service, complaints: list[str]) -> Iterator[OpenPage]:
    """Opens a page of the service in a window of its own; fails afterwards when there was any complaint."""
    contexts = []

    def opens(path: str, *, before: Path | None = None, **window: object) -> Page:
        context = browser.new_context(base_url=service.url, **window)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if before is not None:
            page.add_init_script(path=before)
        page.goto(path)
        return page

    yield opens
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def keep_picture() -> Callable[[Page, str], None]:
    """Saves a picture of the page in the folder that HEARD_SCREENSHOTS names; where it names none, nobody looks."""
    wanted = os.environ.get("HEARD_SCREENSHOTS")

    def keep(page: Page, name: str) -> None:
        if wanted:
            page.screenshot(path=Path(wanted) / f"{name}.png", full_page=True)

    return keep


@pytest.fixture(scope="session")
def axe(node_modules: Path) -> Path:  # noqa: F811  the fixture above
    """axe-core: checks a page against WCAG's testable rules."""
    return node_modules / "axe-core" / "axe.min.js"


@pytest.fixture
def sound(axe: Path) -> Callable[..., None]:
    """Fails where axe-core finds anything wrong with the page as it is now."""

    def check(page: Page, run: str = AXE) -> None:
        assert violations(page, axe, run) == [], page.url

    return check


@pytest.fixture
def refused(complaints: list[str]) -> Callable[[], None]:
    """A form with mistakes was sent back, as it should be: of that, and of nothing else, the browser may complain."""

    def forgive() -> None:
        assert all("status of 400" in complaint for complaint in complaints), complaints
        complaints.clear()

    return forgive


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path | None:
    """Where a long story puts its pictures, if anywhere. Our Polish is signed off; pace is another test's."""
    monkeypatch.setattr(house, "ROOT", polish_signed_off(tmp_path / "signed"))
    for rate in ("BOT_RATE", "CHAT_RATE"):
        monkeypatch.setattr(limits, rate, 100_000)
    wanted = os.environ.get("HEARD_SCREENSHOTS")
    monkeypatch.delenv("HEARD_SCREENSHOTS", raising=False)  # no setting of the house's
    return Path(wanted) if wanted else None
