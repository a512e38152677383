"""Preferences: the organisation as its team has set it, on top of what settings.toml says.

What can be changed is a field of `Organisation`; its name there is its name in the table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from bank import audit
from bank.audit import Act
from bank.organisation import Hours, Organisation, Topic
from storage import preferences
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Kind:
    """How a value is kept as JSON, and how it is read again."""

    kept: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _as_it_is(value: Any) -> Any:
    return value


def _kept(organisation: Organisation, name: str) -> Any:
    value = getattr(organisation, name)
    return None if value is None else KINDS[name].kept(value)


def _hours_kept(hours: Hours) -> dict[str, Any]:
    return {
        "days": sorted(hours.days),
        "opens": hours.opens.isoformat("minutes"),
        "closes": hours.closes.isoformat("minutes"),
        "division": hours.division,
    }


def _hours_read(kept: Mapping[str, Any]) -> Hours:
    opens, closes = time.fromisoformat(kept["opens"]), time.fromisoformat(kept["closes"])
    return Hours(frozenset(kept["days"]), opens, closes, kept["division"])


def _topics_kept(topics: tuple[Topic, ...]) -> list[dict[str, Any]]:
    return [{"id": topic.id, "wording": dict(topic.wording)} for topic in topics]


def _topics_read(kept: list[dict[str, Any]]) -> tuple[Topic, ...]:
    return tuple(Topic(one["id"], one["wording"]) for one in kept)


_PLAIN = Kind(_as_it_is, _as_it_is)
KINDS: Mapping[str, Kind] = {
    "council": _PLAIN,
    "privacy_url": _PLAIN,
    "contact": _PLAIN,
    "emergency": _PLAIN,
    "child_helpline": _PLAIN,
    "numbers_owner": _PLAIN,
    "numbers_checked": Kind(date.isoformat, date.fromisoformat),
    "care_line": _PLAIN,
    "crisis_numbers": Kind(dict, dict),
    "out_of_hours": _PLAIN,
    "out_of_hours_words": _PLAIN,
    "owners": Kind(dict, dict),
    "hours": Kind(_hours_kept, _hours_read),
    "days_between_questions": _PLAIN,
    "days_to_answer": _PLAIN,
    "most_a_week": _PLAIN,
    "approve_above": _PLAIN,
    "smallest_shown": _PLAIN,
    "most_sign_ups": _PLAIN,
    "most_sign_ups_in_all": _PLAIN,
    "topics": Kind(_topics_kept, _topics_read),
}


def organisation_now(tx: Tx, organisation: Organisation) -> Organisation:
    """`organisation`, which is as settings.toml has it, with everything that the team changed."""
    kept = preferences.everything(tx)
    return replace(organisation, **{name: KINDS[name].read(value) for name, value in kept.items() if name in KINDS})


def change(tx: Tx, now: datetime, staff_id: int | None, organisation: Organisation, **values: Any) -> list[str]:
    """Have these fields of the organisation be so from now on; those that changed are named.

    `organisation` is as it stands. Each change is in the audit with what it was before. Raises KeyError for a field
    that only settings.toml sets.
    """
    kept = preferences.everything(tx)
    changed: dict[str, Any] = {}
    for name, value in values.items():
        new, old = KINDS[name].kept(value), kept.get(name, _kept(organisation, name))
        if new != old:
            changed[name] = [old, new]
            preferences.put(tx, name, new, now, staff_id)
    if changed:
        audit.record(tx, now, Act.SETTING_CHANGED, staff_id, **changed)
    return list(changed)
