"""The tour: ten pages of the console over the demo, as pictures with a sentence each. `make tour` makes it anew."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

from tests.journeys.team import come_in

DOCS = Path(__file__).parents[2] / "docs"
_READY_SECONDS = 60


@dataclass(frozen=True)
class Stop:
    """One picture: who of the team sees it, how to get there, and what it shows, said for those who cannot see."""

    name: str
    who: str
    title: str
    words: str
    go: Callable[[Page], object]


def _first(page: Page, area: str, path: str) -> None:
    """Open the list at `path`, and the first thing in it."""
    page.goto(path)
    page.locator(f"{area} a").first.click()


STOPS = (
    Stop(
        "today",
        "Sam Field",
        "Today",
        "The first page. What needs a person now, most urgent first. Each line is one press from doing it.",
        lambda page: page.goto("/"),
    ),
    Stop(
        "inbox",
        "Sam Field",
        "Inbox",
        "Everybody who wrote, newest first, with all of a person's phones in one conversation.",
        lambda page: page.goto("/inbox?show=all"),
    ),
    Stop(
        "thread",
        "Sam Field",
        "One conversation",
        "Both sides as the person sees them, what to arrange for them, and the box to answer in.",
        lambda page: (
            page.goto("/people"),
            page.goto("/inbox?show=all"),
            page.locator("main a[href^='/inbox/']").nth(3).click(),
        ),
    ),
    Stop(
        "questions",
        "Sam Field",
        "Questions",
        "What people asked, in their own words, and by when they were told that they will have an answer.",
        lambda page: page.goto("/questions"),
    ),
    Stop(
        "people",
        "Sam Field",
        "People",
        "Who is in the bank. A name or a number finds somebody; neither is ever in the page's address.",
        lambda page: page.goto("/people"),
    ),
    Stop(
        "person",
        "Sam Field",
        "A person",
        "What they told you, what to arrange for them, and what they agreed to, in the words they were shown.",
        lambda page: (
            page.goto("/people"),
            page.locator("main a[href^='/people/']:not([href='/people/new'])").first.click(),
        ),
    ),
    Stop(
        "tasks",
        "Sam Field",
        "Tasks",
        "Calls and letters for people who do not text. What they say is typed in as their answer.",
        lambda page: page.goto("/tasks"),
    ),
    Stop(
        "safeguarding",
        "Priya Nair",
        "Safeguarding",
        "Somebody may be in danger. Who was alerted and when, and one press to take it. Leads only.",
        lambda page: page.goto("/safeguarding"),
    ),
    Stop(
        "sign-ups",
        "Robin Hill",
        "Sign-ups",
        "For a partner charity: paper forms typed in, and nothing but its own to see.",
        lambda page: page.goto("/sign-ups"),
    ),
    Stop(
        "settings",
        "Alex Moor",
        "Settings",
        "Hours, the rota, numbers given in a crisis, topics, channels and the team.",
        lambda page: page.goto("/settings"),
    ),
)


@contextmanager
def _demo(folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {"HEARD_PORT": str(port), "HEARD_DATA_DIR": str(folder), "HEARD_DEMO": "on"}
    own = {name: value for name, value in os.environ.items() if not name.startswith("HEARD_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], env=own | given, stdout=subprocess.DEVNULL, cwd=DOCS.parent
    )
    try:
        _wait(f"http://127.0.0.1:{port}/readyz")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def _wait(url: str) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, TimeoutError):
            time.sleep(0.1)
    raise SystemExit("the demo did not start")


def main() -> None:
    folder = DOCS / "tour"
    folder.mkdir(exist_ok=True)
    lines = [
        "# A tour of the team's pages",
        "",
        "The demo's, with invented people. `make tour` makes these pictures anew.",
    ]
    program = which("chromium") or which("google-chrome")
    with tempfile.TemporaryDirectory() as data, _demo(Path(data)) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for number, stop in enumerate(STOPS, 1):
            page = browser.new_context(base_url=url, viewport={"width": 1000, "height": 760}).new_page()
            come_in(page, stop.who)
            stop.go(page)
            page.wait_for_load_state()
            page.screenshot(path=folder / f"{stop.name}.png")
            lines += ["", f"## {number}. {stop.title}", "", stop.words, "", f"![{stop.words}](tour/{stop.name}.png)"]
        browser.close()
    (DOCS / "tour.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
