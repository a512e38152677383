"""Views: our templates and the GOV.UK Design System's, and what all of them may use."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader
from starlette.requests import Request as WebRequest

from bank.colleague import Colleague
from console import assets, form_token
from console.done import DONE
from console.gaps import Gap
from console.navigation import places
from console.room import Room
from language.dates import clock, day, moment
from language.wording import SOURCE_LANGUAGE

_TEMPLATES = Path(__file__).parent / "templates"


class Views:
    """Templates are read once and kept."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._templates = Environment(
            loader=ChoiceLoader(
                [
                    FileSystemLoader(_TEMPLATES),
                    PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
                ]
            ),
            autoescape=True,
            auto_reload=False,
            undefined=Gap,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals |= {
            "asset": assets.url,
            "demo": room.demo,
            "languages": {tag: tag for tag in room.organisation.catalogs.spoken},
        }
        self._templates.filters |= {"when": self.when, "on": self.on, "at": self.at}

    def written(self, template: str, request: WebRequest, colleague: Colleague | None, **values: Any) -> str:
        """A whole page."""
        own = {
            "navigation": places(colleague, request.url.path) if colleague else [],
            "done": DONE.get(request.query_params.get("done", "")),
        }
        return self.part(template, request, colleague, **own | values)

    def part(self, template: str, request: WebRequest, colleague: Colleague | None, **values: Any) -> str:
        """A piece of one."""
        own = {
            "me": colleague,
            "owner": colleague.token if colleague else "",
            "csrf": form_token.field(request),
            "now": self._room.now(),
            "path": request.url.path,
            "council": self._room.organisation.council,
        }
        return self._templates.get_template(template).render(own | values)

    def _here(self, at: datetime) -> datetime:
        return at.astimezone(self._room.organisation.zone)

    def when(self, at: datetime) -> str:
        """An instant as people here say it: "5pm", "12 noon, Monday 23 November"."""
        return moment(self._here(at), self._here(self._room.now()), SOURCE_LANGUAGE)

    def on(self, at: datetime | date) -> str:
        """Its day: "Monday 23 November"."""
        return day(self._here(at).date() if isinstance(at, datetime) else at, SOURCE_LANGUAGE)

    def at(self, at: datetime) -> str:
        """Its time: "5:55pm"."""
        return clock(self._here(at).time(), SOURCE_LANGUAGE)
