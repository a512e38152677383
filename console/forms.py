"""Forms: what a page's form says, and what is wrong with it in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.requests import Request as WebRequest

MOST_BYTES = 256 * 1024
_LONGEST_LINE, LONGEST_TEXT = 200, 5_000


class Refused(Exception):
    """A request that no page of ours makes. `status` is what to answer."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class File:
    """A file that came with a form: its name as the browser told it, and what is in it."""

    name: str
    content: bytes


@dataclass(slots=True)
class Form:
    """The fields of a form. Asking for one that must be there notes a mistake where it is not.

    `mistakes` maps a field to what is wrong with it, in the words that the page shows.
    """

    fields: Mapping[str, Sequence[str]]
    mistakes: dict[str, str] = field(default_factory=dict)
    files: Mapping[str, File] = field(default_factory=dict)

    def text(self, name: str, *, longest: int = LONGEST_TEXT) -> str:
        """A field's text without blanks around it; empty where it is not there. What is too long is a mistake."""
        given = (self.fields.get(name) or [""])[0].replace("\r\n", "\n").strip()
        if len(given) > longest:
            self.mistakes[name] = f"This must be {longest} characters or fewer. You have {len(given)}."
        return given

    def secret(self, name: str) -> str:
        """A pass phrase: exactly as it was typed."""
        return (self.fields.get(name) or [""])[0]

    def needed(self, name: str, otherwise: str, *, longest: int = LONGEST_TEXT) -> str:
        """The same; where it is empty, `otherwise` is the mistake: "Enter their first name"."""
        given = self.text(name, longest=longest)
        if not given:
            self.mistakes[name] = otherwise
        return given

    def line(self, name: str) -> str:
        return " ".join(self.text(name, longest=_LONGEST_LINE).split())

    def several(self, name: str) -> list[str]:
        """All values of a field that may be given several times."""
        return [one.strip() for one in self.fields.get(name, ())]

    def chosen(self, name: str, among: Sequence[str], otherwise: str) -> str:
        """One of these; anything else is a mistake."""
        given = self.text(name)
        if given not in among:
            self.mistakes[name] = otherwise
            return ""
        return given

    def ticked(self, name: str) -> bool:
        return bool(self.text(name))


async def body_of(request: WebRequest, most: int) -> bytearray:
    """All that was sent. Raises Refused where that is more than so many bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise Refused(413)
    return body


async def read(request: WebRequest) -> Form:
    """Read a form. Raises Refused: too long, or not a form."""
    body = await body_of(request, MOST_BYTES)
    fields: dict[str, list[str]] = {}
    try:
        for name, value in parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=2000):
            fields.setdefault(name, []).append(value)
    except ValueError:
        raise Refused(400) from None
    if b"\0" in body or any("\0" in value for values in fields.values() for value in values):
        raise Refused(400)  # no browser sends one, and PostgreSQL keeps none
    return Form(fields)
