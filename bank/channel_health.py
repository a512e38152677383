"""Channel health: whether each channel is on, when it was last used, and what went wrong on it last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bank import trouble
from storage import newest, troubles
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Health:
    """`number` is as it may be shown, None where the channel is off; `problem` is the provider's code for the last."""

    sender: str
    name: str
    number: str | None
    last_in: datetime | None
    last_out: datetime | None
    problem: str = ""
    last_trouble: datetime | None = None
    times: int = 0

    @property
    def on(self) -> bool:
        return self.number is not None

    @property
    def troubled(self) -> bool:
        """Whether nothing went out since it went wrong."""
        return self.last_trouble is not None and (self.last_out is None or self.last_out <= self.last_trouble)


def of_all(tx: Tx, numbers: Mapping[str, str]) -> list[Health]:
    """Every channel there is. `numbers` are of those that are on, by sender, masked."""
    return [_of(tx, channel.value, name, numbers.get(channel.value)) for channel, name in trouble.NAMES.items()]


def _of(tx: Tx, sender: str, name: str, number: str | None) -> Health:
    last = troubles.last(tx, sender)
    times = newest.came_in(tx, sender), newest.went_out(tx, sender)
    if last is None:
        return Health(sender, name, number, *times)
    return Health(sender, name, number, *times, last.problem, last.last_at, last.times)
