"""A group that somebody may add the bot to."""

from __future__ import annotations

from channels.fakes.telegram_error import TelegramError
from channels.fakes.telegram_person import Person
from channels.fakes.telegram_updates import Update
from channels.fakes.telegram_world import Object, World


class Group:
    """A group chat. Its id is negative."""

    def __init__(self, world: World, id_: int, title: str) -> None:
        self.id = id_
        self.title = title
        self.has_bot = False
        self._world = world

    async def adds_bot(self, by: Person) -> Update | None:
        self.has_bot = True
        bot = self._world.bot
        change = {
            "chat": self.describe(),
            "from": by.user,
            "date": self._world.now(),
            "old_chat_member": {"user": bot, "status": "left"},
            "new_chat_member": {"user": bot, "status": "member"},
        }
        return self._world.tell(self.id, "my_chat_member", change)

    async def says(self, person: Person, text: str) -> Update | None:
        message = {
            "message_id": self._world.message_id(),
            "from": person.user,
            "chat": self.describe(),
            "date": self._world.now(),
            "text": text,
        }
        return self._world.tell(self.id, "message", message)

    def describe(self) -> Object:
        return {"id": self.id, "type": "group", "title": self.title, "all_members_are_administrators": True}

    def refusal(self) -> TelegramError | None:
        return None if self.has_bot else TelegramError(403, "Forbidden: bot is not a member of the group chat")

    def bot_leaves(self) -> None:
        self.has_bot = False
