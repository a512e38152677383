"""Telegram: does it know our bot, and do its updates reach us."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.channels_on import hears_by_webhook, telegram_account
from bot.doctor.finding import Finding, fine, note, wrong
from bot.settings import Settings
from channels.telegram.account import TelegramAccount
from channels.telegram.adapter import TelegramAdapter
from channels.telegram.problems import CallFailed
from channels.telegram.service import WebhookInfo
from channels.transport import Transport

NAME, UPDATES, SECRET = "Telegram", "Telegram's updates", "Telegram's secret"
# Rules of ours: more than so many waiting, or a failure as fresh as that, means that something is wrong now.
MOST_PENDING = 50
FRESH = timedelta(minutes=10)
_SHORTEST_SECRET = 20  # characters


async def look(settings: Settings, transport: Transport, now: datetime) -> list[Finding]:
    if not settings.telegram.on:
        return [note(NAME, "Telegram is off.", "To connect it: docs/connect-telegram.md.")]
    account = telegram_account(settings)
    service = TelegramAdapter(account, transport).service
    try:
        known_as = await service.me()
        info = await service.webhook_info()
    except CallFailed as error:
        return [wrong(NAME, error.problem.sentence, "Check telegram.token, and this machine's way to the internet.")]
    found = [fine(NAME, f"The bot is @{known_as}. People find it at https://t.me/{known_as}.")]
    if hears_by_webhook(settings):
        return [*found, *_secret(settings), _webhook(account, info), *_deliveries(info, now)]
    return [*found, _polling(info), *_deliveries(info, now)]


def _secret(settings: Settings) -> list[Finding]:
    if len(settings.telegram.secret_token) >= _SHORTEST_SECRET:
        return []
    return [wrong(SECRET, "telegram.secret_token is short.", f"Use {_SHORTEST_SECRET} or more letters and digits.")]


def _webhook(account: TelegramAccount, info: WebhookInfo) -> Finding:
    if info.url == account.webhook_url:
        return fine(UPDATES, f"Telegram calls us at {info.url}.")
    sentence = "Telegram calls another address than ours." if info.url else "Telegram does not know our address."
    return wrong(
        UPDATES, sentence, "Start Heard again: it tells Telegram where to call. Is another Heard using this bot?"
    )


def _polling(info: WebhookInfo) -> Finding:
    if info.url:
        sentence = "We ask Telegram for updates, but Telegram calls an address instead."
        return wrong(UPDATES, sentence, "Start Heard: it ends that. Is another program using this bot?")
    return fine(UPDATES, "We ask Telegram for updates. No address of ours is needed.")


def _deliveries(info: WebhookInfo, now: datetime) -> list[Finding]:
    found = []
    if info.pending > MOST_PENDING:
        sentence = f"{info.pending} updates are waiting at Telegram, which keeps them for 24 hours."
        found.append(wrong(UPDATES, sentence, "See that Heard is running, and that its address can be reached."))
    if info.last_error_at is not None and now - info.last_error_at < FRESH:
        sentence = f"Telegram's last call to us failed just now: {info.last_error or 'it does not say why'}."
        found.append(wrong(UPDATES, sentence, "See that Heard is running, and that its address can be reached."))
    return found
