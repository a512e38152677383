"""An installation to examine: its settings, what its first start makes, and how to read the findings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from bot import doctor, keys
from bot.doctor.finding import Finding
from bot.settings import Settings
from storage import migrate
from storage.keys import KeyRing

ACCOUNT, AUTH_TOKEN = "AC" + "0" * 32, "a-secret-token-of-twilio"
BOT_TOKEN = "123456:a-secret-token-of-telegram"
SECRET = "a-secret-of-our-own-1234"
NOBODY = "http://127.0.0.1:9"  # nothing listens there

Given = Callable[..., Settings]
OWN = {
    "PUBLIC_URL": "https://heard.oakshire.test",
    "ORGANISATION__COUNCIL": "Oakshire Council",
    "ORGANISATION__PRIVACY_URL": "oakshire.test/heard",
    "ORGANISATION__CARE_LINE": "07700 900100 (9am to 5pm)",
}
TEXTS = {
    **OWN,
    "TWILIO__ACCOUNT_SID": ACCOUNT,
    "TWILIO__AUTH_TOKEN": AUTH_TOKEN,
    "TWILIO__MESSAGING_SERVICE_SID": "MG" + "0" * 32,
    "TWILIO__API_BASE_URL": NOBODY,
}
BOT = {**OWN, "TELEGRAM__TOKEN": BOT_TOKEN, "TELEGRAM__SECRET_TOKEN": SECRET, "TELEGRAM__API_BASE_URL": NOBODY}


def furnish(settings: Settings) -> KeyRing:
    """What the first start makes: a private folder, keys, a database of the newest shape."""
    settings.data_dir.mkdir(mode=0o700)
    ring = keys.keys_in(settings.data_dir / "keys")
    migrate.upgrade(settings.database_url, ring)
    return ring


def said(findings: list[Finding], name: str, *, well: bool | None) -> str:
    return "\n".join(
        "\n".join((finding.sentence, finding.what_to_do, *finding.lines))
        for finding in findings
        if finding.name == name and finding.well is well
    )


async def examined(settings: Settings, now: datetime | None = None) -> list[Finding]:
    return await doctor.examine(settings, now or datetime.now(UTC))
