"""Twilio's Messages API and its webhooks, on a socket of our own.

Facts are from Twilio docs: "Messages resource", "Webhooks security", "Messaging webhooks", "Connection
overrides", "Error and warning dictionary".
"""

from __future__ import annotations

import asyncio
import random
import sys
from base64 import b64encode
from collections import deque
from collections.abc import Mapping, Sequence
from functools import partial

from aiohttp import web

from channels.fakes.book import Book, Entry
from channels.fakes.callbacks import Callbacks, failing
from channels.fakes.clock import Clock, Sleep, utc_now
from channels.fakes.fault import Fault, Refuse
from channels.fakes.page import page
from channels.fakes.script import Script, forced
from channels.fakes.server import FakeServer
from channels.fakes.twilio_account import Account
from channels.fakes.twilio_call import Call, ringing
from channels.fakes.twilio_callbacks import CallbackQueue
from channels.fakes.twilio_content import Contents
from channels.fakes.twilio_error import answer, later, refusal
from channels.fakes.twilio_inbound import inbound
from channels.fakes.twilio_keywords import REPLIES, Keywords
from channels.fakes.twilio_list import UnknownFilter, list_page
from channels.fakes.twilio_media import Shelf
from channels.fakes.twilio_message import API, MessageWriter
from channels.fakes.twilio_rules import UnknownParameters, read
from channels.fakes.twilio_webhook import Answer, Caller, Post

_JSON = {"Content-Type": "application/json"}


