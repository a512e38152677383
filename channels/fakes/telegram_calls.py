"""The methods of the Bot API that a conversation needs (Telegram Bot API docs, "Available methods")."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp.web import FileField

from channels.fakes.book import Entry
from channels.fakes.telegram_error import TelegramError, bad_request
from channels.fakes.telegram_keyboard import check
from channels.fakes.telegram_limits import Limits
from channels.fakes.telegram_updates import BUTTON_LIFE
from channels.fakes.telegram_world import Chat, World

Parameters = Mapping[str, Any]

_LONGEST_TEXT, _LONGEST_CAPTION = 4096, 1024
_LONGEST_NOTICE = 200
_MOST_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


class Calls:
    """The methods that act on chats. Each takes the parameters and gives the result, or raises TelegramError."""

    def __init__(self, world: World, limits: Limits | None) -> None:
        self.world = world
        self.limits = limits
        self._commands: dict[tuple[str, str], list[Any]] = {}

    def table(self) -> Mapping[str, Callable[[Parameters], Awaitable[Any]]]:
        """By lower-case name: Telegram takes any case."""
        return {
            "getme": self.get_me,
            "sendmessage": self.send_message,
            "senddocument": self.send_document,
            "editmessagetext": self.edit_message_text,
            "editmessagereplymarkup": self.edit_message_reply_markup,
            "answercallbackquery": self.answer_callback_query,
            "setmycommands": self.set_my_commands,
            "getmycommands": self.get_my_commands,
            "leavechat": self.leave_chat,
        }

    async def get_me(self, _parameters: Parameters) -> Any:
        abilities = {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
        return {**self.world.bot, **abilities}

    async def send_message(self, parameters: Parameters) -> Any:
        return self._send(parameters, _text(parameters))

    async def send_document(self, parameters: Parameters) -> Any:
        file, caption = parameters.get("document"), str(parameters.get("caption", ""))
        if not isinstance(file, FileField):
            raise bad_request("there is no document in the request")
        if len(caption) > _LONGEST_CAPTION:
            raise bad_request("message caption is too long")
        document = {"name": file.filename, "kind": file.content_type, "content": file.file.read()}
        return self._send({**parameters, "document": document}, caption)

    def _send(self, parameters: Parameters, text: str) -> Any:
        chat = self._chat(parameters)
        markup = check(parameters.get("reply_markup"))
        if problem := chat.refusal():
            raise problem
        now = self.world.clock()
        if self.limits is not None and (too_many := self.limits.refusal(chat.id, now)):
            raise too_many
        kept = {**parameters, "reply_markup": markup} if markup else parameters
        entry = Entry(str(self.world.message_id()), str(chat.id), self.world.bot["username"], text, kept, now)
        self.world.book.add(entry)
        return self.world.describe(entry)

    async def edit_message_text(self, parameters: Parameters) -> Any:
        return self._edit(parameters, _text(parameters), check(parameters.get("reply_markup")))

    async def edit_message_reply_markup(self, parameters: Parameters) -> Any:
        return self._edit(parameters, None, check(parameters.get("reply_markup")))

    async def answer_callback_query(self, parameters: Parameters) -> Any:
        query = self.world.queries.get(str(parameters.get("callback_query_id")))
        if query is None or self.world.clock() - query.at >= BUTTON_LIFE:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        if len(str(parameters.get("text", ""))) > _LONGEST_NOTICE:
            raise bad_request("MESSAGE_TOO_LONG")
        query.answer = dict(parameters)
        self.world.book.touch()
        return True

    async def set_my_commands(self, parameters: Parameters) -> Any:
        commands = _json(parameters.get("commands", []))
        if not isinstance(commands, list) or len(commands) > _MOST_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not _COMMAND.fullmatch(command.get("command", "")):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command.get("description", "")) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self._commands[_scope(parameters)] = commands
        return True

    async def get_my_commands(self, parameters: Parameters) -> Any:
        return self._commands.get(_scope(parameters), [])

    async def leave_chat(self, parameters: Parameters) -> Any:
        self._chat(parameters).bot_leaves()
        return True

    def _chat(self, parameters: Parameters) -> Chat:
        try:
            return self.world.chats[int(parameters.get("chat_id", ""))]
        except (KeyError, ValueError):
            raise bad_request("chat not found") from None

    def _edit(self, parameters: Parameters, text: str | None, markup: Mapping[str, Any] | None) -> Any:
        chat = self._chat(parameters)
        entry = self.world.book.find(str(parameters.get("message_id")))
        if entry is None or entry.to != str(chat.id):
            raise bad_request("message to edit not found")
        seen = self.world.seen(entry)
        changed = (seen.text if text is None else text, markup)
        if changed == (seen.text, seen.markup):
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly the same "
                "as a current content and reply markup of the message"
            )
        if problem := chat.refusal():
            raise problem
        self.world.edits[seen.message_id] = changed
        self.world.book.touch()
        return self.world.describe(entry)


def _text(parameters: Parameters) -> str:
    text = parameters.get("text")
    if not isinstance(text, str) or not text.strip():
        raise bad_request("message text is empty")
    if len(text) > _LONGEST_TEXT:
        raise bad_request("message is too long")
    if parameters.get("parse_mode"):
        raise TelegramError(400, "Bad Request: unsupported parse_mode (this server takes plain text and entities)")
    return text


def _scope(parameters: Parameters) -> tuple[str, str]:
    scope = _json(parameters.get("scope")) or {"type": "default"}
    return json.dumps(scope, sort_keys=True), str(parameters.get("language_code") or "")


def _json(value: Any) -> Any:
    """A structured parameter: a form carries it as JSON text. Raises TelegramError 400."""
    if not isinstance(value, str) or not value:
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request("can't parse a parameter as JSON") from None
