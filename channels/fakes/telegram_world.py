"""What Telegram knows of a bot's chats: who is there, what was said, what was edited, what was pressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from channels.fakes.book import Book, Entry
from channels.fakes.clock import Clock
from channels.fakes.telegram_error import TelegramError
from channels.fakes.telegram_keyboard import Button, buttons
from channels.fakes.telegram_updates import BUTTON_LIFE, Update, Updates

Object = dict[str, Any]


class Chat(Protocol):
    """A person's private chat or a group, as far as sending needs to know."""

    id: int

    def refusal(self) -> TelegramError | None:
        """Why the bot may not write here, None if it may."""
        ...

    def describe(self) -> Object:
        """The Chat object."""
        ...

    def bot_leaves(self) -> None:
        """The bot goes by itself. Raises TelegramError where it cannot."""
        ...


@dataclass(frozen=True, slots=True)
class Seen:
    """One of the bot's messages as it stands on the phone now."""

    message_id: int
    text: str
    buttons: tuple[Button, ...]
    markup: Mapping[str, Any] | None
    at: datetime


@dataclass(slots=True)
class Query:
    """One press of a button, and the answer the bot gave it."""

    id: str
    at: datetime
    answer: Mapping[str, Any] | None = None


class World:
    """One bot's chats. `book` is what the bot sent; `edits` holds those messages that it changed since."""

    def __init__(self, bot: Object, book: Book, clock: Clock) -> None:
        self.bot = bot
        self.book = book
        self.clock = clock
        self.updates = Updates(clock)
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.edits: dict[int, tuple[str, Mapping[str, Any] | None]] = {}
        self._last_message_id = 0

    def now(self) -> int:
        """Seconds since 1970, as Telegram's dates are."""
        return int(self.clock().timestamp())

    def message_id(self) -> int:
        self._last_message_id += 1
        return self._last_message_id

    def tell(self, chat_id: int, kind: str, what: Object) -> Update | None:
        return self.updates.add(chat_id, kind, what)

    def seen(self, entry: Entry) -> Seen:
        """A sent message with its edits."""
        text, markup = self.edits.get(int(entry.id), (entry.text, entry.parameters.get("reply_markup")))
        return Seen(int(entry.id), text, buttons(markup), markup, entry.at)

    def describe(self, entry: Entry) -> Object:
        """The Message object of what the bot sent."""
        seen = self.seen(entry)
        message: Object = {
            "message_id": seen.message_id,
            "from": self.bot,
            "chat": self.chats[int(entry.to)].describe(),
            "date": int(entry.at.timestamp()),
            **_said(seen.text, entry.parameters.get("document"), seen.message_id),
        }
        if seen.message_id in self.edits:
            message["edit_date"] = self.now()
        if seen.markup and "inline_keyboard" in seen.markup:
            message["reply_markup"] = seen.markup
        return message

    def press(self) -> Query:
        """A new callback query; those too old to be answered are forgotten."""
        now = self.clock()
        for id_ in [query.id for query in self.queries.values() if now - query.at >= 2 * BUTTON_LIFE]:
            del self.queries[id_]
        query = Query(str(4_200_000_000_000_000_000 + self.message_id()), now)
        self.queries[query.id] = query
        return query


def _said(text: str, document: Mapping[str, Any] | None, message_id: int) -> Object:
    """Words alone; or under a file, which is a Document object then."""
    if document is None:
        return {"text": text}
    file = f"BQACAgQAAxkBAAI{message_id:06}"
    about = {"file_id": file, "file_unique_id": file[-8:], "file_name": document["name"], "mime_type": document["kind"]}
    return {"caption": text, "document": about}
