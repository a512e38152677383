"""The tour: eighteen pages of the console over the demo, in pictures with a sentence each. `make tour` makes it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.journeys import demo
from tests.journeys.conftest import ARGUMENTS, chromium
from tests.journeys.team import come_in

DOCS = Path(__file__).parents[2] / "docs"


@dataclass(frozen=True)
class Stop:
    """One picture: who of the team sees it, how to get there, and what it shows, said for those who cannot see."""

    name: str
    who: str
    title: str
    words: str
    go: Callable[[Page], object]


def _open(page: Page, path: str, link: str) -> None:
    """Open the list at `path`, and what that link of it leads to."""
    page.goto(path)
    page.locator("main").get_by_role("link", name=link).first.click()
    expect(page.get_by_role("navigation", name="Way back")).to_be_visible()


def _from(page: Page, path: str, words: str) -> None:
    """That page, from these words of it on."""
    page.goto(path)
    page.get_by_text(words).filter(visible=True).first.evaluate("found => found.scrollIntoView()")


def _of_the_next_meeting(page: Page, link: str = "") -> None:
    """The page of the meeting that comes next; or what that link of it leads to."""
    _open(page, "/meetings", "Carers' space")
    if link:
        page.get_by_role("link", name=link).click()
        expect(page.get_by_role("link", name="Back to the meeting")).to_be_visible()


def _enter_a_form(page: Page) -> None:
    """A paper form that waits for its person's yes."""
    page.goto("/sign-ups/new")
    page.get_by_label("First name").fill("Delphine")
    page.get_by_label("Mobile number").fill("07700 900321")
    page.get_by_label("They said yes, and signed on").fill("2 11 2026")
    page.get_by_label("They are 18 or over").check()
    page.get_by_role("button", name="Enter the form").click()
    expect(page.get_by_role("link", name="Delphine")).to_be_visible()
    page.goto("/sign-ups")


def _write_to_all(page: Page) -> None:
    """A message in English, for everybody, looked at before it goes."""
    page.goto("/broadcasts/new")
    page.get_by_label("A name for it").fill("The carers' meeting has moved")
    page.get_by_label("The message in: English", exact=True).fill(
        "{council} here. {name}, the carers' meeting on Thursday 26 November, 2pm, is in Oak Hall, by Aldi. {stop}"
    )
    page.get_by_role("button", name="Keep it and go on").click()
    page.get_by_label("Every member").check()
    page.get_by_role("button", name="Keep it and look at it").click()
    expect(page.get_by_role("heading", name="What it costs")).to_be_visible()


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
        lambda page: _open(page, "/inbox?show=all", "Winnie"),
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
        lambda page: _open(page, "/people", "Ines"),
    ),
    Stop(
        "project",
        "Sam Field",
        "A project",
        "What taking part means, how much say people have, who leads it, and how all of it reads on a phone.",
        lambda page: _open(page, "/projects", "leaflet"),
    ),
    Stop(
        "broadcast",
        "Sam Field",
        "A broadcast",
        "One message for many, as each phone will show it, with whom it reaches and what it costs, before it goes.",
        _write_to_all,
    ),
    Stop(
        "meeting",
        "Sam Field",
        "A meeting",
        "Who comes, who waits and who is not sure; what people are told; and when they are reminded.",
        _of_the_next_meeting,
    ),
    Stop(
        "arrange",
        "Sam Field",
        "What to arrange",
        "What those who come need, in their words, by when to book it, and what became of it.",
        lambda page: _of_the_next_meeting(page, "What to arrange"),
    ),
    Stop(
        "prepare",
        "Sam Field",
        "Preparing a meeting",
        "All that whoever holds it has to know, on one page; with badges and a sheet to sign, to print.",
        lambda page: _of_the_next_meeting(page, "Prepare it"),
    ),
    Stop(
        "feedback",
        "Sam Field",
        "Feedback",
        "How it was, as those who came say it: in figures that single nobody out, and in charts with their tables.",
        lambda page: _from(page, "/feedback", "All meetings of"),
    ),
    Stop(
        "commitments",
        "Sam Field",
        "Commitments",
        "You said, we will: what you heard, what you do about it, who sees to it, and by when. What is late is red.",
        lambda page: _from(page, "/commitments?show=all", "What is due first"),
    ),
    Stop(
        "reports",
        "Sam Field",
        "Reports",
        "The bank over time, in figures of whole months: who came, how they came, and who is missing.",
        lambda page: _from(page, "/reports?part=bank", "How they came"),
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
        lambda page: _open(page, "/safeguarding", "Kath"),
    ),
    Stop(
        "sign-ups",
        "Robin Hill",
        "Sign-ups",
        "For a partner charity: paper forms typed in, and nothing but its own to see.",
        _enter_a_form,
    ),
    Stop(
        "settings",
        "Alex Moor",
        "Settings",
        "Hours, the rota, numbers given in a crisis, topics, channels and the team.",
        lambda page: page.goto("/settings"),
    ),
)


def main() -> None:
    folder = DOCS / "tour"
    folder.mkdir(exist_ok=True)
    lines = [
        "# A tour of the team's pages",
        "",
        "The demo's, with invented people. `make tour` makes these pictures anew.",
    ]
    with tempfile.TemporaryDirectory() as data, demo.running(Path(data)) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        for number, stop in enumerate(STOPS, 1):
            page = browser.new_context(base_url=url, viewport={"width": 1000, "height": 1000}).new_page()
            come_in(page, stop.who)
            stop.go(page)
            page.wait_for_load_state()
            page.screenshot(path=folder / f"{stop.name}.png")
            lines += ["", f"## {number}. {stop.title}", "", stop.words, "", f"![{stop.words}](tour/{stop.name}.png)"]
        browser.close()
    (DOCS / "tour.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
