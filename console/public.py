"""What the public sees, without a login, a script or a cookie: how to join, and what is open to take part in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request as WebRequest
from starlette.responses import Response
from starlette.routing import Route

from bank import calendar, calendar_file, helped, open_projects, our_numbers
from bank.open_projects import OpenProject
from bank.saying import Saying
from console.door import Door
from console.feed import written
from console.page import OURS
from console.public_frame import KEPT, Frame, way
from flows import poster, public_page
from language.tag import html_lang
from language.wording import SOURCE_LANGUAGE

JOIN, OPEN, FEED = "/join", "/open", "/open/feed.xml"


class Public:
    """The pages, and the feed."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._room = door.room
        self._frame = Frame(door)

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
        languages = self._frame.languages()
        say = self._frame.saying(request, languages)
        ways = [way(one, say) for one in our_numbers.ways(self._room.ours, "")]
        more: dict[str, Any] = {
            "ways": ways,
            "text": our_numbers.words(""),
            "keeping": helped.more(say.organisation, say.language),
        }
        return self._frame.page(request, "public_join.html", say, say(public_page.JOIN), languages, **more)

    async def everything(self, request: WebRequest) -> Response:
        languages = self._frame.languages()
        say = self._frame.saying(request, languages)
        found = await self._found()
        shown = [(one, _told(one, _in(one, say))) for one in found]
        return self._frame.page(request, "public_open.html", say, say(public_page.OPEN), languages, projects=shown)

    async def calendar(self, request: WebRequest) -> Response:
        """A meeting for somebody's calendar, by the link that they asked for."""
        token, organisation, now = str(request.path_params["token"]), self._room.organisation, self._room.now()
        file = None
        if OURS.fullmatch(token):
            file = await self._room.read(lambda tx: calendar.open_(tx, token, now, organisation))
        if file is None:
            return self._gone(request)
        named = {"Content-Disposition": f'inline; filename="{calendar_file.NAME}"', "Cache-Control": "no-store"}
        return Response(file, media_type=calendar_file.KIND, headers=named)

    async def project(self, request: WebRequest) -> Response:
        token, organisation = str(request.path_params["token"]), self._room.organisation
        one = None
        if OURS.fullmatch(token):
            one = await self._room.read(lambda tx: open_projects.one(tx, token, organisation))
        if one is None:
            return self._gone(request)
        languages = [tag for tag in self._frame.languages() if tag in one.languages]
        say = self._frame.saying(request, languages)
        told = _told(one, say)
        ways = [way(one, say) for one in our_numbers.ways(self._room.ours, one.code)]
        more: dict[str, Any] = {"told": told, "points": _points(one, say), "ways": ways, "text": one.text}
        return self._frame.page(request, "public_project.html", say, told["project"], languages, **more)

    def _gone(self, request: WebRequest) -> Response:
        languages = self._frame.languages()
        say = self._frame.saying(request, languages)
        return self._frame.page(request, "public_gone.html", say, say(public_page.NOT_OPEN), languages, status=404)

    async def feed(self, request: WebRequest) -> Response:
        say = self._frame.saying(request, self._frame.languages())
        made = written(await self._found(), say, self._room.public_url, self._room.now())
        return Response(made, media_type="application/atom+xml", headers=KEPT)

    async def _found(self) -> list[OpenProject]:
        organisation = self._room.organisation
        return await self._room.read(lambda tx: open_projects.everyone(tx, organisation))


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
