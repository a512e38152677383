"""What the page's forms do: add a phone, write, press a button, move time, take a phone away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request as WebRequest
from starlette.responses import RedirectResponse, Response

from channels.message import Channel
from console.try_desk import Desk
from console.try_phone import MOST, Phone, query, read_all
from console.try_time import MOVES, legs

_MOST_BYTES = 64 * 1024


class Refused(Exception):
    """A form that this page did not make. `status` is what to answer."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form of the page says: its fields, and the phones that are on the page."""

    fields: dict[str, str]
    phones: Sequence[Phone]

    @property
    def phone(self) -> Phone:
        """The phone it was used on. Raises Refused."""
        for phone in self.phones:
            if phone.code == self.fields.get("at"):
                return phone
        raise Refused(400)

    def back(self, phones: Sequence[Phone], anchor: str) -> Response:
        return RedirectResponse(f"./?{query(phones)}#{anchor}", status_code=303)


Action = Callable[[Desk, Sent], Awaitable[Response]]


async def read(request: WebRequest) -> Sent:
    """Read a form. Raises Refused: from another site, too long, or not a form."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise Refused(403)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise Refused(413)
    try:
        fields = dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict"))
    except ValueError:
        raise Refused(400) from None
    return Sent(fields, read_all(request.query_params.getlist("phone")))


async def _add(desk: Desk, sent: Sent) -> Response:
    language = sent.fields.get("language", "")
    try:
        channel = Channel(sent.fields.get("channel", ""))
    except ValueError:
        raise Refused(400) from None
    if language not in {"", *desk.organisation.catalogs.spoken} or len(sent.phones) >= MOST:
        raise Refused(400)
    phone = Phone(channel, language=language)
    return sent.back([*sent.phones, phone], f"write-{phone.anchor}")


async def _say(desk: Desk, sent: Sent) -> Response:
    phone, text = sent.phone, sent.fields.get("text", "").strip()
    if text:
        await desk.deliver(phone.writes(text))
    return sent.back(sent.phones, f"write-{phone.anchor}")


async def _press(desk: Desk, sent: Sent) -> Response:
    """A press says what is on the button, as the real channels do."""
    phone, payload = sent.phone, sent.fields.get("payload")
    [lines] = await desk.threads([phone])
    offered = {option.payload: option.label for line in lines if line.message for option in line.message.options}
    if payload not in offered:
        raise Refused(400)
    await desk.deliver(phone.writes(offered[payload], payload))
    return sent.back(sent.phones, f"phone-{phone.anchor}")


async def _move(desk: Desk, sent: Sent) -> Response:
    if sent.fields.get("by") not in MOVES:
        raise Refused(400)
    _label, by = MOVES[sent.fields["by"]]
    now = desk.now()
    for leg in legs(now, by(now, desk.organisation), desk.organisation.zone):
        await desk.move_time(leg)
    return sent.back(sent.phones, "clock")


async def _remove(_desk: Desk, sent: Sent) -> Response:
    gone = sent.phone
    return sent.back([phone for phone in sent.phones if phone != gone], "phones")


ACTIONS: Mapping[str, Action] = {"add": _add, "say": _say, "press": _press, "move": _move, "remove": _remove}
