"""The Telegram adapter: our words to the Bot API's and back.

Facts about calls and limits: Telegram Bot API 10.0, as python-telegram-bot 22.8 carries it.
"""

from __future__ import annotations

import hmac
import logging
import time
from collections.abc import Callable
from datetime import timedelta

import structlog
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from telegram import Message as TelegramMessage

from channels.message import (
    Accepted,
    Event,
    Forged,
    Incoming,
    Message,
    Option,
    Outcome,
    Problem,
    Refused,
    Request,
    Shown,
    TryLater,
)
from channels.telegram.account import TelegramAccount
from channels.telegram.inbound import decode, group_of, message_name, read_update
from channels.telegram.limits import Buckets
from channels.telegram.media import TelegramMedia, files_url
from channels.telegram.problems import BAD_BUTTON, PACED, TOO_LONG, outcome_of, problem_of
from channels.telegram.service import TelegramService
from channels.telegram.wire import PlainBot, TooMany, Wire
from channels.transport import Transport

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name
TEXT_UNITS = 4096
CAPTION_UNITS = 1024
PAYLOAD_BYTES = 64
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

log = structlog.get_logger()


class TelegramAdapter:
    """One bot, as an `Adapter` for the sender "telegram".

    `service` has the calls that are not messages: the webhook, the menu, groups, waiting updates.
    Raises telegram.error.InvalidToken when the account has no token.
    """

    def __init__(
        self, account: TelegramAccount, transport: Transport, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        # At DEBUG the library writes whole messages and the token into the log.
        logging.getLogger("telegram").setLevel(logging.INFO)
        wire = Wire(transport, account.timeout_seconds)
        base_url = f"{account.api_base_url.rstrip('/')}/bot"
        self._bot = PlainBot(account.token, base_url, files_url(account), request=wire, get_updates_request=wire)
        self._secrets = tuple(secret.encode() for secret in account.secrets)
        self._buckets = Buckets(clock)
        self.service = TelegramService(account, self._bot)
        self._media = TelegramMedia(account, self._bot, transport)

    def parse(self, request: Request) -> tuple[Event, ...]:
        """The events in a webhook call.

        Raises Forged when the secret is missing or wrong, Malformed when the body is no update, and
        Poison when it is one that we cannot read: unless that is answered 2xx, Telegram holds back this
        person's later messages for up to 24 hours.
        """
        self._check(request)
        return read_update(decode(request.body))

    def read(self, raw: str, path: str) -> tuple[Event, ...]:  # noqa: ARG002  one webhook, and what is fetched is the same
        """The events in an update that was kept. Raises Malformed."""
        return read_update(decode(raw.encode()))

    def group_of(self, request: Request) -> str | None:
        """The group to leave (`service.leave_group`), if a call that `parse` took is from one."""
        return group_of(decode(request.body))

    async def send(self, message: Message) -> Outcome:
        """Send one message. A chat or a bot that has no room left for now is a `TryLater` without a call."""
        if problem := _unsendable(message):
            return Refused(problem)
        if wait := self._buckets.wait_for(message.address):
            whole = self._buckets.bot_wait() >= wait
            return TryLater(PACED, timedelta(seconds=wait), whole_sender=whole, paced=True)
        try:
            sent = await self._say(message)
        except Exception as error:  # noqa: BLE001 - after the call has begun, any fault leaves the same doubt
            return self._failed(message.address, error)
        return Accepted(message_name(sent.chat.id, sent.message_id))

    async def _say(self, message: Message) -> TelegramMessage:
        """The words, under the file where one goes with them: a longer text than fits there goes alone."""
        keyboard = _keyboard(message.options)
        if message.file is None or _units(message.text) > CAPTION_UNITS:
            return await self._bot.send_message(
                message.address, message.text, reply_markup=keyboard, link_preview_options=NO_PREVIEW
            )
        file = InputFile(message.file.content, message.file.name)
        return await self._bot.send_document(message.address, file, caption=message.text, reply_markup=keyboard)

    def show(self, message: Message) -> Shown:
        return Shown(message.text, tuple(option.label for option in message.options))

    async def acknowledge(self, incoming: Incoming) -> None:
        """Stop the pressed button's spinner. A press that is too old to answer does no harm."""
        if incoming.callback_id is None:
            return
        try:
            await self._bot.answer_callback_query(incoming.callback_id)
        except Exception as error:  # noqa: BLE001 - the press itself is already ours; only the spinner stays
            log.info("telegram.press_unanswered", code=problem_of(error).code)

    async def open_media(self, place: str) -> bytes:
        return await self._media.fetch(place)

    async def close(self) -> None:
        """Hold nothing to close: the transport belongs to whoever made it."""

    def _check(self, request: Request) -> None:
        given = request.headers.get(SECRET_HEADER, "").encode(errors="backslashreplace")
        matches = [hmac.compare_digest(given, secret) for secret in self._secrets]
        if not any(matches):
            raise Forged("the secret token is missing or wrong")

    def _failed(self, chat: str, error: Exception) -> Outcome:
        problem = problem_of(error)
        if isinstance(error, TooMany):
            whole = self._buckets.penalise(chat, error.retry_after)
            return TryLater(problem, timedelta(seconds=error.retry_after), whole_sender=whole, paced=True)
        return outcome_of(problem)


def _units(text: str) -> int:
    """Its length as Telegram counts it: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _unsendable(message: Message) -> Problem | None:
    if _units(message.text) > TEXT_UNITS:
        return TOO_LONG
    if not all(0 < len(option.payload.encode()) <= PAYLOAD_BYTES for option in message.options):
        return BAD_BUTTON
    return None


def _keyboard(options: tuple[Option, ...]) -> InlineKeyboardMarkup | None:
    """One button a row: labels stay whole on a small screen."""
    rows = [[InlineKeyboardButton(option.label, callback_data=option.payload)] for option in options]
    return InlineKeyboardMarkup(rows) if rows else None
