"""Groups: people who belong together. Whoever changes one is on record.

Somebody put them in, or a list that was imported did, or a rule picks them anew each time that it is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from bank import audit, people
from bank.audience import Rule
from bank.audit import Act
from bank.colleague import Colleague
from bank.nesting import Nested, look_within
from bank.tokens import token
from language.normal import safe
from storage import groups, picking
from storage.groups import GroupKind
from storage.picking import Terms
from storage.schema import Record
from storage.store import Tx

__all__ = ["ByRule", "Nested"]


class ByRule(Exception):
    """Nobody is put in such a group, or taken out of it: its rule picks them."""


def add(tx: Tx, colleague: Colleague, name: str, now: datetime, rule: Rule | None = None) -> Record:
    """A new one: by hand, or the people of this rule, whoever they are by then. Raises Nested."""
    row = groups.add(
        tx,
        token=token(),
        kind=GroupKind.HAND if rule is None else GroupKind.RULE,
        name=safe(name),
        rule=None if rule is None else rule.as_json(),
        made_by=colleague.id,
        made_at=now,
    )
    look_within(tx)
    _record(tx, colleague, row, now, {"name": ["", row.name], "rule": [None, row.rule]})
    return row


def change(tx: Tx, colleague: Colleague, row: Record, name: str, now: datetime, rule: Rule | None = None) -> Record:
    """Call it so; `rule` only for one that is by a rule. Raises ByRule, Nested."""
    if (row.kind == GroupKind.RULE) is (rule is None):
        raise ByRule
    after: dict[str, Any] = {"name": safe(name), "rule": None if rule is None else rule.as_json()}
    told = {field: [getattr(row, field), value] for field, value in after.items() if getattr(row, field) != value}
    if not told:
        return row
    changed = groups.change(tx, row.id, after)
    look_within(tx)
    _record(tx, colleague, row, now, told)
    return changed


def put_in(tx: Tx, colleague: Colleague, row: Record, those: Collection[Record], now: datetime) -> int:
    """Those people are in it from now on. Returns how many were not before. Raises ByRule."""
    if row.kind == GroupKind.RULE:
        raise ByRule
    before = set(groups.ids(tx, row.id))
    new = {one.id: one for one in those if one.id not in before}
    number = groups.put_in(tx, row.id, new, now, colleague.id)
    for one in new.values():
        _record(tx, colleague, row, now, {"member": [False, True]}, one.id)
    return number


def take_out(tx: Tx, colleague: Colleague, row: Record, person: Record, now: datetime) -> None:
    """Take this person out of it. Raises ByRule."""
    if row.kind == GroupKind.RULE:
        raise ByRule
    groups.take_out(tx, row.id, person.id)
    _record(tx, colleague, row, now, {"member": [True, False]}, person.id)


def close(tx: Tx, colleague: Colleague, row: Record, now: datetime) -> None:
    """Nobody picks it any more. Rules that name it already know whom they mean."""
    groups.change(tx, row.id, {"closed_at": now})
    _record(tx, colleague, row, now, {"in_use": [True, False]})


def count(tx: Tx, row: Record, now: datetime, without: Collection[int] = ()) -> int:
    """How many are in it just now, but for the people with these ids."""
    if row.kind != GroupKind.RULE:
        return groups.count(tx, row.id, without)
    return picking.count(tx, row.rule, _anybody(now), without)


def members(tx: Tx, row: Record, now: datetime, limit: int = 50, without: Collection[int] = ()) -> list[Record]:
    """Some of those who are in it just now. `without`: ids of people who are left out."""
    if row.kind != GroupKind.RULE:
        return groups.members(tx, row.id, limit, without)
    return picking.people_of(tx, row.rule, _anybody(now), limit, without)


def look(tx: Tx, colleague: Colleague, row: Record, now: datetime) -> tuple[int, list[Record]]:
    """How many this colleague may see of those who are in it just now, and some of them. The look is on record."""
    unseen = people.unseen(tx, colleague)
    number, found = count(tx, row, now, unseen), members(tx, row, now, without=unseen)
    audit.record(tx, now, Act.SEARCHED, colleague.id, about=row.token, by=["group"], found=number)
    return number, found


def of_person(tx: Tx, person: Record, now: datetime) -> list[Record]:
    """The groups in use that this person is in, by hand, by an import or by a rule."""
    terms = _anybody(now)
    put = {row.id for row in groups.of(tx, person.id)}
    return [row for row in groups.in_use(tx) if row.id in put or _picks(tx, row, terms, person.id)]


def _picks(tx: Tx, row: Record, terms: Terms, person_id: int) -> bool:
    return row.kind == GroupKind.RULE and picking.is_picked(tx, row.rule, terms, person_id)


def keep_of(tx: Tx, colleague: Colleague, person: Record, chosen: Collection[Record], now: datetime) -> int:
    """Have this person be in exactly these of the groups that are not by a rule. Returns how many changed."""
    were = {row.id: row for row in groups.of(tx, person.id)}
    are = {row.id: row for row in chosen}
    for id_ in are.keys() - were.keys():
        put_in(tx, colleague, are[id_], [person], now)
    for id_ in were.keys() - are.keys():
        take_out(tx, colleague, were[id_], person, now)
    return len(are.keys() ^ were.keys())


def _anybody(now: datetime) -> Terms:
    return Terms(now, most_a_week=0, leave_out_capped=False)


def _record(
    tx: Tx, colleague: Colleague, row: Record, now: datetime, told: Mapping[str, Any], person_id: int | None = None
) -> None:
    audit.record(tx, now, Act.GROUP_CHANGED, colleague.id, person_id=person_id, about=row.token, **told)
