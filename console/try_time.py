"""Moving time: how far, and by which steps, so that what falls due on the way is done in its order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bank import rota
from bank.organisation import Organisation
from language.dates import clock, day
from language.wording import SOURCE_LANGUAGE

# At this time of day reminders may go, on the days on which they go at all.
_MORNING = time(10)
_FRIDAY, _EVENING = 4, time(17, 55)


def until_texting(now: datetime, organisation: Organisation) -> timedelta:
    """From `now` to 10am on the next day on which a text that nobody asked for may go."""
    morning = _next_morning(now, organisation.zone)
    while not rota.may_text(morning, organisation):
        morning = _next_morning(morning, organisation.zone)
    return morning - now


def until_friday(now: datetime, organisation: Organisation) -> timedelta:
    """From `now` to 5.55pm on a Friday: most teams have just gone home."""
    here = now.astimezone(organisation.zone)
    days = (_FRIDAY - here.weekday()) % 7
    evening = datetime.combine(here.date() + timedelta(days=days), _EVENING, organisation.zone)
    if evening <= here:
        evening += timedelta(weeks=1)
    return evening.astimezone(now.tzinfo) - now


def _steady(**by: int) -> Callable[[datetime, Organisation], timedelta]:
    return lambda _now, _organisation: timedelta(**by)


# By the word that the button carries: what the button says, and how far it moves.
MOVES: Mapping[str, tuple[str, Callable[[datetime, Organisation], timedelta]]] = {
    "15m": ("15 minutes", _steady(minutes=15)),
    "1h": ("1 hour", _steady(hours=1)),
    "1d": ("1 day", _steady(days=1)),
    "1w": ("1 week", _steady(weeks=1)),
    "30d": ("30 days", _steady(days=30)),
    "morning": ("Next texting day, 10am", until_texting),
    "friday": ("Friday, 5.55pm", until_friday),
}


def legs(now: datetime, by: timedelta, zone: ZoneInfo) -> Iterator[timedelta]:
    """The steps of a move: a stop at every 10am on the way."""
    end, here = now + by, now
    while (morning := _next_morning(here, zone)) < end:
        yield morning - here
        here = morning
    yield end - here


def spoken(now: datetime, organisation: Organisation) -> str:
    """As "Sunday 22 November, 10.05am": what the clocks of the organisation show."""
    here = now.astimezone(organisation.zone)
    return f"{day(here.date(), SOURCE_LANGUAGE)}, {clock(here.time(), SOURCE_LANGUAGE)}"


def _next_morning(now: datetime, zone: ZoneInfo) -> datetime:
    here = now.astimezone(zone)
    morning = datetime.combine(here.date(), _MORNING, zone)
    if morning <= here:
        morning = datetime.combine(here.date() + timedelta(days=1), _MORNING, zone)
    return morning.astimezone(now.tzinfo)
