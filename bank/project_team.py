"""The team of a project: its two co-chairs, and what else colleagues may do for this project alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

from bank import audit
from bank.audit import Act
from bank.colleague import Colleague
from storage import askings, people, projects, staff
from storage.approvals import Post
from storage.people import PersonState
from storage.schema import Record
from storage.staff import EVERYWHERE, Role, StaffState
from storage.store import Tx

# What somebody may be given for one project. Who is its co-chair is named, not ticked.
FOR_A_PROJECT = (Role.COORDINATOR, Role.APPROVER, Role.VIEWER)


class Refusal(Enum):
    """Why the co-chairs or the roles were not changed."""

    NO_SUCH_COLLEAGUE = auto()
    NO_SUCH_PERSON = auto()
    SAME_PERSON = auto()  # the colleague is that member
    NOBODY = auto()
    NO_REASON = auto()  # there is one co-chair only, and nobody says why


@dataclass(frozen=True, slots=True)
class Helper:
    """A colleague, and what they may do for this project beyond what they may do everywhere."""

    row: Record
    roles: tuple[Role, ...]
    everywhere: tuple[Role, ...]


def may_change(colleague: Colleague, project: Record) -> bool:
    """Administrators, and the project's own co-chair."""
    return colleague.may(Role.ADMINISTRATOR) or project.staff_chair == colleague.id


def name_chairs(
    tx: Tx,
    by: Colleague,
    project: Record,
    staff_token: str,
    person_token: str,
    why: str,
    now: datetime,
) -> Refusal | None:
    """From now on these two lead it. `why` is the reason where one of them is nobody (an empty token)."""
    colleague = staff.by_token(tx, staff_token) if staff_token else None
    person = people.by_token(tx, person_token) if person_token else None
    refusal = _why_not(colleague, person, staff_token, person_token, why)
    if refusal is not None:
        return refusal
    changed: dict[str, Any] = {
        "staff_chair": colleague.id if colleague is not None else None,
        "member_chair": person.id if person is not None else None,
        "one_chair_why": why or None if colleague is None or person is None else None,
    }
    _hand_over(tx, project, changed, now)
    projects.change(tx, project.id, {**changed, "changed_at": now})
    had = {name: [getattr(project, name), new] for name, new in changed.items() if getattr(project, name) != new}
    if had:
        about = changed["member_chair"] or project.member_chair
        audit.record(tx, now, Act.PROJECT_CHANGED, by.id, person_id=about, about=project.token, **had)
    return None


def _why_not(
    colleague: Record | None, person: Record | None, staff_token: str, person_token: str, why: str
) -> Refusal | None:
    if staff_token and (colleague is None or colleague.state == StaffState.CLOSED):
        return Refusal.NO_SUCH_COLLEAGUE
    if person_token and (person is None or person.state != PersonState.MEMBER):
        return Refusal.NO_SUCH_PERSON
    if colleague is not None and person is not None and colleague.person_id == person.id:
        return Refusal.SAME_PERSON
    if colleague is None and person is None:
        return Refusal.NOBODY
    if (colleague is None or person is None) and not why:
        return Refusal.NO_REASON
    return None


def _hand_over(tx: Tx, project: Record, changed: dict[str, Any], now: datetime) -> None:
    """The role goes with the post, and what was asked of whoever had it is asked no more."""
    if project.staff_chair != changed["staff_chair"]:
        for whose, gets in ((project.staff_chair, False), (changed["staff_chair"], True)):
            if whose is not None:
                others = _roles(tx, whose, project.token) - {Role.CO_CHAIR}
                staff.give(tx, whose, others | {Role.CO_CHAIR} if gets else others, project.token)
        askings.close_of_project(tx, project.id, Post.STAFF_CHAIR, now)
    if project.member_chair != changed["member_chair"]:
        askings.close_of_project(tx, project.id, Post.MEMBER_CHAIR, now)


def _roles(tx: Tx, staff_id: int, where: str) -> set[Role]:
    return {role for role, place in staff.roles_of(tx, staff_id) if place == where}


def everyone(tx: Tx, project: Record) -> list[Helper]:
    """All of the team, those with a role for this project first."""
    given = staff.roles(tx)
    found = [_helper(row, given.get(row.id, frozenset()), project.token) for row in staff.active(tx)]
    return sorted(found, key=lambda one: (not one.roles, one.row.name.casefold(), one.row.id))


def _helper(row: Record, given: Collection[tuple[Role, str]], project: str) -> Helper:
    here = tuple(role for role in Role if (role, project) in given)
    return Helper(row, here, tuple(role for role in Role if (role, EVERYWHERE) in given))


def change_roles(
    tx: Tx, by: Colleague, project: Record, staff_token: str, roles: Collection[Role], now: datetime
) -> Refusal | None:
    """From now on this colleague may do exactly this for this project; that they lead it stays as it is."""
    colleague = staff.by_token(tx, staff_token)
    if colleague is None or colleague.state == StaffState.CLOSED:
        return Refusal.NO_SUCH_COLLEAGUE
    before = _roles(tx, colleague.id, project.token)
    after = {role for role in FOR_A_PROJECT if role in roles} | (before & {Role.CO_CHAIR})
    if after != before:
        staff.give(tx, colleague.id, after, project.token)
        told = {"project": project.token, "roles": [sorted(before), sorted(after)]}
        audit.record(tx, now, Act.STAFF_CHANGED, by.id, about=colleague.token, **told)
    return None
