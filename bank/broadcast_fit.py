"""Whether a broadcast is fit to go: its choices, its parts, its links, its project and its time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bank.audience import Preview
from bank.broadcast_about import OPEN
from bank.broadcast_draft import is_chosen
from bank.broadcast_words import Script
from flows.broadcast_lines import FORMATS
from language import placeholder
from language.wording import SOURCE_LANGUAGE
from storage.broadcasts import BroadcastKind
from storage.meetings import GOES_ON, MeetingState
from storage.schema import Record


@dataclass(frozen=True, slots=True)
class About:
    """The project and the meeting that a broadcast is about."""

    project: Record | None = None
    meeting: Record | None = None


FEWEST, MOST = 2, 9  # choices
# Meta docs, interactive messages: an item of a list has 24 characters at most, its text 1,024. Twilio: 1,600 a message.
LONGEST_LABEL, _LONGEST_ASKED, _LONGEST = 24, 1024, 1600
_ABOUT_PROJECT = frozenset({BroadcastKind.INVITATION, BroadcastKind.OUTCOME})
_MOST_SPREAD = 7 * 24 * 60  # minutes


def mend(
    row: Record, about: About, script: Script, preview: Preview, due: datetime, goes_at: datetime
) -> Iterator[str]:
    """What must be put right, a sentence each."""
    if row.meeting_id is None or row.kind != BroadcastKind.INVITATION:
        yield from _about(row, about.project)
    elif about.meeting is not None:
        yield from _about_meeting(about.meeting, goes_at)
    yield from _choices(row)
    yield from _parts(row)
    yield from _formats(row)
    yield from _length(row, script)
    yield from _time(row, due, goes_at)
    if not preview.reached and is_chosen(row):
        yield "It reaches nobody. Choose again whom it is for."


def _about(row: Record, project: Record | None) -> Iterator[str]:
    if row.kind in _ABOUT_PROJECT and project is None:
        yield "Choose the project that it is about."
    if row.kind == BroadcastKind.INVITATION and project is not None and project.state not in OPEN:
        yield "The project is not open. Open it before you invite people to it."
    if row.kind == BroadcastKind.CORRECTION and row.corrects_id is None:
        yield "Choose what it corrects."


def _about_meeting(meeting: Record, goes_at: datetime) -> Iterator[str]:
    if meeting.state == MeetingState.DRAFT:
        yield "The meeting is not open. Open it before you invite people to it."
    elif meeting.state not in GOES_ON:
        yield "The meeting does not take place any more, or is over. Nobody can be invited to it."
    elif meeting.starts_at <= goes_at:
        yield "The meeting will have begun when the first may go. Choose another time."


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


def odd_in(text: str, row: Record) -> Iterator[str]:
    """What is wrong with the placeholders of a text of this broadcast."""
    return placeholder.findings(text, of_project=row.project_id is not None, of_meeting=row.meeting_id is not None)


def _parts(row: Record) -> Iterator[str]:
    for number, one in enumerate(row.parts or (), 1):
        if not one.get(SOURCE_LANGUAGE):
            yield f"Write part {number} in English."
        for language, text in one.items():
            for odd in odd_in(text, row):
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
