"""Whom we do not reach yet: groups whom something serves worse, and groups of whom there are few or none."""

from __future__ import annotations

from collections.abc import Iterator

from bank.number import NO_GROUPS, NO_WORSE, TOO_FEW
from bank.organisation import Organisation
from bank.report_section import KEPT_BACK, Section
from bank.reports import Part, Report
from bank.told_facts import language_name

_WORST, _THEIRS = 3, 4
_LANGUAGES = "bylanguage"
_TRAITS = frozenset({"byarea", "byrole", "bychannel", _LANGUAGES})


def unreached(report: Report, organisation: Organisation) -> list[str]:
    """In plain sentences, by the figures of the report."""
    return [*_served_worst(report.parts[Part.NUMBERS]), *_few(report.parts[Part.BANK], organisation)]


def _served_worst(sections: list[Section]) -> Iterator[str]:
    for section in sections:
        for row in section.rows if len(section.columns) > _THEIRS else ():
            if row[_WORST] not in {"", NO_GROUPS, NO_WORSE, TOO_FEW}:
                yield f"{row[_WORST]}. {row[0]}: {row[_THEIRS]} for them, {row[1]} on the whole."


def _few(sections: list[Section], organisation: Organisation) -> Iterator[str]:
    """Groups of whom too few are members to say how many, and languages that we write in and nobody reads."""
    for section in sections:
        if section.name in _TRAITS:
            few = [row[0] for row in section.rows if row[1] == KEPT_BACK]
            if few:
                yield f"{section.columns[0]}: few members, or none, that we may tell of: {', '.join(few)}."
        if section.name == _LANGUAGES:
            known = {row[0] for row in section.rows}
            none = [name for name in map(language_name, organisation.catalogs.spoken) if name not in known]
            if none:
                yield f"Languages that we write in, and no member reads: {', '.join(none)}."
