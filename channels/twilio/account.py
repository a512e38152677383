"""What we need to know to be a Twilio customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

WEBHOOKS = "/webhooks/twilio/"
MESSAGE, STATUS, VOICE = WEBHOOKS + "message", WEBHOOKS + "status", WEBHOOKS + "voice"

# Three more tries after a 5xx, a failed connect or a read time-out. Without this Twilio tries once
# more, and after failed connects only (Twilio docs, Connection overrides).
RETRY = "#rc=3&rp=5xx,ct,rt"


@dataclass(frozen=True, slots=True, repr=False)
class TwilioAccount:
    """The settings of one Twilio account.

    Calls are signed in with the API key pair where there is one, else with the account SID and auth
    token. `public_url` is where Twilio reaches us, without the webhook's path. `content_templates`
    maps "quick-reply-2", "quick-reply-3", "list-picker-2" to "list-picker-10", each optionally with
    ":" and a language, to ContentSids ("HX...").
    """

    account_sid: str
    auth_token: str
    public_url: str
    auth_token_previous: str = ""
    api_key: str = ""
    api_secret: str = ""
    api_base_url: str = "https://api.twilio.com"
    sms_from: str = ""
    whatsapp_from: str = ""
    messaging_service_sid: str = ""
    timeout_seconds: float = 10.0
    content_templates: Mapping[str, str] = field(default_factory=dict)

    @property
    def sign_in(self) -> tuple[str, str]:
        """User name and password for the REST API."""
        if self.api_key and self.api_secret:
            return self.api_key, self.api_secret
        return self.account_sid, self.auth_token

    def status_callback(self, token: str) -> str:
        """Where Twilio reports what became of the message that we call `token`."""
        return f"{self.public_url.rstrip('/')}{STATUS}?t={quote(token, safe='')}{RETRY}"


def webhook_addresses(public_url: str) -> Mapping[str, str]:
    """What to paste at Twilio, by webhook: "message", "status" and "voice"."""
    base = public_url.rstrip("/")
    return {"message": base + MESSAGE + RETRY, "status": base + STATUS + RETRY, "voice": base + VOICE + RETRY}
