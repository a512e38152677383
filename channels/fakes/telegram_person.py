"""Somebody with a phone who talks to the bot."""

from __future__ import annotations

from typing import Any

from channels.fakes.telegram_error import TelegramError, bad_request
from channels.fakes.telegram_keyboard import Button
from channels.fakes.telegram_updates import Update
from channels.fakes.telegram_world import Object, Query, Seen, World


class Person:
    """One person and their private chat with the bot. What they do is told to the bot as an update.

    Each action returns its update, None where the bot asked not to be told of such.
    """

    def __init__(self, world: World, id_: int, first_name: str, language_code: str | None, **more: str) -> None:
        self.id = id_
        self.user: Object = {"id": id_, "is_bot": False, "first_name": first_name, **more}
        if language_code:
            self.user["language_code"] = language_code
        self.started = False
        self.blocked = False
        self.deactivated = False
        self._world = world
        self._last: Object | None = None

    @property
    def sees(self) -> list[Seen]:
        """The bot's messages as they stand now, oldest first."""
        return [self._world.seen(entry) for entry in self._world.book.to(str(self.id))]

    async def says(self, text: str, *, replying_to: Seen | None = None) -> Update | None:
        fields: Object = {"text": text}
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0].encode("utf-16-le")) // 2
            fields["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        if replying_to is not None:
            entry = self._world.book.find(str(replying_to.message_id))
            fields["reply_to_message"] = self._world.describe(entry) if entry else None
        return await self.sends(**fields)

    async def sends(self, **fields: Any) -> Update | None:
        """A message of any kind, by the fields of Telegram's Message: photo=[...], caption="...", location={...}."""
        self.started = True
        message = {
            "message_id": self._world.message_id(),
            "from": self.user,
            "chat": self.describe(),
            "date": self._world.now(),
            **fields,
        }
        self._last = message
        return self._world.tell(self.id, "message", message)

    async def opens_link(self, code: str) -> Update | None:
        """Follow a deep link and press Start."""
        return await self.says(f"/start {code}")

    async def edits(self, text: str) -> Update | None:
        """Change the last message. Raises LookupError where there is none."""
        if self._last is None:
            raise LookupError("this person has written nothing yet")
        self._last = {**self._last, "edit_date": self._world.now(), "text": text}
        return self._world.tell(self.id, "edited_message", self._last)

    async def shares_contact(self, phone: str, *, user_id: int | None = None) -> Update | None:
        """Share a number: the own one, or with `user_id` that of somebody else."""
        contact = {"phone_number": phone, "first_name": self.user["first_name"], "user_id": user_id or self.id}
        return await self.sends(contact=contact)

    async def presses(self, label_or_data: str, *, on: Seen | None = None) -> Update | None:
        """Press a button by its label or data: the newest that has it, or one under `on`, even if it has gone since.

        A reply keyboard's button sends its label. Raises LookupError where there is no such button.
        """
        for seen in [on] if on is not None else reversed(self.sees):
            for button in seen.buttons:
                if label_or_data in {button.label, button.data}:
                    return await self._press(seen, button)
        raise LookupError("no such button is on the screen")

    async def blocks(self) -> Update | None:
        self.blocked = True
        return self._membership("member", "kicked")

    async def unblocks(self) -> Update | None:
        self.blocked = False
        return self._membership("kicked", "member")

    def query(self, update: Update) -> Query:
        """What became of a press. Raises KeyError when it is too old."""
        return self._world.queries[update.body["callback_query"]["id"]]

    def describe(self) -> Object:
        names = (name for name in ("first_name", "last_name", "username") if name in self.user)
        return {"id": self.id, "type": "private"} | {name: self.user[name] for name in names}

    def refusal(self) -> TelegramError | None:
        if self.deactivated:
            return TelegramError(403, "Forbidden: user is deactivated")
        if self.blocked:
            return TelegramError(403, "Forbidden: bot was blocked by the user")
        if not self.started:
            return TelegramError(403, "Forbidden: bot can't initiate conversation with a user")
        return None

    def bot_leaves(self) -> None:
        raise bad_request("chat member status can't be changed in private chats")

    async def _press(self, seen: Seen, button: Button) -> Update | None:
        if button.data is None:
            if button.url:
                raise LookupError("that button opens a link")
            return await self.sends(text=button.label)
        entry = self._world.book.find(str(seen.message_id))
        if entry is None:
            raise LookupError("that message is no longer in the book")
        query = {
            "id": self._world.press().id,
            "from": self.user,
            "message": self._world.describe(entry),
            "chat_instance": str(-self.id),
            "data": button.data,
        }
        return self._world.tell(self.id, "callback_query", query)

    def _membership(self, before: str, after: str) -> Update | None:
        change = {
            "chat": self.describe(),
            "from": self.user,
            "date": self._world.now(),
            "old_chat_member": _member(self._world.bot, before),
            "new_chat_member": _member(self._world.bot, after),
        }
        return self._world.tell(self.id, "my_chat_member", change)


def _member(bot: Object, status: str) -> Object:
    return {"user": bot, "status": status, **({"until_date": 0} if status == "kicked" else {})}
