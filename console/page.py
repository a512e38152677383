"""A page: where it is, who may open it, and what it does. Each noun's file lists its own in PAGES."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from starlette.requests import Request as WebRequest
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bank.colleague import Colleague
from console.forms import Form
from console.room import Room
from console.views import Views
from storage.staff import Role
from storage.store import Tx

T = TypeVar("T")
# What a part of an address may be; anything else is none of ours.
OURS = re.compile(r"[A-Za-z0-9_.:~@-]{1,80}")
_NUMBER = re.compile(r"[0-9]{1,6}")
_LONGEST = 200


class Missing(Exception):
    """There is no such thing, or they may not see it: the page says the same for both."""


@dataclass(slots=True)
class Asked:
    """One request by somebody who is signed in. Pages read, write and answer through it."""

    request: WebRequest
    room: Room
    views: Views
    colleague: Colleague
    form: Form = field(default_factory=lambda: Form({}))

    @property
    def now(self) -> datetime:
        return self.room.now()

    def path(self, name: str) -> str:
        """A part of the page's address, such as a token. Raises Missing where it can be none of ours."""
        part = str(self.request.path_params[name])
        if not OURS.fullmatch(part):
            raise Missing
        return part

    def query(self, name: str) -> str:
        """What the address asks for: a token, a word of ours; empty where it is nothing, or can be none of ours."""
        asked = self.request.query_params.get(name, "").strip()
        return asked if len(asked) <= _LONGEST and asked.isprintable() else ""

    def number(self, name: str) -> int:
        """A whole number in the address, such as the page of a list: 1 or more."""
        asked = self.query(name)
        return max(1, int(asked)) if _NUMBER.fullmatch(asked) else 1

    async def read(self, work: Callable[[Tx], T]) -> T:
        return await self.room.read(work)

    async def write(self, work: Callable[[Tx], T]) -> T:
        return await self.room.write(work)

    def page(self, template: str, title: str, *, status: int = 200, **values: Any) -> Response:
        """The page in this template. Mistakes of the form are shown on top and beside their fields."""
        text = self.views.written(
            template, self.request, self.colleague, title=title, mistakes=self.form.mistakes, form=self.form, **values
        )
        return HTMLResponse(text, status_code=400 if self.form.mistakes and status == 200 else status)

    def part(self, template: str, **values: Any) -> Response:
        """A piece of a page, for htmx."""
        return HTMLResponse(self.views.part(template, self.request, self.colleague, **values))

    def back(self, path: str, done: str = "") -> Response:
        """Go on to that page. `done` is the name of a sentence in console/done.py, which it shows on top."""
        address = f"{path}{'&' if '?' in path else '?'}done={done}" if done else path
        return RedirectResponse(address, status_code=303)


Handler = Callable[[Asked], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Page:
    """`where` is a Starlette path. `methods` maps GET and POST to what is done. Its form may come with files."""

    where: str
    who: frozenset[Role]
    methods: Mapping[str, Handler]
    takes_files: bool = False


def page(
    where: str,
    who: frozenset[Role],
    get: Handler | None = None,
    post: Handler | None = None,
    *,
    takes_files: bool = False,
) -> Page:
    methods = {name: one for name, one in (("GET", get), ("POST", post)) if one is not None}
    return Page(where, who, methods, takes_files)
