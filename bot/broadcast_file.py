"""The file of `heard broadcast`: a broadcast's words, whom it is for and when it goes, in TOML."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from bank.audience import NoCondition, Rule
from bank.broadcast_draft import Draft
from bot import written
from bot.settings import SettingsMistake
from storage import meetings, projects
from storage.broadcasts import BroadcastKind, WhenCapped
from storage.store import Tx

Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Given:
    """A draft, and the tokens of the project and the meeting that it is about."""

    draft: Draft
    project: str | None = None
    meeting: str | None = None


class _File(BaseModel):
    """As it is written. Times without a zone are times here; `project` and `meeting` are tokens."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=200)]
    words: Words
    kind: Literal["message", "invitation", "digest", "outcome"] = "message"
    project: str | None = None
    meeting: str | None = None
    rule: dict[str, Any] | None = None
    choices: list[Words] = []
    parts: list[Words] = []
    formats: Words = {}
    when_capped: WhenCapped = WhenCapped.WAIT
    promotion: bool = False
    spread_minutes: Annotated[int, Field(ge=0, le=7 * 24 * 60)] = 0
    due_at: datetime | None = None
    expires_hours: Annotated[float, Field(gt=0)] | None = None
    ceiling_pence: Annotated[int, Field(ge=1)] | None = None


def read(path: Path, zone: ZoneInfo) -> Given:
    """The draft, and what it is about. Raises SettingsMistake with one plain sentence."""
    try:
        given = written.read(path, _File)
        rule = Rule.from_json(given.rule).as_json() if given.rule else None
    except NoCondition as error:
        raise SettingsMistake(f"In the file {path}, rule: it cannot be read ({error}).") from None
    draft = Draft(
        name=given.name,
        words=given.words,
        kind=BroadcastKind(given.kind),
        rule=rule,
        choices=given.choices,
        parts=given.parts,
        formats=given.formats,
        when_capped=given.when_capped,
        promotion=given.promotion,
        spread=given.spread_minutes,
        due_at=_here(given.due_at, zone),
        expires=timedelta(hours=given.expires_hours) if given.expires_hours else None,
        ceiling=given.ceiling_pence * 10 if given.ceiling_pence else None,
    )
    if given.meeting is not None and (given.project is not None or draft.kind is not BroadcastKind.INVITATION):
        raise SettingsMistake(f"In the file {path}, meeting: only an invitation has one, and no project beside it.")
    return Given(draft, given.project, given.meeting)


def _here(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    return at.replace(tzinfo=zone) if at is not None and at.tzinfo is None else at


def placed(tx: Tx, given: Given) -> Draft:
    """With its project or its meeting. Raises SettingsMistake where there is none of that token."""
    draft = given.draft
    if given.project is not None:
        project = projects.by_token(tx, given.project)
        if project is None:
            raise SettingsMistake(f"There is no project {given.project}.")
        draft = replace(draft, project=project.id)
    if given.meeting is not None:
        meeting = meetings.by_token(tx, given.meeting)
        if meeting is None:
            raise SettingsMistake(f"There is no meeting {given.meeting}.")
        draft = replace(draft, meeting=meeting.id)
    return draft
