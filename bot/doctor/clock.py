"""The clock of this machine, against what the providers say, and the zone that times are said in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.doctor.finding import Finding, fine, wrong
from bot.settings import Settings

NAME = "Clock"
# A rule of ours: Date headers count whole seconds, and an answer may take five.
MOST_DRIFT = timedelta(seconds=60)


def look(settings: Settings, now: datetime, ahead: Mapping[str, timedelta]) -> list[Finding]:
    """`ahead` is by how much each provider's clock is ahead of ours."""
    zone = settings.organisation.zone
    here = now.astimezone(zone)
    said = fine(NAME, f"Times are told in {zone.key}, where it is {here:%A} {here.day} {here:%B %Y, %H:%M}.")
    return [said, *(_drift(host, by) for host, by in ahead.items())]


def _drift(host: str, by: timedelta) -> Finding:
    if abs(by) <= MOST_DRIFT:
        return fine(NAME, f"It agrees with {host} to within a minute.")
    seconds = round(abs(by).total_seconds())
    direction = "behind" if by > timedelta() else "ahead of"
    return wrong(
        NAME, f"It is {seconds} seconds {direction} {host}.", "Have this machine set its clock by a time server (NTP)."
    )
