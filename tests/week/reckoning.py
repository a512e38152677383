"""What is reckoned of each person at the end of the week, and the table that it is shown in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from tests.week.person import Person
from tests.week.phone import Line
from tests.week.week import Week
from tests.week.world import MONDAY, spoken
from tests.year import wall

_WEEK = timedelta(days=7)
HEADS = ("person", "days", "to", "from", "asked twice", "answered", "told when", "ok")


def wrong(one: Person) -> list[str]:
    """All that is not as it must be for them, in plain words."""
    return [*one.wrong, *_too_many(one), *_twice(one), *_unanswered(one), *_at_the_wrong_time(one), *_uncalled_for(one)]


def _too_many(one: Person) -> list[str]:
    if one.phone is None:
        return []
    counts = (("to them", len(one.phone.got), one.most_to), ("from them", len(one.phone.sent), one.most_from))
    return [f"{number} texts {way}: {most} are enough" for way, number, most in counts if number > most]


def _twice(one: Person) -> list[str]:
    return [f"asked twice: {asks}" for asks in one.phone.asked_twice()] if one.phone is not None else []


def _unanswered(one: Person) -> list[str]:
    found = []
    for asked in one.asked:
        at = one.answered_at(asked)
        if at is None:
            found.append(f'"{asked.words}" was never answered')
        elif at > asked.by:
            found.append(f'"{asked.words}" was answered {spoken(at)}, and not by {spoken(asked.by)}')
    return found


def _at_the_wrong_time(one: Person) -> list[str]:
    found = []
    for told in one.told:
        at = one.told_at(told)
        if at != told.at:
            heard = spoken(at) if at is not None else "never"
            found.append(f"{told.what}: told {heard}, and not {spoken(told.at)}")
    return found


def _uncalled_for(one: Person) -> list[str]:
    """Nothing unasked in quiet hours; and one text in seven days of what is no answer and not about their meeting."""
    if one.phone is None or one.is_of_the_team:
        return []
    unasked = [line for line in one.phone.got if not line.asked]
    early = [f"{spoken(line.at)}: in quiet hours: {line.text}" for line in unasked if not wall.may(None, line.at)]
    expected = [told.words for told in one.told] + [asked.answer for asked in one.asked]
    counted = [line for line in unasked if not any(words in line.text for words in expected)]
    often = [late for soon, late in pairwise(counted) if late.at - soon.at < _WEEK]
    above = [f"more than one text in seven days that nobody asked for: {line.text}" for line in often]
    return [*early, *above]


def table(week: Week) -> list[str]:
    rows = [HEADS, *(_row(one) for one in week.people)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _row(one: Person) -> tuple[str, ...]:
    phone = one.phone
    days = sorted({line.at.date() for line in [*one.lines, *(phone.lines if phone is not None else ())]})
    answered = f"{len(one.asked) - len(one.unanswered())} of {len(one.asked)}" if one.asked else "-"
    told = [f"{told.what} {spoken(at)}" for told in one.told if (at := one.told_at(told)) is not None]
    return (
        f"{one.name}, {one.who}",
        str(sum(day >= MONDAY for day in days)),
        str(len(phone.got)) if phone is not None else "-",
        str(len(phone.sent)) if phone is not None else "-",
        str(len(phone.asked_twice())) if phone is not None else "-",
        answered,
        ", ".join(told) or "-",
        "no" if wrong(one) else "yes",
    )


def transcript(one: Person) -> list[str]:
    """All that they wrote, read and saw, with the day and the hour."""
    lines = [*(one.phone.lines if one.phone is not None else ()), *(line for line in one.lines if line.is_note)]
    lines += [_named(line, phone.owner) for phone in one.beside for line in phone.lines]
    shown = [f"\n{one.name}, {one.who}"]
    for line in sorted(lines, key=lambda found: found.at):
        shown += _told(line)
    return shown


def _named(line: Line, owner: str) -> Line:
    """What we wrote to somebody else says to whom."""
    return line if line.who == owner else replace(line, who=f"to {owner}")


def _told(line: Line) -> Sequence[str]:
    first, *rest = line.text.split("\n")
    mark = "  *" if line.is_note else f"{line.who:>8}:"
    return [f"  {spoken(line.at)} {mark} {first}", *(f"{'':21}{one}" for one in rest)]
