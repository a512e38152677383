"""Settings that are right each by itself, and do not fit together."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.sections import OrganisationSettings, TelegramSettings, TwilioSettings

_SID = "twilio.account_sid (HEARD_TWILIO__ACCOUNT_SID)"
_TOKEN = "twilio.auth_token (HEARD_TWILIO__AUTH_TOKEN)"  # noqa: S105  what it is called
_SECRET = "twilio.api_secret (HEARD_TWILIO__API_SECRET)"  # noqa: S105  as above
_KEY = "twilio.api_key (HEARD_TWILIO__API_KEY)"


def mistakes(
    demo: str, public_url: str, organisation: OrganisationSettings, twilio: TwilioSettings, telegram: TelegramSettings
) -> Iterator[str]:
    """Each in one line: what is wrong, and what to do. No value is in it."""
    if demo == "on" and (twilio.on or telegram.on):
        yield 'demo ("on") cannot be used with a real channel: its clock can be moved. Set demo = "off".'
    if organisation.opens >= organisation.closes:
        yield "organisation.opens (HEARD_ORGANISATION__OPENS) must be earlier than organisation.closes."
    yield from _twilio(twilio)
    if telegram.on and telegram.updates == "webhook":
        yield from _webhook(public_url, telegram)


def _twilio(own: TwilioSettings) -> Iterator[str]:
    if own.account_sid.startswith("SK") or own.auth_token.startswith("AC"):
        yield f"{_SID} begins with AC, and {_TOKEN} does not. Put each where it belongs."
    for missing, is_there, name, there in (
        (own.api_secret, own.api_key, _SECRET, "twilio.api_key"),
        (own.api_key, own.api_secret, _KEY, "twilio.api_secret"),
        (own.auth_token, own.account_sid, _TOKEN, "twilio.account_sid"),
        (own.account_sid, own.auth_token, _SID, "twilio.auth_token"),
        (own.account_sid, own.api_key or own.api_secret, _SID, "an API key"),
    ):
        if is_there and not missing:
            yield f"{name} is missing, and {there} is set. Twilio needs both: set it, or take the other out."


def _webhook(public_url: str, own: TelegramSettings) -> Iterator[str]:
    if not own.secret_token:
        yield (
            "telegram.secret_token (HEARD_TELEGRAM__SECRET_TOKEN) is missing: a webhook needs it. "
            "Set it to 20 or more letters and digits of your own."
        )
    # A fake Telegram, on this machine, is spoken to by http and calls back so.
    if urlsplit(own.api_base_url).scheme == "https" and not public_url.startswith("https://"):
        yield (
            'telegram.updates is "webhook", and public_url (HEARD_PUBLIC_URL) is no https address: Telegram calls no '
            'other. Set public_url to one, or telegram.updates to "polling".'
        )
