"""Looking back: the audit as colleagues read it. Each look at it is in it too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bank import audit
from bank.audit import Act
from bank.colleague import Colleague
from storage import audit as rows
from storage import people, staff
from storage.audit import Hidden, Wanted
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx

AT_ONCE = 50
# Only a safeguarding lead may know of these at all.
_OF_DANGER = frozenset(act for act in Act if act.name.startswith("CONCERN_"))
# These say nothing of a conversation, as why somebody saw a number may: that they were done is shown though somebody
# may be in danger, and not what was changed.
_SAY_NOTHING = frozenset(
    act for act in Act if act.name.startswith(("STAFF_", "PERSON_", "SIGN")) or act in {Act.SAW_PERSON, Act.SAW_AUDIT}
)
# What is no change from one thing to another, even where there are two.
_LISTS = frozenset({"changed", "rows"})
_LONGEST = 300  # characters shown


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `who` is empty where no colleague did it, `whom` where it was done to no person or one we erased.

    `change` has a field, and what it was before and is after; or what else was said of it, with None before. `hidden`:
    something was said that this reader may not see, while somebody may be in danger.
    """

    at: datetime
    act: str
    who: str
    whom: str
    person_token: str
    erased: bool
    hidden: bool
    change: tuple[tuple[str, str | None, str], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """One page of the audit. `of` is the person whose rows these are, where they were asked for."""

    lines: list[Line]
    more: bool
    of: Record | None


def look(tx: Tx, by: Colleague, who: str, act: str, person: str, number: int, now: datetime) -> Lines | None:
    """Page `number` of the rows that this colleague may see: of the colleague and the person whose tokens these are.

    None where there is no such colleague or person, or it is they themselves.
    """
    colleague = staff.by_token(tx, who) if who else None
    whom = people.by_token(tx, person) if person else None
    if (who and colleague is None) or (person and (whom is None or whom.id in by.oneself.person_ids)):
        return None
    wanted = Wanted(colleague.id if colleague else None, act or None, whom.id if whom else None)
    found = rows.page(tx, wanted, _hidden(by), AT_ONCE + 1, (number - 1) * AT_ONCE)
    about = {row.token: row.name for row in staff.everyone(tx)}
    audit.record(tx, now, Act.SAW_AUDIT, by.id, person_id=wanted.person_id, about=who or None)
    return Lines([_line(row, about) for row in found[:AT_ONCE]], len(found) > AT_ONCE, whom)


def _hidden(by: Colleague) -> Hidden:
    if by.is_lead:
        return Hidden(by.oneself, (), None)
    return Hidden(by.oneself, _OF_DANGER, _SAY_NOTHING)


def _line(row: Record, about: dict[str, str]) -> Line:
    return Line(
        at=row.at,
        act=row.act,
        who=row.who or "",
        whom=row.whom or about.get(row.about or "", ""),
        person_token=row.person_token or "",
        erased=row.details is None and row.details_key is not None,
        hidden=row.covered and row.details is not None,
        change=() if row.covered else tuple(_changes(row.details or {})),
    )


def _changes(details: dict[str, Any]) -> Iterator[tuple[str, str | None, str]]:
    for field, value in details.items():
        if isinstance(value, list) and len(value) == 2 and field not in _LISTS:
            yield field, _said(value[0]), _said(value[1])
        else:
            yield field, None, _said(value)


def _said(value: Any) -> str:
    if value is None or value in ("", []):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_said(one) for one in value)[:_LONGEST]
    text = str(value)
    return (text.replace("_", " ") if text in list(Role) else text)[:_LONGEST]
