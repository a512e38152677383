"""Figures as the pages of a broadcast show them, read off in the browser."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from channels.fakes.book import Entry
from storage.picking import Way
from tests.journeys.windows import Window

WAYS = {
    "Text messages": Way.SMS,
    "WhatsApp": Way.WHATSAPP,
    "Telegram": Way.TELEGRAM,
    "Phone calls, as tasks for the team": Way.CALL,
    "Letters, as tasks for the team": Way.LETTER,
}
_OF_PROJECTS = {"Interested": "yes", "Not for them": "no", "Not now": "later"}
_OF_MEETINGS = {"Coming": "yes", "Not coming": "no", "Not sure": "maybe"}
_ANSWERS = _OF_PROJECTS | _OF_MEETINGS
_REPLIED, _FAILED = "Wrote to us within 7 days", "Failed"
_ROWS = """(rows) => rows.map((row) =>
    [row.querySelector("dt"), row.querySelector("dd")].map((one) => one.innerText.trim()))"""


@dataclass(frozen=True, slots=True)
class Figures:
    """The page of the progress. `failed` is by the code in brackets, `left_out` by the sentence that says why."""

    stands: Mapping[str, int]
    failed: Mapping[str, int]
    replied: int
    answers: Mapping[str, int]
    left_out: Mapping[str, int]
    people: int

    @property
    def sum(self) -> int:
        """Everybody of whom the page says something."""
        return sum((*self.stands.values(), *self.failed.values(), *self.left_out.values()))


async def progress(window: Window) -> Figures:
    rows = await listed(window, "#figures")
    failed = {value.rpartition("(")[2].removesuffix(")"): _number(value) for name, value in rows if name == _FAILED}
    others = {name: _number(value) for name, value in rows if name != _FAILED}
    was_for = await window.page.locator("#figures .govuk-body-l").inner_text()
    found = re.fullmatch(r"It was for ([\d,]+) people\.", was_for)
    assert found is not None, was_for
    return Figures(
        stands={name: number for name, number in others.items() if name not in _ANSWERS and name != _REPLIED},
        failed=failed,
        replied=others[_REPLIED],
        answers={answer: others[name] for name, answer in _ANSWERS.items() if name in others},
        left_out=await left_out(window, "#figures"),
        people=_number(found[1]),
    )


def by_the_book(sent: Iterable[Entry]) -> Counter[str]:
    """How many phones each last word of a provider is about: a status, a code, or none at all."""
    last = {entry.to: entry.history[-1] if entry.history else None for entry in sent}
    return Counter("" if mark is None else str(mark.error or mark.status) for mark in last.values())


async def reached(window: Window) -> dict[Way, int]:
    """By way, how many the page of the check says that it reaches."""
    return {WAYS[name]: _number(value) for name, value in await listed(window) if name in WAYS}


async def left_out(window: Window, inside: str = "main") -> dict[str, int]:
    """By the sentence that says why, how many the page says are left out."""
    told = await window.page.locator(f"{inside} li").all_inner_texts()
    found = (re.fullmatch(r"([\d,]+) (?:people|person) (.+)", text.strip()) for text in told)
    return {one[2]: _number(one[1]) for one in found if one is not None}


async def cost(window: Window) -> tuple[float, list[tuple[str, int, float]]]:
    """What the page of the check says that it costs at the most, in pounds; and each row's way, people and pounds."""
    caption = await window.page.locator("main caption").inner_text()
    found = re.match(r"It costs £([\d,.]+) at the most", caption)
    assert found is not None, caption
    rows = [row.split("\t") for row in await window.page.locator("main tbody tr").all_inner_texts()]
    return _pounds(found[1]), [(row[0].strip(), _number(row[2].strip()), _pounds(row[-1])) for row in rows]


async def listed(window: Window, inside: str = "main") -> list[tuple[str, str]]:
    """What stands in the lists of a page's part: what it is, and how much."""
    found = await window.page.locator(f"{inside} .govuk-summary-list__row").evaluate_all(_ROWS)
    return [(str(name), str(value)) for name, value in found]


async def said(window: Window) -> dict[str, int]:
    """By answer, how many people the page of who said what has; "All" is what it says that they are together."""
    found = await window.page.get_by_role("navigation", name="By answer").get_by_role("listitem").all_inner_texts()
    told = (text.rpartition(": ") for text in found)
    return {name.strip(): _number(number) for name, _colon, number in told}


def _number(text: str) -> int:
    found = re.match(r"[\d,]+", text)
    assert found is not None, text
    return int(found[0].replace(",", ""))


def _pounds(text: str) -> float:
    return float(text.strip().removeprefix("£").replace(",", ""))
