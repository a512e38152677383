"""The provider between us and a phone: a real adapter, whose messages land on the phone's screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from channels.message import Accepted, Adapter, Event, Incoming, Message, Outcome, Request, Shown


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message as it arrived, and how its adapter shows it. `provider_id` names it, as the provider does."""

    message: Message
    shown: Shown
    provider_id: str

    @property
    def screen(self) -> str:
        """What a person reads: the words, then the buttons from the top, numbered as a text would number them."""
        rows = [f"{number} {label}" for number, label in enumerate(self.shown.buttons, 1)]
        between = " " if self.message.one_line else "\n"
        return "\n".join((self.shown.text, *([between.join(rows)] if rows else [])))

    def payload(self, label: str) -> str | None:
        """What the button with this label carries."""
        return next((option.payload for option in self.message.options if option.label == label), None)


class Pocket:
    """The real adapter in everything but the call itself: what is sent is delivered to `arrived`.

    Each outcome in `script` is answered, once, in place of accepting.
    """

    def __init__(self, adapter: Adapter, arrived: Callable[[Bubble], None]) -> None:
        self._adapter = adapter
        self._arrived = arrived
        self._number = 0
        self.script: list[Outcome] = []
        self.acknowledged: list[str | None] = []

    def parse(self, request: Request) -> tuple[Event, ...]:
        return self._adapter.parse(request)

    async def send(self, message: Message) -> Outcome:
        if self.script:
            return self.script.pop(0)
        self._number += 1
        name = f"{message.address}:{9000 + self._number}" if message.sender == "telegram" else f"SM{self._number:032x}"
        self._arrived(Bubble(message, self.show(message), name))
        return Accepted(name)

    def show(self, message: Message) -> Shown:
        return self._adapter.show(message)

    async def acknowledge(self, incoming: Incoming) -> None:
        self.acknowledged.append(incoming.callback_id)

    async def close(self) -> None:
        await self._adapter.close()
