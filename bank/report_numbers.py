"""The six numbers by which the people who use Heard know whether it works, each beside whoever it serves worst."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from bank import (
    number_answered,
    number_door,
    number_kept,
    number_part,
    number_rung,
    number_safe,
    served,
)
from bank.number import Number
from bank.number_rung import Felt
from bank.report_scope import Scope
from bank.report_section import Section, counted, many
from bank.suppression import published
from flows.felt import FELT
from flows.project_words import RUNGS
from language.wording import SOURCE_LANGUAGE, Words
from storage.store import Tx

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
    found = (
        number_door.numbers(tx, everybody, scope),
        number_answered.numbers(tx, everybody, scope),
        number_kept.numbers(tx, everybody, scope),
        number_rung.numbers(felt, everybody, scope),
        number_part.numbers(tx, everybody, scope),
        number_safe.numbers(tx, everybody, scope),
    )
    told = [
        Section(name, f"{place}. {title}", says, _COLUMNS, tuple(_row(one, scope.smallest) for one in numbers))
        for place, ((name, title, says), numbers) in enumerate(zip(_HEADINGS, found, strict=True), 1)
    ]
    return [*told, *_rungs(felt, scope)]


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
    if not felt:
        return
    ids = iter(range(sum(len(one.felt) for one in felt)))
    projects = {str(place): list(islice(ids, len(one.felt))) for place, one in enumerate(felt)}
    everyone = [id_ for theirs in projects.values() for id_ in theirs]
    lines = published(everyone, {}, {"project": projects}, scope.smallest).breakdowns["project"]
    rows = []
    for place, one in enumerate(felt):
        count = counted(lines[str(place)].total)
        middle = _said(FELT[one.middle], scope) if count.isdecimal() else count
        rows.append((one.title, _said(RUNGS[one.promised], scope), middle, _about(count, "answers")))
    says = "Half of those who answered felt this much say, or more."
    yield Section("rungs", "Promised and felt, by project", says, ("Project", "Promised", "Felt", "Of"), tuple(rows))


def _said(words: Words, scope: Scope) -> str:
    return scope.organisation.catalogs.render(words, SOURCE_LANGUAGE, {})
