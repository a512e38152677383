"""SMS and WhatsApp through Twilio."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs

from twilio.rest import Client

from channels.message import (
    Accepted,
    Channel,
    Event,
    Forged,
    Incoming,
    Malformed,
    Message,
    Outcome,
    Refused,
    Request,
    Shown,
    numbered,
)
from channels.transport import NoAnswer, NotSent, Transport
from channels.twilio import voice
from channels.twilio.account import MESSAGE, STATUS, VOICE, TwilioAccount, webhook_addresses
from channels.twilio.content import TwilioContent
from channels.twilio.form import genuine_parameters, kept_parameters
from channels.twilio.inbound import WHATSAPP, incoming, receipt
from channels.twilio.listed import TwilioList
from channels.twilio.media import TwilioMedia
from channels.twilio.outcomes import declined, outcome
from channels.twilio.problems import NO_ANSWER, NO_SENDER, NOT_SENT, TOO_LONG, UNREADABLE, WINDOW_CLOSED, problem
from channels.twilio.signature import Signatures
from channels.twilio.templates import filled
from channels.twilio.voice import Call, Spoken
from channels.twilio.wire import Declined, Wire

BODY_LIMIT = 1600  # characters (Twilio docs, Create a Message)

# What the library may raise over an answer that is not the JSON it expects.
UNREADABLE_ERRORS = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


class TwilioAdapter:
    """Both channels of one Twilio account, as the senders "sms" and "whatsapp".

    `measure` gives a text's SMS encoding ("GSM-7" or "UCS-2") and its number of segments.
    """

    def __init__(self, account: TwilioAccount, transport: Transport, measure: Callable[[str], tuple[str, int]]) -> None:
        self._account = account
        self._measure = measure
        self._signatures = Signatures(account.public_url, (account.auth_token, account.auth_token_previous))
        user, password = account.sign_in
        wire = Wire(transport, account.api_base_url, account.timeout_seconds)
        # The library falls back to this process's environment (TWILIO_EDGE, TWILIO_REGION...) unless
        # it is given another that is not empty.
        client = Client(user, password, account.account_sid, http_client=wire, environment={"": ""})
        self._messages = client.messages
        self._media = TwilioMedia(account, transport)
        self.list = TwilioList(client.messages, account, self._media)
        self.content = TwilioContent(client.content.v1.contents)
        self._senders = {Channel.SMS: account.sms_from, Channel.WHATSAPP: _prefixed(account.whatsapp_from)}

    def parse(self, request: Request) -> tuple[Event, ...]:
        """Read one webhook.

        Raises Forged unless the signature and the account are right; Poison where a genuine request cannot
        be read all the same, as Twilio would not say it better the next time; Malformed on any other path.
        """
        return self._events(self._genuine(request), request.path)

    def read(self, raw: str, path: str) -> tuple[Event, ...]:
        """Read once more what was kept. What was fetched names no path: only a receipt has a MessageStatus."""
        parameters = kept_parameters(raw, path.partition("#")[0].partition("?")[2])
        return self._events(parameters, path or (STATUS if "MessageStatus" in parameters else MESSAGE))

    def _events(self, parameters: Mapping[str, str], requested: str) -> tuple[Event, ...]:
        path, query = _parts(requested)
        if path == MESSAGE:
            return (incoming(parameters, self._media),)
        if path == STATUS:
            return (receipt(parameters, query.get("t", [None])[0]),)
        raise Malformed("no such webhook")

    def ringing(self, request: Request) -> Call:
        """Read a request about a call. Raises as `parse` does."""
        parameters = self._genuine(request)
        path, query = _parts(request.path)
        if path != VOICE:
            raise Malformed("no such webhook")
        return voice.call(parameters, query)

    def spoken(self, asks: Sequence[Spoken], end: Spoken) -> bytes:
        """The answer to it, in TwiML: what to say, by language, where to wait for a key, and what to end with."""
        action = webhook_addresses(self._account.public_url)["voice"]
        return voice.twiml(asks, end, action, action.replace(VOICE, f"{VOICE}?last=1", 1))

    def busy(self) -> bytes:
        """The answer that does not take the call."""
        return voice.busy()

    async def send(self, message: Message) -> Outcome:
        """Hand one message to Twilio."""
        parameters = self._parameters(message)
        if not isinstance(parameters, dict):
            return parameters
        try:
            created = await self._messages.create_async(**parameters)
        except Declined as answer:
            return declined(answer.status, answer.code, answer.headers)
        except NotSent:
            return outcome(problem(NOT_SENT))
        except NoAnswer:
            return outcome(problem(NO_ANSWER))
        except UNREADABLE_ERRORS:
            return outcome(problem(UNREADABLE))
        return _created(created)

    def show(self, message: Message) -> Shown:
        """How it will look: on WhatsApp with buttons where a template takes the choices."""
        if message.channel is Channel.WHATSAPP:
            template = filled(message, self._account.content_templates)
            if template:
                return Shown(template.text, tuple(option.label for option in template.options))
            return Shown(numbered(message))
        text = numbered(message)
        encoding, segments = self._measure(text)
        return Shown(text, encoding=encoding, segments=segments)

    async def acknowledge(self, incoming: Incoming) -> None:
        """Twilio waits for no acknowledgement but the web answer."""

    async def open_media(self, place: str) -> bytes:
        return await self._media.fetch(place)

    async def close(self) -> None:
        """Hold nothing to close: the transport belongs to whoever made it."""

    def _genuine(self, request: Request) -> Mapping[str, str]:
        parameters = genuine_parameters(request, self._signatures)
        if parameters.get("AccountSid") != self._account.account_sid:
            raise Forged
        return parameters

    def _parameters(self, message: Message) -> dict[str, str] | Outcome:
        """The library's arguments for this message, or why there is no use in trying."""
        sender = self._senders.get(message.channel)
        service = self._account.messaging_service_sid
        if sender is None or not (sender or service):
            return Refused(problem(NO_SENDER), whole_sender=True)
        content = self._content(message)
        if not content:
            return Refused(problem(WINDOW_CLOSED))
        if len(content.get("body", "")) > BODY_LIMIT:
            return Refused(problem(TOO_LONG))
        to = _prefixed(message.address) if message.channel is Channel.WHATSAPP else message.address
        named = {"to": to, "status_callback": self._account.status_callback(message.token)}
        pools = {"from_": sender, "messaging_service_sid": service}
        return named | content | {name: value for name, value in pools.items() if value}

    def _content(self, message: Message) -> dict[str, str]:
        """What it says; nothing where WhatsApp would take it only in a template, and there is none."""
        template = filled(message, self._account.content_templates) if message.channel is Channel.WHATSAPP else None
        if template:
            return {"content_sid": template.content_sid, "content_variables": template.variables()}
        if message.channel is Channel.WHATSAPP and not message.in_window:
            return {}
        return {"body": numbered(message)}


def _parts(requested: str) -> tuple[str, dict[str, list[Any]]]:
    """The path, and the query by name."""
    path, _, query = requested.partition("#")[0].partition("?")
    return path, parse_qs(query)


def _prefixed(address: str) -> str:
    return WHATSAPP + address.removeprefix(WHATSAPP) if address else ""


def _created(created: Any) -> Outcome:
    """What a 2xx says. A message that failed at once gets no callback (Twilio docs, status callbacks)."""
    if created.status == "failed" and created.error_code:
        return outcome(problem(str(created.error_code)))
    if isinstance(created.sid, str) and created.sid:
        return Accepted(created.sid)
    return outcome(problem(UNREADABLE))
