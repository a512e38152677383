"""The buttons under a message (Telegram Bot API docs, "InlineKeyboardMarkup", "ReplyKeyboardMarkup")."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from channels.fakes.telegram_error import bad_request

_MOST_DATA = 64
_MOST_BUTTONS, _MOST_IN_ROW = 100, 8


class Button(NamedTuple):
    """One button. `data` is None for one that is no callback button."""

    label: str
    data: str | None = None
    url: str | None = None
    asks_contact: bool = False


def buttons(markup: Mapping[str, Any] | None) -> tuple[Button, ...]:
    """The buttons of a markup, row by row."""
    return tuple(_button(raw) for row in _rows(markup or {}) for raw in row)


def check(markup: object) -> Mapping[str, Any] | None:
    """Read a reply_markup parameter, which a form carries as JSON text. Raises TelegramError 400."""
    if isinstance(markup, str) and markup:
        try:
            markup = json.loads(markup)
        except ValueError:
            raise bad_request("can't parse reply keyboard markup JSON object") from None
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = list(_rows(markup))
    if any(len(row) > _MOST_IN_ROW for row in rows) or sum(map(len, rows)) > _MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    for button in buttons(markup):
        if not button.label:
            raise bad_request("text buttons are not allowed to be empty")
        if button.data is not None and not 1 <= len(button.data.encode()) <= _MOST_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
        if "inline_keyboard" in markup and button.data is None and button.url is None:
            raise bad_request("text buttons are unallowed in the inline keyboard")
    return markup


def _rows(markup: Mapping[str, Any]) -> Iterator[list[Any]]:
    for name in ("inline_keyboard", "keyboard"):
        yield from markup.get(name) or ()


def _button(raw: str | Mapping[str, Any]) -> Button:
    if isinstance(raw, str):
        return Button(raw)
    return Button(raw.get("text", ""), raw.get("callback_data"), raw.get("url"), bool(raw.get("request_contact")))
