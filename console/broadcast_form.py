"""What the forms of a broadcast say: its words, whom it is for, and when it goes. Each is a part of the draft."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bank.broadcast_draft import Draft
from console import given_dates
from console.forms import Form
from flows.broadcast_lines import FORMATS
from storage.broadcasts import BroadcastKind, WhenCapped

LONGEST, LONGEST_NAME, LONGEST_LINK = 1600, 80, 300
# Those that a coordinator begins; a correction begins with what it corrects.
BEGUN = (BroadcastKind.INVITATION, BroadcastKind.MESSAGE, BroadcastKind.DIGEST, BroadcastKind.OUTCOME)
SPREADS = {0: "As fast as it goes", 60: "1 hour", 120: "2 hours", 240: "4 hours", 480: "8 hours"}
LASTS = {0: "No end", 24: "1 day", 48: "2 days", 168: "1 week", 336: "2 weeks"}
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\Z", re.IGNORECASE)
_POUNDS = re.compile(r"£?(\d{1,6})(?:\.(\d{1,2}))?\Z")
_NOON = 12


def words(form: Form, draft: Draft, languages: Sequence[str], project: int | None) -> Draft:
    """The draft with what it says, as the form has it; mistakes are noted there."""
    name = form.needed("name", "Enter a name for it, for your team", longest=LONGEST_NAME)
    kind = draft.kind
    if kind is not BroadcastKind.CORRECTION and draft.meeting is None:
        kind = BroadcastKind(form.chosen("kind", BEGUN, "Choose what it is") or BroadcastKind.MESSAGE)
    written = {tag: form.text(f"words-{tag}", longest=LONGEST) for tag in languages}
    if not any(written.values()):
        form.mistakes[f"words-{languages[0]}"] = "Write the message"
    choices = {tag: _lines(form.text(f"choices-{tag}", longest=LONGEST)) for tag in languages}
    parts = {tag: _parts(form.text(f"parts-{tag}", longest=4 * LONGEST)) for tag in languages}
    return replace(
        draft,
        name=name,
        kind=kind,
        project=project,
        words=written,
        choices=_turned(form, "choices", choices),
        parts=_turned(form, "parts", parts),
        formats={one: form.text(f"format-{one}", longest=LONGEST_LINK) for one in FORMATS},
        promotion=form.ticked("promotion"),
    )


def _parts(text: str) -> list[str]:
    """Parts of a text, with an empty line between them."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def _lines(text: str) -> list[str]:
    """Its lines; those that were left empty at the end are none."""
    lines = [line.strip() for line in text.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _turned(form: Form, name: str, lists: Mapping[str, Sequence[str]]) -> tuple[dict[str, str], ...]:
    """From a list for each language to a wording for each place in it. A place that differs would be another answer."""
    written = {tag: lines for tag, lines in lists.items() if lines}
    most = max((len(lines) for lines in written.values()), default=0)
    for tag, lines in written.items():
        if "" in lines:
            form.mistakes[f"{name}-{tag}"] = f"Line {lines.index('') + 1} is empty. Write one on each line"
        elif len(lines) != most:
            form.mistakes[f"{name}-{tag}"] = f"There are {most} in another language, and {len(lines)} here"
    return tuple({tag: lines[at] for tag, lines in written.items() if at < len(lines)} for at in range(most))


def when(form: Form, draft: Draft, zone: ZoneInfo) -> Draft:
    """The draft with when it goes and what it may cost, as the form has it; mistakes are noted there."""
    goes = form.chosen("goes", ("now", "later"), "Choose when it goes")
    due_at = _due(form, zone) if goes == "later" else None
    before = Filled.of(draft, zone)
    shown = (str(before.day.day) if before.day else "", before.time)
    if goes == "now" and "" not in (entered := (form.line("day-day"), form.line("time"))) and entered != shown:
        form.mistakes["goes"] = "You entered a day and a time. Choose a time to come, or leave them empty"
    spread = form.chosen("spread", [str(one) for one in SPREADS], "Choose how long it may take")
    lasts = form.chosen("lasts", [str(one) for one in LASTS], "Choose how long it is of use")
    capped = form.chosen("when_capped", tuple(WhenCapped), "Choose what happens to people who had enough this week")
    return replace(
        draft,
        due_at=due_at,
        spread=int(spread or 0),
        expires=timedelta(hours=int(lasts)) if lasts and lasts != "0" else None,
        when_capped=WhenCapped(capped or WhenCapped.WAIT),
        ceiling=ceiling(form),
    )


def _due(form: Form, zone: ZoneInfo) -> datetime | None:
    day = given_dates.given(form, "day", "Enter a day, like 27 3 2027")
    at = _clock(form.line("time"))
    if at is None:
        form.mistakes["time"] = "Enter a time, like 10:30am or 2pm"
    return datetime.combine(day, at, zone) if day is not None and at is not None else None


def _clock(text: str) -> time | None:
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").casefold()
    if half:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def ceiling(form: Form) -> int | None:
    """In tenths of a penny; None without a limit."""
    text = form.line("ceiling").replace(",", "")
    if not text:
        return None
    found = _POUNDS.fullmatch(text)
    if found is None:
        form.mistakes["ceiling"] = "Enter an amount in pounds, like 25 or 12.50"
        return None
    return (int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))) * 10


@dataclass(frozen=True, slots=True)
class Filled:
    """What the form about the time shows of a draft."""

    goes: str
    day: date | None
    time: str
    ceiling: str

    @classmethod
    def of(cls, draft: Draft, zone: ZoneInfo) -> Filled:
        pounds = f"{draft.ceiling / 1000:.2f}" if draft.ceiling is not None else ""
        if draft.due_at is None:
            return cls("now", None, "", pounds)
        here = draft.due_at.astimezone(zone)
        return cls("later", here.date(), here.strftime("%H:%M"), pounds)


def told(wordings: Sequence[Mapping[str, str]], tag: str, between: str) -> str:
    """A list of wordings as one text in this language, as the form takes it."""
    return between.join(one[tag] for one in wordings if tag in one)
