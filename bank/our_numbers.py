"""Our numbers: where people write to us, and what a phone's camera opens with the words ready to send."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from channels.message import Channel
from language.phones import domestic


@dataclass(frozen=True, slots=True)
class OurNumbers:
    """`sms` and `whatsapp` are in E.164; `telegram` is the bot's user name. Empty: nobody can write to us there."""

    sms: str = ""
    whatsapp: str = ""
    telegram: str = ""


@dataclass(frozen=True, slots=True)
class Ready:
    """One way to write to us.

    `shown` is our number or name as people read it, `opens` what a square code holds, `link` what a page leads to.
    """

    channel: Channel
    shown: str
    opens: str
    link: str


def words(code: str) -> str:
    """What to text. It is the same in every language."""
    return f"JOIN {code}" if code else "JOIN"


def ways(numbers: OurNumbers, code: str) -> list[Ready]:
    """Each way to write to us, with the words for this code ready; texts first."""
    text = words(code)
    found = []
    if numbers.sms:
        # Not "sms:...?body=": iPhones and Android's readers both take the words from this older form, also where they
        # lose what follows a question mark. In capitals and without "%" the code has fewer, larger squares.
        opens, link = f"SMSTO:{numbers.sms}:{text}", f"sms:{numbers.sms}?body={quote(text)}"
        found.append(Ready(Channel.SMS, domestic(numbers.sms), opens, link))
    if numbers.whatsapp:
        link = f"https://wa.me/{numbers.whatsapp.removeprefix('+')}?text={quote(text)}"
        found.append(Ready(Channel.WHATSAPP, domestic(numbers.whatsapp), link, link))
    if numbers.telegram:
        link = f"https://t.me/{numbers.telegram}" + (f"?start={code}" if code else "")
        found.append(Ready(Channel.TELEGRAM, f"@{numbers.telegram}", link, link))
    return found
