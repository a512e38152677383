"""Audience: the people a rule describes, how many are reached in which way, and who is left out and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from bank.organisation import Organisation
from storage import picking
from storage.fitting import NAMES, ROLES, NoCondition, TooDeep
from storage.picking import TEXTED, Left, Terms, Way
from storage.store import Tx

__all__ = ["Left", "NoCondition", "Preview", "Rule", "TooDeep", "Way", "preview"]

_LONGEST, _MOST = 64, 200  # characters of a value, and values of a condition


@dataclass(frozen=True, slots=True)
class Rule:
    """Whom something is for. Each condition that is given must be met, by any of its values.

    `roles`: "carer", "person" (with lived experience, and no carer), "staff", "partner"; none: carers and people.
    `channels` are a Way's values, how somebody is reached. `groups` are tokens of groups, `asked_to`, `said_yes_to`,
    `not_asked_to` and `takes_part_in` of projects, `came_to` and `waited_for` of meetings. Whoever meets any condition
    of `without` is left out: it has neither `never_asked`, `not_asked_to` nor a `without`. What people answered about
    equality is no condition, and cannot be.
    """

    topics: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    asked_to: tuple[str, ...] = ()
    said_yes_to: tuple[str, ...] = ()
    not_asked_to: tuple[str, ...] = ()
    takes_part_in: tuple[str, ...] = ()
    came_to: tuple[str, ...] = ()
    waited_for: tuple[str, ...] = ()
    never_asked: bool = False
    without: Rule | None = None

    def __post_init__(self) -> None:
        left = self.without
        if left is not None and (left.without is not None or left.never_asked or left.not_asked_to):
            raise NoCondition("what is left out is told by what people are")
        if set(self.roles) - ROLES.keys() or set(self.channels) - set(Way):
            raise NoCondition("no such role, or no such way")

    def as_json(self) -> dict[str, Any]:
        """What is given, and nothing else; `from_json` reads it."""
        given = {one.name: getattr(self, one.name) for one in fields(self) if getattr(self, one.name)}
        written = {name: list(value) if isinstance(value, tuple) else value for name, value in given.items()}
        if self.without is not None:
            written["without"] = self.without.as_json()
        return {name: value for name, value in written.items() if value}

    @classmethod
    def from_json(cls, written: Mapping[str, Any] | None) -> Rule:
        """Nothing written: every member. Raises NoCondition for what is no rule of ours."""
        given = dict(written or {})
        if unknown := given.keys() - NAMES:
            raise NoCondition(", ".join(sorted(unknown)))
        never_asked, without = given.pop("never_asked", False), given.pop("without", None)
        if never_asked not in {True, False} or not isinstance(without, Mapping | None):
            raise NoCondition("no rule")
        lists = {name: _values(value) for name, value in given.items()}
        return cls(**lists, never_asked=bool(never_asked), without=cls.from_json(without) if without else None)


def _values(given: object) -> tuple[str, ...]:
    if not isinstance(given, list | tuple) or len(given) > _MOST:
        raise NoCondition("no list")
    if not all(isinstance(one, str) and 0 < len(one) <= _LONGEST for one in given):
        raise NoCondition("no words")
    return tuple(given)


@dataclass(frozen=True, slots=True)
class Preview:
    """How many people each way reaches, and how many are left out for which reason. `people` is all of them.

    `by_language` counts those who are reached, by way and language. Of them `capped` get it later, as they had enough
    texts this week; of those `too_late` have had enough still when it is of no use any more. `shut` are those to whom
    WhatsApp lets only what it has approved through.
    """

    ways: Mapping[Way, int]
    left: Mapping[Left, int]
    by_language: Mapping[tuple[Way, str], int]
    people: int
    capped: int = 0
    shut: int = 0
    too_late: int = 0

    @property
    def reached(self) -> int:
        return sum(self.ways.values())


def preview(
    tx: Tx,
    rule: Rule | None,
    now: datetime,
    organisation: Organisation,
    *,
    promotion: bool = False,
    digest: bool = False,
    leave_out_capped: bool = False,
    got: int | None = None,
    meeting: int | None = None,
    until: datetime | None = None,
) -> Preview:
    """Count whom it would reach now. `got`: the id of a broadcast, only those who got it. `meeting`: the id of one to

    which nobody is invited twice. `until`: from then on it is of no use any more. Raises TooDeep.
    """
    terms = Terms(now, organisation.most_a_week, leave_out_capped, promotion, digest, got, meeting)
    rows = picking.counts(tx, rule.as_json() if rule else None, terms, until)
    ways: dict[Way, int] = {}
    left: dict[Left, int] = {}
    by_language: dict[tuple[Way, str], int] = {}
    for row in rows:
        if row.way in set(Left):
            left[Left(row.way)] = left.get(Left(row.way), 0) + row.people
            continue
        way = Way(row.way)
        ways[way] = ways.get(way, 0) + row.people
        by_language[way, row.language] = by_language.get((way, row.language), 0) + row.people
    texted = [row for row in rows if row.way in TEXTED]
    later, shut, never = (sum(int(getattr(row, name)) for row in texted) for name in ("capped", "shut", "too_late"))
    return Preview(ways, left, by_language, sum(row.people for row in rows), later, shut, never)
