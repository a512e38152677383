"""Nesting: a group by a rule may name other such groups, but not in a circle, and not without end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storage import groups
from storage.fitting import MOST_NESTED
from storage.store import Tx


class Nested(Exception):
    """Groups by a rule would name one another in a circle, or deeper than MOST_NESTED."""


def look_within(tx: Tx) -> None:
    """See to it that the rules of groups name one another no deeper than they may. Raises Nested."""
    rules = {row.token: row.rule for row in groups.by_rule(tx)}
    heights: dict[str, int] = {}
    for one in rules:
        _height(one, rules, heights, ())


def _height(one: str, rules: Mapping[str, Mapping[str, Any]], heights: dict[str, int], above: tuple[str, ...]) -> int:
    """How deep groups by rules lie in this one: 1 where there is none. Raises Nested."""
    if one in above or len(above) >= MOST_NESTED:
        raise Nested
    if one not in heights:
        within = [name for name in _named(rules[one]) if name in rules]
        heights[one] = 1 + max((_height(name, rules, heights, (*above, one)) for name in within), default=0)
    if len(above) + heights[one] > MOST_NESTED:
        raise Nested
    return heights[one]


def _named(rule: Mapping[str, Any]) -> list[str]:
    return [*rule.get("groups", ()), *(rule.get("without") or {}).get("groups", ())]
