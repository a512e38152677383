"""Whether a meeting may be open to people: what it lacks, in plain words, each by the field where it is put right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from language.wording import SOURCE_LANGUAGE
from storage.meetings import Way
from storage.schema import Record


def lacks(row: Record, now: datetime) -> dict[str, str]:
    """What must be put right before it may be open, by field; empty: nothing."""
    found: dict[str, str] = {}
    for kind in (_words(row), _time(row, now)):
        for field, says in kind:
            found.setdefault(field, says)
    return found


def _words(row: Record) -> Iterator[tuple[str, str]]:
    if not _in_english(row, "title"):
        yield f"title-{SOURCE_LANGUAGE}", "Enter a title"
    if row.way != Way.ONLINE and not _in_english(row, "place"):
        yield f"place-{SOURCE_LANGUAGE}", "Enter where it is"
    if row.way != Way.IN_PERSON and not (_in_english(row, "link") or _in_english(row, "dial_in")):
        yield f"link-{SOURCE_LANGUAGE}", "Enter the link by which people join online, or the number that they ring"


def _in_english(row: Record, name: str) -> str:
    wording: Mapping[str, str] = row.words.get(name) or {}
    return wording.get(SOURCE_LANGUAGE, "").strip()


def _time(row: Record, now: datetime) -> Iterator[tuple[str, str]]:
    if row.starts_at <= now:
        yield "on_day", "Enter a day and a time that are to come"
