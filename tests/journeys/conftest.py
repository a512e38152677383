"""A real browser, and the real service for it to use."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

# Fixtures that the contract tests have too: a session makes each once.
from tests.contracts.conftest import node, node_modules  # noqa: F401

ROOT = Path(__file__).parents[2]
PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
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
READY_SECONDS = 60


@pytest.fixture(scope="module")  # while it is open no asynchronous test of another module could run: it holds the loop
def browser() -> Iterator[Browser]:
    program = _program() or _installed()
    if program is None:
        _give_up("No Chromium here, and it could not be installed: the journeys in a browser were not made.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield opened
        opened.close()


def _program() -> str | None:
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def _installed() -> str | None:
    """Debian's Chromium, where we may install it."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    quietly = {"DEBIAN_FRONTEND": "noninteractive"} | os.environ
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
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
    folder = tmp_path_factory.mktemp("service")
    port = _free_port()
    own = {name: value for name, value in os.environ.items() if not name.startswith("HEARD_")}
    given = {"HEARD_PORT": str(port), "HEARD_DATA_DIR": str(folder / "var"), "HEARD_DEMO": "on"}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=ROOT, env=own | given, stdout=log, stderr=subprocess.STDOUT
        )
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_until_ready(process, f"{url}/readyz", folder / "log")
            yield Service(url)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, TimeoutError):
            time.sleep(0.05)
    pytest.fail(f"The service did not start:\n{log.read_text()}")


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
        page.set_default_timeout(15_000)
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
def keep_picture(tmp_path: Path) -> Callable[[Page, str], None]:
    """Saves a picture of the page in the folder that HEARD_SCREENSHOTS names, else in the test's own."""
    folder = Path(os.environ.get("HEARD_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)

    def keep(page: Page, name: str) -> None:
        page.screenshot(path=folder / f"{name}.png", full_page=True)

    return keep


@pytest.fixture(scope="session")
def axe(node_modules: Path) -> Path:  # noqa: F811  the fixture above
    """axe-core: checks a page against WCAG's testable rules."""
    return node_modules / "axe-core" / "axe.min.js"
