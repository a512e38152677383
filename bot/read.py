"""`heard read`: what Heard would make of replies, one JSON line each, so that a person can see why."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from language.reading import Option, Question, Reading
from language.understand import understand

ASKED = ("rsvp", "yes_no", "rating", "choice", "open")
_NUMBERED = re.compile(r"(?:^|\s)(\d{1,2})[.):]?\s+(?=\S)")
_MOST_SHOWN = 9


def run(lines: Iterable[str], out: TextIO, complain: TextIO, asked: str, language: str) -> int:
    """Read each line of `lines` and write its reading. Returns 2 when a line was none of ours, else 0.

    A line is {"id", "text", "context"?}. For a choice the context holds what was offered: a list of texts, a list of
    {"id", "label"}, an object with such "options", or the question itself with its numbered lines.
    """
    faults = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            given = _given(line)
        except NotAReply as problem:
            complain.write(f"Line {number}: {problem}\n")
            faults = 2
            continue
        out.write(json.dumps(read(given, asked, language)) + "\n")
    return faults


class NotAReply(ValueError):
    """A line that holds no text to read. The message says what one looks like."""


def _given(line: str) -> dict[str, Any]:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise NotAReply('there is no text in it. A line looks like {"id": "1", "text": "yes please"}.')
    return given


def read(given: dict[str, Any], asked: str, language: str) -> dict[str, Any]:
    """One reading, as `heard read` writes it."""
    options = tuple(_options(given.get("context"))) if asked == "choice" else ()
    reading = understand(Question(asked, options, several=asked == "choice"), given["text"], language)
    told: dict[str, Any] = {
        "id": given.get("id"),
        "meaning": reading.meaning.value,
        "answer": reading.answer if asked in {"rsvp", "yes_no"} else None,
        "sure": reading.sure,
    }
    if (value := _value(reading, asked)) is not None:
        told["value"] = value
    return told | {"also": list(reading.also), "because": reading.because}


def _value(reading: Reading, asked: str) -> Any:
    if asked == "rating" and isinstance(reading.value, str) and reading.value.isdecimal():
        return int(reading.value)
    if asked in {"rsvp", "yes_no"}:
        return int(reading.details["people"]) if "people" in reading.details else reading.details.get("language")
    return list(reading.value) if isinstance(reading.value, tuple) else reading.value


def _options(context: Any) -> Iterator[Option]:
    if isinstance(context, dict):
        context = context.get("options", context.get("choices", context.get("question")))
    if isinstance(context, str):
        context = _numbered(context)
    if not isinstance(context, list) or not context:
        context = [str(number) for number in range(1, _MOST_SHOWN + 1)]
    for place, shown in enumerate(context, 1):
        if isinstance(shown, dict):
            label = str(shown.get("label", shown.get("text", shown.get("id", place))))
            yield Option(str(shown.get("id", label)), label)
        else:
            yield Option(str(shown), str(shown))


def _numbered(question: str) -> list[str]:
    """The choices of a question as it was sent: "Coming? 1 Yes 2 No 3 Not sure"."""
    parts = _NUMBERED.split(question)
    numbers, labels = parts[1::2], [part.strip() for part in parts[2::2]]
    in_order = numbers == [str(place) for place in range(1, len(numbers) + 1)]
    return labels if in_order else []
