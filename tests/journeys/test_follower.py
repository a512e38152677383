"""Somebody new is lost where a page of instructions is wrong: else it could promise anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.journeys.follower import PATIENCE, Follower, Lost
from tests.journeys.instructions import Step, Unread, day, read, sections

HOME = "http://heard.example"
HERE = "http://127.0.0.1:8000"
WORDS = """<main><h1>Today</h1><form action=/done>
<button>Keep it</button> <button>Send MENU</button> <button>Send</button> <button>Move time: 1 day</button>
<fieldset><legend>Title</legend><label>English<input name=title></label></fieldset>
<fieldset><legend>Where</legend><label>English<input name=where></label></fieldset>
<fieldset><legend>On which day?</legend><input> <input> <input></fieldset>
<label><input type=radio name=one> Yes</label> <label><input type=radio name=one> No</label>
<label for=who>Who?</label><select id=who><option>Sam<option>Priya</select>
<label><input type=checkbox> Choose this answer: a ramp</label>
<label><input type=checkbox> Choose this answer: a bus</label>
</form><table><tr><td>Rosie<td><a href=/done>Answer</a></tr><tr><td>Wilf<td><a href=/lost>Answer</a></tr></table>
<p hidden>It was sent.</p></main>"""
PAGES = {
    "/": WORDS,
    "/done": "<main>It is kept.</main>",
    "/try/": "<main>It is <strong>Monday 4 January, 10am</strong>",
}

CAN_BE_FOLLOWED = [
    'Press **Keep it**. You see "It is kept."',
    'Press **1 day**. You see "It is kept".',
    "Press **Send**.",
    'Open **Answer** beside **Rosie**. You see "It is kept."',
    'You see "Answer" beside **Wilf**.',
    "Write `Tea` in **English** under **Title**. Choose **Yes**. Choose **Priya** in **Who?**.",
    "Write the date of two days from today in **On which day?**.",
    "Tick **Choose this answer** beside **a bus**.",
    'If you see "Sign in", press **Come in**. If you see "Today", press **Keep it**. You see "It is kept."',
    f'Open [the start]({HERE}/). You see "Today".',
]
LEADS_NOWHERE = [
    "Press **Throw it away**.",  # it is not there
    "Press **Keep**. Press **Keep it**.",  # the first leads away, the second is not there any more
    "Open **Answer**.",  # two are called so
    "Open **Answer** beside **Gwen**.",
    'Open **Answer** beside **Wilf**. You see "It is kept."',  # a link that leads nowhere
    "Write `Tea` in **English**.",  # which of the two?
    "Write `Tea` in **English** under **How**.",
    "Tick **Choose this answer**.",
    "Tick **Choose this answer** beside **a lift**.",
    "Choose **Yes** under **Are these words right?**.",
    "Choose **Alex** in **Who?**.",
    "Write the date of today in **By when?**.",
    'You see "It is kept."',  # promised, and not there
    'You see "It was sent."',  # there, and not to be seen
    'You see "Keep it" beside **Rosie**.',
    'If you see "Today", press **Come in**.',
    f"Open [another page]({HERE}/gone).",
]
SAYS_NOTHING_TO_DO = [
    "Have a look round.",
    "Press Keep it.",
    "Press **Keep it**. Well done.",
    "Open [elsewhere](http://a.example/).",
]

SMALL_PAGE = """# Title
Open **Nothing**.

## One
1. Press
   **A**.

Prose.
- Press **B**.

## Empty
Prose.

## Two
- Press **C**.
"""


@pytest.fixture(scope="module")
def one_page(browser: Browser) -> Iterator[Page]:
    page = browser.new_context(base_url=HOME).new_page()
    page.context.route("**/*", _answer)
    yield page
    page.context.close()


def _answer(route: Route) -> None:
    path = route.request.url.removeprefix(HOME).partition("?")[0]
    route.fulfill(status=200 if path in PAGES else 404, content_type="text/html", body=PAGES.get(path, "Nothing."))


@pytest.fixture
def follower(one_page: Page) -> Follower:
    one_page.set_default_timeout(PATIENCE)
    one_page.goto(f"{HOME}/")
    return Follower(one_page, HOME)


@pytest.fixture
def hasty(follower: Follower, one_page: Page) -> Follower:
    """Who gives up soon: what is not there does not come by waiting."""
    return Follower(one_page, HOME, patience=300)


@pytest.mark.browser
@pytest.mark.parametrize("text", CAN_BE_FOLLOWED)
def test_what_is_there_is_found(follower: Follower, text: str) -> None:
    follower.follow(Step(1, text))


@pytest.mark.browser
@pytest.mark.parametrize("text", LEADS_NOWHERE)
def test_a_step_that_leads_nowhere_is_told(hasty: Follower, text: str) -> None:
    with pytest.raises(Lost, match=r"a step nobody can follow: line 7, .+"):
        hasty.follow(Step(7, text))


@pytest.mark.parametrize("text", SAYS_NOTHING_TO_DO)
def test_what_is_no_step_is_told(text: str) -> None:
    with pytest.raises(Unread, match="a step nobody can follow: line 7, "):
        list(read(Step(7, text)))


def test_items_of_lists_are_steps_and_all_else_is_free() -> None:
    found = [(section.title, [(step.line, step.text) for step in section.steps]) for section in sections(SMALL_PAGE)]
    assert found == [("One", [(5, "Press **A**."), (9, "Press **B**.")]), ("Two", [(15, "Press **C**.")])]


@pytest.mark.parametrize(
    ("words", "today", "meant"),
    [
        ("today", date(2026, 12, 31), date(2026, 12, 31)),
        ("two days from today", date(2026, 12, 31), date(2027, 1, 2)),
        ("a week from today", date(2026, 12, 31), date(2027, 1, 7)),
        ("the first Wednesday after three weeks", date(2026, 12, 2), date(2026, 12, 23)),
        ("the first Wednesday after three weeks", date(2026, 12, 3), date(2026, 12, 30)),
        ("the first Wednesday after a week", date(2024, 12, 17), date(2025, 1, 8)),  # both before it are holidays
    ],
)
def test_days_are_found(words: str, today: date, meant: date) -> None:
    assert day(words, today) == meant


def test_a_day_that_nobody_can_find_is_told() -> None:
    with pytest.raises(Unread, match="some day"):
        day("some day", date(2026, 12, 1))
