"""What it takes to speak as our Telegram bot."""

from __future__ import annotations

from dataclasses import dataclass, field

WEBHOOK_PATH = "/webhooks/telegram"


@dataclass(frozen=True, slots=True)
class TelegramAccount:
    """One bot.

    `secret_token` is 1 to 256 of A-Z a-z 0-9 _ - and comes back in a header of every webhook call
    (Bot API, setWebhook); `secret_token_previous` is still accepted while a new one takes over.
    `public_url` is ours ("https://bank.example.org"); empty means that we poll for updates.
    `timeout_seconds` is how long one call may take.
    """

    token: str = field(repr=False)
    secret_token: str = field(default="", repr=False)
    secret_token_previous: str = field(default="", repr=False)
    api_base_url: str = "https://api.telegram.org"
    public_url: str = ""
    timeout_seconds: float = 10.0

    @property
    def webhook_url(self) -> str:
        return self.public_url.rstrip("/") + WEBHOOK_PATH

    @property
    def secrets(self) -> tuple[str, ...]:
        """The secrets accepted now; none is accepted where none is set."""
        return tuple(secret for secret in (self.secret_token, self.secret_token_previous) if secret)
