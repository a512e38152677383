"""Updates as Telegram writes them, to vary from."""

from __future__ import annotations

from typing import Any

ASHA = {"id": 7001, "is_bot": False, "first_name": "Asha", "language_code": "en-GB"}
BOT = {"id": 666, "is_bot": True, "first_name": "Ashdale", "username": "AshdaleBot"}
CHAT = {"id": 7001, "type": "private", "first_name": "Asha"}
GROUP = {"id": -100500, "type": "supergroup", "title": "Neighbours"}
WHEN = 1_796_306_400
QUESTION = {
    "message_id": 40,
    "from": BOT,
    "chat": CHAT,
    "date": WHEN,
    "text": "Are you coming?",
    "reply_markup": {
        "inline_keyboard": [
            [{"text": "Yes", "callback_data": "o1"}],
            [{"text": "Not sure", "callback_data": "o2"}],
        ]
    },
}
PHOTO = [{"file_id": "a", "file_unique_id": "b", "width": 90, "height": 60}]
FILE = {"file_id": "a", "file_unique_id": "b"}


def written(**content: Any) -> dict[str, Any]:
    message = {"message_id": 41, "from": ASHA, "chat": CHAT, "date": WHEN} | content
    return {"update_id": 900, "message": message}


def edited(**content: Any) -> dict[str, Any]:
    message = written(edit_date=WHEN + 60, **content)["message"]
    return {"update_id": 900, "edited_message": message}


def pressed(**content: Any) -> dict[str, Any]:
    press = {"id": "5550", "from": ASHA, "chat_instance": "1", "message": QUESTION, "data": "o2"} | content
    return {"update_id": 900, "callback_query": press}


def moved(status: str, chat: dict[str, Any] = CHAT) -> dict[str, Any]:
    until = {"until_date": 0} if status == "kicked" else {}
    return {
        "update_id": 900,
        "my_chat_member": {
            "chat": chat,
            "from": ASHA,
            "date": WHEN,
            "old_chat_member": {"user": BOT, "status": "left"},
            "new_chat_member": {"user": BOT, "status": status} | until,
        },
    }
