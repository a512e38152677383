"""The methods by which a bot says how it wants its updates (Telegram Bot API docs, "Getting updates")."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from channels.fakes.telegram_courier import Courier, Webhook
from channels.fakes.telegram_error import TelegramError, bad_request
from channels.fakes.telegram_updates import Updates

Parameters = Mapping[str, Any]

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_PORTS = frozenset({443, 80, 88, 8443})
_LONGEST_POLL = 50


class Delivery:
    """getUpdates, or one webhook. `local` takes plain http and any port, as the server's own --local does."""

    def __init__(
        self, updates: Updates, courier: Courier, session: Callable[[], aiohttp.ClientSession], *, local: bool
    ) -> None:
        self.updates = updates
        self.courier = courier
        self._session = session
        self._local = local

    def table(self) -> Mapping[str, Callable[[Parameters], Awaitable[Any]]]:
        """By lower-case name: Telegram takes any case."""
        return {
            "getupdates": self.get_updates,
            "setwebhook": self.set_webhook,
            "deletewebhook": self.delete_webhook,
            "getwebhookinfo": self.get_webhook_info,
        }

    async def get_updates(self, parameters: Parameters) -> Any:
        if self.courier.webhook is not None:
            raise TelegramError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        self.updates.allow(_kinds(parameters))
        timeout = min(_number(parameters, "timeout", 0), _LONGEST_POLL)
        limit = max(1, min(_number(parameters, "limit", 100), 100))
        return await self.updates.poll(_number(parameters, "offset", 0), limit, timeout)

    async def set_webhook(self, parameters: Parameters) -> Any:
        url = str(parameters.get("url") or "")
        if not url:
            return await self.delete_webhook(parameters)
        self._check(url)
        secret = parameters.get("secret_token")
        if secret is not None and not _SECRET.fullmatch(str(secret)):
            raise bad_request("secret token contains unallowed characters")
        connections = max(1, min(_number(parameters, "max_connections", 40), 100))
        await self.courier.stop()
        self.updates.allow(_kinds(parameters))
        if _yes(parameters, "drop_pending_updates"):
            self.updates.clear()
        self.courier.start(Webhook(url, secret, connections), self._session())
        return True

    async def delete_webhook(self, parameters: Parameters) -> Any:
        await self.courier.stop()
        if _yes(parameters, "drop_pending_updates"):
            self.updates.clear()
        return True

    async def get_webhook_info(self, _parameters: Parameters) -> Any:
        webhook = self.courier.webhook
        self.updates.drop_expired()
        info: dict[str, Any] = {
            "url": webhook.url if webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates.pending),
        }
        if webhook:
            info |= {"max_connections": webhook.max_connections, "ip_address": "127.0.0.1"}
        if self.updates.allowed is not None:
            info["allowed_updates"] = sorted(self.updates.allowed)
        if self.courier.last_error is not None:
            at, said = self.courier.last_error
            info |= {"last_error_date": int(at.timestamp()), "last_error_message": said}
        return info

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (self._local and parts.scheme == "http"):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if not self._local and (parts.port or 443) not in _PORTS:
            raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _number(parameters: Parameters, name: str, usual: int) -> int:
    try:
        return int(parameters.get(name, usual))
    except (TypeError, ValueError):
        raise bad_request(f"{name} must be a number") from None


def _yes(parameters: Parameters, name: str) -> bool:
    return str(parameters.get(name, "")).lower() in {"true", "1"}


def _kinds(parameters: Parameters) -> list[str] | None:
    kinds = parameters.get("allowed_updates")
    if isinstance(kinds, str):
        kinds = json.loads(kinds) if kinds else None
    return kinds
