"""Media at Telegram: what of it a message holds, and fetching a piece (Bot API, "getFile").

Telegram gives bots files of up to 20 MB. A file's own address holds the bot's token, so it is asked for anew each time
and kept nowhere.
"""

from __future__ import annotations

from typing import Any

import telegram
from telegram.error import BadRequest, InvalidToken, TelegramError

from channels.media import CannotOpen, Media, Why, refused
from channels.telegram.account import TelegramAccount
from channels.telegram.wire import PlainBot
from channels.transport import NoAnswer, NotSent, TooBig, Transport

MOST_BYTES = 20_000_000
SECONDS = 30.0
LONGEST_ID = 512
# What each is where Telegram does not say. An animation is a document too, so it comes first.
USUAL = {
    "animation": "video/mp4",
    "voice": "audio/ogg",
    "audio": "audio/mpeg",
    "video": "video/mp4",
    "video_note": "video/mp4",
    "document": "",
}


def enclosed(message: telegram.Message) -> tuple[Media, ...]:
    """The piece that this message holds, if it is a file; of a photo's sizes the largest."""
    if message.photo:
        return _piece(max(message.photo, key=lambda size: size.width * size.height).file_id, "image/jpeg")
    if message.sticker:
        return _piece(message.sticker.file_id, _of_sticker(message.sticker))
    for name, usual in USUAL.items():
        held: Any = message[name]
        if held:
            return _piece(held.file_id, getattr(held, "mime_type", None) or usual)
    return ()


def _piece(file_id: str, kind: str) -> tuple[Media, ...]:
    return (Media(file_id, kind),) if 0 < len(file_id) <= LONGEST_ID else ()


def _of_sticker(sticker: telegram.Sticker) -> str:
    if sticker.is_video:
        return "video/webm"
    return "" if sticker.is_animated else "image/webp"


def files_url(account: TelegramAccount) -> str:
    """Under which the bot's files lie; the library adds the token."""
    return f"{account.api_base_url.rstrip('/')}/file/bot"


class TelegramMedia:
    """One bot's. A place is a file's id, which is good for this bot alone."""

    def __init__(self, account: TelegramAccount, bot: PlainBot, transport: Transport) -> None:
        self._bot = bot
        self._transport = transport
        self._files = f"{files_url(account)}{account.token}/"

    async def fetch(self, place: str) -> bytes:
        """Raises CannotOpen."""
        url = await self._address(place)
        try:
            answer = await self._transport.call("GET", url, timeout=SECONDS, most_bytes=MOST_BYTES)
        except TooBig:
            raise CannotOpen(Why.TOO_BIG) from None
        except (NotSent, NoAnswer):
            raise CannotOpen(Why.NOT_REACHED) from None
        if answer.status != 200:
            raise refused(answer.status)
        return answer.body

    async def _address(self, place: str) -> str:
        try:
            file = await self._bot.get_file(place)
        except BadRequest as error:
            raise CannotOpen(Why.TOO_BIG if "too big" in str(error).lower() else Why.GONE) from None
        except InvalidToken:
            raise CannotOpen(Why.NOT_LET_IN) from None
        except (TelegramError, KeyError, TypeError, ValueError, AttributeError):
            raise CannotOpen(Why.NOT_REACHED) from None
        url = file.file_path or ""
        if not url.startswith(self._files) or "/../" in url:
            raise CannotOpen(Why.NOT_THEIRS)
        return url
