"""The settings as a whole: what fits together, what is still as we ship it, and the numbers that people may need."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from bank.numbers import GOOD_FOR
from bank.organisation import Organisation
from bot.doctor.finding import Finding, fine, note, wrong
from bot.settings import Settings

NAME, ADDRESS, NUMBERS, CARE = "Settings", "Public address", "Emergency numbers", "Care line"
SHIPPED_COUNCIL = "Ashdale Council"
SHIPPED_CARE_LINE = "03069 990100 (8am to 6pm)"
_LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1", "0.0.0.0"})  # noqa: S104  names to look for, not to serve on


def look(settings: Settings, organisation: Organisation, today: date) -> list[Finding]:
    return [*_mode(settings, organisation), *_numbers(organisation, today), *_care_line(organisation)]


def _mode(settings: Settings, organisation: Organisation) -> list[Finding]:
    if settings.is_demo:
        return [
            note(
                "Demo",
                "This is a demo. Everybody in it is invented, and nothing leaves this machine.",
                "For real people, connect a channel: docs/connect-sms.md, docs/connect-telegram.md.",
            )
        ]
    if not settings.has_channel:
        return [
            wrong(NAME, "No channel is on, and the demo is off.", 'Connect a channel, or set demo = "auto".'),
        ]
    return [*_placeholders(settings, organisation), *_public_address(settings)]


def _placeholders(settings: Settings, own: Organisation) -> list[Finding]:
    found = [
        name
        for name, placeholder in (
            ("organisation.council", own.council == SHIPPED_COUNCIL),
            ("organisation.privacy_url", _is_example(own.privacy_url)),
            ("organisation.care_line", own.care_line == SHIPPED_CARE_LINE),
            ("public_url", _is_example(settings.public_url)),
        )
        if placeholder
    ]
    if not found:
        return [fine(NAME, f"They fit together, and speak for {own.council}.")]
    advice = "Put your own in settings.toml, or in the console under Settings."
    return [wrong(NAME, f"Still as shipped, for an invented council: {', '.join(found)}.", advice)]


def _is_example(url: str) -> bool:
    host = (urlsplit(url if "//" in url else f"//{url}").hostname or "").split(".")
    return "example" in host


def _public_address(settings: Settings) -> list[Finding]:
    url = urlsplit(settings.public_url)
    asked = settings.telegram.on and not settings.twilio.on and settings.telegram.updates != "webhook"
    if url.username is not None:
        return [wrong(ADDRESS, "public_url holds a user name.", "Take the user name and password out of it.")]
    if url.scheme == "https" and url.hostname not in _LOCAL_HOSTS:
        return [fine(ADDRESS, f"Providers reach us at {settings.public_url}.")]
    if asked:
        return [note(ADDRESS, "public_url is not a public https address. Telegram does not need one: we ask it.")]
    return [
        wrong(
            ADDRESS,
            "public_url is not a public https address, so no provider can reach us.",
            "Set public_url (HEARD_PUBLIC_URL) to the https address of the proxy before Heard.",
        )
    ]


def _care_line(own: Organisation) -> list[Finding]:
    if not own.care_line.strip():
        advice = "Set organisation.care_line to the number and its hours, as a text should say it."
        return [note(CARE, "Nobody is told whom to ring when care goes wrong.", advice)]
    return [fine(CARE, f"When care goes wrong, people are told to ring {own.care_line}.")]


def _numbers(own: Organisation, today: date) -> list[Finding]:
    if not own.numbers_owner.strip():
        return [
            wrong(NUMBERS, "Nobody is named to check them.", "Set organisation.numbers_owner to a person or a post.")
        ]
    again = f"{own.numbers_owner}: check them, then say so in the console, under Settings, Numbers."
    if own.numbers_checked is None:
        return [wrong(NUMBERS, "Nobody has said that they are right.", again)]
    if own.numbers_checked > today:
        return [wrong(NUMBERS, f"They are marked as checked on {own.numbers_checked}, which is still to come.", again)]
    age = (today - own.numbers_checked).days
    if today - own.numbers_checked > GOOD_FOR:
        return [wrong(NUMBERS, f"They were last checked {age} days ago.", again)]
    return [fine(NUMBERS, f"They were checked {age} days ago. Who checks them: {own.numbers_owner}.")]
