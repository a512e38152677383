"""Promises in words, for anybody: nobody's name is in them, nor what a member wrote, nor how many people there are.

The team is named as it writes to people, and no colleague is: a page that opens without a login is anybody's in the
end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bank.promises import Line, Move, Standing
from bank.saying import Saying
from flows import promises_page as words
from language.dates import dated
from language.wording import SOURCE_LANGUAGE, Words, base
from storage.commitments import CommitmentKind

_HOW: Mapping[Standing, Words] = {
    Standing.LATE: words.IS_LATE,
    Standing.UNANSWERED: words.IS_UNANSWERED,
    Standing.MOVED: words.IS_MOVED,
    Standing.OPEN: words.IS_OPEN,
    Standing.KEPT: words.IS_KEPT,
    Standing.KEPT_LATE: words.IS_KEPT_LATE,
    Standing.CANNOT: words.IS_CANNOT,
    Standing.STOPPED: words.IS_STOPPED,
}
_SAYS_LATE = frozenset({Standing.LATE, Standing.KEPT_LATE})
HEADINGS: Mapping[Standing, Words] = {
    Standing.LATE: words.NOW_LATE,
    Standing.UNANSWERED: words.NOW_UNANSWERED,
    Standing.MOVED: words.NOW_MOVED,
    Standing.OPEN: words.NOW_OPEN,
    Standing.KEPT: words.NOW_KEPT,
    Standing.KEPT_LATE: words.NOW_KEPT_LATE,
    Standing.CANNOT: words.NOW_CANNOT,
    Standing.STOPPED: words.NOW_STOPPED,
}


@dataclass(frozen=True, slots=True)
class Point:
    """Something told of it. `language` is that of the text, where it is not the line's."""

    label: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One promise in one language: `language`, which is English where nobody put it into another.

    `said` is both halves of it, `how` how it stands, in sentences.
    """

    token: str
    language: str
    title: str
    said: str
    how: tuple[str, ...]
    points: tuple[Point, ...]
    changed_at: datetime


def told(line: Line, say: Saying) -> Told:
    say = Saying(say.organisation, _language(line, say.language))
    return Told(
        token=str(line.row.token),
        language=say.language,
        title=_of(line, "title", say.language)[0],
        said=_said(line, say),
        how=tuple(_how(line, say)),
        points=tuple(_points(line, say)),
        changed_at=line.since if not line.moves else max(line.since, *(one.at or line.since for one in line.moves)),
    )


def project_title(line: Line, language: str) -> str:
    """What its project is called; empty where it is of none."""
    return _in((line.row.project_words or {}).get("title"), language)[0]


def _language(line: Line, language: str) -> str:
    """The one that is asked for, where all that was promised is written in it; else English."""
    whole = ("title", "heard", _promise(line))
    return language if all(_of(line, name, language)[1] in {"", language} for name in whole) else SOURCE_LANGUAGE


def _promise(line: Line) -> str:
    return "why" if line.row.kind == CommitmentKind.CANNOT else "will"


def _said(line: Line, say: Saying) -> str:
    second = words.WE_CANT if line.row.kind == CommitmentKind.CANNOT else words.WE_WILL
    values = {name: _of(line, name, say.language)[0] for name in ("heard", "will", "why")}
    return f"{say(words.YOU_SAID, **values)} {say(second, **values)}"


def _how(line: Line, say: Saying) -> Iterator[str]:
    if line.not_yet:
        yield say(words.NOT_YET)
    if line.standing is not Standing.CANNOT:  # what is said of it says so already
        yield say(_HOW[line.standing])
    if line.overran and line.standing not in _SAYS_LATE:
        yield say(words.WAS_LATE)
    if line.unread:
        yield say(words.NOT_READ)


def _points(line: Line, say: Saying) -> Iterator[Point]:
    yield Point(say(words.WHO), *_who(line, say))
    if title := project_title(line, say.language):
        yield Point(say(words.PROJECT), title, _in(line.row.project_words["title"], say.language)[1])
    if line.first is not None:
        yield Point(say(words.FIRST_DAY), _day(line.first, say))
    for move in line.moves:
        yield Point(say(words.MOVED_TO), _day(move.to, say))
        yield _why(move, say)
    if line.done is not None:
        yield Point(say(words.DONE_ON), _day(line.done, say))
        outcome = _of(line, "outcome", say.language)
        if outcome[0]:
            yield Point(say(words.WHAT_WE_DID), *outcome)
    if line.stopped:
        yield Point(say(words.WHY), *_in(line.stopped, say.language))


def _why(move: Move, say: Saying) -> Point:
    text, language = _in(move.why, say.language)
    return Point(say(words.WHY), text or say(words.NO_REASON), language if text else "")


def _who(line: Line, say: Saying) -> tuple[str, str]:
    """The project as it writes to people, or the organisation."""
    text, language = _in((line.row.project_words or {}).get("sender"), say.language)
    return (text, language) if text else (say.organisation.council, "")


def _day(day: date, say: Saying) -> str:
    return dated(day, base(say.language))


def _of(line: Line, name: str, language: str) -> tuple[str, str]:
    return _in(line.row.words.get(name), language)


def _in(wording: Mapping[str, str] | None, language: str) -> tuple[str, str]:
    """The text, and its language where it is not the one that is asked for."""
    known = wording or {}
    for tag in (language, base(language)):
        if known.get(tag):
            return known[tag], ""
    text = known.get(SOURCE_LANGUAGE, "")
    return text, SOURCE_LANGUAGE if text else ""