class FakeTwilio(FakeServer):
    """One account.

    `script` plays on each message created (those that the rules refuse are not counted), `list_script`
    on each reading of the list. `keywords` switches the default handling of STOP, START and HELP on;
    `advanced_opt_out` the one with OptOutType. `windows` lets WhatsApp's free text end as 63016 when
    the person has not written for 24 hours. `templates` maps a ContentSid to its text with {{1}}; any
    ContentSid is taken while it is empty. `numbers`, when given, are the only senders (21606).
    """

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        *,
        api_key: str | None = None,
        api_secret: str = "",
        book: Book | None = None,
        script: Script | None = None,
        list_script: Script | None = None,
        clock: Clock = utc_now,
        sleep: Sleep = asyncio.sleep,
        webhook_url: str | None = None,
        numbers: Sequence[str] = (),
        templates: Mapping[str, str] | None = None,
        keywords: bool = False,
        advanced_opt_out: bool = False,
        windows: bool = False,
        lanes: int = 16,
    ) -> None:
        super().__init__(clock, sleep)
        self.account_sid = account_sid
        self.book = Book() if book is None else book
        self.inbox = Book()
        self.own_replies = Book()
        self.script, self.list_script = script or Script(), list_script or Script()
        self.webhook_url = webhook_url
        words = Keywords(default=keywords, advanced=advanced_opt_out)
        self.account = Account(numbers, templates, words, windows=windows)
        self.posts: deque[Post] = deque(maxlen=100)
        self.caller = Caller(auth_token)
        self.callbacks = CallbackQueue(account_sid, self.book, self.caller, clock, sleep, lanes)
        self._writer = MessageWriter(account_sid)
        self._sid_start = f"{random.getrandbits(64):016x}"
        self._sids = 0
        self._credentials = _sign_ins((account_sid, auth_token), (api_key or account_sid, api_secret or auth_token))
        self._path = f"/{API}/Accounts/{account_sid}/Messages"
        self.media = Shelf(account_sid, self._credentials)
        self.contents = self.account.contents = Contents(account_sid, self._credentials)

    def routes(self) -> Sequence[web.RouteDef]:
        return (
            web.post(f"{self._path}.json", self._create),
            web.get(f"{self._path}.json", self._list),
            web.get(f"{self._path}/{{sid:[^/.]+}}.json", self._fetch),
            web.get(f"/{API}/Accounts/{self.account_sid}/IncomingPhoneNumbers.json", self._numbers),
            *self.media.routes(),
            *self.contents.routes(),
            web.get("/", self._page),
            web.route("*", "/{rest:.*}", self._elsewhere),
        )

    async def stop(self) -> None:
        await self.callbacks.stop()
        await super().stop()

    async def settled(self) -> None:
        """Wait until every callback has been posted."""
        await self.callbacks.settled()

    async def person_sends(
        self, from_: str, text: str, *, to: str, webhook_url: str | None = None, **extra: str
    ) -> Answer:
        """Somebody writes to one of our numbers: it is written down, then posted to us, signed.

        `extra` are further parameters by Twilio's names. Returns the (status, body) of our answer;
        status 0 where there was none, or no URL to post to.
        """
        sid = self._sid("MM" if extra.get("NumMedia", "0") != "0" else "SM")
        parameters = inbound(sid, self.account_sid, from_, to, text, extra)
        now = self.clock()
        word = self.account.heard(from_, to, text, now)
        if word and self.account.keywords.advanced:
            parameters["OptOutType"] = word
        self.inbox.add(Entry(sid, to, from_, text, parameters, now))
        if word:
            self.own_replies.add(Entry(self._sid("SM"), from_, to, REPLIES[word], {"From": to}, now))
        return await self._post(webhook_url or self.webhook_url, parameters)

    async def person_shows(
        self, from_: str, content: bytes, kind: str, *, to: str, text: str = "", webhook_url: str | None = None
    ) -> Answer:
        """Somebody sends a picture, a voice note or a file, of that content type."""
        where = f"{self.url}{self.media.keep(content, kind)}"
        named = {"NumMedia": "1", "MediaUrl0": where, "MediaContentType0": kind}
        return await self.person_sends(from_, text, to=to, webhook_url=webhook_url, **named)

    async def press(
        self, from_: str, payload: str, label: str, *, to: str, webhook_url: str | None = None, **extra: str
    ) -> Answer:
        """Somebody presses a quick-reply button on WhatsApp."""
        button = {"ButtonPayload": payload, "ButtonText": label, "ButtonType": "REPLY"}
        return await self.person_sends(from_, label, to=to, webhook_url=webhook_url, **{**button, **extra})

    async def person_rings(self, from_: str, *keys: str | None, to: str, voice_url: str) -> Call:
        """Somebody rings one of our numbers and presses these keys, one at each wait (None: no key).

        Raises Misread where our answers are none that Twilio could follow.
        """
        call = Call(ringing(self._sid("CA"), self.account_sid, from_, to), list(keys))
        await call.lead(voice_url, self._post)
        return call

    async def redeliver(self, post: Post | None = None) -> Answer:
        """Post once more what was posted, the last one unless another is named. Raises LookupError before any."""
        if post is None and not self.posts:
            raise LookupError("nothing was posted yet")
        return await self.caller.call(self.session, post or self.posts[-1])

    async def _post(self, url: str | None, parameters: Mapping[str, str]) -> Answer:
        if not url:
            return Answer(0, "")
        post = Post(url, tuple(parameters.items()))
        self.posts.append(post)
        return await self.caller.call(self.session, post)

    async def _create(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") not in self._credentials:
            return refusal(20003)
        try:
            parameters = read(await request.read())
        except UnknownParameters as unknown:
            return refusal(20001, text=f"Unknown parameter: {unknown}")
        except UnicodeDecodeError:
            return refusal(20001, text="The form is not UTF-8")
        code = self.account.problem(parameters)
        if code is not None:
            return refusal(code)
        text = self.account.text(parameters)
        fault, callbacks = self._part(parameters, text)
        if fault is None:
            return await self._accept(parameters, text, callbacks)
        return await self.misbehave(fault, request, partial(self._accept, parameters, text, callbacks), answer)

    def _part(self, parameters: Mapping[str, str], text: str) -> tuple[Fault | None, Callbacks]:
        fault, callbacks = self.script.next(parameters["To"], text)
        code = forced(text)
        if code and not later(code):
            fault = fault or Refuse(code)
        if callbacks is None and code and later(code):
            callbacks = failing(code)
        return fault, callbacks or self.account.fate(parameters, self.clock())

    async def _accept(self, parameters: Mapping[str, str], text: str, callbacks: Callbacks) -> web.Response:
        sender = sys.intern(self.account.sender(parameters))
        sid = self._sid("MM" if "MediaUrl" in parameters else "SM")
        entry = Entry(sid, parameters["To"], sender, text, parameters, self.clock())
        self.book.add(entry)
        body = self._writer.write(entry, fresh=True).encode()
        if callbacks.early:
            await self.callbacks.post(entry, callbacks, self.session)
        elif callbacks.statuses:
            self.callbacks.add(entry, callbacks, self.session)
        return web.Response(status=201, body=body, headers=_JSON)

    async def _list(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") not in self._credentials:
            return refusal(20003)
        try:
            body = list_page((self.book, self.inbox), request.query, request.path, self._writer)
        except UnknownFilter as unknown:
            return refusal(20001, text=str(unknown))
        fault = self.list_script.next(request.query.get("To", "")).fault

        async def give() -> web.Response:
            return web.Response(body=body.encode(), headers=_JSON)

        return await (give() if fault is None else self.misbehave(fault, request, give, answer))

    async def _fetch(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") not in self._credentials:
            return refusal(20003)
        sid = request.match_info["sid"]
        entry = self.book.find(sid) or self.inbox.find(sid)
        if entry is None:
            return refusal(20404)
        return web.Response(body=self._writer.write(entry).encode(), headers=_JSON)

    async def _numbers(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") not in self._credentials:
            return refusal(20003)
        wanted = request.query.get("PhoneNumber", "")
        ours = [one for one in self.account.bought if wanted in one["phone_number"]]
        return web.json_response({"incoming_phone_numbers": ours})

    async def _page(self, _request: web.Request) -> web.Response:
        books = {
            "Sent by the service": self.book,
            "Written by people": self.inbox,
            "Twilio's own replies": self.own_replies,
        }
        return page("Fake Twilio", books)

    async def _elsewhere(self, request: web.Request) -> web.Response:
        known = request.headers.get("Authorization") in self._credentials
        return refusal(20404 if known else 20003)

    def _sid(self, kind: str) -> str:
        self._sids += 1
        return f"{kind}{self._sid_start}{self._sids:016x}"


def _sign_ins(*pairs: tuple[str, str]) -> frozenset[str]:
    """The header of each name and its word."""
    return frozenset(f"Basic {b64encode(f'{user}:{word}'.encode()).decode()}" for user, word in pairs)
