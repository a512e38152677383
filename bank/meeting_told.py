"""What those who come to a meeting would be told, seen before anything of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bank import reminder_words
from bank.organisation import Organisation
from bank.reminder_words import Reader, Told
from flows.meeting_news import MEETING_NEWS
from storage.meetings import Way
from storage.reminders import Step
from storage.schema import Record


@dataclass(frozen=True, slots=True)
class Then:
    """A meeting as it would be with these columns: read like a row of it."""

    before: Record
    columns: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.columns[name] if name in self.columns else getattr(self.before, name)


def of_change(then: Record, language: str, now: datetime, organisation: Organisation, *, asks: bool) -> str:
    """The words in which they are told that it is so from now on; `asks`: and are asked again."""
    return _news(Step.MOVED if asks else Step.CHANGED, then, language, now, organisation)


def each_of_change(
    then: Record, language: str, now: datetime, organisation: Organisation, *, asks: bool
) -> tuple[str, ...]:
    """The same for each way in which somebody comes to it: in person, online, or both."""
    step = Step.MOVED if asks else Step.CHANGED
    ways = (Way.IN_PERSON, Way.ONLINE) if then.way == Way.HYBRID else (then.way,)
    return tuple(_news(step, then, language, now, organisation, way) for way in ways)


def of_cancel(row: Record, why: Mapping[str, str], language: str, now: datetime, organisation: Organisation) -> str:
    """The words in which they are told that it is cancelled, and why."""
    then = Then(row, {"words": {**row.words, "why": why}})
    return _news(Step.CANCELED, then, language, now, organisation)


def _news(
    step: Step, then: Record, language: str, now: datetime, organisation: Organisation, way: str | None = None
) -> str:
    """For who comes in this `way`; without one, in person wherever that is possible."""
    comes = way or (then.way if then.way != Way.HYBRID else Way.IN_PERSON)
    return reminder_words.news(MEETING_NEWS, Told(step, then, str(comes)), Reader(language), now, organisation).text
