"""What a person put into a message: words, a picture, a place, a telephone number."""

from __future__ import annotations

from typing import NamedTuple

import telegram

from channels.media import Media
from channels.message import Kind
from channels.telegram.media import enclosed

MEDIA = (
    *("photo", "voice", "document", "sticker", "video", "video_note", "audio", "animation", "live_photo"),
    *("story", "poll", "dice", "game", "checklist", "paid_media", "passport_data"),
)


class Content(NamedTuple):
    kind: Kind
    text: str = ""
    media: int = 0
    phone: str | None = None
    enclosed: tuple[Media, ...] = ()


def content_of(message: telegram.Message) -> Content | None:
    """What the person put into a message; None where Telegram itself wrote it (a pinned message, a timer)."""
    if message.text is not None:
        return Content(Kind.TEXT, message.text)
    if message.contact:
        return Content(Kind.CONTACT, phone=_own_phone(message, message.contact))
    if message.location or message.venue:
        return Content(Kind.LOCATION)
    # What the library does not know yet is in api_kwargs: better shown to a person than lost.
    if message.api_kwargs or any(message[name] for name in MEDIA):
        return Content(Kind.MEDIA, message.caption or "", media=1, enclosed=enclosed(message))
    return None


def _own_phone(message: telegram.Message, contact: telegram.Contact) -> str | None:
    """The number, if it is the person's own: anybody's contact card can be sent on."""
    digits = "".join(filter(str.isdecimal, contact.phone_number))
    own = message.from_user is not None and contact.user_id == message.from_user.id
    return f"+{digits}" if own and digits else None
