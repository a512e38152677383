"""How fast Telegram lets us send, kept before it has to say so.

Bots FAQ, "My bot is hitting limits": about one message a second to a chat, short bursts tolerated, and
about 30 a second over all chats.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

CHAT_RATE = 1.0
CHAT_BURST = 3
BOT_RATE = 30
PRUNE_FROM = 1024
ONE_SECOND = 1.0


class Buckets:
    """A token bucket for each chat under one strict window for the whole bot.

    `clock` gives monotonic seconds. A chat gets at most `CHAT_BURST + CHAT_RATE * t` messages in any
    t seconds, the bot at most `BOT_RATE` in any second.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._full_at: dict[str, float] = {}  # when each chat's bucket is full again
        self._prune_at = PRUNE_FROM
        self._sent: deque[float] = deque(maxlen=BOT_RATE)
        self._bot_until = 0.0
        self._refused: tuple[str, float] | None = None

    def wait_for(self, chat: str) -> float:
        """Seconds until a message to this chat may go; 0 means now, and its slot is taken."""
        now = self._clock()
        full_at = max(now, self._full_at.get(chat, now))
        wait = max(full_at - now - (CHAT_BURST - 1) / CHAT_RATE, self._bot_wait(now))
        if wait > 0:
            return wait
        self._full_at[chat] = full_at + 1 / CHAT_RATE
        self._sent.append(now)
        self._prune(now)
        return 0.0

    def bot_wait(self) -> float:
        """Seconds until a message to any chat at all may go."""
        return max(self._bot_wait(self._clock()), 0.0)

    def penalise(self, chat: str, seconds: float) -> bool:
        """Telegram refused this chat for so long. True if that now holds for the whole bot.

        One refusal is about one chat. A second chat refused within the same second is about us.
        """
        now = self._clock()
        whole = self._refused is not None and self._refused[0] != chat and now - self._refused[1] < ONE_SECOND
        self._refused = (chat, now)
        self._full_at[chat] = max(self._full_at.get(chat, now), now + seconds + (CHAT_BURST - 1) / CHAT_RATE)
        if whole:
            self._bot_until = max(self._bot_until, now + seconds)
        return whole

    def _bot_wait(self, now: float) -> float:
        window = self._sent[0] + ONE_SECOND - now if len(self._sent) == BOT_RATE else 0.0
        return max(window, self._bot_until - now)

    def _prune(self, now: float) -> None:
        if len(self._full_at) < self._prune_at:
            return
        self._full_at = {chat: full_at for chat, full_at in self._full_at.items() if full_at > now}
        self._prune_at = max(PRUNE_FROM, 2 * len(self._full_at))
