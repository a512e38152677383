"""What the public sees, without a login, a script or a cookie: how to join, and what is open to take part in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from starlette.requests import Request as WebRequest
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bank import calendar, calendar_file, helped, open_projects, our_numbers, square_code
from bank.facts import native
from bank.open_projects import OpenProject
from bank.our_numbers import Ready
from bank.saying import Saying, is_written
from channels.message import Channel
from console.door import Door
from console.feed import written
from console.page import OURS
from flows import poster, public_page
from language.tag import html_lang
from language.wording import SOURCE_LANGUAGE, Words

JOIN, OPEN, FEED = "/join", "/open", "/open/feed.xml"
# What is open changes by the day; a link on a council's own page may bring many people at once.
_KEPT = {"Cache-Control": "public, max-age=300"}
_NAMES = {Channel.WHATSAPP: "WhatsApp", Channel.TELEGRAM: "Telegram"}


class Public:
    """The pages, and the feed."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._room = door.room

    def routes(self) -> list[Route]:
        door = self._door
        return [
            Route(JOIN, door.public(self.join), methods=["GET"]),
            Route(OPEN, door.public(self.everything), methods=["GET"]),
            Route(FEED, door.public(self.feed), methods=["GET"]),  # before a project, whose token is anything
            Route(f"{OPEN}/{{token}}", door.public(self.project), methods=["GET"]),
            Route("/calendar/{token}", door.public(self.calendar), methods=["GET"]),
        ]

    async def join(self, request: WebRequest) -> Response:
        say = self._saying(request, self._languages())
        ways = [_way(way, say) for way in our_numbers.ways(self._room.ours, "")]
        more: dict[str, Any] = {
            "ways": ways,
            "text": our_numbers.words(""),
            "keeping": helped.more(say.organisation, say.language),
        }
        return self._page(request, "public_join.html", say, say(public_page.JOIN), self._languages(), **more)

    async def everything(self, request: WebRequest) -> Response:
        say = self._saying(request, self._languages())
        found = await self._found()
        shown = [(one, _told(one, _in(one, say))) for one in found]
        return self._page(request, "public_open.html", say, say(public_page.OPEN), self._languages(), projects=shown)

    async def calendar(self, request: WebRequest) -> Response:
        """A meeting for somebody's calendar, by the link that they asked for."""
        token, organisation, now = str(request.path_params["token"]), self._room.organisation, self._room.now()
        file = None
        if OURS.fullmatch(token):
            file = await self._room.read(lambda tx: calendar.open_(tx, token, now, organisation))
        if file is None:
            say = self._saying(request, self._languages())
            return self._page(
                request, "public_gone.html", say, say(public_page.NOT_OPEN), self._languages(), status=404
            )
        named = {"Content-Disposition": f'inline; filename="{calendar_file.NAME}"', "Cache-Control": "no-store"}
        return Response(file, media_type=calendar_file.KIND, headers=named)

    async def project(self, request: WebRequest) -> Response:
        token, organisation = str(request.path_params["token"]), self._room.organisation
        one = None
        if OURS.fullmatch(token):
            one = await self._room.read(lambda tx: open_projects.one(tx, token, organisation))
        if one is None:
            say = self._saying(request, self._languages())
            return self._page(
                request, "public_gone.html", say, say(public_page.NOT_OPEN), self._languages(), status=404
            )
        languages = [tag for tag in self._languages() if tag in one.languages]
        say = self._saying(request, languages)
        told = _told(one, say)
        ways = [_way(way, say) for way in our_numbers.ways(self._room.ours, one.code)]
        more: dict[str, Any] = {"told": told, "points": _points(one, say), "ways": ways, "text": one.text}
        return self._page(request, "public_project.html", say, told["project"], languages, **more)

    async def feed(self, request: WebRequest) -> Response:
        say = self._saying(request, self._languages())
        made = written(await self._found(), say, self._room.public_url, self._room.now())
        return Response(made, media_type="application/atom+xml", headers=_KEPT)

    async def _found(self) -> list[OpenProject]:
        organisation = self._room.organisation
        return await self._room.read(lambda tx: open_projects.everyone(tx, organisation))

    def _languages(self) -> list[str]:
        """Those that every word of these pages is put into."""
        organisation = self._room.organisation
        return [tag for tag in organisation.catalogs.languages if is_written(organisation, tag, public_page, poster)]

    def _saying(self, request: WebRequest, languages: Sequence[str]) -> Saying:
        """In the language that the address names, where the page has it; else in English."""
        asked = request.query_params.get("language", "")
        return Saying(self._room.organisation, asked if asked in languages else SOURCE_LANGUAGE)

    def _page(
        self,
        request: WebRequest,
        template: str,
        say: Saying,
        title: str,
        languages: Sequence[str],
        *,
        status: int = 200,
        **values: Any,
    ) -> Response:
        text = self._door.views.written(
            template,
            request,
            None,
            title=title,
            lang=html_lang(say.language),
            language=say.language,
            others=[(tag, html_lang(tag), native(tag)) for tag in languages if tag != say.language],
            privacy_url=say.organisation.privacy_url,
            said=_said(say, public_page),
            poster=_said(say, poster),
            **values,
        )
        return HTMLResponse(text, status, headers=_KEPT if status == 200 else None)


def _said(say: Saying, file: ModuleType) -> Mapping[str, str]:
    """Every text of this file that needs no value of its own, by its name in small letters."""
    ours = frozenset({"council", "privacy_url"})
    texts = ((name, one) for name, one in vars(file).items() if isinstance(one, Words))
    return {name.lower(): say(one) for name, one in texts if one.places <= ours}


def _way(way: Ready, say: Saying) -> Mapping[str, str]:
    """A way to write to us, for a page: what it is called, the number, a link for phones, and a picture for cameras."""
    name = _NAMES.get(way.channel) or say(poster.BY_TEXT)
    return {"name": name, "shown": way.shown, "link": way.link, "picture": square_code.picture(way.opens)}


def _in(one: OpenProject, say: Saying) -> Saying:
    """In this language where the project has its words in it, else in English."""
    return say if say.language in one.languages else Saying(say.organisation, SOURCE_LANGUAGE)


def _told(one: OpenProject, say: Saying) -> Mapping[str, str]:
    own = {"lang": html_lang(say.language), "language": say.language, "hear_more": say(poster.HEAR_MORE)}
    return {**one.facts(say.language, say.organisation), **own}


def _points(one: OpenProject, say: Saying) -> list[tuple[str, str, str]]:
    """Label, words, and the language of the words where it is not the page's."""
    here = say.language
    told = ((point, one.language_of(point.fact, here)) for point in one.points(say))
    return [(point.label, point.text, "" if spoken == here else html_lang(spoken)) for point, spoken in told]
