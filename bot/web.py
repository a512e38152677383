"""The web entry: webhooks in, health, figures, and the pages."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable

import structlog
from prometheus_client import generate_latest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect
from starlette.requests import Request as WebRequest
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot import figures
from bot.house import House
from channels.message import Adapter, Forged, Malformed, Poison, Request
from channels.telegram.problems import CallFailed
from console import try_page
from storage.store import Away, Tx

log = structlog.get_logger()

# Twilio's and Telegram's requests are a few kilobytes; a text of 10,000 characters fits many times.
MOST_BYTES = 256 * 1024
# An empty document means "no reply": replies go through the outbox (Twilio docs, TwiML for messages).
_EMPTY_TWIML = b'<?xml version="1.0" encoding="UTF-8"?><Response/>'

Endpoint = Callable[[WebRequest], Awaitable[Response]]
Otherwise = Callable[[Request], Awaitable[None]]


class TooLong(Exception):
    """The body is longer than any provider's."""


def app(house: House) -> Starlette:
    """Every route of the service."""
    routes: list[BaseRoute] = [
        Route("/healthz", _healthy),
        Route("/readyz", _ready(house)),
        Route("/metrics", _metrics),
        *_webhooks(house),
    ]
    if house.channels.phone is not None:
        routes += [Mount("/try", routes=try_page.routes(try_desk(house))), Route("/", _to_try)]
    return Starlette(routes=routes)


def _webhooks(house: House) -> list[BaseRoute]:
    routes: list[BaseRoute] = []
    if house.channels.twilio is not None:
        twiml = Response(_EMPTY_TWIML, media_type="text/xml")
        take_message = _webhook(house, house.channels.twilio, "twilio", twiml)
        take_status = _webhook(house, house.channels.twilio, "twilio", Response(status_code=204))
        routes += [
            Route("/webhooks/twilio/message", take_message, methods=["POST", "GET"]),
            Route("/webhooks/twilio/status", take_status, methods=["POST", "GET"]),
        ]
    if house.channels.telegram is not None:
        take_update = _webhook(house, house.channels.telegram, "telegram", Response(), _leave_group(house))
        routes.append(Route("/webhooks/telegram", take_update, methods=["POST"]))
    return routes


def _webhook(
    house: House, adapter: Adapter, provider: str, thanks: Response, otherwise: Otherwise | None = None
) -> Endpoint:
    """Check, read, store; the answer waits for the commit. `otherwise` is told of a request without events."""

    async def take_in(read: Request) -> None:
        try:
            events = adapter.parse(read)
        except Poison as error:
            await house.receiver.keep_dead_letter(provider, read.body.decode("utf-8", "replace"), str(error))
            return
        await house.receiver.take(events, adapter)
        if otherwise is not None and not events:
            await otherwise(read)

    async def take(request: WebRequest) -> Response:
        try:
            await take_in(await _request(request))
        except Forged:
            return _refuse(provider, "forged", 403)
        except (Malformed, ClientDisconnect) as error:
            log.warning("request_malformed", provider=provider, error=type(error).__name__)
            return _refuse(provider, "malformed", 400)
        except TooLong:
            return _refuse(provider, "too_long", 413)
        except Away:
            return _refuse(provider, "database_away", 503)
        return thanks

    return take


def _leave_group(house: House) -> Otherwise:
    """We speak with one person at a time: a group that added the bot is left."""

    async def leave(request: Request) -> None:
        telegram = house.channels.telegram
        group = telegram.group_of(request) if telegram is not None else None
        if telegram is not None and group is not None:
            with contextlib.suppress(CallFailed):  # it is tried again at the group's next message
                await telegram.service.leave_group(group)

    return leave


def _refuse(provider: str, reason: str, status: int) -> Response:
    figures.refused_requests.labels(provider, reason).inc()
    return Response(status_code=status)


async def _request(request: WebRequest) -> Request:
    scope = request.scope
    query = scope["query_string"]
    raw_path = scope.get("raw_path") or scope["path"].encode()
    path = raw_path.partition(b"?")[0].decode("latin-1") + (f"?{query.decode('latin-1')}" if query else "")
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    return Request(request.method, path, headers, await _body(request))


async def _body(request: WebRequest) -> bytes:
    """The whole body, unless it is too long. Raises TooLong."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise TooLong
    return bytes(body)


async def _healthy(_request: WebRequest) -> Response:
    return PlainTextResponse("ok\n")


def _ready(house: House) -> Endpoint:
    def look(tx: Tx) -> None:
        tx.exec_driver_sql("SELECT 1")

    async def ready(_request: WebRequest) -> Response:
        try:
            await house.store.read(look)
        except Away:
            return PlainTextResponse("the database cannot be reached\n", status_code=503)
        return PlainTextResponse("ready\n")

    return ready


async def _metrics(_request: WebRequest) -> Response:
    return Response(generate_latest(figures.registry), media_type="text/plain; version=0.0.4")


async def _to_try(_request: WebRequest) -> Response:
    return RedirectResponse("/try", status_code=307)


def try_desk(house: House) -> try_page.Desk:
    """What the phone in the browser may do with the house."""
    phone = house.channels.phone
    if phone is None:
        raise LookupError("the phone in the browser is off")

    async def deliver(request: Request) -> None:
        await house.receiver.take(phone.parse(request), phone)
        await house.drain()

    return try_page.Desk(
        store=house.store,
        now=house.now,
        organisation=house.organisation,
        show=phone.show,
        deliver=deliver,
        move_time=house.move_time,
    )
