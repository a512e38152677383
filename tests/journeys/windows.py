"""Browser windows in the event loop of the test, each with a colleague who is signed in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from bank import sign_in
from bank.tokens import token
from console.door import COOKIE
from storage import staff
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Tx
from tests.bot.town import Town
from tests.journeys.conftest import ARGUMENTS, PATIENCE, chromium
from tests.journeys.team import AXE, RULES, WIDE


@dataclass
class Window:
    """One colleague's. `complaints` is what the browser complains of."""

    town: Town
    colleague: Record
    page: Page
    axe: str = field(repr=False)
    pictures: Path | None
    complaints: list[str] = field(default_factory=list)

    async def comes_in(self) -> None:
        """Signed in anew: nobody stays so for long."""
        now = self.town.now()
        session = await self.town.house.store.write(lambda tx: sign_in.come_in(tx, self.colleague.id, now))
        where = {"domain": "127.0.0.1", "path": "/", "secure": True, "httpOnly": True}
        cookie: Any = {"name": COOKIE, "value": session, **where}
        await self.page.context.add_cookies([cookie])

    async def opens(self, path: str) -> None:
        answer = await self.page.goto(path)
        assert answer is not None
        assert answer.ok, f"{path} answers {answer.status}"

    async def looks_away(self) -> None:
        """No page is open that renews itself, and leads to the sign-in page once they have been out for long."""
        await self.page.goto("about:blank")

    async def follows(self, name: str, *, exact: bool = False) -> None:
        await self.page.get_by_role("link", name=name, exact=exact).first.click()

    async def presses(self, name: str) -> None:
        """A button that sends its form; the page that comes is there when this returns."""
        async with self.page.expect_navigation():
            await self.page.get_by_role("button", name=name, exact=True).click()

    async def fills(self, **fields: str) -> None:
        """Fields by their names; a dash in one is written "__"."""
        for name, text in fields.items():
            await self.page.locator(f"[name='{name.replace('__', '-')}']").fill(text)

    async def ticks(self, name: str, value: str) -> None:
        await self.page.locator(f"input[name='{name}'][value='{value}']").check()

    async def reads(self) -> str:
        """The page's own part, as it is seen."""
        return " ".join((await self.page.locator("main").inner_text()).split())

    async def is_sound(self) -> None:
        """axe-core finds nothing wrong with the page as it is now."""
        if not await self.page.evaluate("() => 'axe' in window"):
            await self.page.evaluate(self.axe)
        found = await self.page.evaluate(AXE, RULES)
        told = [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found]
        assert not told, f"{self.page.url}: {told}"

    async def is_pictured(self, name: str) -> None:
        if self.pictures is not None:
            await self.page.screenshot(path=self.pictures / f"{name}.png", full_page=True)


@dataclass
class Windows:
    """Those of one test."""

    town: Town
    browser: Browser
    axe: str
    pictures: Path | None
    opened: list[Window] = field(default_factory=list)

    async def of(self, name: str, *roles: Role) -> Window:
        """Somebody new with these roles, signed in, with a window of their own."""
        colleague = await self.town.house.store.write(lambda tx: self._hire(tx, name, roles))
        context = await self.browser.new_context(base_url=self.town.url, viewport=WIDE)  # type: ignore[arg-type]
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        window = Window(self.town, colleague, page, self.axe, self.pictures)
        page.on("console", lambda said: window.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: window.complaints.append(str(error)))
        await window.comes_in()
        self.opened.append(window)
        return window

    def _hire(self, tx: Tx, name: str, roles: tuple[Role, ...]) -> Record:
        about = {"name": name, "login": name.casefold(), "state": StaffState.ACTIVE, "last_step": 0}
        row = staff.add(tx, token=token(), created_at=self.town.now(), **about)
        staff.give(tx, row.id, roles)
        return row


@asynccontextmanager
async def windows(town: Town, axe: Path, pictures: Path | None) -> AsyncIterator[Windows]:
    """A browser, closed at the end; nothing that it complained of is left unsaid."""
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        found = Windows(town, browser, axe.read_text(encoding="utf-8"), pictures)
        try:
            yield found
        finally:
            await browser.close()
    assert [complaint for window in found.opened for complaint in window.complaints] == []
