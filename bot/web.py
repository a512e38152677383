"""The web entry: webhooks in, health, figures, and the pages."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable

from prometheus_client import generate_latest
from starlette.applications import Starlette
from starlette.requests import Request as WebRequest
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bank.templates import Found
from bot import figures, mailing, plain, problems, ready, templates, transfers
from bot.channels_on import masked_numbers
from bot.house import House
from bot.our_numbers import our_numbers
from bot.scrape import Scrape
from bot.voice import Voice
from bot.webhook import Otherwise, Webhook
from channels.media import CannotOpen, Why
from channels.message import Message, Request, Shown
from channels.telegram.adapter import TelegramAdapter
from channels.telegram.problems import CallFailed
from console import app as console
from console import try_page
from console.room import Room

# An empty document means "no reply": replies go through the outbox (Twilio docs, TwiML for messages).
_EMPTY_TWIML = b'<?xml version="1.0" encoding="UTF-8"?><Response/>'

Endpoint = Callable[[WebRequest], Awaitable[Response]]


def app(house: House) -> Starlette:
    """Every route of the service."""
    routes = [*_webhooks(house), *_health(house)]  # looked through in this order
    if house.channels.phone is not None:
        routes.append(Mount("/try", routes=try_page.routes(try_desk(house))))
    ours = room(house)
    return Starlette(routes=[*routes, *console.routes(ours)], exception_handlers=console.strays(ours))


def health(house: House) -> Starlette:
    """What a process without pages serves: whether it is well, and its figures."""
    return Starlette(routes=_health(house))


def _health(house: House) -> list[BaseRoute]:
    return [Route("/healthz", _healthy), Route("/readyz", _ready(house)), Route("/metrics", _metrics(house))]


def _webhooks(house: House) -> list[BaseRoute]:
    routes: list[BaseRoute] = []
    if (twilio := house.channels.twilio) is not None:
        twiml = Response(_EMPTY_TWIML, media_type="text/xml")
        take_message = Webhook(house.receiver, twilio, "twilio", twiml)
        take_status = Webhook(house.receiver, twilio, "twilio", Response(status_code=204))
        routes += [
            Route("/webhooks/twilio/message", take_message, methods=["POST", "GET"]),
            Route("/webhooks/twilio/status", take_status, methods=["POST", "GET"]),
            Route(
                "/webhooks/twilio/voice",
                Voice(house.receiver, twilio, house.store, house.living, house.now),
                methods=["POST"],
            ),
        ]
    if (telegram := house.channels.telegram) is not None:
        take_update = Webhook(house.receiver, telegram, "telegram", Response(), _leave_group(telegram))
        routes.append(Route("/webhooks/telegram", take_update, methods=["POST"]))
    return routes


def _leave_group(telegram: TelegramAdapter) -> Otherwise:
    """We speak with one person at a time: a group that added the bot is left."""

    async def leave(request: Request) -> None:
        group = telegram.group_of(request)
        if group is not None:
            with contextlib.suppress(CallFailed):  # it is tried again at the group's next message
                await telegram.service.leave_group(group)

    return leave


async def _healthy(_request: WebRequest) -> Response:
    return PlainTextResponse("ok\n")


def _ready(house: House) -> Endpoint:
    async def say(_request: WebRequest) -> Response:
        lines = await ready.look(house)
        return PlainTextResponse(ready.written(lines), status_code=200 if all(line.well for line in lines) else 503)

    return say


def _metrics(house: House) -> Endpoint:
    scrape = Scrape(house.store, house.now, house.senders)

    async def tell(_request: WebRequest) -> Response:
        await scrape.renew()
        return Response(generate_latest(figures.registry), media_type="text/plain; version=0.0.4")

    return tell


def room(house: House) -> Room:
    """What the console's pages may do with the house."""
    shows = {sender: adapter.show for sender, adapter in house.channels.adapters.items()}

    def show(message: Message) -> Shown:
        # A message that is only looked at names a channel: in the demo its phone is one in the browser.
        own = message.sender if message.sender in shows else f"try-{message.sender}"
        return shows[own](message)

    async def open_media(sender: str, place: str) -> bytes:
        adapter = house.channels.adapters.get(sender)
        if adapter is None:
            raise CannotOpen(Why.NOT_CONNECTED)
        return await adapter.open_media(place)

    async def find_template(sid: str) -> Found | None:
        return await templates.find(house.channels.twilio, sid)

    return Room(
        store=house.store,
        now=house.now,
        living=house.living,
        show=show,
        send_now=house.wake,
        public_url=house.settings.public_url,
        demo=house.settings.is_demo,
        renew=house.living.renew,
        numbers=masked_numbers(house.settings, house.senders),
        ours=our_numbers(house.settings),
        manner=lambda language: plain.manner(house.settings.organisation, language),
        why=problems.sentence,
        open_media=open_media,
        find_template=find_template,
        mail=mailing.ask,
        go_on_with=transfers.ask(house),
    )


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
        living=house.living,
        show=phone.show,
        deliver=deliver,
        move_time=house.move_time,
    )
