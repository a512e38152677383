"""The six numbers by which the people who use Heard know whether it works, each beside whoever it serves worst."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bank import (
    number_answered,
    number_door,
    number_kept,
    number_part,
    number_rung,
    number_safe,
    served,
)
from bank.number import NO_GROUPS, Number
from bank.number_rung import Felt
from bank.report_scope import Scope
from bank.report_section import KEPT_BACK, Section, counted, many
from flows.felt import FELT
from flows.project_words import RUNGS
from language.wording import SOURCE_LANGUAGE, Words
from storage.store import Tx

_RUNG = "Felt at least the rung that we promised"
_COLUMNS = ("Number", "On the whole", "Of", "Worst served", "For them")
_HEADINGS = (
    ("door", "Through the door", "Of everybody who first came to us in this time: by a text, a form or a colleague."),
    (
        "answered",
        "Answered by the time we promised",
        "“Not yet” counts only where we said so in time, and kept the new date.",
    ),
    (
        "kept",
        "Promises kept",
        "A promise is kept when those who said what it came of say so. What staff say does not count.",
    ),
    ("rung", "The rung people felt", "How much say people felt they had, beside how much we had promised."),
    ("part", "Could take part", "By the member's own word, and by who was ticked as having come."),
    (
        "safe",
        "Safe hands",
        "What nobody has taken yet counts as it waits now. Fifty messages a week are read anew by a colleague.",
    ),
)


def sections(tx: Tx, scope: Scope) -> list[Section]:
    """One for each of the six, and one for the rungs of each project."""
    everybody = served.look(tx)
    felt = number_rung.felt(tx, scope)
    found: tuple[tuple[tuple[str, ...], ...], ...] = (
        _rows(number_door.numbers(tx, everybody, scope), scope),
        _rows(number_answered.numbers(tx, everybody, scope), scope),
        _rows(number_kept.numbers(tx, everybody, scope), scope),
        ((_RUNG, *number_rung.told(felt), NO_GROUPS if felt else "", ""),),
        _rows(number_part.numbers(tx, everybody, scope), scope),
        _rows(number_safe.numbers(tx, everybody, scope), scope),
    )
    told = [
        Section(name, f"{place}. {title}", says, _COLUMNS, rows)
        for place, ((name, title, says), rows) in enumerate(zip(_HEADINGS, found, strict=True), 1)
    ]
    return [*told, *_rungs(felt, scope)]


def _rows(numbers: Sequence[Number], scope: Scope) -> tuple[tuple[str, ...], ...]:
    return tuple(_row(one, scope.smallest) for one in numbers)


def _row(number: Number, smallest: int) -> tuple[str, ...]:
    return (number.name, number.told(smallest), _of(number, smallest), *number.worst(smallest))


def _of(number: Number, smallest: int) -> str:
    """Of how many: things exactly, people no more exactly than people are counted."""
    score, things = number.score, number.things
    if score.value is None:
        return ""
    if not number.of_people and things != "people":
        return f"{score.cases} {things if score.cases != 1 else things.removesuffix('s')}"
    return _about(counted(many(score.cases if things != "people" else score.base, smallest)), things)


def _about(count: str, things: str) -> str:
    return f"about {count} {things}" if count.isdecimal() else count


def _rungs(felt: Sequence[Felt], scope: Scope) -> Iterator[Section]:
    """What each project promised, and what the one in the middle of those who answered felt."""
    rows = tuple(
        (
            one.title,
            _said(RUNGS[one.promised], scope),
            _said(FELT[one.middle], scope) if one.middle is not None else KEPT_BACK,
            _about(counted(one.answered), "answers"),
        )
        for one in felt
    )
    says = "Half of those who answered felt this much say, or more."
    if rows:
        yield Section("rungs", "Promised and felt, by project", says, ("Project", "Promised", "Felt", "Of"), rows)


def _said(words: Words, scope: Scope) -> str:
    return scope.organisation.catalogs.render(words, SOURCE_LANGUAGE, {})
