"""Reading Telegram's updates: what a person sent, in our own words.

Bot API, "Update": one update carries one kind. We ask for four kinds and speak in private chats only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import telegram

from channels.message import Channel, Event, Incoming, Kind, Malformed, Poison, Reachability
from channels.telegram.content import Content, content_of

SENDER = "telegram"
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
PRESENT = ("member", "administrator")
START = re.compile(r"/start(?:@\w+)? ([A-Za-z0-9_-]{1,64})\s*", re.ASCII)


def decode(body: bytes) -> dict[str, Any]:
    """The object in a webhook's body. Raises Malformed when it is not strict JSON in UTF-8, or no object."""
    try:
        update = json.loads(body.decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Malformed("the body is not JSON") from None
    if not isinstance(update, dict):
        raise Malformed("the body is not an update")
    return update


def read_update(update: Mapping[str, Any]) -> tuple[Event, ...]:
    """The events in one update: none for a kind we do not ask for, or a chat that is not private.

    Raises Malformed when it cannot be read. A message's `provider_id` is "u" and the update's id, by
    which repeats are known. `message_id`, `quoted_id` and `edited_id` are "chat:message", as is the
    `provider_id` of what we send.
    """
    if type(update.get("update_id")) is not int:
        raise Malformed("the update has no update_id")
    if not any(kind in update for kind in KINDS):
        return ()
    try:
        return _events(telegram.Update.de_json(dict(update), None), raw_of(update))
    except Exception as error:  # noqa: BLE001 - the library may trip in any way over what it did not expect
        raise Poison(f"the update cannot be read ({type(error).__name__})") from None


def raw_of(update: object) -> str:
    """The update as compact JSON text. Raises ValueError when it holds half a character."""
    raw = json.dumps(update, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    raw.encode()
    return raw


def group_of(update: Mapping[str, Any]) -> str | None:
    """The group or channel this update shows us to be in, which we should leave; None for any other."""
    change = update.get("my_chat_member")
    body = change or update.get("message") or update.get("edited_message")
    chat = body.get("chat") if isinstance(body, Mapping) else None
    if not isinstance(chat, Mapping) or chat.get("type") == "private" or "id" not in chat:
        return None
    if change and change.get("new_chat_member", {}).get("status") not in PRESENT:
        return None
    return str(chat["id"])


def message_name(chat_id: int, message_id: int) -> str:
    """Our name for a message: its number is unique only within its chat."""
    return f"{chat_id}:{message_id}"


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _events(update: telegram.Update, raw: str) -> tuple[Event, ...]:
    if update.callback_query and not update.callback_query.message:
        return ()  # under a message that somebody sent in a chat of theirs
    chat = update.effective_chat
    if chat is None or type(chat.id) is not int:
        raise ValueError("no chat")
    if chat.type != "private":
        return ()
    if update.my_chat_member:
        return (_reachability(update, update.my_chat_member, raw),)
    person = update.effective_user
    base = Incoming(
        sender=SENDER,
        channel=Channel.TELEGRAM,
        address=str(chat.id),
        provider_id=f"u{update.update_id}",
        language_hint=_primary_tag(person.language_code) if person else None,
        raw=raw,
    )
    if update.callback_query:
        return _pressed(base, update.callback_query)
    if update.edited_message:
        return _edited(base, update.edited_message)
    return _written(base, update.message) if update.message else ()


def _reachability(update: telegram.Update, change: telegram.ChatMemberUpdated, raw: str) -> Reachability:
    return Reachability(
        sender=SENDER,
        channel=Channel.TELEGRAM,
        address=str(change.chat.id),
        provider_id=f"u{update.update_id}",
        open=change.new_chat_member.status in PRESENT,
        raw=raw,
    )


def _pressed(base: Incoming, press: telegram.CallbackQuery) -> tuple[Event, ...]:
    message = press.message
    if press.data is None or message is None:
        return ()
    return (
        replace(
            base,
            kind=Kind.BUTTON,
            text=_label(message, press.data),
            payload=press.data,
            callback_id=press.id,
            quoted_id=message_name(message.chat.id, message.message_id),
        ),
    )


def _label(message: telegram.MaybeInaccessibleMessage, data: str) -> str:
    markup = message.reply_markup if isinstance(message, telegram.Message) else None
    rows = markup.inline_keyboard if markup else ()
    return next((button.text for row in rows for button in row if button.callback_data == data), "")


def _edited(base: Incoming, message: telegram.Message) -> tuple[Event, ...]:
    """A correction of words. A shared live location is "edited" each time the person moves."""
    content = content_of(message)
    if content is None or content.kind is Kind.LOCATION:
        return ()
    written = _with(base, message, content)
    return (replace(written, kind=Kind.EDIT, edited_id=written.message_id, sent_at=message.edit_date),)


def _written(base: Incoming, message: telegram.Message) -> tuple[Event, ...]:
    content = content_of(message)
    if content is None:
        return ()
    start = START.fullmatch(content.text) if content.kind is Kind.TEXT else None
    written = _with(base, message, content)
    return (replace(written, start_code=start[1]) if start else written,)


def _with(base: Incoming, message: telegram.Message, content: Content) -> Incoming:
    quoted = message.reply_to_message
    return replace(
        base,
        kind=content.kind,
        text=content.text,
        media=content.media,
        enclosed=content.enclosed,
        phone=content.phone,
        message_id=message_name(message.chat.id, message.message_id),
        quoted_id=message_name(message.chat.id, quoted.message_id) if quoted else None,
        forwarded=message.forward_origin is not None,
        sent_at=message.date,
    )


def _primary_tag(language_code: str | None) -> str | None:
    return re.split("[-_]", language_code)[0].lower() if language_code else None
