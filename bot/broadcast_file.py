"""The file of `heard broadcast`: a broadcast's words, whom it is for and when it goes, in TOML."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bank.audience import NoCondition, Rule
from bank.broadcast_draft import Draft
from bot.settings import SettingsMistake
from storage import projects
from storage.broadcasts import BroadcastKind, WhenCapped
from storage.store import Tx

Words = dict[str, str]
# A draft, and its project's token.
Given = tuple[Draft, str | None]


class _File(BaseModel):
    """As it is written. Times without a zone are times here; `project` is a project's token."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=200)]
    words: Words
    kind: Literal["message", "invitation", "digest", "outcome"] = "message"
    project: str | None = None
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
    """The draft, and its project's token. Raises SettingsMistake with one plain sentence."""
    try:
        given = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        rule = Rule.from_json(given.rule).as_json() if given.rule else None
    except OSError:
        raise SettingsMistake(f"The file {path} cannot be read.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsMistake(f"The file {path} is not TOML: {error}.") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SettingsMistake(f"In the file {path}, {where}: {first['msg']}.") from None
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
    return draft, given.project


def _here(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    return at.replace(tzinfo=zone) if at is not None and at.tzinfo is None else at


def placed(tx: Tx, given: Given) -> Draft:
    """With its project. Raises SettingsMistake where there is none of that token."""
    draft, token = given
    if token is None:
        return draft
    project = projects.by_token(tx, token)
    if project is None:
        raise SettingsMistake(f"There is no project {token}.")
    return replace(draft, project=project.id)
