"""How much a bot may send (Telegram's bots FAQ: about one message a second to a chat, 30 a second in all)."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from math import ceil

from channels.fakes.telegram_error import TelegramError, too_many

_SECOND = timedelta(seconds=1)


class Limits:
    """Counts what was accepted in the last second."""

    def __init__(self, chat: int = 1, overall: int = 30) -> None:
        self.chat = chat
        self.overall = overall
        self._all: deque[datetime] = deque()
        self._chats: dict[int, deque[datetime]] = {}

    def refusal(self, chat_id: int, now: datetime) -> TelegramError | None:
        """Count one more message, or say why not; a refused one does not count."""
        mine = self._chats.setdefault(chat_id, deque(maxlen=self.chat))
        wait = max(_wait(mine, self.chat, now), _wait(self._all, self.overall, now))
        if wait > 0:
            return too_many(max(1, ceil(wait)))
        mine.append(now)
        self._all.append(now)
        return None


def _wait(sent: deque[datetime], most: int, now: datetime) -> float:
    while sent and now - sent[0] >= _SECOND:
        sent.popleft()
    return (sent[0] + _SECOND - now).total_seconds() if len(sent) >= most else 0.0
