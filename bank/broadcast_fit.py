"""Whether a broadcast is fit to go: its choices, its parts, its links, its project and its time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bank.audience import Preview
from bank.broadcast_words import Script
from flows.broadcast_lines import FORMATS
from language import placeholder
from language.wording import SOURCE_LANGUAGE
from storage.broadcasts import BroadcastKind
from storage.projects import ProjectState
from storage.schema import Record

FEWEST, MOST = 2, 9  # choices
# Meta docs, interactive messages: an item of a list has 24 characters at most, its text 1,024. Twilio: 1,600 a message.
LONGEST_LABEL, _LONGEST_ASKED, _LONGEST = 24, 1024, 1600
_ABOUT_PROJECT = frozenset({BroadcastKind.INVITATION, BroadcastKind.OUTCOME})
_OPEN = frozenset({ProjectState.OPEN, ProjectState.UNDER_WAY})
_MOST_SPREAD = 7 * 24 * 60  # minutes


def mend(
    row: Record, project: Record | None, script: Script, preview: Preview, due: datetime, goes_at: datetime
) -> Iterator[str]:
    """What must be put right, a sentence each."""
    yield from _about(row, project)
    yield from _choices(row)
    yield from _parts(row)
    yield from _formats(row)
    yield from _length(row, script)
    yield from _time(row, due, goes_at)
    if not preview.reached:
        yield "It reaches nobody. Choose again whom it is for."


def _about(row: Record, project: Record | None) -> Iterator[str]:
    if row.kind in _ABOUT_PROJECT and project is None:
        yield "Choose the project that it is about."
    if row.kind == BroadcastKind.INVITATION and project is not None and project.state not in _OPEN:
        yield "The project is not open. Open it before you invite people to it."
    if row.kind == BroadcastKind.CORRECTION and row.corrects_id is None:
        yield "Choose what it corrects."


def _choices(row: Record) -> Iterator[str]:
    choices = row.choices or ()
    if not choices:
        return
    if row.kind == BroadcastKind.INVITATION:
        yield "An invitation has choices of its own. Take yours out."
    if not FEWEST <= len(choices) <= MOST:
        yield f"Write {FEWEST} to {MOST} choices, or none."
    for number, one in enumerate(choices, 1):
        if not one.get(SOURCE_LANGUAGE):
            yield f"Write choice {number} in English."
        for language, label in one.items():
            if len(label) > LONGEST_LABEL:
                yield f"{language}: choice {number} has {len(label)} characters. {LONGEST_LABEL} is the most."
            if "{" in label or "}" in label:
                yield f"{language}: choice {number} has a brace in it. Nothing is filled in there."


def _parts(row: Record) -> Iterator[str]:
    for number, one in enumerate(row.parts or (), 1):
        if not one.get(SOURCE_LANGUAGE):
            yield f"Write part {number} in English."
        for language, text in one.items():
            for odd in placeholder.findings(text, of_project=row.project_id is not None):
                yield f"{language}, part {number}: {odd}"


def _formats(row: Record) -> Iterator[str]:
    for form, link in (row.formats or {}).items():
        if form not in FORMATS:
            yield f"There is no format {form}. There are {', '.join(FORMATS)}."
        if not link.startswith("https://") or len(link.split()) != 1:
            yield "Enter the address of a page, like https://ashdale.example/signed."


def _length(row: Record, script: Script) -> Iterator[str]:
    for tag in row.words:
        longest = max(len(script.in_words(tag, "w" * 20, form).text) for form in (None, *(row.formats or ())))
        asked = script.in_words(tag).options
        most = _LONGEST_ASKED if asked else _LONGEST
        if longest > most:
            yield f"{tag}: it has {longest} characters. {most} is the most."


def _time(row: Record, due: datetime, goes_at: datetime) -> Iterator[str]:
    if not 0 <= row.spread <= _MOST_SPREAD:
        yield "Spread it over a week at most."
    if row.expires_at is None:
        return
    lasts = row.expires_at - row.due_at
    if due + lasts <= goes_at:
        yield "It is of no use any more when the first may go. Choose another time."
    elif lasts.total_seconds() <= row.spread * 60:
        yield "It is of no use any more before the last of them get it. Spread it over less time."
