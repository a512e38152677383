"""The file of `heard meeting`: what is told of a meeting, when and where it is, in TOML."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bank.meeting_facts import WORDINGS
from bank.meetings import Details
from bot import written
from bot.settings import SettingsMistake
from storage.meetings import MeetingKind, Repeats, Way


class _File(BaseModel):
    """As it is written. The day and the time are those of the wall here; `project` is a project's token."""

    model_config = ConfigDict(extra="forbid")

    words: dict[str, dict[str, str]]
    on_day: date
    at_time: time
    minutes: Annotated[int, Field(ge=5, le=24 * 60)] = 120
    kind: MeetingKind = MeetingKind.MEETING
    way: Way = Way.IN_PERSON
    capacity: Annotated[int, Field(ge=1)] | None = None
    guests: bool = False
    project: str = ""
    repeats: Repeats | None = None


def read(path: Path) -> Details:
    """What is in the file. Raises SettingsMistake with one plain sentence."""
    given = written.read(path, _File)
    if unknown := sorted(given.words.keys() - set(WORDINGS)):
        raise SettingsMistake(f"In the file {path}, words: there is no {unknown[0]}. Use {', '.join(WORDINGS)}.")
    return Details(**{name: getattr(given, name) for name in _File.model_fields})
