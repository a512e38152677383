"""A colleague at the console: signed in anew each time they come to it, pressing what their page has."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import httpx

from bank import sign_in
from bot import web
from console.door import COOKIE
from tests.console.desk import HOST
from tests.week.page import Given, Page
from tests.week.world import World

# A session ends sooner than anybody's hour at the desk.
_STAYS = timedelta(minutes=5)


class Desk:
    """`page` is what they look at, `where` its address, and `opened` how many pages they have opened in all."""

    def __init__(self, world: World, staff_id: int | None) -> None:
        self._world = world
        self._staff_id = staff_id
        self._client: httpx.AsyncClient | None = None
        self._house: object = None
        self._since = world.now()
        self.page = Page("")
        self.where = ""
        self.opened = 0

    async def sits_down(self) -> None:
        """In front of the house as it runs now; whoever is of the team is signed in, and stays so for a while."""
        self._since = self._world.now()
        house = self._world.house
        if self._client is None or self._house is not house:
            await self.goes()
            transport = httpx.ASGITransport(web.app(house))
            self._client = httpx.AsyncClient(transport=transport, base_url=HOST, follow_redirects=True)
            self._house = house
        if self._staff_id is not None:
            staff_id, now = self._staff_id, self._world.now()
            session = await house.store.write(lambda tx: sign_in.come_in(tx, staff_id, now))
            self._client.cookies.set(COOKIE, session, domain=urlsplit(HOST).hostname or "")

    async def goes(self) -> None:
        if self._client is not None:
            await self._client.aclose()
        self._client = None

    async def opens(self, where: str) -> str:
        """What the page says. Raises AssertionError where it cannot be opened."""
        return self._took(await self._get(where))

    async def fetches(self, where: str) -> bytes:
        """A file."""
        answer = await self._get(where)
        assert answer.status_code == 200, f"{where} answers {answer.status_code}"
        return answer.content

    async def finds_nothing_at(self, where: str) -> bool:
        """There is no such page for them."""
        return (await self._get(where)).status_code == 404

    async def follows(self, link: str) -> str:
        return await self.opens(self.page.link(link))

    async def presses(self, button: str, **fields: str | list[str]) -> str:
        """The form with that button goes, with these filled in; a dash in a name is written "__"."""
        form = self.page.form_with(button)
        given: Given = {name.replace("__", "-"): value for name, value in fields.items()}
        sent = form.filled(button, given)
        assert self._client is not None
        answer = await self._client.post(form.action or self.where, data=sent)
        return self._took(answer)

    def reads(self) -> str:
        return self.page.words

    async def _get(self, where: str) -> httpx.Response:
        away = self._world.now() - self._since
        if self._client is None or self._house is not self._world.house or away > _STAYS:
            await self.sits_down()
        assert self._client is not None
        return await self._client.get(where)

    def _took(self, answer: httpx.Response) -> str:
        assert answer.status_code < 400, (
            f"{answer.request.url.path}: {answer.status_code} {Page(answer.text).words[:300]}"
        )
        self.page, self.where = Page(answer.text), str(answer.url).removeprefix(HOST)
        self.opened += 1
        return self.page.words
