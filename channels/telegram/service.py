"""The calls to Telegram that are not messages: the webhook, the menu, groups, waiting updates."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from telegram.error import TelegramError

from channels.telegram.account import TelegramAccount
from channels.telegram.inbound import KINDS
from channels.telegram.problems import CallFailed, problem_of
from channels.telegram.wire import PlainBot, TooMany

MAX_CONNECTIONS = 40  # at a time, to our webhook; Telegram's own default

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WebhookInfo:
    """How delivery to our webhook stands (Bot API, WebhookInfo). `url` is empty where none is set."""

    url: str
    pending: int
    last_error_at: datetime | None
    last_error: str | None
    ip_address: str | None
    max_connections: int | None
    kinds: tuple[str, ...]


class TelegramService:
    """What an operator or the service asks of one bot. Every call raises CallFailed, and nothing else."""

    def __init__(self, account: TelegramAccount, bot: PlainBot) -> None:
        self._account = account
        self._bot = bot

    async def me(self) -> str:
        """The bot's user name, without the @."""
        return (await _asked(self._bot.get_me())).username or ""

    async def set_webhook(self) -> None:
        """Have updates posted to `account.webhook_url` with our secret."""
        await _asked(
            self._bot.set_webhook(
                self._account.webhook_url,
                secret_token=self._account.secret_token,
                allowed_updates=KINDS,
                max_connections=MAX_CONNECTIONS,
            )
        )

    async def delete_webhook(self) -> None:
        await _asked(self._bot.delete_webhook())

    async def webhook_info(self) -> WebhookInfo:
        info = await _asked(self._bot.get_webhook_info())
        return WebhookInfo(
            url=info.url,
            pending=info.pending_update_count,
            last_error_at=info.last_error_date,
            last_error=info.last_error_message,
            ip_address=info.ip_address,
            max_connections=info.max_connections,
            kinds=tuple(info.allowed_updates),
        )

    async def set_commands(self, menus: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """Set the menu: language tag ("" for all other languages) to (command, description) pairs."""
        for language, commands in menus.items():
            await _asked(self._bot.set_my_commands(list(commands), language_code=language or None))

    async def leave_group(self, chat: str) -> None:
        await _asked(self._bot.leave_chat(chat))

    async def updates(self, offset: int, wait_seconds: int) -> list[dict[str, Any]]:
        """Updates from `offset` on, as they came; that confirms all earlier ones. Waits for the first."""
        call_seconds = wait_seconds + self._account.timeout_seconds
        return await _asked(
            self._bot.raw_updates(offset=offset, wait_seconds=wait_seconds, kinds=KINDS, call_seconds=call_seconds)
        )


async def _asked(call: Awaitable[T]) -> T:
    try:
        return await call
    except TooMany as error:
        raise CallFailed(problem_of(error), error.retry_after) from None
    except (TelegramError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise CallFailed(problem_of(error)) from None
