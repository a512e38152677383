"""What was promised, for anybody who has the address: all of it for the group that scrutinises us, and a project's.

The group's page opens by an address that nobody guesses, as the file for somebody's calendar does: no login, no cookie,
nothing kept on the way, and no search engine lists it. Neither page has a form: nobody can change a word there.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request as WebRequest
from starlette.responses import Response
from starlette.routing import Route

from bank import our_numbers, promises_group, promises_paper, promises_public, promises_shown
from bank.print_made import CannotPrint
from bank.project_facts import said as written
from bank.promises_paper import Order
from bank.promises_shown import Shown
from bank.saying import Saying
from console import feed
from console.door import Door
from console.page import OURS
from console.printing import fonts, made
from console.public_frame import KEPT, Frame, said, way
from flows import promises_page
from language.tag import html_lang
from storage.schema import Record
from storage.store import Tx

PAGE, PROJECT = "/promises/{token}", "/promises/project/{token}"
# Whoever has the address may read it; nobody else is led there.
_UNLISTED = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}


class Promises:
    """The pages, the paper, and the feed of a project's."""

    def __init__(self, door: Door) -> None:
        self._room = door.room
        self._frame = Frame(door, promises_page)
        self._door = door

    def routes(self) -> list[Route]:
        public = self._door.public
        return [
            Route(PROJECT, public(self.project), methods=["GET"]),
            Route(f"{PROJECT}/feed.xml", public(self.feed), methods=["GET"]),
            Route(PAGE, public(self.group), methods=["GET"]),
            Route(f"{PAGE}/paper", public(self.paper), methods=["GET"]),
        ]

    async def group(self, request: WebRequest) -> Response:
        """All that was promised, for those who scrutinise it."""
        languages = self._frame.languages()
        say = self._frame.saying(request, languages)
        shown = await self._all(request, say)
        if shown is None:
            return self._gone(request)
        token = str(request.path_params["token"])
        more = self._values(shown, say) | {"paper": f"/promises/{token}/paper?language={say.language}"}
        title = say(promises_page.PROMISES)
        return self._frame.page(request, "promises.html", say, title, languages, headers=_UNLISTED, **more)

    async def paper(self, request: WebRequest) -> Response:
        """The same as PDF, in large letters where that is asked for."""
        say = self._frame.saying(request, self._frame.languages())
        shown = await self._all(request, say)
        if shown is None:
            return self._gone(request)
        large = request.query_params.get("size") == "large"
        title = f"{say.organisation.council}: {say(promises_page.PROMISES)}"
        order = Order(title, shown, say, self._room.now(), large)
        try:
            return await made(self._room, lambda: promises_paper.made(order, fonts()), order.name, **_UNLISTED)
        except CannotPrint:
            return self._gone(request)

    async def project(self, request: WebRequest) -> Response:
        """What was promised in a project whose team has that on a page for everybody."""
        languages = self._frame.languages()
        say = self._frame.saying(request, languages)
        found = await self._of_project(request, say)
        if found is None:
            return self._gone(request)
        row, shown = found
        more = self._values(shown, say) | {"about": written(row, "title", say.language), "token": row.token}
        return self._frame.page(request, "promises_project.html", say, more["about"], languages, **more)

    async def feed(self, request: WebRequest) -> Response:
        say = self._frame.saying(request, self._frame.languages())
        found = await self._of_project(request, say)
        if found is None:
            return self._gone(request)
        row, shown = found
        title = f"{written(row, 'title', say.language)}: {say(promises_page.PROMISES)}"
        here = f"{self._room.public_url}/promises/project/{row.token}"
        made = feed.of_promises(shown.changed, title, here, say, self._room.now())
        return Response(made, media_type="application/atom+xml", headers=KEPT)

    async def _all(self, request: WebRequest, say: Saying) -> Shown | None:
        token, now = str(request.path_params["token"]), self._room.now()

        def look(tx: Tx) -> Shown | None:
            return promises_shown.of_bank(tx, say, now) if promises_group.is_its_page(tx, token) else None

        return await self._room.read(look) if OURS.fullmatch(token) else None

    async def _of_project(self, request: WebRequest, say: Saying) -> tuple[Record, Shown] | None:
        token, now = str(request.path_params["token"]), self._room.now()

        def look(tx: Tx) -> tuple[Record, Shown] | None:
            row = promises_public.project(tx, token)
            return (row, promises_shown.of_project(tx, row, say, now)) if row is not None else None

        return await self._room.read(look) if OURS.fullmatch(token) else None

    def _values(self, shown: Shown, say: Saying) -> dict[str, Any]:
        ways = [way(one, say) for one in our_numbers.ways(self._room.ours, "")]
        words = {"promised": said(say, promises_page), "ways": ways, "text": our_numbers.words("")}
        return {**words, "shown": shown, "html_lang": html_lang}

    def _gone(self, request: WebRequest) -> Response:
        languages = self._frame.languages()
        say = self._frame.saying(request, languages)
        title, link_over = say(promises_page.NOT_HERE), say(promises_page.LINK_OVER)
        return self._frame.page(request, "promises_gone.html", say, title, languages, status=404, link_over=link_over)
