"""Phones: what a person does with one, and what they read on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from channels.message import Channel, Request
from tests.conversations import letters
from tests.conversations.pocket import Bubble

if TYPE_CHECKING:
    from tests.conversations.banks import Bank


# Nobody reads an answer and writes the next message sooner.
BETWEEN_MESSAGES = timedelta(seconds=15)


class Phone:
    """One address. Whatever arrives waits in `unread` until the dialogue reads it."""

    channel: Channel

    def __init__(self, bank: Bank, address: str) -> None:
        self.bank = bank
        self.address = address
        self.unread: list[Bubble] = []
        self.all: list[Bubble] = []
        self._last: Request | None = None

    def arrived(self, bubble: Bubble) -> None:
        self.unread.append(bubble)
        self.all.append(bubble)

    def reads(self, *texts: str) -> None:
        """These messages came, in this order, exactly so, and no other is waiting."""
        screens = [bubble.screen for bubble in self.unread]
        self.unread.clear()
        if screens != list(texts):
            lines = ["This phone should read:", *texts, "", "It reads:", *screens]
            raise AssertionError("\n".join(lines))

    def reads_nothing(self) -> None:
        self.reads()

    def ignores_the_rest(self) -> None:
        """The dialogue is not about what else came."""
        self.unread.clear()

    async def says(self, text: str, **more: Any) -> None:
        await self._post(self._written(text, **more))

    def writes(self, text: str, **more: Any) -> Request:
        """What the provider will post for these words; nobody has posted it yet."""
        return self._written(text, **more)

    async def forwards(self, text: str) -> None:
        raise NotImplementedError

    async def sends_a_picture(self, caption: str = "") -> None:
        raise NotImplementedError

    async def presses(self, label: str, on: int = -1) -> None:
        """Press the button with this label; `on` counts the messages that have it, the newest being -1."""
        await self._post(self.press(label, on))

    async def sends_again(self, copies: int = 1) -> None:
        """The provider delivers the last message once more, or in several copies at the same moment."""
        assert self._last is not None
        await self.bank.receives(self._last, copies)

    async def joins(self, name: str | None = "Asha") -> None:
        """Join, with a name or without, and read all of it."""
        for reply in ("JOIN", "1", "1", name or "SKIP"):
            await self.says(reply)
        self.ignores_the_rest()

    async def joins_as_far_as_the_name(self) -> None:
        """Agree, and stand at the question what to call them, all read."""
        for reply in ("JOIN", "1", "1"):
            await self.says(reply)
        self.ignores_the_rest()

    def press(self, label: str, on: int = -1) -> Request:
        offering = [bubble for bubble in self.all if bubble.payload(label) is not None]
        return self._pressed(offering[on], label)

    async def _post(self, request: Request) -> None:
        self._last = request
        await self.bank.receives(request)
        self.bank.now.move(BETWEEN_MESSAGES)

    def _written(self, text: str, **more: Any) -> Request:
        raise NotImplementedError

    def _pressed(self, bubble: Bubble, label: str) -> Request:
        raise NotImplementedError


class TextPhone(Phone):
    """SMS: numbered choices, no buttons. `opt_out` is what Twilio says when it answered STOP, START or HELP itself."""

    channel = Channel.SMS
    _prefix, _to = "", letters.TWILIO.sms_from

    async def forwards(self, text: str) -> None:
        await self.says(f"Fwd: {text}")

    async def sends_a_picture(self, caption: str = "") -> None:
        await self.says(caption, NumMedia="1", MediaUrl0=letters.PICTURE, MediaContentType0="image/jpeg")

    def _written(self, text: str, opt_out: str | None = None, **more: Any) -> Request:
        more |= {"OptOutType": opt_out} if opt_out else {}
        return letters.text_message(f"{self._prefix}{self.address}", f"{self._prefix}{self._to}", text, **more)


class WhatsAppPhone(TextPhone):
    """WhatsApp through Twilio: choices may come as buttons, which carry a payload."""

    channel = Channel.WHATSAPP
    _prefix, _to = "whatsapp:", letters.TWILIO.whatsapp_from

    async def forwards(self, text: str) -> None:
        await self.says(text, Forwarded="true")

    def _written(self, text: str, opt_out: str | None = None, **more: Any) -> Request:
        return super()._written(text, opt_out, **{"ProfileName": "A profile", "WaId": self.address[1:]} | more)

    def _pressed(self, bubble: Bubble, label: str) -> Request:
        return self._written(label, ButtonPayload=bubble.payload(label) or "", ButtonText=label)


class TelegramPhone(Phone):
    """A chat with the bot. `language` is the one their app speaks."""

    channel = Channel.TELEGRAM

    def __init__(self, bank: Bank, address: str, language: str | None = "en") -> None:
        super().__init__(bank, address)
        self._language = language
        self._said: list[dict[str, Any]] = []

    async def forwards(self, text: str) -> None:
        origin = {"type": "hidden_user", "sender_user_name": "Somebody", "date": letters.WHEN}
        await self.says(text, forward_origin=origin)

    async def sends_a_picture(self, caption: str = "") -> None:
        photo = [{"file_id": "a", "file_unique_id": "b", "width": 90, "height": 60}]
        words = {"caption": caption} if caption else {}
        await self._post(letters.telegram(message=self._chat(photo=photo, **words)))

    async def edits(self, text: str, message: int = -1) -> None:
        """Correct a message they wrote, the last one unless told otherwise."""
        edited = self._said[message] | {"text": text, "edit_date": letters.WHEN + 60}
        await self._post(letters.telegram(edited_message=edited))

    async def presses_at_once(self, labels: Sequence[str]) -> None:
        """Fingers are faster than networks: several presses on the newest messages arrive together."""
        await self.bank.receives_together([self.press(label) for label in labels])

    def _written(self, text: str, **more: Any) -> Request:
        self._said.append(self._chat(text=text, **more))
        return letters.telegram(message=self._said[-1])

    def _pressed(self, bubble: Bubble, label: str) -> Request:
        chat = int(self.address)
        press = {
            "id": uuid4().hex,
            "from": letters.user(chat, self._language),
            "chat_instance": "1",
            "message": letters.bot_message(chat, bubble),
            "data": bubble.payload(label),
        }
        return letters.telegram(callback_query=press)

    def _chat(self, **content: Any) -> dict[str, Any]:
        return letters.chat_message(int(self.address), self._language, **content)
