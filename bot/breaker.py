"""The breaker: when our own set-up is wrong, a sender's messages wait, and one in a while tries whether it is mended.

Without it each message would be refused for good, and nobody would get theirs though the mistake is mended in an hour.
"""

from __future__ import annotations

from collections.abc import Callable

import structlog

from bot import figures
from bot.lease import watch
from channels.message import Accepted, Outcome, Problem, Refused, TryLater

log = structlog.get_logger()

_FIRST_WAIT, _LONGEST_WAIT = 30.0, 600.0  # seconds


class Breaker:
    """One sender's. It is closed while messages go out."""

    def __init__(self, sender: str, seconds: Callable[[], float] = watch) -> None:
        self._sender = sender
        self._seconds = seconds
        self._wait = 0.0
        self._until = 0.0
        figures.breakers_open.labels(sender).set_function(lambda: float(self.is_open))

    @property
    def is_open(self) -> bool:
        return self._wait > 0

    def room(self, most: int, *, calling: bool = False) -> int:
        """How many messages may be claimed now, up to `most`. While it is open: one, now and then, when no call is
        under way.
        """
        if not self.is_open:
            return most
        return min(most, 1) if self._is_time and not calling else 0

    @property
    def _is_time(self) -> bool:
        return self._seconds() >= self._until

    def judge(self, outcome: Outcome) -> Outcome:
        """What becomes of a message of this sender: where our set-up was refused, it waits, and the breaker opens."""
        if isinstance(outcome, Accepted):
            if self.is_open:
                log.info("sender_goes_on", sender=self._sender)
            self._wait = 0.0
        elif isinstance(outcome, Refused) and outcome.whole_sender:
            self._open(outcome.problem)
            return TryLater(outcome.problem, paced=True)
        return outcome

    def _open(self, problem: Problem) -> None:
        if self.is_open and not self._is_time:
            return  # its call was under way already when the breaker opened
        self._wait = min(max(2 * self._wait, _FIRST_WAIT), _LONGEST_WAIT)
        self._until = self._seconds() + self._wait
        log.error("sender_stopped", sender=self._sender, problem=problem.code)
