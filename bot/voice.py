"""The voice: answers who rings the number that is for texts."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from starlette.responses import Response

from bank import calls
from bank.calls import Answer
from bank.organisation import Organisation
from bot.receive import Receiver
from bot.webhook import Webhook
from channels.message import Poison, Request
from channels.twilio import TwilioAdapter
from channels.twilio.voice import Call
from storage.store import Away, Store

log = structlog.get_logger()

_XML = "text/xml"
_AN_HOUR, _A_MINUTE = timedelta(hours=1), timedelta(minutes=1)
# A rule of ours: somebody in distress may ring again and again, a machine that rings for ever costs money.
MOST_OF_ONE, MOST_OF_ALL = 6, 60


class Rung:
    """Who rang in the last hour. It is kept in memory only, and forgotten when the process ends."""

    def __init__(self) -> None:
        self._calls: deque[tuple[datetime, str | None]] = deque()

    def note(self, number: str | None, now: datetime) -> None:
        while self._calls and now - self._calls[0][0] > _AN_HOUR:
            self._calls.popleft()
        self._calls.append((now, number))

    def too_many(self, now: datetime) -> bool:
        """Whether more rang within a minute, all together, than people do."""
        return sum(now - at <= _A_MINUTE for at, _number in self._calls) >= MOST_OF_ALL

    def too_often(self, number: str | None) -> bool:
        """Whether this one rang more often than helps. Those who hide their number are not one person."""
        return number is not None and sum(one == number for _at, one in self._calls) > MOST_OF_ONE


class Voice(Webhook):
    """The endpoint for calls: says what the bank says, in Twilio's words."""

    def __init__(
        self,
        receiver: Receiver,
        twilio: TwilioAdapter,
        store: Store,
        organisation: Callable[[], Organisation],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(receiver, twilio, "twilio", Response())
        self._twilio = twilio
        self._store = store
        self._organisation = organisation
        self._now = now
        self._rung = Rung()

    async def take(self, request: Request) -> Response:
        now, organisation = self._now(), self._organisation()
        try:
            call = self._twilio.ringing(request)
        except Poison:
            return self._say(calls.goodbye(now, organisation))
        if not call.key:
            return self._pick_up(call, now, organisation)
        if call.key == calls.RING_BACK:
            return self._say(await self._ring_back(call, now, organisation))
        again = calls.goodbye if call.last else calls.ask_again
        return self._say(again(now, organisation))

    def _pick_up(self, call: Call, now: datetime, organisation: Organisation) -> Response:
        if self._rung.too_many(now):
            return Response(self._twilio.busy(), media_type=_XML)
        self._rung.note(call.number, now)
        if self._rung.too_often(call.number):
            return self._say(calls.rang_often(now, organisation))
        return self._say(calls.greet(call.number, now, organisation))

    async def _ring_back(self, call: Call, now: datetime, organisation: Organisation) -> Answer:
        """Only what is on disk is promised: a caller cannot be brought again as a message can."""
        try:
            return await self._store.write(lambda tx: calls.ring_back(tx, call.number, now, organisation))
        except Away:
            log.warning("database_away", tick="voice")
        except Exception as error:  # noqa: BLE001  whatever went wrong, somebody is on the telephone and must be told
            log.error("call_not_noted", error=type(error).__name__)
        return calls.not_noted(now, organisation)

    def _say(self, answer: Answer) -> Response:
        asks = [[(one.language, one.text) for one in ask] for ask in answer.asks]
        end = [(one.language, one.text) for one in answer.end]
        return Response(self._twilio.spoken(asks, end), media_type=_XML)
