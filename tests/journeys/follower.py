"""Somebody new at a browser, who does what a page of instructions says, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from playwright.sync_api import Error, Locator, Page, expect

from tests.journeys.instructions import Step, day, read

PATIENCE = 20_000
_CLOCK = re.compile(r"It is \w+ (\d+ \w+),")
_FIELDS, _BOXES = "input, textarea", "input[type=radio], input[type=checkbox]"
# What stands beside each other: a row of a table, of a list, of names and values.
_ROWS = "tr, li, dl > div"

Finds = Callable[[str | re.Pattern[str], bool], Locator]


class Lost(AssertionError):
    """Nobody could go on from here: it is not there, it could be two things, or what was promised is not seen."""


class Follower:
    """`home` is where the service is that they use; `patience` in milliseconds: how long they wait for a sight."""

    def __init__(self, page: Page, home: str, patience: int = PATIENCE) -> None:
        self.page, self._home, self._patience = page, home, patience
        page.set_default_timeout(patience)

    def follow(self, step: Step) -> None:
        """Raises Lost, and Unread."""
        for sentence in read(step):
            do: Callable[..., None] = getattr(self, f"_{sentence.verb}")
            try:
                do(*sentence.words)
            except (AssertionError, Error) as why:
                where = f"line {step.line}, {sentence.text} At {self.page.url}"
                raise Lost(f"a step nobody can follow: {where}: {why}") from why

    def _goes(self, address: str) -> None:
        """The link names the machine of whoever reads it; here is another."""
        there = urlsplit(address)
        answer = self.page.goto(f"{self._home}{there.path}?{there.query}".rstrip("?"))
        assert answer is not None
        assert answer.ok, f"it answers {answer.status}"

    def _opens(self, name: str, beside: str | None) -> None:
        self._one(lambda called, exact: self._row(beside).get_by_role("link", name=called, exact=exact), name).click()
        self.page.wait_for_load_state()

    def _presses(self, name: str, beside: str | None = None) -> None:
        button = self._one(
            lambda called, exact: self._row(beside).get_by_role("button", name=called, exact=exact), name
        )
        if not button.evaluate("button => !!button.closest('[data-in-place]')"):
            with self.page.expect_navigation():
                button.click()
            return
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            button.click()
        expect(self.page.locator("form[aria-busy]")).to_have_count(0, timeout=self._patience)

    def _presses_if(self, sight: str, name: str) -> None:
        if sight in self.page.locator("main").inner_text():
            self._presses(name)

    def _writes(self, text: str, label: str, under: str | None) -> None:
        self._labelled(_FIELDS, label, under).fill(text)

    def _ticks(self, label: str, beside: str | None, under: str | None) -> None:
        """Boxes that say the same are told apart by what each stands beside: whoever only hears them is told it too."""
        if beside is None:
            self._labelled(_BOXES, label, under).check()
            return
        both = re.compile(rf"^\s*{re.escape(label)}.*{re.escape(beside)}", re.DOTALL)
        self.page.get_by_label(both).and_(self.page.locator(_BOXES)).check()

    def _picks(self, name: str, label: str) -> None:
        self._labelled("select", label, None).select_option(label=name)

    def _dates(self, words: str, label: str) -> None:
        parts = self._group(label).get_by_role("textbox")
        expect(parts).to_have_count(3, timeout=self._patience)
        wanted = day(words, self._today())
        for part, number in zip(parts.all(), (wanted.day, wanted.month, wanted.year), strict=True):
            part.fill(str(number))

    def _sees(self, text: str, beside: str | None) -> None:
        where = self._row(beside) if beside else self.page.locator("main")
        found = where.filter(has_text=text) if beside else where
        expect(found.first).to_contain_text(text, use_inner_text=True, timeout=self._patience)

    def _row(self, beside: str | None) -> Locator:
        """The rows in which that stands; the whole page where it is not said."""
        return self.page.locator("main").locator(_ROWS).filter(has_text=beside) if beside else self.page.locator("body")

    def _group(self, name: str) -> Locator:
        return self._one(lambda called, exact: self.page.get_by_role("group", name=called, exact=exact), name)

    def _labelled(self, kind: str, label: str, under: str | None) -> Locator:
        part, those = self._group(under) if under else self.page, self.page.locator(kind)
        return self._one(lambda called, exact: part.get_by_label(called, exact=exact).and_(those), label)

    def _one(self, finds: Finds, name: str) -> Locator:
        """What bears exactly that name; else what begins or ends with it. There must be one alone."""
        words = re.escape(name)
        begins, ends = re.compile(rf"^\s*{words}(?!\w)"), re.compile(rf"(?<!\w){words}\s*$")
        for found in (finds(name, True), finds(begins, False), finds(ends, False)):
            if found.filter(visible=True).count() == 1:
                return found.filter(visible=True)
        expect(finds(begins, False).filter(visible=True)).to_have_count(1, timeout=self._patience)
        return finds(begins, False).filter(visible=True)

    def _today(self) -> date:
        """The day that the demo's phones show: time may have been moved there."""
        phones = self.page.context.new_page()
        phones.goto(f"{self._home}/try/?phone=")
        found = _CLOCK.search(phones.locator("main").inner_text())
        phones.close()
        assert found is not None, "the phones show no day"
        first = datetime.now(UTC).date() - timedelta(days=1)
        days = (first + timedelta(days=number) for number in range(366))
        return next(one for one in days if f"{one.day} {one:%B}" == found[1])
