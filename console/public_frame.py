"""The frame of what the public sees: in which language, what every page says, and how long it may be kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from starlette.requests import Request as WebRequest
from starlette.responses import HTMLResponse, Response

from bank import square_code
from bank.facts import native
from bank.our_numbers import Ready
from bank.saying import Saying, is_written
from channels.called import CALLED
from channels.message import Channel
from console.door import Door
from flows import poster, public_page
from language.tag import html_lang
from language.wording import SOURCE_LANGUAGE, Words

# What is open changes by the day; a link on a council's own page may bring many people at once.
KEPT = {"Cache-Control": "public, max-age=300"}


class Frame:
    """For pages of which every word of ours stands in these files of `flows`, besides those of every public page."""

    def __init__(self, door: Door, *files: ModuleType) -> None:
        self._door, self._room = door, door.room
        self._files = (public_page, poster, *files)

    def languages(self) -> list[str]:
        """Those that every word of these pages is put into."""
        organisation = self._room.organisation
        return [tag for tag in organisation.catalogs.languages if is_written(organisation, tag, *self._files)]

    def saying(self, request: WebRequest, languages: Sequence[str]) -> Saying:
        """In the language that the address names, where the page has it; else in English."""
        asked = request.query_params.get("language", "")
        return Saying(self._room.organisation, asked if asked in languages else SOURCE_LANGUAGE)

    def page(
        self,
        request: WebRequest,
        template: str,
        say: Saying,
        title: str,
        languages: Sequence[str],
        *,
        status: int = 200,
        headers: Mapping[str, str] = KEPT,
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
            said=said(say, public_page),
            poster=said(say, poster),
            **values,
        )
        return HTMLResponse(text, status, headers=headers if status == 200 else None)


def said(say: Saying, file: ModuleType) -> Mapping[str, str]:
    """Every text of this file that needs no value of its own, by its name in small letters."""
    ours = frozenset({"council", "privacy_url"})
    texts = ((name, one) for name, one in vars(file).items() if isinstance(one, Words))
    return {name.lower(): say(one) for name, one in texts if one.places <= ours}


def way(ready: Ready, say: Saying) -> Mapping[str, str]:
    """A way to write to us, for a page: what it is called, the number, a link for phones, and a picture for cameras."""
    name = say(poster.BY_TEXT) if ready.channel is Channel.SMS else CALLED[ready.channel]
    return {"name": name, "shown": ready.shown, "link": ready.link, "picture": square_code.picture(ready.opens)}
