"""Fitting: whether a person is one of those whom a rule describes, as a condition of a query of people.

What people answered about equality is no part of it, and cannot be: see storage.equality.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, not_, or_, select

from storage.coming import came_to, takes_part_in, waited_for
from storage.groups import GroupKind, group_members, groups
from storage.interests import InterestKind, interests
from storage.invitations import Answer, invitations
from storage.outbox import NOT_SENT, is_unasked, messages_out
from storage.people import Part, people
from storage.projects import projects
from storage.schema import constant
from storage.store import Tx
from storage.tasks import tasks

MOST_NESTED = 3  # a group by a rule that names a group by a rule that names a group
# Null is "not": what is left out is told by what people are not.
_looks_after = and_(people.c.looks_after.is_not(None), people.c.looks_after == "yes")
counts_as_member: ColumnElement[bool] = people.c.part == Part.MEMBER
ROLES: Mapping[str, ColumnElement[bool]] = {
    "carer": and_(counts_as_member, _looks_after),
    "person": and_(counts_as_member, not_(_looks_after)),
    "staff": people.c.part == Part.STAFF,
    "partner": people.c.part == Part.PARTNER,
}
# What a rule may name. A name that is none of these is refused: to pass over a condition would add people.
NAMES = frozenset(
    {"topics", "districts", "roles", "ways", "languages", "channels", "groups"}
    | {"asked_to", "said_yes_to", "not_asked_to", "never_asked", "without"}
    | {"takes_part_in", "came_to", "waited_for"}
)


# By the index of what went to one person: that of a broadcast would go through all of it for each of its people.
_its = (
    messages_out.c.person_id == invitations.c.person_id,
    messages_out.c.broadcast_id + 0 == invitations.c.broadcast_id,
)
_went = (
    is_unasked,
    messages_out.c.claimed_at.is_not(None),
    messages_out.c.state.not_in([constant(one) for one in NOT_SENT]),
)
_by_hand = tasks.c.id == invitations.c.task_id, tasks.c.closed_by.is_not(None)
# What was cancelled before it went, or did not arrive, asked nobody anything. No broadcast: they found it themselves.
_was_asked = or_(
    invitations.c.broadcast_id.is_(None),
    invitations.c.answer.is_not(None),
    exists().where(*_its, *_went).correlate_except(messages_out),
    exists().where(*_by_hand).correlate_except(tasks),
)


class NoCondition(ValueError):
    """A rule names something by which nobody is picked."""


class TooDeep(ValueError):
    """Groups by rules name one another in a circle, or deeper than MOST_NESTED."""


def fits(tx: Tx, rule: Mapping[str, Any], route: ColumnElement[str], depth: int = 0) -> ColumnElement[bool]:
    """Whoever meets each of its conditions, and none of what is left out. Raises TooDeep, NoCondition.

    `route` tells how somebody is reached. Without a role named, staff and partners do not fit.
    """
    conditions = list(_met(tx, rule, route, depth))
    if not rule.get("roles"):
        conditions.append(counts_as_member)
    left_out = list(_met(tx, rule.get("without") or {}, route, depth))
    if left_out:
        conditions.append(not_(func.coalesce(or_(*left_out), false())))
    return and_(*conditions)


def _met(tx: Tx, rule: Mapping[str, Any], route: ColumnElement[str], depth: int) -> Iterator[ColumnElement[bool]]:
    """A condition for each thing that the rule names."""
    if unknown := rule.keys() - NAMES:
        raise NoCondition(", ".join(sorted(unknown)))
    for kind, name in ((InterestKind.TOPIC, "topics"), (InterestKind.WAY, "ways")):
        if rule.get(name):
            yield _chose(kind, rule[name])
    for column, name in ((people.c.district, "districts"), (people.c.language, "languages"), (route, "channels")):
        if rule.get(name):
            yield column.in_(rule[name])
    if rule.get("roles"):
        yield or_(*(ROLES[role] for role in rule["roles"]))
    if rule.get("groups"):
        yield or_(*_in_groups(tx, rule["groups"], route, depth), false())
    yield from _asked(rule)
    for name, came in (("takes_part_in", takes_part_in), ("came_to", came_to), ("waited_for", waited_for)):
        if rule.get(name):
            yield came(rule[name])


def _chose(kind: InterestKind, codes: Collection[str]) -> ColumnElement[bool]:
    theirs = interests.c.person_id == people.c.id, interests.c.kind == kind
    return exists().where(*theirs, interests.c.code.in_(codes))


def _asked(rule: Mapping[str, Any]) -> Iterator[ColumnElement[bool]]:
    if rule.get("asked_to"):
        yield _invited(invitations.c.project_id.in_(_these(rule["asked_to"])))
    if rule.get("said_yes_to"):
        yield _invited(invitations.c.project_id.in_(_these(rule["said_yes_to"])), invitations.c.answer == Answer.YES)
    if rule.get("not_asked_to"):
        yield not_(_invited(invitations.c.project_id.in_(_these(rule["not_asked_to"]))))
    if rule.get("never_asked"):
        yield not_(_invited())


def _invited(*to: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(invitations.c.person_id == people.c.id, _was_asked, *to)


def _these(tokens: Collection[str]) -> Select[Any]:
    return select(projects.c.id).where(projects.c.token.in_(tokens))


def _in_groups(tx: Tx, tokens: Collection[str], route: ColumnElement[str], depth: int) -> Iterator[ColumnElement[bool]]:
    """Whoever is in one of them; a closed one is what it was."""
    if depth >= MOST_NESTED:
        raise TooDeep
    found = list(tx.execute(select(groups.c.id, groups.c.kind, groups.c.rule).where(groups.c.token.in_(tokens))))
    put_in = [row.id for row in found if row.kind != GroupKind.RULE]
    if put_in:
        yield exists().where(group_members.c.person_id == people.c.id, group_members.c.group_id.in_(put_in))
    for row in found:
        if row.kind == GroupKind.RULE:
            yield fits(tx, row.rule, route, depth + 1)
